# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# lib.sh: what the tests against real programs share: TAP, a work directory,
# processes that end with the test, plugin directories, a throw-away sasldb.
# To be sourced (POSIX sh). A test looks like this:
#
#	. "${abs_top_srcdir:-$(dirname "$0")/../..}/tests/library/lib.sh"
#	need saslpasswd2
#	plugin_dir "$work/sasl" ours plain login
#	plugin_dir "$work/sasl" stock sasldb
#	use_plugins "$work/sasl"
#	start server some-daemon --foreground	# sets $pid, logs to $server_log
#	check 'the server answers' wait_until 60 listening "$port"
#	check 'it runs our PLAIN' proves_mapped "$pid" libplain.so
#	done_testing
#
# Environment: OUR_PLUGINDIR (or abs_top_builddir) and STOCK_PLUGINDIR say where
# the plugins are; KEEP=1 leaves the work directory; TMPDIR is its parent.
#
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154	# variables for, and of, those who source this

PATH=$PATH:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL
# What is made here is trusted: no more than its owner may write it.
umask 022

: "${abs_top_srcdir:=$(cd "$(dirname "$0")/../.." && pwd)}"

# --- results, in TAP --------------------------------------------------------

tap_count=0
tap_failed=0
tap_logs=

# plan N: for tests that know their number; the others end in done_testing.
plan()
{
	tap_planned=$1
	echo "1..$1"
}

# diag TEXT...: a remark for the reader of the log.
diag()
{
	printf '%s\n' "$*" | sed 's/^/# /'
}

# pass NAME, fail NAME: one result. fail shows the tail of the known logs.
pass()
{
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s\n' "$tap_count" "$1"
}

fail()
{
	tap_count=$((tap_count + 1))
	tap_failed=$((tap_failed + 1))
	printf 'not ok %d - %s\n' "$tap_count" "$1"
	for tap_log in $tap_logs; do
		[ -s "$tap_log" ] || continue
		printf '# --- the end of %s\n' "$tap_log"
		tail -n "${TAIL:-20}" "$tap_log" | sed 's/^/# /'
	done
}

# check NAME COMMAND...: passes if COMMAND succeeds. What it prints is shown on
# failure only.
check()
{
	tap_name=$1
	shift
	if "$@" >"$work/check.out" 2>&1; then
		pass "$tap_name"
	else
		tap_status=$?
		fail "$tap_name"
		printf '# status %d of: %s\n' "$tap_status" "$*"
		tail -n 40 "$work/check.out" | sed 's/^/# /'
	fi
}

# refuses NAME COMMAND...: passes if COMMAND fails.
refuses()
{
	tap_refused=$1
	shift
	check "$tap_refused" not "$@"
}

not()
{
	! "$@"
}

# is NAME GOT WANT: passes if both strings are the same.
is()
{
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1"
		diag "got:  $2"
		diag "want: $3"
	fi
}

# show_log FILE: one more file of which failures show the end.
show_log()
{
	tap_logs="$tap_logs $1"
}

# skip NAME REASON: one test that cannot be run here.
skip()
{
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

# skip_all REASON: none of them can, or none of those that are left; this does not
# happen where CI is set. Ends the test program.
skip_all()
{
	[ -z "${CI:-}" ] || bail "$*"
	if [ "$tap_count" -gt 0 ]; then
		skip 'all that are left' "$*"
		done_testing
	fi
	echo "1..0 # SKIP $*"
	exit 0
}

# bail REASON: the ground is not as it must be. Ends the test program.
bail()
{
	for tap_log in $tap_logs; do
		[ -s "$tap_log" ] || continue
		tail -n 40 "$tap_log" | sed 's/^/# /'
	done
	echo "Bail out! $*"
	exit 1
}

# done_testing: prints the plan unless plan did. Ends the test program.
done_testing()
{
	[ -n "${tap_planned:-}" ] || echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ] || exit 1
	exit 0
}

# need PROGRAM...: skips all when one is missing. need_root: when not root.
need()
{
	for need_program in "$@"; do
		command -v "$need_program" >/dev/null 2>&1 ||
			skip_all "$need_program is not installed"
	done
}

need_root()
{
	[ "$(id -u)" -eq 0 ] || skip_all "must be run as root: $*"
}

# --- waiting and processes --------------------------------------------------

started=

# wait_until SECONDS COMMAND...: tries COMMAND ten times a second, for so long.
# What is waited for comes at once, if at all: a minute is for a busy machine.
wait_until()
{
	wait_end=$(($(date +%s) + $1))
	shift
	until "$@"; do
		[ "$(date +%s)" -lt "$wait_end" ] || return 1
		sleep 0.1
	done
}

# listening PORT: somebody listens on that TCP port (nothing is connected).
listening()
{
	cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
		awk -v port="$(printf ':%04X' "$1")" '
			$4 == "0A" && index($2, port) == length($2) - 4 { n++ }
			END { exit !n }'
}

# A few conditions for wait_until.
serves()					# SOCKET
{
	awk -v path="$1" '$4 == "00010000" && $8 == path { n++ }
		END { exit !n }' /proc/net/unix
}
has_line() { grep -q -e "$2" "$1" 2>/dev/null; }	# FILE PATTERN
is_gone()
{
	[ ! -d "/proc/$1" ] ||
		grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null
}

# free_port: prints a loopback port that nobody listens on, below the range
# from which the kernel takes ports of its own choice. It is kept from the other
# tests until this one ends.
ports=${TMPDIR:-/tmp}/sasl-classic-port
free_port()
{
	port_tries=50
	while [ "$port_tries" -gt 0 ]; do
		port_tries=$((port_tries - 1))
		port_random=$(od -An -N2 -tu2 /dev/urandom)
		port_try=$((20000 + port_random % 12000))
		if ! listening "$port_try" &&
		    ln -s "$work" "$ports.$port_try" 2>/dev/null; then
			echo "$port_try" | tee -a "$ports_taken"
			return 0
		fi
	done
	return 1
}

release_ports()
{
	[ -e "$ports_taken" ] || return 0
	while read -r port_kept; do
		rm -f "$ports.$port_kept"
	done <"$ports_taken"
}

# start NAME COMMAND...: runs it in the background until the test ends. Sets
# $pid and $NAME_log; both streams go to that file.
start()
{
	start_log=$work/$1.log
	eval "$1_log=\$start_log"
	show_log "$start_log"
	shift
	"$@" </dev/null >>"$start_log" 2>&1 &
	pid=$!
	adopt "$pid"
}

# adopt PID: a daemon that went to the background by itself; ends with us. Its
# time of birth is noted, as by and by others have the numbers of the dead.
adopt()
{
	started="$1/$(born "$1") $started"
}

born()
{
	sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
}

# stop PID [SIGNAL]: ends what start or adopt knows; by force after a minute.
stop()
{
	stop_rest=
	for stop_each in $started; do
		case $stop_each in
		"$1"/*)	end "$1" "${stop_each#*/}" "${2:-TERM}" ;;
		*)	stop_rest="$stop_rest $stop_each" ;;
		esac
	done
	started=$stop_rest
}

# end PID BORN SIGNAL
end()
{
	if ! has_ended "$1" "$2"; then
		kill -s "$3" "$1" 2>/dev/null
		wait_until 60 has_ended "$1" "$2" ||
			kill -s KILL "$1" 2>/dev/null
	fi
	wait "$1" 2>/dev/null
	return 0
}

has_ended()
{
	is_gone "$1" || [ "$(born "$1")" != "$2" ]
}

# at_exit is for tests that have more to undo; it runs before the processes end.
at_exit()
{
	:
}

lib_cleanup()
{
	lib_status=$?
	trap '' HUP INT PIPE TERM
	trap - EXIT
	at_exit
	for lib_each in $started; do
		stop "${lib_each%/*}"
	done
	release_ports
	if [ -n "${KEEP:-}" ]; then
		diag "kept: $work"
	else
		rm -rf "$work"
	fi
	exit "$lib_status"
}

# --- plugins ----------------------------------------------------------------

plugin_missing()
{
	[ "$plugin_from" != "$STOCK_PLUGINDIR" ] ||
		skip_all "lib$plugin_name.so is not installed"
	bail "there is no lib$plugin_name.so in $plugin_from"
}

# plugin_dir DIR ours|stock NAME...: links lib<NAME>.so of ours or of the
# system into DIR, which is made; call it again to add more. Names are plain,
# login, crammd5 and, of the stock ones, sasldb, sql, ldapdb, ...
plugin_dir()
{
	plugin_to=$1
	case $2 in
	ours)	plugin_from=$OUR_PLUGINDIR ;;
	stock)	plugin_from=$STOCK_PLUGINDIR ;;
	*)	bail "plugin_dir: ours or stock, not $2" ;;
	esac
	shift 2
	mkdir -p "$plugin_to" || bail "cannot make $plugin_to"
	for plugin_name in "$@"; do
		plugin_file=$(readlink -f "$plugin_from/lib$plugin_name.so")
		[ -f "$plugin_file" ] || plugin_missing
		ln -sf "$plugin_file" "$plugin_to/lib$plugin_name.so"
	done
}

# plugin_copies DIR ours|stock NAME...: the same by files of its own, for those who
# cannot reach the build tree, or where it matters whose the files are.
plugin_copies()
{
	plugin_dir "$@"
	shift 2
	for plugin_name in "$@"; do
		plugin_file=$plugin_to/lib$plugin_name.so
		install -m 755 "$(readlink -f "$plugin_file")" \
			"$plugin_file" || bail "cannot make $plugin_file"
	done
}

# use_plugins DIR, use_conf DIR: for every process started from now on, in
# libsasl2 2.1 and 2.2.
use_plugins()
{
	SASL_PATH=$1
	SASL_PLUGINDIR=$1
	export SASL_PATH SASL_PLUGINDIR
	preload_sanitizer
}

# Plugins built with a sanitizer want its library first in every program, also
# in those that were not. Leaks are left to the tests in C: these programs have
# their own.
preload_sanitizer()
{
	preload=$(ldd "$OUR_PLUGINDIR"/lib*.so 2>/dev/null |
		awk '$1 ~ /^lib[at]san\.so/ { print $3; exit }')
	[ -n "$preload" ] || return 0
	LD_PRELOAD=$preload
	ASAN_OPTIONS=detect_leaks=0
	export LD_PRELOAD ASAN_OPTIONS
}

use_conf()
{
	mkdir -p "$1" || bail "cannot make $1"
	SASL_CONF_PATH=$1
	SASL_CONFDIR=$1
	export SASL_CONF_PATH SASL_CONFDIR
}

# proves_mapped PID lib<NAME>.so: the process has our file of that name mapped
# and no other of that name. maps_ours FILE lib<NAME>.so: the same from a copy
# of /proc/PID/maps.
proves_mapped()
{
	cat "/proc/$1/maps" >"$work/maps" && maps_ours "$work/maps" "$2"
}

maps_ours()
{
	only_mapped "$1" "$2" "$OUR_PLUGINDIR"
}

# maps_stock FILE lib<NAME>.so: the counterpart, for mixed pairs.
maps_stock()
{
	only_mapped "$1" "$2" "$STOCK_PLUGINDIR"
}

only_mapped()
{
	mapped_want=$(readlink -f "$3/$2")
	mapped_got=$(sed -n "s,^[^/]*\(/.*/$2[.0-9]*\)\$,\1,p" "$1" | sort -u)
	[ "$mapped_got" = "$mapped_want" ] && return 0
	echo "mapped as $2: ${mapped_got:-nothing}"
	echo "wanted: $mapped_want"
	return 1
}

# --- sasldb -----------------------------------------------------------------

# sasldb_user FILE REALM USER PASSWORD [OPTION...]: sets a password with
# saslpasswd2 and the plugins of use_plugins (needs libsasldb.so there).
# OPTION: -n, for instance. The configuration, if any, is saslpasswd.conf in
# the directory of use_conf.
sasldb_user()
{
	sasldb_file=$1
	sasldb_realm=$2
	sasldb_name=$3
	sasldb_password=$4
	shift 4
	printf '%s' "$sasldb_password" | saslpasswd2 -p -c "$@" \
		-f "$sasldb_file" -u "$sasldb_realm" "$sasldb_name" || return 1
	chmod 644 "$sasldb_file"
}

# compiled TO FROM [OPTION...]: a shared object of a source file in tests/.
compiled()
{
	compiled_to=$1
	compiled_from=$2
	shift 2
	# shellcheck disable=SC2046	# several options, or none
	cc -shared -fPIC $(pkg-config --cflags libsasl2) "$@" \
		-o "$compiled_to" "$abs_top_srcdir/tests/$compiled_from" ||
		bail "cc cannot make $compiled_to"
}

# little_sasldb TO KIND: a sasldb plugin as of gdbm or lmdb, linked to what it is
# recognised by: a liblmdb, though with nothing in it.
little_sasldb()
{
	little_lib=
	if [ "$2" = lmdb ]; then
		little_lib=$work/liblmdb.so.0
		echo 'extern int empty;' >"$work/empty.c"
		cc -shared -Wl,-soname,liblmdb.so.0 -o "$little_lib" \
			"$work/empty.c" || bail 'cc cannot make liblmdb'
	fi
	# shellcheck disable=SC2086	# none, or one file
	compiled "$1" library/little_sasldb.c \
		-Wl,--no-as-needed,-rpath,"$work" \
		"-D$(echo "$2" | tr '[:lower:]' '[:upper:]')" $little_lib
}

# --- SMTP --------------------------------------------------------------------

# talk NAME WANT LINE...: the codes of the replies are WANT, in this order.
# $work/talk has the dialogue.
talk()
{
	need perl
	[ -e "$work/talk" ] || show_log "$work/talk"
	talk_name=$1
	talk_want=$2
	shift 2
	perl "$abs_top_srcdir/tests/library/smtp_talk.pl" "$talk_port" \
		'EHLO client.example.org' "$@" >"$work/talk" 2>&1
	talk_got=$(sed -n 's/^S: \([0-9]\{3\}\)\( .*\)*$/\1/p' "$work/talk" |
		tr '\n' ' ')
	is "$talk_name" "$talk_got" "220 250 $talk_want "
}
base64_of()
{
	# shellcheck disable=SC2059	# \0 is what the format is for
	printf "$1" | base64
}

# --- the ground --------------------------------------------------------------

: "${OUR_PLUGINDIR:=${abs_top_builddir:-$PWD}/plugins/.libs}"
# Where libsasl2 looks; STOCK_PLUGINDIR may be elsewhere, see tools/stock.
sasl2_dir=$(pkg-config --variable=libdir libsasl2)/sasl2
: "${STOCK_PLUGINDIR:=$sasl2_dir}"
export abs_top_srcdir OUR_PLUGINDIR STOCK_PLUGINDIR

work=$(mktemp -d "${TMPDIR:-/tmp}/sasl-classic.XXXXXX") ||
	{ echo 'Bail out! no work directory'; exit 1; }
chmod 755 "$work"		# daemons read it under other names
ports_taken=$work/ports
trap lib_cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM

# says_secret LOG: the password `secret' is in it, not just a reason that has the
# word in its name.
says_secret()
{
	sed 's/reason=[a-z-]*//; s/: a stored secret with //' "$1" |
		grep -i secret
}
