# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# postfix.sh: a private Postfix instance for the tests: its own configuration,
# queue and data directory, loopback only, everything discarded that it accepts.
# To be sourced after lib.sh (POSIX sh). In this order:
#
#	postfix_prepare			# skips all where it cannot work
#	postfix_main <<END ...		# more lines for main.cf
#	postfix_smtpd PORT [OPTION...]	# one smtpd each, options for master.cf
#	postfix_start			# with the plugins of use_plugins
#
# $postfix_dir/smtpd.conf is the SASL configuration of every smtpd.
#
# shellcheck shell=sh
# shellcheck source=tests/library/lib.sh
# shellcheck disable=SC2034,SC2154	# shared with lib.sh and the tests

# postfix_prepare: makes an instance in $postfix_dir, $postfix_queue. Mail from
# a client that has logged in goes anywhere, other mail nowhere.
postfix_prepare()
{
	need_root 'Postfix starts as root'
	need postfix postconf sendmail
	postfix_dir=$work/postfix
	postfix_queue=$work/spool
	postfix_log=$work/maillog
	show_log "$postfix_log"
	postfix_owner=$(postconf -dh mail_owner)
	mkdir "$postfix_dir" "$postfix_queue" "$work/data" || bail mkdir
	chown "$postfix_owner" "$work/data"
	: >"$postfix_log"

	cat >"$postfix_dir/main.cf" <<END
compatibility_level = 3.6
config_directory = $postfix_dir
queue_directory = $postfix_queue
data_directory = $work/data
maillog_file = $postfix_log
maillog_file_prefixes = $work
myhostname = mail.example.org
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
local_transport = error:no local delivery here
alias_maps =
default_transport = discard
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = example.org
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_error_sleep_time = 0
smtpd_hard_error_limit = 20
smtpd_timeout = 300
max_idle = 3600
smtpd_peername_lookup = no
disable_dns_lookups = yes
END
	# Debian looks in config_directory/sasl, others where they are told.
	mkdir "$postfix_dir/sasl"
	: >"$postfix_dir/smtpd.conf"
	ln -s ../smtpd.conf "$postfix_dir/sasl/smtpd.conf"
	echo "cyrus_sasl_config_path = $postfix_dir/sasl" |
		postfix_main
	cat >"$postfix_dir/master.cf" <<END
pickup    unix  n - n 60    1 pickup
cleanup   unix  n - n -     0 cleanup
qmgr      unix  n - n 300   1 qmgr
rewrite   unix  - - n -     - trivial-rewrite
bounce    unix  - - n -     0 bounce
defer     unix  - - n -     0 bounce
trace     unix  - - n -     0 bounce
proxymap  unix  - - n -     - proxymap
smtp      unix  - - n -     - smtp
error     unix  - - n -     - error
retry     unix  - - n -     - error
discard   unix  - - n -     - discard
showq     unix  n - n -     - showq
anvil     unix  - - n -     1 anvil
scache    unix  - - n -     1 scache
tlsmgr    unix  - - n 1000? 1 tlsmgr
postlog   unix-dgram n - n - 1 postlogd
END
}

# postfix_main <<END: appends standard input to main.cf.
postfix_main()
{
	cat >>"$postfix_dir/main.cf"
}

# postfix_smtpd [-c] PORT [OPTION...]: one more smtpd, in a chroot with -c. It
# is one process; with more, a new session would have another whenever the last
# one was still tidying up. (Being one, it is always under stress, for Postfix.)
postfix_smtpd()
{
	postfix_chroot=n
	if [ "$1" = -c ]; then
		postfix_chroot=y
		shift
	fi
	postfix_port=$1
	shift
	{
		echo "127.0.0.1:$postfix_port" \
			"inet n - $postfix_chroot - 1 smtpd"
		for postfix_option in "$@"; do
			echo "  -o $postfix_option"
		done
	} >>"$postfix_dir/master.cf"
}

# postfix_start: waits until the last smtpd listens.
postfix_start()
{
	echo "import_environment = $(postconf -dh import_environment)" \
		"SASL_PATH=$SASL_PATH SASL_PLUGINDIR=$SASL_PLUGINDIR" \
		"${LD_PRELOAD:+LD_PRELOAD=$LD_PRELOAD}" \
		"${ASAN_OPTIONS:+ASAN_OPTIONS=$ASAN_OPTIONS}" |
		postfix_main
	postfix_starting=yes
	postfix -c "$postfix_dir" start >"$work/postfix.out" 2>&1 || {
		show_log "$work/postfix.out"
		bail 'Postfix does not start'
	}
	adopt_master
	postfix_starting=
	wait_until 120 listening "$postfix_port" ||
		bail 'Postfix does not listen'
}

adopt_master()
{
	adopt "$(tr -d ' ' <"$postfix_queue/pid/master.pid")"
}

# A signal may come between the start and the adoption.
postfix_starting=
at_exit()
{
	if [ -n "$postfix_starting" ] && [ -s "$postfix_queue/pid/master.pid" ]
	then
		adopt_master
	fi
}

# logged SECONDS PATTERN: waits for a line in the log, prints the last one.
logged()
{
	wait_until "$1" has_line "$postfix_log" "$2" || {
		echo "not in the log: $2"
		return 1
	}
	grep -e "$2" "$postfix_log" | tail -n 1
}

# pid_logged PROGRAM PATTERN: the pid of the process that logged such a line.
pid_logged()
{
	logged 60 "$1\[[0-9]*\]: $2" | sed -n "s,.*$1\[\([0-9]*\)\]: .*,\1,p"
}

# no_accidents: nothing crashed, and nobody complained.
no_accidents()
{
	not grep -E 'fatal:|panic:|warning: process|bad command startup' \
		"$postfix_log"
}
