# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# logins.sh: what the tests with real stores share: the driver (login.c) and the
# questions that every store is asked.
# To be sourced after lib.sh (POSIX sh). A test looks like this:
#
#	service smtp <<END ...		# smtp.conf
#	login_open smtp			# one process until login_close
#	answers SASL_OK PLAIN alice secret
#	judge 'the store' alice secret "$stored"
#	out_of_order 'the store, stopped' alice secret
#	back_again 'the store, started again' alice secret
#
# alice's password is always `secret'; $state_secret is its CRAM-MD5 state.
#
# shellcheck shell=sh
# shellcheck source=tests/library/lib.sh
# shellcheck disable=SC2034,SC2154	# shared with lib.sh and the tests

# As `doveadm pw -s CRAM-MD5 -p secret' prints it.
state_secret=cd3ba7deaad6e5ca23448ba42e379747a9e0f7f1fbc00c8a81bbaac395731b56
mechs='PLAIN LOGIN CRAM-MD5'
login=${abs_top_builddir:-$PWD}/tests/library/login

# --- the driver -------------------------------------------------------------

# service NAME <<END: NAME.conf, on top of what all services have in common.
service()
{
	{
		echo "mech_list: PLAIN LOGIN CRAM-MD5"
		cat
	} >"$work/conf/$1.conf"
}

# logins_prepare: our plugins, the stock ones that are named, a place for the
# configuration.
logins_prepare()
{
	need perl "$login"
	plugin_dir "$work/sasl" ours plain login crammd5
	[ $# -eq 0 ] || plugin_dir "$work/sasl" stock "$@"
	use_plugins "$work/sasl"
	use_conf "$work/conf"
	show_log "$work/login.log"
}

# login_open SERVICE [OPTION...]: starts the driver; sets $login_pid.
login_open()
{
	login_service=$1
	shift
	[ -p "$work/ask" ] || mkfifo "$work/ask" "$work/answer"
	"$login" "$@" "$login_service" \
		<"$work/ask" >"$work/answer" 2>>"$work/login.log" &
	login_pid=$!
	adopt "$login_pid"
	exec 8>"$work/ask" 9<"$work/answer"
}

login_close()
{
	exec 8>&- 9<&-
	stop "$login_pid"
}

# attempt MECH USER PASSWORD [AUTHZID]: sets $code and $said.
attempt()
{
	# In a subshell, which alone dies when the driver is gone.
	(printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "${4-}" >&8)
	read -r code said <&9 || code='no answer' said=
}

# answers CODE MECH USER PASSWORD [AUTHZID]: one attempt has that result.
answers()
{
	answers_want=$1
	shift
	attempt "$@"
	[ "$code" = "$answers_want" ] && return 0
	echo "got:  $code $said"
	echo "want: $answers_want"
	return 1
}

# --- the questions ----------------------------------------------------------

# judge WHAT USER PASSWORD [STORED...]: each of $mechs accepts the password and
# refuses all else alike, the text of what is stored too.
judge()
{
	judge_what=$1
	judge_user=$2
	judge_password=$3
	shift 3
	for mech in $mechs; do
		check "$judge_what, $mech: the right password" \
			answers SASL_OK "$mech" "$judge_user" "$judge_password"
		is "$judge_what, $mech: it is that user" "$said" "$judge_user"
		check "$judge_what, $mech: a wrong password" \
			answers SASL_BADAUTH "$mech" "$judge_user" 'secreT'
		judge_said=$said
		check "$judge_what, $mech: an unknown user" answers \
			SASL_BADAUTH "$mech" nobody "$judge_password"
		is "$judge_what, $mech: in the same words" \
			"$said" "$judge_said"
		for judge_stored; do
			check "$judge_what, $mech: the stored text $(
				excerpt "$judge_stored")" answers SASL_BADAUTH \
				"$mech" "$judge_user" "$judge_stored"
		done
	done
}

excerpt()
{
	printf '%.12s...' "$1" | tr '#' '?'
}

# out_of_order WHAT USER PASSWORD: each of $mechs says `later', not `wrong',
# whatever the password is.
out_of_order()
{
	for mech in $mechs; do
		check "$1, $mech: unavailable" \
			answers SASL_UNAVAIL "$mech" "$2" "$3"
		check "$1, $mech: for a wrong password as well" \
			answers SASL_UNAVAIL "$mech" "$2" 'secreT'
		check "$1, $mech: for an unknown user as well" \
			answers SASL_UNAVAIL "$mech" nobody "$3"
	done
}

# back_again WHAT USER PASSWORD: the same process logs the user in again.
back_again()
{
	for mech in $mechs; do
		check "$1, $mech: accepted" answers SASL_OK "$mech" "$2" "$3"
		check "$1, $mech: a wrong password is wrong" \
			answers SASL_BADAUTH "$mech" "$2" 'secreT'
	done
}

# runs_ours: the driver has our plugins mapped, both sides are in them.
runs_ours()
{
	for library in libplain.so liblogin.so libcrammd5.so; do
		check "the driver runs our $library" \
			proves_mapped "$login_pid" "$library"
	done
}

# crypted sha512|yescrypt: `secret' as crypt(3) makes it.
crypted()
{
	# shellcheck disable=SC2016	# dollars are what it begins with
	case $1 in
	sha512)		crypted_setting='$6$usesomesalt$' ;;
	yescrypt)	crypted_setting='$y$j9T$usesomesaltforsa' ;;
	esac
	perl -e '$_ = crypt "secret", $ARGV[0]; length > 13 or die; print' \
		"$crypted_setting" || bail "crypt(3) has no $1"
}

# db_holds FILE TEXT: some value in that sasldb is TEXT.
db_holds()
{
	db5.3_dump -p "$1" | grep -qxF " $2"
}
