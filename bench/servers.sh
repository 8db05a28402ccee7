#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# From end to end: Postfix's smtpd with our plugins, with the stock ones, and
# with Dovecot (if it is there) as its SASL back end, each logged in to in
# turn by the same clients on loopback. Must be run as root. Called by "make
# bench-servers", with the environment of the tests; BENCH_SESSIONS and
# BENCH_ROUNDS say how much.
#
# shellcheck disable=SC2154	# variables of lib.sh and postfix.sh
# shellcheck source=tests/library/lib.sh
. "$abs_top_srcdir/tests/library/lib.sh"
# shellcheck source=tests/library/postfix.sh
. "$abs_top_srcdir/tests/library/postfix.sh"

bench=${abs_top_builddir:?}/bench
sessions=${BENCH_SESSIONS:-100}
rounds=${BENCH_ROUNDS:-25}
user=tim
password=tanstaaftanstaaf
need saslpasswd2 postfix
need_root 'Postfix starts as root'
top=$work

# instance NAME: an instance of Postfix of its own below $top/NAME.
instance()
{
	work=$top/$1
	mkdir "$work" || bail mkdir
	postfix_prepare
	postfix_main <<-END
	max_use = 1000000
	smtpd_client_connection_count_limit = 0
	smtpd_client_event_limit_exceptions = 127.0.0.0/8
	END
}

# running NAME [OPTION...]: starts it and notes where it is.
running()
{
	port=$(free_port)
	running_name=$1
	shift
	postfix_smtpd "$port" "$@"
	# As many as there are clients, and not one for all, as in the tests.
	sed -i 's/ 1 smtpd$/ - smtpd/' "$postfix_dir/master.cf"
	set -- "$running_name"
	postfix_start
	eval "$1_port=$port"
	eval "$1_pids=\$(tr -d ' ' <'$postfix_queue/pid/master.pid')"
	work=$top
}

# cyrus NAME: with libsasl2 and the plugins of that name.
cyrus()
{
	instance "$1"
	plugin_dir "$work/sasl" "$1" plain login crammd5
	plugin_dir "$work/sasl" stock sasldb
	use_plugins "$work/sasl"
	sasldb_user "$work/sasldb" example.org "$user" "$password" ||
		bail 'no sasldb'
	cat >"$postfix_dir/smtpd.conf" <<-END
	pwcheck_method: auxprop
	auxprop_plugin: sasldb
	sasldb_path: $work/sasldb
	mech_list: PLAIN LOGIN CRAM-MD5
	END
	running "$1"
}

dovecot_conf()
{
	cat <<-END
	base_dir = $work/dovecot
	state_dir = $work/dovecot
	log_path = $work/dovecot.log
	protocols =
	ssl = no
	disable_plaintext_auth = no
	auth_mechanisms = plain login cram-md5
	passdb {
	  driver = passwd-file
	  args = scheme=PLAIN username_format=%n $work/passwd
	}
	userdb {
	  driver = static
	  args = uid=65534 gid=65534 home=/
	}
	service auth {
	  unix_listener $work/auth {
	    mode = 0666
	  }
	}
	END
}

with_dovecot()
{
	instance dovecot
	echo "$user:$password" >"$work/passwd"
	mkdir "$work/dovecot"
	dovecot_conf >"$work/dovecot.conf"
	start dovecot dovecot -F -c "$work/dovecot.conf"
	dovecot_master=$pid
	wait_until 10 serves "$work/auth" || bail 'Dovecot does not listen'
	running dovecot smtpd_sasl_type=dovecot "smtpd_sasl_path=$work/auth"
	dovecot_pids="$dovecot_pids $dovecot_master"
}

# drive NAME MECHANISM SESSIONS: prints what load found.
drive()
{
	eval "drive_port=\$$1_port drive_pids=\$$1_pids"
	# shellcheck disable=SC2086 # pids
	"$bench/load" "$drive_port" "$2" "$3" $drive_pids ||
		bail "$1 does not log in by $2"
}

# rotated NAME...: the first becomes the last.
rotated()
{
	rotated_first=$1
	shift
	echo "$@" "$rotated_first"
}

cyrus ours
cyrus stock
names='ours stock'
if command -v dovecot >/dev/null; then
	with_dovecot
	names="$names dovecot"
fi
mechs='PLAIN LOGIN CRAM-MD5'

# The clients' plugins are the same for all.
plugin_dir "$top/client" stock plain login crammd5
use_plugins "$top/client"
for name in $names; do
	for mech in $mechs; do
		drive "$name" "$mech" 20 >/dev/null
	done
done
for pid in $ours_pids; do
	for smtpd in $(pgrep -P "$pid" smtpd); do
		proves_mapped "$smtpd" libcrammd5.so ||
			bail 'it is not our plugin that runs'
	done
done

round=0
while [ "$round" -lt "$rounds" ]; do
	round=$((round + 1))
	# shellcheck disable=SC2086 # names
	names=$(rotated $names)
	for mech in $mechs; do
		for name in $names; do
			printf '%s %s %s\n' "$mech" "$name" \
				"$(drive "$name" "$mech" "$sessions")"
		done
	done
done >"$top/results"

awk -v tsv="$bench/servers.tsv" -f "$abs_top_srcdir/bench/servers.awk" \
	"$top/results"
exit 0
