#!/bin/sh
# Instructions that a login takes, counted by valgrind's callgrind and split
# by the file they are in and, for the plugin, by function.
#
#	callgrind.sh [--own] MEASURE WORD...
#
# runs MEASURE with the words (see scenario.h; "loop" and "logins=N" among
# them) and SASL_PATH from the environment. With --own it prints one number,
# the instructions of the plugin itself. Exit status 3: no valgrind here.
set -eu

own=no
if [ "$1" = --own ]; then
	own=yes
	shift
fi
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
awk -v own="$own" -v logins="$logins" '
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
	if (object ~ /^lib(plain|login|crammd5)\./) {
		plugin += $2
		inside[name] += $2
	}
}
END {
	if (own == "yes") {
		printf "%.1f\n", plugin / logins
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
