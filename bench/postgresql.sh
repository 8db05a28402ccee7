#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# postgresql.sh: the rows of bench/rows about PostgreSQL, with a server of its own
# that has 10,000 users. What is measured is the CPU time of the login's process,
# not the server's. Called by "make bench-postgresql".
# shellcheck source-path=SCRIPTDIR source=../tests/library/lib.sh
. "${abs_top_srcdir:?}/tests/library/lib.sh"
# shellcheck source=../tests/library/stores.sh
. "$abs_top_srcdir/tests/library/stores.sh"

# shellcheck disable=SC2154	# stores.sh has set them
{
	postgres_prepare
	sed -i '/^log_statement/d' "$work/postgres/data/postgresql.conf"
	postgres_start
	psql -q -h 127.0.0.1 -p "$sql_port" -U sasl postgres <<'END' || bail psql
create table secrets (name text, property text, value text);
insert into secrets select 'user' || to_char(n, 'FM0000000'), 'userPassword',
	'tanstaaftanstaaf' from generate_series(0, 9999) n;
create index on secrets (name, property);
analyze;
END
	# The words for measure.c may have no blanks in them.
	BENCH_PGSQL="auxprop_plugin=sql sql_engine=pgsql sql_user=sasl
		sql_passwd=sasl sql_database=postgres
		sql_hostnames=127.0.0.1:$sql_port
		sql_select=$(echo "select value from secrets where name='%u'
			and property='%p'" | tr -s ' \t\n' '\t' |
			sed 's/\t$//; s/\t/\/**\//g')"
	BENCH_PGSQL=$(echo "$BENCH_PGSQL" | tr -s ' \t\n' ' ')
	export BENCH_PGSQL
}
"$abs_top_srcdir/bench/compare" --only PostgreSQL "$@"
