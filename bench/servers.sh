#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# From end to end: Postfix's smtpd in a chroot, with the stock plugins and with
# ours over each store, and with Dovecot as its SASL back end where that is
# there. Sessions a second, what a flood of guesses does, and what hashes cost,
# to bench/servers.md. On loopback, as root. Called by "make bench-servers", with
# the environment of the tests; BENCH_SESSIONS, BENCH_ROUNDS and BENCH_SECONDS
# say how much.
#
# shellcheck disable=SC2016,SC2154	# $ of hashes; variables of postfix.sh
# shellcheck source=tests/library/lib.sh
. "$abs_top_srcdir/tests/library/lib.sh"
# shellcheck source=tests/library/postfix.sh
. "$abs_top_srcdir/tests/library/postfix.sh"

sessions=${BENCH_SESSIONS:-1000}
rounds=${BENCH_ROUNDS:-7}
seconds=${BENCH_SECONDS:-15}
user=tim
password=tanstaaftanstaaf
need saslpasswd2 postfix perl taskset
need_root 'Postfix starts as root'
top=$work
server_cpu=0
client_cpu=$(($(nproc) - 1))

# crypted SETTING: the password's hash.
crypted() { perl -e 'print crypt $ARGV[0], $ARGV[1]' "$password" "$1"; }

# instance NAME [OPTION...]: a Postfix of its own in $top/NAME.
instance()
{
	instance_name=$1
	shift
	postfix_prepare
	postfix_main <<-END
	max_use = 1000000
	default_process_limit = 200
	smtpd_client_connection_count_limit = 0
	smtpd_client_event_limit_exceptions = 127.0.0.0/8
	smtpd_hard_error_limit = 1000000
	smtpd_soft_error_limit = 1000000
	END
	port=$(free_port)
	postfix_smtpd -c "$port" "$@"
	# As many as there are clients, and not one for all, as in the tests.
	sed -i 's/ 1 smtpd$/ - smtpd/' "$postfix_dir/master.cf"
	postfix_start
	master=$(tr -d ' ' <"$postfix_queue/pid/master.pid")
	taskset -cp "$server_cpu" "$master" >/dev/null
	eval "port_$instance_name=$port master_$instance_name=$master"
	work=$top
}

# cyrus NAME ours|stock|floor STORE [LINE...]: with libsasl2, lines for smtpd.conf.
# The store is made afterwards: smtpd is not started before it is needed.
cyrus()
{
	work=$top/$1
	mkdir "$work" || bail mkdir
	plugin_dir "$work/sasl" stock sasldb
	if [ "$2" = floor ]; then
		ln -s "$abs_top_builddir/bench/.libs/libfloor.so" "$work/sasl"
	else
		plugin_dir "$work/sasl" "$2" plain login crammd5
	fi
	[ "$3" = sasldb ] || plugin_dir "$work/sasl" ours passwdfile
	use_plugins "$work/sasl"
	cyrus_conf="pwcheck_method: auxprop
auxprop_plugin: $3
${3}_path: $top/$1/users
mech_list: PLAIN LOGIN CRAM-MD5"
	instance "$1"
	shift 3
	printf '%s\n' "$cyrus_conf" "$@" >"$postfix_dir/smtpd.conf"
}

# passwdfile NAME [LINE...]: one that is opened before the chroot.
passwdfile()
{
	passwdfile_name=$1
	shift
	printf '%s\n' "$user:{PLAIN}$password" "$@" >"$top/$passwdfile_name/users"
	chmod 600 "$top/$passwdfile_name/users"
}

with_dovecot()
{
	work=$top/dovecot
	mkdir "$work" "$work/run" || bail mkdir
	cat >"$work/dovecot.conf" <<-END
	base_dir = $work/run
	state_dir = $work/run
	log_path = $work/dovecot.log
	protocols =
	ssl = no
	disable_plaintext_auth = no
	auth_mechanisms = plain login cram-md5
	passdb {
	  driver = passwd-file
	  args = username_format=%n $work/users
	}
	service auth {
	  user = root
	  unix_listener $work/spool/auth {
	    mode = 0666
	  }
	}
	END
	instance dovecot smtpd_sasl_type=dovecot smtpd_sasl_path=auth
	passwdfile dovecot "$@"
	start dovecot taskset -c "$server_cpu" dovecot -F -c "$top/dovecot/dovecot.conf"
	wait_until 60 serves "$top/dovecot/spool/auth" ||
		bail 'Dovecot does not listen'
}

# load KEY NAME ARGUMENT...: a line with what bench/load finds at that server.
load()
{
	eval "load_port=\$port_$2"
	printf '%s %s ' "$1" "$2"
	shift 2
	taskset -c "$client_cpu" "$abs_top_srcdir/bench/load" "$load_port" "$@" ||
		bail "load $*" >&2
}

# memory NAME: MiB of its smtpds, what they share divided among them.
memory()
{
	eval "memory_master=\$master_$1"
	for memory_pid in $(pgrep -P "$memory_master" smtpd); do
		grep '^Pss:' "/proc/$memory_pid/smaps_rollup"
	done | awk '{ kib += $2 } END { printf "%.0f\n", kib / 1024 }'
}

# flood GUESSERS NAME: refusals a second, the right user's AUTH, its longest, MiB.
flood()
{
	load "$1" "$2" PLAIN "$user" "$seconds" "$1" flood >"$top/flood" &
	flood_pid=$!
	sleep "$seconds"
	flood_memory=$(memory "$2")
	wait "$flood_pid" || bail "flood $*" >&2
	echo "$(cat "$top/flood") $flood_memory"
}

# table HEAD <<LINES: medians of lines "KEY NAME NUMBER...", and the first two
# of the numbers over those of stock, which is the first name of each key.
table()
{
	printf '\n| | | %s | first/stock | second/stock |\n|---|---' "$1"
	echo "$1| | |" | sed 's/[^|]//g; s/|/|---:/g; s/$/|/'
	perl -lane '
		push @order, "$F[0] | $F[1]" unless $of{"$F[0] | $F[1]"};
		push @{$of{"$F[0] | $F[1]"}}, [@F[2 .. $#F]];
		END { for (@order) {
			my @rows = @{$of{$_}};
			my @median = map { my $n = $_;
				(sort { $a <=> $b } map { $_->[$n] } @rows)[$#rows / 2]
			} 0 .. $#{$rows[0]};
			@stock = /stock/ ? @median : @stock;
			print join(" | ", "| $_", @median, map { @stock ? sprintf "%.2f",
				$median[$_] / $stock[$_] : "-" } 0, 1), " |";
		} }'
}

# verdict <TABLE: what is asked of some of its ratios, and whether they are so.
verdict()
{
	awk -F ' *[|] *' '
		function judge(key, name, figure, of, least, most) {
			printf "- %s, %s: %s %s (%s, %s)\n", key, name, of, figure,
			    least ? ">=" least : "<=" most,
			    figure >= least && (!most || figure <= most) ?
			    "met" : "MISSED"
		}
		NR == 1 { print "" }
		$3 == "ours" && $2 ~ /^[A-Z]/ { judge($2, $3, $(NF - 2), "sessions", 1.0) }
		$2 == "PLAIN" && $3 == "passwdfile" {
			judge($2, $3, $(NF - 2), "sessions", 1.2)
			judge($2, $3, $(NF - 1), "AUTH", 0, 0.5)
		}
		$2 == 100 && ($3 == "ours" || $3 == "passwdfile") {
			judge("100 guessers", $3, $(NF - 2), "refusals", 0.7)
			judge("100 guessers", $3, $(NF - 1), "AUTH of the user", 0, 2)
		}'
}

plugin_dir "$top/maker" ours plain login crammd5
plugin_dir "$top/maker" stock sasldb
yescrypt=$(crypted '$y$j9T$abcdefghijklmnopqrstu1')
set -- "yescrypt:$yescrypt" "sha512:$(crypted '$6$abcdefghijklmnop')" \
	"bcrypt:$(crypted '$2b$10$abcdefghijklmnopqrstuu')" \
	'ssha:{SSHA}ntrI4gBCPbwyTzu3rGkqSxNgI3lV5p7h' \
	'pbkdf2:{PBKDF2-SHA256}10000$AQIDBAUGBwgJCgsMDQ4PEA$yTJ9Uc4si6trbIbbCx8LY1h6KJ2IrKY4iYNX1GdVQJU'
names='stock floor ours'
floods='stock ours decoy'
cyrus stock stock sasldb
cyrus floor floor none
cyrus ours ours sasldb
cyrus decoy ours sasldb "classic_decoy: $yescrypt"
use_plugins "$top/maker"
for name in stock ours decoy; do
	users=$top/$name/spool$top/$name/users
	mkdir -p "${users%/*}"
	sasldb_user "$users" example.org "$user" "$password" || bail 'no sasldb'
done
sasldb_user "$users" example.org "$user" "$password" -n || bail 'no hash'
if [ -e "$OUR_PLUGINDIR/libpasswdfile.so" ]; then
	names="$names passwdfile"
	floods="$floods passwdfile hashes"
	cyrus passwdfile ours passwdfile
	passwdfile passwdfile
	cyrus hashes ours passwdfile
	passwdfile hashes "$@"
fi
if command -v dovecot >/dev/null; then
	names="$names dovecot"
	with_dovecot "$@"
fi

round=0
while [ "$round" -lt "$rounds" ]; do
	for mech in PLAIN LOGIN CRAM-MD5; do
		for name in $names; do
			load "$mech" "$name" "$mech" "$user" "$sessions" 2
		done
	done
	round=$((round + 1))
done >"$top/sessions"
for guessers in 4 20 100; do
	for name in $floods; do
		flood "$guessers" "$name"
	done
done >"$top/floods"
for form in yescrypt bcrypt sha512 pbkdf2 ssha; do
	for name in ${port_hashes:+hashes} ${port_dovecot:+dovecot}; do
		[ "$form,$name" = pbkdf2,dovecot ] ||
			load "$form" "$name" PLAIN "$form" 100 2
	done
done >"$top/forms"
{
	echo '## From end to end: sessions with Postfix'
	echo
	echo 'By `make bench-servers`: smtpd in a chroot, all servers on one core, two
clients on the others. Stock and ours over a sasldb, ours over a passwdfile; a
plugin that asks no store and lets everybody in (floor); Dovecot as the back end
over the same passwdfile. AUTH in us.'
	table 'sessions/s | AUTH | AUTH p99' <"$top/sessions" >"$top/table"
	cat "$top/table"
	verdict <"$top/table"
	echo
	echo "## A flood of guesses by PLAIN, $seconds s each"
	echo
	echo 'So many guessers, and one user who logs in among them; memory of all smtpds.
decoy: sasldb with a yescrypt hash and classic_decoy; hashes: passwdfile with hashes.'
	table 'refusals/s | AUTH of the user | the longest | MiB' <"$top/floods" \
		>"$top/table"
	cat "$top/table"
	verdict <"$top/table"
	echo
	echo '## What a form costs: logins by PLAIN'
	table 'sessions/s | AUTH | AUTH p99' <"$top/forms"
} >"$abs_top_builddir/bench/servers.md"
cat "$abs_top_builddir/bench/servers.md"
