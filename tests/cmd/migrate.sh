# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# migrate.sh: what the tests of `migrate' share. To be sourced after cmd.sh
# (POSIX sh).
#
# shellcheck shell=sh
# shellcheck source=tests/cmd/cmd.sh
# shellcheck disable=SC2034,SC2154	# shared with cmd.sh and the tests

out=$work/out
login=${abs_top_builddir:-$PWD}/tests/library/login

# migrate ARGUMENT...: of the healthy system's sasldb. Sets $status; $out is
# what was printed.
migrate()
{
	run_migrate "$@" >"$out" 2>"$work/err" </dev/null
	status=$?
	cat "$work/err" >>"$out"
}

run_migrate()
{
	"$tool" migrate --plugin-dir "$plugins" --config-dir "$work/conf" \
		--postfix "$work/nowhere" "$@"
}

# in_background: the same in $pid, which is the command itself; adds to $out.
in_background()
{
	"$tool" migrate --plugin-dir "$plugins" --config-dir "$work/conf" \
		--postfix "$work/nowhere" </dev/null >>"$out" 2>&1 &
	pid=$!
}

prints()
{
	grep -qE -e "$1" "$out" || {
		cat "$out"
		return 1
	}
}

# logs_in USER PASSWORD [MECHANISM...]: accepted by all three, or by these.
logs_in()
{
	logs_in_user=$1
	logs_in_password=$2
	shift 2
	printf '%s' "$logs_in_password" | "$tool" try --plugin-dir "$plugins" \
		--config-dir "$work/conf" --postfix "$work/nowhere" \
		--realm "$realm" --user "$logs_in_user" "$@"
}

# census [FILE]: prints how many users have plaintext, one-way secrets, both or
# only a part of them.
census()
{
	db5.3_dump -p "${1:-$db}" | awk '
		/^ .*\\00.*\\00userPassword$/     { plain[user()] = 1 }
		/^ .*\\00.*\\00userPasswordHash$/ { hash[user()] = 1 }
		/^ .*\\00.*\\00cramMd5State$/     { state[user()] = 1 }
		function user(name) {
			name = $0
			sub(/\\00[^\\]*$/, "", name)
			all[name] = 1
			return name
		}
		END {
			for (u in all) {
				if (plain[u] && !hash[u] && !state[u]) plains++
				else if (!plain[u] && hash[u] && state[u]) ways++
				else broken++
			}
			print plains + 0, ways + 0, broken + 0
		}'
}

# many: so many users, each with a password of his own.
many()
{
	healthy
	echo 'classic_hash_scheme: ssha512' >>"$conf"
	rm -f "$db"*
	awk -v n="$1" 'BEGIN {
		for (i = 1; i <= n; i++)
			printf "user%05d userPassword pass%05d\n", i, i
	}' | load_db "$db"
	let_read "$db"
}

# all_log_in MECHANISM: all $users, with the password that was always his.
all_log_in()
{
	awk -v n="$users" -v mech="$1" 'BEGIN {
		for (i = 1; i <= n; i++)
			printf "%s\tuser%05d\tpass%05d\n", mech, i, i
	}' | SASL_PATH=$plugins SASL_CONF_PATH=$work/conf \
		"$login" -r "$realm" smtpd >"$work/logins" 2>/dev/null
	awk -v n="$users" '
		$1 == "SASL_OK" && $2 == sprintf("user%05d@example.org", NR) { ok++ }
		$1 != "SASL_OK" && shown++ < 5
		END { exit !(ok == n && NR == n) }' "$work/logins"
}

# octets FILE: prints of how many passwords of many() it has the octets, stored
# or in free space.
octets()
{
	grep -aoE 'pass[0-9]{5}' "$1" | sort -u | wc -l
}
