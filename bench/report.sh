#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# Makes bench/report.md and bench/report.svg of what "make bench" has found.
# Called by "make bench-report", with the environment of bench.sh.
set -eu

bench=${abs_top_builddir:?}/bench
data=$bench/data.tsv
report=${abs_top_srcdir:?}/bench/report.md
plot=$abs_top_srcdir/bench/report.svg

# The time figures that have a limit: title, unit, ratio, low, high, limit.
plot_rows() {
	awk -F'\t' -v OFS='\t' '
	$3 !~ /^(ns|us)$/ || $9 !~ /^<=/ || $2 ~ /sasldb of 10($|, p)/ { next }
	{
		title = $2
		if ($1 ~ /plugin alone/)
			title = title ", plugin alone"
		else if ($1 ~ /users in memory/)
			title = title ", users in memory"
		print title, $3, $6, $7, $8, substr($9, 4)
	}' "$data"
}

tables() {
	awk -F'\t' '
	$1 != section {
		section = $1
		print "\n## " section "\n"
		print "| | ours | stock | | ours/stock | half of the rounds |" \
			" target | | GNU SASL | ours/GNU SASL |"
		print "|---|---:|---:|---|---:|---|---|---|---:|---:|"
	}
	{
		spread = $7 == $8 ? "" : $7 " to " $8
		printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n",
			$2, $4, $5, $3, $6, spread, $9 == "-" ? "" : $9,
			$10 == "-" ? "" : $10, $11 == "-" ? "" : $11,
			$12 == "-" ? "" : $12
	}' "$data"
}

instructions() {
	for mech in PLAIN LOGIN CRAM-MD5; do
		for dir in ours stock; do
			SASL_PATH=$bench/$dir SASL_PLUGINDIR=$bench/$dir \
			SASL_CONF_PATH=$bench/$dir SASL_CONFDIR=$bench/$dir \
			    "$abs_top_srcdir/bench/callgrind.sh" "$bench/measure" \
			    loop server api "$mech" logins=640 |
			awk -v mech="$mech" -v dir="$dir" '
			/^$/ { exit }
			$2 == "measure" || $2 == "???" || $2 ~ /^ld-/ { next }
			{ printf "| %s | %s | %s | %.0f |\n", mech, dir, $2, $1 }'
		done
	done
}

servers() {
	awk -F'\t' -v OFS=' | ' '
	{ $1 = $1 }
	{ print "| " $0 " |" }
	NR == 1 { print "|---|---|---:|---:|---:|---:|---:|---:|---:|" }
	' "$bench/servers.tsv"
}

versions() {
	printf 'libsasl2 %s, OpenSSL %s' "$(pkg-config --modversion libsasl2)" \
		"$(pkg-config --modversion libcrypto)"
	if [ -x "$bench/measure_gsasl" ]; then
		printf ', GNU SASL %s' "$(pkg-config --modversion libgsasl)"
	fi
	sed -n 's/^model name[^:]*: */; /p' /proc/cpuinfo | head -n 1
}

plot_rows >"$bench/plot.tsv"
gnuplot -e "data='$bench/plot.tsv'; output='$plot'; rows=$(wc -l <"$bench/plot.tsv")" \
	"$abs_top_srcdir/bench/plot.gp"
{
	cat "$abs_top_srcdir/bench/report.in"
	versions
	tables
	if command -v valgrind >/dev/null; then
		cat <<-END

		## Instructions of a login through libsasl2, by file

		| | | file | instructions |
		|---|---|---|---:|
		END
		instructions
	fi
	if [ -s "$bench/servers.tsv" ]; then
		cat <<-END

		## From end to end: sessions with Postfix

		By \`make bench-servers\`, the better quartile of the rounds: smtpd with our plugins, with the stock ones
		(both over a sasldb), and with Dovecot as its back end (a passwd-file,
		which it keeps in memory). Two clients on loopback log in and leave;
		CPU is that of all processes of the server.

		END
		servers
	fi
} >"$report"
echo "$report and $plot are written"
