# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# dropin.sh: what the comparisons with the stock plugins share: the same users in
# stores of each kind, each in each state, and the stock plugins beside ours. To
# be sourced after lib.sh (POSIX sh).
#
#	dropin_prepare sasldb sql	# the stores' plugins
#	store sasldb damaged		# sets $store_lines, for the service
#	service smtp 'pwcheck_method: auxprop'
#	both smtp <attempts		# makes $work/stock.out and $work/ours.out
#
# shellcheck shell=sh
# shellcheck source=tests/library/lib.sh
# shellcheck disable=SC2034,SC2154	# shared with lib.sh and the tests

drive=${abs_top_builddir:-$PWD}/tests/dropin/drive

# name property value; @realm is another realm. Passwords are `secret' but for:
# hashlike and dollars, whose passwords look like hashes; null, whose password is
# NULL; and old, who has what old versions of Cyrus SASL wrote.
# shellcheck disable=SC2016	# dollars are what they begin with
users='alice userPassword secret
blank userPassword looking glass
hashlike userPassword {3k}Yx;q
dollars userPassword $uper$ecret9
ssha userPassword {SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0
locked userPassword !{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0
unknown userPassword {X-NOBODY}c2VjcmV0c2VjcmV0c2VjcmV0
null userPassword NULL
plain userPassword {PLAIN}secret
state userPassword {CRAM-MD5}cd3ba7deaad6e5ca23448ba42e379747a9e0f7f1fbc00c8a81bbaac395731b56
hash userPasswordHash {SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0
scram authPassword SCRAM-SHA-1$4096:c2FsdHNhbHRzYWx0c2FsdA==$AAAA:BBBB
o-r@other.test userPassword secret
jörg userPassword secret
two words userPassword secret'

# each_user FUNCTION: FUNCTION USER REALM PROPERTY VALUE
each_user()
{
	printf '%s\n' "$users" |
		sed -n 's/^\(.*\) \(userPassword\|userPasswordHash\|authPassword\) \(.*\)$/\1\n\2\n\3/p' |
		while read -r each_name && read -r each_property &&
		    read -r each_value; do
			each_realm=host.test
			case $each_name in
			*@*)	each_realm=${each_name#*@} ;;
			esac
			"$1" "${each_name%@*}" "$each_realm" \
				"$each_property" "$each_value"
		done
}

dropin_prepare()
{
	need perl "$drive"
	for dropin_side in stock ours; do
		plugin_copies "$work/$dropin_side" "$dropin_side" \
			plain login crammd5
		[ $# -eq 0 ] || plugin_copies "$work/$dropin_side" stock "$@"
	done
	use_plugins "$work/ours"	# and the sanitizer's library
	use_conf "$work/conf"
	# What root may read is no test of permissions.
	dropin_as=
	if [ "$(id -u)" -eq 0 ]; then
		need setpriv
		install -m 755 "$drive" "$work/drive" || bail install
		drive=$work/drive
		dropin_as="setpriv --reuid=65534 --regid=65534 --clear-groups"
	fi
}

# sasldb_kind KIND: in the place of the stock sasldb plugin one as of gdbm or
# lmdb, or with `sasldb', that again.
sasldb_kind()
{
	for kind_side in stock ours; do
		rm -f "$work/$kind_side/libsasldb.so"
		if [ "$1" = sasldb ]; then
			plugin_copies "$work/$kind_side" stock sasldb
		else
			little_sasldb "$work/$kind_side/libsasldb.so" "$1"
		fi
	done
}

# service NAME [LINE...]: NAME.conf, on the store that was made last.
service()
{
	service_name=$1
	shift
	{
		printf '%s\n' "$@"
		printf '%s\n' "$store_lines"
	} | sed '/^$/d' >"$work/conf/$service_name.conf"
}

# both SERVICE [OPTION...]: standard input through both.
both()
{
	cat >"$work/attempts"
	for both_side in stock ours; do
		# shellcheck disable=SC2086	# a command and its options
		SASL_PATH=$work/$both_side SASL_PLUGINDIR=$work/$both_side \
			$dropin_as "$drive" ${2:-} ${3:-} ${4:-} "$1" \
			<"$work/attempts" >"$work/$both_side.out" \
			2>"$work/$both_side.err" ||
			echo "drive ended with $?" >>"$work/$both_side.out"
	done
}

# --- files ------------------------------------------------------------------

berkeley_user()
{
	printf '%s\\00%s\\00%s\n%s\n' "$1" "$2" "$3" \
		"$(printf '%s' "$4" | sed 's/\\/&&/g')"
}

text_user()
{
	printf '%s %s %s %s\n' "$1" "$2" "$3" "$4"
}

# file_in STATE: the file $db as that state has it; `fine' leaves it.
file_in()
{
	chmod 755 "$work"
	case $1 in
	fine)	chmod 644 "$db" ;;
	absent)	rm -f "$db" ;;
	empty)	: >"$db"; chmod 644 "$db" ;;
	damaged) echo 'this is no database, and was never one' >"$db"; chmod 644 "$db" ;;
	unreadable) chmod 000 "$db" ;;
	*)	bail "no state $1" ;;
	esac
}

sqlite_user()
{
	printf "INSERT INTO secrets VALUES ('%s', '%s', '%s');\n" \
		"$1$([ "$2" = host.test ] || echo "@$2")" "$3" "$4"
}

# --- servers ----------------------------------------------------------------

sql_lines()		# ENGINE HOST:PORT DATABASE USER [PASSWORD]
{
	cat <<END
auxprop_plugin: sql
sql_engine: $1
sql_hostnames: $2
sql_user: $4
sql_passwd: ${5-}
sql_database: $3
sql_select: SELECT value FROM secrets WHERE name='%u' AND property='%p'
END
}

mariadb_prepare()
{
	need mariadbd mariadb-install-db mariadb
	maria=$work/mariadb
	mkdir "$maria" || bail mkdir
	maria_as=
	if [ "$(id -u)" -eq 0 ]; then
		maria_owner=mysql
		chown mysql "$maria"
		maria_as=--user=mysql
	fi
	maria_port=$(free_port)
	show_log "$work/mariadb-install.log"
	# shellcheck disable=SC2086	# an option or none
	env -u LD_PRELOAD mariadb-install-db --no-defaults $maria_as \
		--datadir="$maria/data" --auth-root-authentication-method=normal \
		--skip-test-db >"$work/mariadb-install.log" 2>&1 ||
		bail 'mariadb-install-db fails'
	mariadb_start
	{
		echo 'CREATE DATABASE bare; CREATE DATABASE secrets; USE secrets;'
		echo 'CREATE TABLE secrets (name VARCHAR(99), property VARCHAR(99), value VARCHAR(255));'
		each_user sqlite_user
		echo "CREATE USER 'sasl'@'%' IDENTIFIED BY 'sasl';"
		echo "GRANT ALL ON secrets.* TO 'sasl'@'%';"
		echo "GRANT ALL ON bare.* TO 'sasl'@'%';"
	} | env -u LD_PRELOAD mariadb --no-defaults -S "$maria/socket" -u root ||
		bail 'mariadb fails'
}

mariadb_start()
{
	# shellcheck disable=SC2086
	start mariadb env -u LD_PRELOAD mariadbd --no-defaults $maria_as \
		--datadir="$maria/data" --socket="$maria/socket" \
		--pid-file="$maria/pid" --port="$maria_port" \
		--bind-address=127.0.0.1 --skip-name-resolve \
		--innodb-flush-method=fsync --innodb-buffer-pool-size=8M 8>&- 9<&-
	maria_pid=$pid
	wait_until 60 listening "$maria_port" || bail 'MariaDB does not start'
}

# servers_prepare: those of stores.sh, and MariaDB, with the same users. In each
# is another database without the table, and who has to show a password.
servers_prepare()
{
	postgres_prepare
	sed -i '1i host all guest 127.0.0.1/32 scram-sha-256' \
		"$work/postgres/data/pg_hba.conf" || bail sed
	postgres_start
	{
		echo 'create table secrets (name text, property text, value text);'
		each_user sqlite_user
		echo 'create database bare;'
		echo "create role guest login password 'secret';"
	} | sql
	mariadb_prepare
	slapd_prepare
	# proxy may act as people of a part that is not there, too.
	person proxy "$(hashed secret)" \
		'{CRAM-MD5}cd3ba7deaad6e5ca23448ba42e379747a9e0f7f1fbc00c8a81bbaac395731b56'
	sed -i 's/^authzTo: .*/authzTo: dn.regex:^uid=[^,]*,ou=[a-z]*,dc=test$/' \
		"$work/slapd/people.ldif"
	person alice secret
	person blank 'looking glass'
	person rotation secret wonderland
	slapd_load
	slapd_start
	echo 'SASL_SECPROPS none' >"$work/ldaprc"
	chmod 644 "$work/ldaprc"
}

# slapd_without_base: what the names are mapped to is not there, but for proxy.
slapd_without_base()
{
	slapd_stop
	sed -i "/^authz-regexp .*(@/i\\
authz-regexp \"^uid=(proxy)(@[a-z.]*)?(,cn=[^,]*)*,cn=auth\$\" \"uid=\$1,$slapd_people\"
		s/\"uid=\$1,$slapd_people\"\$/\"uid=\$1,ou=nowhere,dc=test\"/" \
		"$work/slapd/slapd.conf"
	slapd_start
}

# port_in STATE PORT: of a server, or one that nobody listens on.
port_in()
{
	case $1 in
	unreachable)	echo 1 ;;
	*)		echo "$2" ;;
	esac
}

# store BACKEND STATE: that store, in that state.
store()
{
	case $1 in
	sasldb | gdbm | lmdb)
		db=$work/$1.db
		rm -f "$db"
		sasldb_kind "$1"
		if [ "$1" = sasldb ]; then
			each_user berkeley_user |
				db5.3_load -T -t hash "$db" || bail db5.3_load
		else
			{
				echo little-sasldb
				each_user text_user
			} >"$db"
		fi
		file_in "$2"
		store_lines="auxprop_plugin: sasldb
sasldb_path: $db" ;;
	sqlite)
		db=$work/sqlite.db
		rm -f "$db"
		{
			[ "$2" != no-table ] || echo 'CREATE TABLE other (x);'
			[ "$2" = no-table ] || {
				echo 'CREATE TABLE secrets (name, property, value);'
				each_user sqlite_user
			}
		} | sqlite3 "$db" || bail sqlite3
		if [ "$2" = no-table ]; then
			chmod 644 "$db"
		else
			file_in "$2"
		fi
		store_lines="auxprop_plugin: sql
sql_engine: sqlite3
sql_database: $db
sql_select: SELECT value FROM secrets WHERE name='%u' AND property='%p'" ;;
	passwdfile)
		for store_side in stock ours; do
			plugin_copies "$work/$store_side" ours passwdfile
		done
		db=$work/passwd
		rm -f "$db"
		echo 'alice:{PLAIN}secret' >"$db"
		case $2 in
		writable)	chmod 666 "$db" ;;
		*)		file_in "$2" ;;
		esac
		store_lines="auxprop_plugin: passwdfile
passwdfile_path: $db" ;;
	postgresql)
		case $2 in
		no-table)	set -- bare sasl sasl ;;
		refused)	set -- postgres guest secreT ;;
		*)		set -- postgres sasl sasl "$2" ;;
		esac
		store_lines=$(sql_lines pgsql \
			"127.0.0.1:$(port_in "${4-}" "$sql_port")" "$@") ;;
	mariadb)
		case $2 in
		no-table)	set -- bare sasl sasl ;;
		refused)	set -- secrets sasl secreT ;;
		*)		set -- secrets sasl sasl "$2" ;;
		esac
		store_lines=$(sql_lines mysql \
			"127.0.0.1:$(port_in "${4-}" "$maria_port")" "$@") ;;
	ldapdb)
		store_id=proxy store_pw=secret
		case $2 in
		refused)	store_pw=secreT ;;
		no-right)	store_id=rotation ;;
		esac
		store_lines="auxprop_plugin: ldapdb
ldapdb_uri: ldap://127.0.0.1:$(port_in "$2" "$slapd_port")
ldapdb_mech: PLAIN
ldapdb_id: $store_id
ldapdb_pw: $store_pw
ldapdb_rc: $work/ldaprc" ;;
	left-over)	# a plugin that cannot start, as without its sql_select
		store_lines="auxprop_plugin: sql" ;;
	nonesuch)	# a name that no plugin has
		store_lines="auxprop_plugin: nonesuch" ;;
	*)	bail "no store $1" ;;
	esac
}

# A saslauthd that knows carol, with the password `secret', and alice.
saslauthd_here()
{
	mkdir -p "$work/saslauthd"
	rm -f "$work/saslauthd/mux"
	chmod 755 "$work/saslauthd"
	# shellcheck disable=SC2016	# perl expands
	start saslauthd perl -e '
		use strict; use IO::Socket::UNIX; use Socket;
		my $server = IO::Socket::UNIX->new(Type => SOCK_STREAM,
			Local => "$ARGV[0]/mux", Listen => 64) or die;
		chmod 0777, "$ARGV[0]/mux";
		while (my $client = $server->accept) {
			my @f;
			for (1 .. 4) {
				read $client, my $n, 2;
				my $len = unpack "n", $n;
				my $text = "";
				read $client, $text, $len if $len;
				push @f, $text;
			}
			my $yes = $f[0] =~ /^(?:carol|alice|hash)$/ &&
				$f[1] =~ /^(?:secret|[{]3k[}]Yx;q|\$uper\$ecret9)$/;
			print $client pack "n/a*", $yes ? "OK" : "NO";
			close $client;
		}' "$work/saslauthd"
	saslauthd_pid=$pid
	wait_until 60 serves "$work/saslauthd/mux" || bail 'no saslauthd'
	saslauthd_lines="saslauthd_path: $work/saslauthd/mux"
}
