# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# stores.sh: what the tests with real stores share: the driver (login.c), the
# questions that every store is asked, and stores that are private to the test
# and come and go as it wants: PostgreSQL, slapd, saslauthd.
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
# What saslpasswd2 does with our plugins in a store other than a sasldb, which
# it finds by saslpasswd.conf, is asked with
#
#	sets_passwords 'the store' alice
#	deletes 'the store' alice
#
# of a test that defines how the store's own tool sees it:
#
#	stored USER PROPERTY	# prints the value, or nothing
#	dump			# prints all that it holds
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

# --- saslpasswd2 ------------------------------------------------------------

# set_password USER PASSWORD [OPTION...], delete_user USER
set_password()
{
	set_user=$1
	set_to=$2
	shift 2
	printf '%s' "$set_to" |
		saslpasswd2 -p -c "$@" -u host.test "$set_user"
}

delete_user()
{
	saslpasswd2 -d -u host.test "$1"
}

# names USER: the properties that have a value.
names()
{
	for property in userPassword userPasswordHash cramMd5State; do
		[ -z "$(stored "$1" "$property")" ] || printf '%s ' "$property"
	done
}

# nowhere PASSWORD: the store's own tool does not show it.
nowhere()
{
	dump >"$work/dump" && not grep -F "$1" "$work/dump"
}

# one_truth WHAT USER PASSWORD FORMER NAMES: only that password is valid, and
# these are the properties with a value.
one_truth()
{
	is "$1: what is stored" "$(names "$2")" "$5"
	for mech in $mechs; do
		check "$1, $mech: the new password" \
			answers SASL_OK "$mech" "$2" "$3"
		for one_wrong in "$4" secreT NULL; do
			[ "$one_wrong" = "$3" ] || check \
				"$1, $mech: not $one_wrong" answers \
				SASL_BADAUTH "$mech" "$2" "$one_wrong"
		done
	done
}

# one_way WHAT USER PASSWORD FORMER: the same after -n, and no plaintext.
one_way()
{
	one_truth "$1" "$2" "$3" "$4" 'userPasswordHash cramMd5State '
	check "$1: the password is nowhere in the store" nowhere "$3"
	check "$1: nor is the former" nowhere "$4"
	for mech in $mechs; do
		for property in userPasswordHash cramMd5State; do
			check "$1, $mech: the text of $property" answers \
				SASL_BADAUTH "$mech" "$2" \
				"$(stored "$2" "$property")"
		done
	done
}

# sets_passwords WHAT USER: of all kinds, one after the other.
sets_passwords()
{
	need saslpasswd2
	check "$1: saslpasswd2" set_password "$2" wonderland
	one_truth "$1: saslpasswd2" "$2" wonderland nothing 'userPassword '
	check "$1: saslpasswd2 -n" set_password "$2" 'looking glass' -n
	one_way "$1: -n" "$2" 'looking glass' wonderland
	sets_hash=$(stored "$2" userPasswordHash)
	check "$1: saslpasswd2 -n, the same" \
		set_password "$2" 'looking glass' -n
	is "$1: the same is not written again" \
		"$(stored "$2" userPasswordHash)" "$sets_hash"
	check "$1: saslpasswd2 -n, another" set_password "$2" caterpillar -n
	one_way "$1: -n again" "$2" caterpillar 'looking glass'
	check "$1: saslpasswd2, back" set_password "$2" tulgey
	one_truth "$1: back" "$2" tulgey caterpillar 'userPassword '
	check "$1: saslpasswd2, the password NULL" set_password "$2" NULL
	one_truth "$1: NULL" "$2" NULL tulgey 'userPassword '
	check "$1: saslpasswd2 -n, once more" set_password "$2" 'mock turtle' -n
	one_way "$1: -n once more" "$2" 'mock turtle' '{PLAIN}NULL'
}

# is_deleted WHAT USER: nothing lets that one in.
is_deleted()
{
	is "$1: nothing is stored" "$(names "$2")" ''
	for mech in $mechs; do
		for is_wrong in 'mock turtle' wonderland NULL; do
			check "$1, $mech: not $is_wrong" \
				answers SASL_BADAUTH "$mech" "$2" "$is_wrong"
		done
	done
}

# deletes WHAT USER: one-way secrets, and then plaintext.
deletes()
{
	check "$1: saslpasswd2 -d" delete_user "$2"
	is_deleted "$1: -d" "$2"
	check "$1: a new password" set_password "$2" wonderland
	check "$1: saslpasswd2 -d of plaintext" delete_user "$2"
	is_deleted "$1: -d of plaintext" "$2"
	check "$1: not even the plaintext is there" nowhere wonderland
}

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
	wait_until 180 $foreign "$postgres_bin/pg_isready" -q -h 127.0.0.1 \
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

# slapd_start, slapd_stop: the store comes and goes; run by $slapd_in, if a test
# sets that.
slapd_start()
{
	# shellcheck disable=SC2086	# a command and its options
	start slapd ${slapd_in-} slapd -d "${slapd_debug:-0}" -f "$work/slapd/slapd.conf" \
		-h "$ldap_uri $ldapi_uri" 8>&- 9<&-
	slapd_pid=$pid
	wait_until 180 listening "$slapd_port" || bail 'slapd does not start'
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
	wait_until 120 serves "$saslauthd_dir/mux" ||
		bail 'saslauthd does not start'
}

saslauthd_stop()
{
	stop "$saslauthd_pid" KILL	# its TERM handler can hang
}
