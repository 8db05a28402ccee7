#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# Instructions that a login takes, counted by valgrind's callgrind and split
# by the file they are in and, for the plugin, by function.
#
#	callgrind.sh [--own | --hashing | --all] MEASURE WORD...
#
# runs MEASURE with the words (see scenario.h; "loop" and "logins=N" among
# them) and SASL_PATH from the environment. With an option it prints one number:
# the instructions of the plugin itself, or these with libcrypto's and
# libsasl2's, one of which has the MD5, or with libc's as well. Exit status 3:
# no valgrind here.
set -eu

sum=no
case $1 in
--own | --hashing | --all)
	sum=${1#--}
	shift
	;;
esac
command -v valgrind >/dev/null || exit 3

out=$(mktemp "${TMPDIR:-/tmp}/callgrind.XXXXXX")
trap 'rm -f "$out"' EXIT
trap 'exit 1' HUP INT TERM

# Only what the stopwatch runs counts: see stopwatch.h.
logins=$(valgrind --tool=callgrind --toggle-collect=stopwatch_run \
	--compress-strings=no --compress-pos=no \
	--callgrind-out-file="$out" "$@" 2>"$out.log") || {
	cat "$out.log" >&2
	rm -f "$out.log"
	exit 1
}
rm -f "$out.log"

# A line of costs is "line cost"; the one after "calls=" is the callee's.
awk -v sum="$sum" -v logins="$logins" '
function file_of(path) {
	sub(/.*\//, "", path)
	return path
}
/^ob=/ { object = file_of(substr($0, 4)); next }
/^fn=/ { name = substr($0, 4); next }
/^calls=/ { skip = 1; next }
/^[0-9]/ {
	if (skip) {
		skip = 0
		next
	}
	cost[object] += $2
	if (object ~ /^libc\.so/)
		total["all"] += $2
	if (object ~ /^lib(sasl2|crypto)\./)
		total["hashing"] += $2
	if (object ~ /^lib(plain|login|crammd5)\./) {
		total["own"] += $2
		inside[name] += $2
	}
}
END {
	total["hashing"] += total["own"]
	total["all"] += total["hashing"]
	if (sum != "no") {
		printf "%.1f\n", total[sum] / logins
		exit
	}
	order = "sort -rn"
	for (object in cost)
		printf "%8.1f  %s\n", cost[object] / logins, object | order
	close(order)
	print "\nof which the plugin, by function:"
	for (name in inside)
		printf "%8.1f  %s\n", inside[name] / logins, name | order
	close(order)
}' "$out"
