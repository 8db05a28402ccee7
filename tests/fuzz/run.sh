#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# Runs one fuzz target for $SECONDS_EACH seconds (60), in the build directory:
#
#	run.sh TARGET CORPUS
#
# starts from CORPUS and from what earlier runs found worth keeping, prints one
# line, and fails on a finding, whose input stays in fuzz/findings.
set -eu
target=$1 seeds=$2
seconds=${SECONDS_EACH:-60}
log=fuzz/$target.log

mkdir -p "fuzz/corpus/$target" fuzz/findings
# Freed memory waits for a while, so that its use is seen, but not 256 MB.
ASAN_OPTIONS=quarantine_size_mb=16:detect_leaks=1${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export ASAN_OPTIONS
status=0
"fuzz/$target" -max_total_time="$seconds" -max_len=1400 -timeout=120 \
	-print_final_stats=1 -artifact_prefix="fuzz/findings/$target-" \
	"fuzz/corpus/$target" "$seeds" >"$log" 2>&1 || status=$?
if [ "$status" -ne 0 ]; then
	grep -v '^#' "$log" >&2
	echo "$target: a finding; its input is in $PWD/fuzz/findings" >&2
	exit 1
fi
runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
cover=$(sed -n 's/^#.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
printf '%-14s %10s runs in %s s, %s edges: nothing found\n' \
	"$target" "$runs" "$seconds" "$cover"
