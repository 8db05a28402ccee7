# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# cmd.sh: what the tests of the command share. To be sourced after lib.sh (POSIX
# sh). A test looks like this:
#
#	healthy				# plugins, configuration, a sasldb
#	quiet 'a healthy system'
#	echo 'classic_secret: both' >>"$conf"
#	finds 'a misspelt option' unknown-option 'is it classic_secrets?'
#
# shellcheck shell=sh
# shellcheck source=tests/library/lib.sh
# shellcheck disable=SC2034,SC2154	# shared with lib.sh and the tests

tool=${abs_top_builddir:-$PWD}/sasl-classic
[ -x "$tool" ] || skip_all 'the command is not built: --disable-tool'
preload_sanitizer
NO_COLOR=
TERM=xterm
export NO_COLOR TERM

plugins=$work/sasl
conf=$work/conf/smtpd.conf
db=$work/sasldb
realm=example.org

# The mail server's user, whatever it is called here.
owner=postfix
getent passwd "$owner" >/dev/null || owner=nobody

# healthy: everything is as it ought to be, each time anew.
healthy()
{
	rm -rf "$plugins" "$work/conf"
	plugin_copies "$plugins" ours plain login crammd5
	plugin_copies "$plugins" stock sasldb
	mkdir -p "$work/conf"
	cat >"$conf" <<END
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: $db
mech_list: PLAIN LOGIN CRAM-MD5
END
	rm -f "$db"
	load_db "$db" <<'END'
alice userPassword tulgey
END
	let_read "$db"
}

# let_read FILE: the mail server can, and not everybody.
let_read()
{
	if [ "$(id -u)" -eq 0 ]; then
		chown "$owner" "$1"
	fi
	chmod 640 "$1"
}

# load_db FILE [REALM] <<END: adds lines "user property value" to a sasldb.
load_db()
{
	load_file=$1
	load_realm=${2:-$realm}
	{
		printf 'VERSION=3\nformat=print\ntype=hash\nHEADER=END\n'
		while read -r load_user load_property load_value; do
			printf ' %s\\00%s\\00%s\n %s\n' "$load_user" \
				"$load_realm" "$load_property" "$load_value"
		done
		echo DATA=END
	} | db5.3_load "$load_file"
}

# stored USER PROPERTY [FILE]: prints the value. properties USER: all that have
# one.
stored()
{
	db5.3_dump -p "${3:-$db}" |
		grep -xF -A 1 " $1\\00$realm\\00$2" | sed -n '2s/^ //p'
}

properties()
{
	db5.3_dump -p "$db" | sed -n "s/^ $1\\\\00$realm\\\\00//p" | sort |
		tr '\n' ' '
}

# doctor [OPTION...]: of the healthy system, or what became of it.
doctor()
{
	# shellcheck disable=SC2086	# several options
	$enter "$tool" doctor --service smtpd ${doctor_dirs---plugin-dir $plugins \
		--config-dir $work/conf} --postfix "$work/nowhere" \
		--realm "$realm" "$@"
}

# What doctor is run by: nothing, or a command with its arguments.
enter=

# called_2_2 TO: a library to be preloaded, which has nothing but the symbol with
# the version that the command knows libsasl2 2.2 by.
called_2_2()
{
	echo 'SASL2_4.0 { };' >"$work/2.2.map"
	cc -shared -fPIC -o "$1" -x c "-Wl,--version-script=$work/2.2.map" - <<'END' ||
void of_2_2(void) {}
__asm__(".symver of_2_2, sasl_idle@SASL2_4.0");
END
		bail 'cc fails'
}

# finds NAME FINDING TEXT [OPTION...]: that finding, which is more than a note,
# with the text in it or in the advice; and the exit status says so.
finds()
{
	finds_name=$1
	finds_what=$2
	finds_text=$3
	shift 3
	check "$finds_name: $finds_what" reports "$finds_what" "$finds_text" \
		"$@"
}

reports()
{
	reports_what=$1
	reports_text=$2
	shift 2
	doctor "$@" >"$work/report"
	reports_status=$?
	cat "$work/report"
	[ "$reports_status" -eq 1 ] || {
		echo "exit status $reports_status"
		return 1
	}
	grep -A 2 -E "^(fault|warning) \($reports_what\): " "$work/report" \
		>"$work/found" || return 1
	# Something is to be done about it.
	sed -n 2p "$work/found" | grep -q '^    .' || return 1
	grep -qF -e "$reports_text" "$work/found"
}

# cured NAME [OPTION...]: the commands of the report are typed in, and of the
# next one, until all is well.
cured()
{
	cured_name=$1
	shift
	check "$cured_name: the mend cures it" is_cured "$@"
}

# type_in FILE: these commands. One that is about a place which is not of this test
# might do there what it says; and one about a user or a group is none of a test's.
type_in()
{
	! grep -vF "$work" "$1" && ! grep usermod "$1" && sh -x "$1" </dev/null
}

is_cured()
{
	for cured_round in 1 2 3 4; do
		doctor "$@" >"$work/report" && return 0
		sed -n 's/^    \([^#].*\)/\1/p' "$work/report" >"$work/mends"
		cat "$work/report"
		[ -s "$work/mends" ] || return 1
		type_in "$work/mends"
	done
	echo "and after round $cured_round it is not"
	return 1
}

# planted NAME FINDING TEXT [OPTION...]: that is found, and nothing else; and the
# commands of the report cure it.
planted()
{
	planted_name=$1
	planted_what=$2
	finds "$@"
	shift 3
	only "$planted_what"
	cured "$planted_name" "$@"
}

# plant NAME FINDING TEXT COMMAND...: the same of a healthy system that COMMAND
# has broken. add LINE: one more in the configuration; now LINE: in the place of
# that option.
plant()
{
	plant_name=$1
	plant_what=$2
	plant_text=$3
	shift 3
	healthy
	"$@"
	planted "$plant_name" "$plant_what" "$plant_text"
}

add()
{
	printf '%s\n' "$@" >>"$conf"
}

now()
{
	sed -i "/^${1%%:*}:/d" "$conf"
	add "$1"
}

# only FINDING...: in the last report nothing else was found.
only()
{
	only_names=$(sed -nE 's/^(fault|warning) \(([^)]*)\): .*/\2/p' \
		"$work/report" | sort -u | tr '\n' ' ')
	is "and nothing else: $*" "$only_names" "$* "
}

# quiet NAME [OPTION...]: nothing is found.
quiet()
{
	quiet_name=$1
	shift
	check "$quiet_name: all is well" says_all_is_well "$@"
}

says_all_is_well()
{
	doctor "$@" >"$work/report" || {
		cat "$work/report"
		return 1
	}
	cat "$work/report"
	if [ "$(id -u)" -eq 0 ]; then
		grep -qx 'All is well.' "$work/report"
	else # some questions only root can ask
		grep -qxE '(All|What could be checked) is well[.]' \
			"$work/report"
	fi
}

# findings: the names of all, as scripts may rely on them.
findings()
{
	sed -n 's/^FINDING([A-Z_0-9]*, "\([a-z0-9-]*\)".*/\1/p' \
		"$abs_top_srcdir/cmd/doctor/findings.def" | sort -u
}

# noted FINDING TEXT: in the last report, as a note.
noted()
{
	grep -F -e "note ($1): " "$work/report" | grep -qF -e "$2"
}

# ends_with STATUS COMMAND...: its exit status.
ends_with()
{
	ends_want=$1
	shift
	"$@"
	ends_got=$?
	[ "$ends_got" -eq "$ends_want" ] && return 0
	echo "exit status $ends_got, not $ends_want"
	return 1
}

# said STATUS COMMAND...: ends with that; what it says is in $work/said.
said()
{
	said_status=$1
	shift
	ends_with "$said_status" "$@" >"$work/said" 2>&1
	said_got=$?
	cat "$work/said"
	return "$said_got"
}

# all_said NAME <<END: these words were all, with W for $work.
all_said()
{
	tr -s ' \t\n' '\n' >"$work/want"
	sed "s|$work|W|g" "$work/said" | tr -s ' \t\n' '\n' >"$work/got"
	check "$1: all that it says" diff "$work/want" "$work/got"
}

# complains STATUS TEXT COMMAND...: it ends with that, and says why.
complains()
{
	complains_status=$1
	complains_text=$2
	shift 2
	check "$complains_text" said "$complains_status" "$@"
	check "$complains_text: it is said" \
		grep -qF -e "$complains_text" "$work/said"
}

# is_json FILE: it is JSON, if there is somebody to tell.
is_json()
{
	command -v json_pp >/dev/null || return 0
	json_pp <"$1" >/dev/null
}

# given PASSWORD SUBCOMMAND ARGUMENT...: the command, as this test's service has
# it, with a password on standard input.
given()
{
	given_password=$1
	given_what=$2
	shift 2
	printf '%s' "$given_password" | "$tool" "$given_what" \
		--plugin-dir "$plugins" --config-dir "$work/conf" \
		--postfix "$work/nowhere" --realm "$realm" "$@"
}

# logs_in PASSWORD USER [MECHANISM...]: accepted by all three, or by these.
logs_in()
{
	logs_in_password=$1
	logs_in_user=$2
	shift 2
	given "$logs_in_password" try --user "$logs_in_user" "$@"
}
