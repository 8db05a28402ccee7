# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# stores.sh: real stores, private to the test, that come and go as it wants.
# PostgreSQL, slapd, saslauthd. To be sourced after lib.sh (POSIX sh).
#
# shellcheck shell=sh
# shellcheck source=tests/library/lib.sh
# shellcheck disable=SC2034,SC2154	# shared with lib.sh and the tests

# --- PostgreSQL -------------------------------------------------------------

# What has nothing to do with our plugins shall not load them, nor be bothered
# with the sanitizer that lib.sh may have put before everything.
foreign='env -u LD_PRELOAD -u SASL_PATH -u SASL_PLUGINDIR'

# postgres_prepare: a new cluster, of an account without rights when we are
# root. Sets $sql_port; $work/postgres is the socket's directory.
postgres_prepare()
{
	for postgres_bin in "$(pg_config --bindir 2>/dev/null)" \
	    /usr/lib/postgresql/*/bin /usr/bin; do
		[ -x "$postgres_bin/initdb" ] && break
	done
	[ -x "$postgres_bin/initdb" ] || skip_all 'PostgreSQL is not installed'
	need psql
	mkdir "$work/postgres" || bail mkdir
	postgres_as=$foreign
	if [ "$(id -u)" -eq 0 ]; then
		need setpriv
		postgres_owner=postgres
		id "$postgres_owner" >/dev/null 2>&1 || postgres_owner=nobody
		postgres_as="$foreign setpriv --reuid=$postgres_owner --clear-groups
			--regid=$(id -g "$postgres_owner")"
		chown "$postgres_owner" "$work/postgres"
	fi
	sql_port=$(free_port)
	show_log "$work/initdb.log"
	$postgres_as "$postgres_bin/initdb" -D "$work/postgres/data" -U sasl \
		-A trust -E UTF8 --locale=C --no-sync >"$work/initdb.log" 2>&1 ||
		bail 'initdb fails'
	cat >>"$work/postgres/data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
port = $sql_port
unix_socket_directories = '$work/postgres'
fsync = off
shared_buffers = 1MB
autovacuum = off
log_statement = all
END
}

# postgres_start, postgres_stop: the store comes and goes.
postgres_start()
{
	# shellcheck disable=SC2086	# a command and its options
	start postgres $postgres_as "$postgres_bin/postgres" \
		-D "$work/postgres/data" 8>&- 9<&-
	postgres_pid=$pid
	# shellcheck disable=SC2086
	wait_until 30 $foreign "$postgres_bin/pg_isready" -q -h 127.0.0.1 \
		-p "$sql_port" || bail 'PostgreSQL does not start'
}

postgres_stop()
{
	stop "$postgres_pid" INT
}

# sql <<END: what is on standard input, in the database of the test.
sql()
{
	$foreign psql -X -q -v ON_ERROR_STOP=1 -h "$work/postgres" -p "$sql_port" \
		-U sasl -d postgres || bail 'psql fails'
}

# sql_table NAME: prints the statement in examples/sql/NAME.conf that makes the
# table.
sql_table()
{
	sed -n '/CREATE/,/;/s/^#//p' "$abs_top_srcdir/examples/sql/$1.conf"
}

# --- OpenLDAP ---------------------------------------------------------------

# slapd_prepare: a directory in which the user NAME is person NAME, and `proxy'
# may act as every one of them. Sets $ldap_uri and $ldapi_uri.
slapd_prepare()
{
	need slapd slapadd slappasswd
	for slapd_schema in /etc/ldap/schema /etc/openldap/schema; do
		[ -f "$slapd_schema/core.schema" ] && break
	done
	slapd_module=
	for slapd_modules in /usr/lib/ldap /usr/lib64/openldap; do
		[ -f "$slapd_modules/back_mdb.so" ] || continue
		slapd_module="modulepath $slapd_modules
moduleload back_mdb.so"
	done
	slapd_port=$(free_port)
	ldap_uri=ldap://127.0.0.1:$slapd_port
	ldapi_uri=ldapi://$(printf '%s' "$work/slapd/socket" | sed 's,/,%2F,g')
	slapd_people=ou=people,dc=test
	slapd_classes='objectClass: inetOrgPerson'
	mkdir -p "$work/slapd/db" || bail mkdir
	cat >"$work/slapd/slapd.conf" <<END
include $slapd_schema/core.schema
include $slapd_schema/cosine.schema
include $slapd_schema/inetorgperson.schema
$slapd_module
$(slapd_sasl)
database mdb
suffix dc=test
directory $work/slapd/db
maxsize 16777216
dbnosync
access to attrs=userPassword by self read by anonymous auth by * none
access to * by * read
END
	cat >"$work/slapd/people.ldif" <<END
dn: dc=test
objectClass: dcObject
objectClass: organization
dc: test
o: test

dn: $slapd_people
objectClass: organizationalUnit
ou: people
END
}

# slapd_sasl: prints the part about SASL of slapd.conf; a test may have another.
slapd_sasl()
{
	cat <<END
sasl-host host.test
sasl-secprops none
authz-policy to
authz-regexp "uidNumber=$(id -u),cn=peercred,cn=external,cn=auth\$"
	"uid=proxy,$slapd_people"
authz-regexp "^uid=([^,@]*)(@[a-z.]*)?(,cn=host\.test)?,cn=[^,]*,cn=auth\$"
	"uid=\$1,$slapd_people"
END
}

# person NAME [PASSWORD...]: one more entry, with these values of userPassword.
person()
{
	person_name=$1
	shift
	cat <<END

dn: uid=$person_name,$slapd_people
$slapd_classes
cn: $person_name
sn: $person_name
uid: $person_name
END
	[ "$person_name" != proxy ] ||
		echo "authzTo: dn.regex:^uid=[^,]*,$slapd_people\$"
	for person_password; do
		echo "userPassword: $person_password"
	done
} >>"$work/slapd/people.ldif"

# slapd_lets_write: everybody sets the own password, of a person with our
# attributes, too. To be called between slapd_prepare and slapd_load.
slapd_lets_write()
{
	sed -i "/inetorgperson.schema/r $abs_top_srcdir/examples/slapd/sasl-classic.schema
		s/by self read by anonymous auth/by self write by anonymous auth/
		/by \* read/i access to attrs=userPasswordHash,cramMd5State by self write by * none
		" "$work/slapd/slapd.conf"
	slapd_classes="$slapd_classes
objectClass: saslClassicSecrets"
}

# hashed PASSWORD: {SSHA} as slappasswd makes it.
hashed()
{
	$foreign slappasswd -n -h '{SSHA}' -s "$1"
}

# slapd_load: makes the database of what person wrote.
slapd_load()
{
	show_log "$work/slapadd.log"
	$foreign slapadd -q -f "$work/slapd/slapd.conf" -l "$work/slapd/people.ldif" \
		>"$work/slapadd.log" 2>&1 || bail 'slapadd fails'
}

# slapd_start, slapd_stop: the store comes and goes.
slapd_start()
{
	start slapd slapd -d 0 -f "$work/slapd/slapd.conf" \
		-h "$ldap_uri $ldapi_uri" 8>&- 9<&-
	slapd_pid=$pid
	wait_until 30 listening "$slapd_port" || bail 'slapd does not start'
}

slapd_stop()
{
	stop "$slapd_pid" KILL	# with a sanitizer it can hang on its way out
}

# --- saslauthd --------------------------------------------------------------

# saslauthd_prepare: accounts of its own: `-a shadow' reads /etc/passwd and
# /etc/shadow, so it runs where ours are mounted over them. NAME HASH is one.
saslauthd_prepare()
{
	need saslauthd unshare setsid
	saslauthd_dir=$work/saslauthd
	mkdir "$saslauthd_dir" || bail mkdir
	cp /etc/passwd "$saslauthd_dir/passwd"
	echo "$1:x:4242:4242::/nonexistent:/bin/false" >>"$saslauthd_dir/passwd"
	(
		umask 077
		echo "$1:$2:19000:0:99999:7:::" >"$saslauthd_dir/shadow"
	)
	cat >"$saslauthd_dir/run" <<'END'
mount --bind "$1/passwd" /etc/passwd &&
mount --bind "$1/shadow" /etc/shadow &&
exec saslauthd -d -a shadow -n 1 -m "$1"
END
	saslauthd_in="$foreign unshare --mount"
	[ "$(id -u)" -eq 0 ] || saslauthd_in="$saslauthd_in --map-root-user"
	$saslauthd_in sh -c 'mount --bind /etc/passwd /etc/passwd' \
		2>/dev/null || skip_all 'no mount namespace can be made here'
}

# saslauthd_start, saslauthd_stop: the daemon comes and goes.
saslauthd_start()
{
	rm -f "$saslauthd_dir/mux"
	# When it ends by TERM it signals its whole process group.
	# shellcheck disable=SC2086	# a command and its options
	start saslauthd setsid $saslauthd_in sh "$saslauthd_dir/run" \
		"$saslauthd_dir" 8>&- 9<&-
	saslauthd_pid=$pid
	wait_until 20 serves "$saslauthd_dir/mux" ||
		bail 'saslauthd does not start'
}

saslauthd_stop()
{
	stop "$saslauthd_pid" KILL	# its TERM handler can hang
}
