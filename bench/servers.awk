# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# What servers.sh has measured: a line for each mechanism and server with the
# better quartile of the rounds, and its ratio to the stock one's. Reads
# mechanism, server, sessions a second, CPU, median and 99th percentile; "tsv"
# is a file for the same with tabs.

# The value that a part of the list is not above.
function quantile(list, n, part,    i, j, value) {
	for (i = 2; i <= n; i++) {
		value = list[i]
		for (j = i - 1; j > 0 && list[j] > value; j--)
			list[j + 1] = list[j]
		list[j + 1] = value
	}
	return list[int(1 + part * (n - 1))]
}

# The quiet side of a column: a quarter of the rounds is quieter still.
function column(mech, name, field,    i, list) {
	for (i = 1; i <= rounds[mech, name]; i++)
		list[i] = seen[mech, name, i, field]
	return quantile(list, rounds[mech, name], field == 3 ? 0.75 : 0.25)
}

{
	if (!((mech = $1) in known)) {
		known[mech]
		order[++mechs] = mech
	}
	n = ++rounds[mech, $2]
	for (i = 3; i <= 6; i++)
		seen[mech, $2, n, i] = $i
}

# A row for the terminal, and the same with tabs for the report.
function put(row,    i, field, line) {
	split(row, field, "\t")
	for (i = 1; i <= 9; i++)
		line = line sprintf(i <= 2 ? "%-10s" : "%15s", field[i])
	print line
	print row >tsv
}

function row(mech, name,    i, line) {
	line = mech "\t" name
	for (i = 3; i <= 6; i++)
		line = line sprintf("\t%.0f", column(mech, name, i))
	for (i = 3; i <= 5; i++)
		line = line sprintf("\t%.2f",
			column(mech, name, i) / column(mech, "stock", i))
	return line
}

END {
	put("\t\tsessions/s\tCPU us\tAUTH us\tAUTH p99 us" \
		"\tsessions/stock\tCPU/stock\tAUTH/stock")
	split("ours stock dovecot", names, " ")
	for (m = 1; m <= mechs; m++)
		for (k = 1; k <= 3; k++)
			if ((order[m], names[k]) in rounds)
				put(row(order[m], names[k]))
}
