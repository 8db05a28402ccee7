# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# tap.sh: results of tests in shell, in TAP. To be sourced by lib.sh (POSIX sh),
# which makes $work.
#
# shellcheck shell=sh
# shellcheck disable=SC2154	# work

tap_count=0
tap_failed=0
tap_logs=

# plan N: for tests that know their number; the others end in done_testing.
plan()
{
	tap_planned=$1
	echo "1..$1"
}

# diag TEXT...: a remark for the reader of the log.
diag()
{
	printf '%s\n' "$*" | sed 's/^/# /'
}

# pass NAME, fail NAME: one result. fail shows the tail of the known logs.
pass()
{
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s\n' "$tap_count" "$1"
}

fail()
{
	tap_count=$((tap_count + 1))
	tap_failed=$((tap_failed + 1))
	printf 'not ok %d - %s\n' "$tap_count" "$1"
	for tap_log in $tap_logs; do
		[ -s "$tap_log" ] || continue
		printf '# --- the end of %s\n' "$tap_log"
		tail -n "${TAIL:-20}" "$tap_log" | sed 's/^/# /'
	done
}

# check NAME COMMAND...: passes if COMMAND succeeds. What it prints is shown on
# failure only.
check()
{
	tap_name=$1
	shift
	if "$@" >"$work/check.out" 2>&1; then
		pass "$tap_name"
	else
		tap_status=$?
		fail "$tap_name"
		printf '# status %d of: %s\n' "$tap_status" "$*"
		tail -n 40 "$work/check.out" | sed 's/^/# /'
	fi
}

# refuses NAME COMMAND...: passes if COMMAND fails.
refuses()
{
	tap_refused=$1
	shift
	check "$tap_refused" not "$@"
}

not()
{
	! "$@"
}

# is NAME GOT WANT: passes if both strings are the same.
is()
{
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1"
		diag "got:  $2"
		diag "want: $3"
	fi
}

# show_log FILE: one more file of which failures show the end.
show_log()
{
	tap_logs="$tap_logs $1"
}

# skip NAME REASON: one test that cannot be run here.
skip()
{
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

# skip_all REASON: none of them can, which does not happen where CI is set. Ends
# the test program.
skip_all()
{
	[ -z "${CI:-}" ] || bail "$*"
	echo "1..0 # SKIP $*"
	exit 0
}

# bail REASON: the ground is not as it must be. Ends the test program.
bail()
{
	for tap_log in $tap_logs; do
		[ -s "$tap_log" ] || continue
		tail -n 40 "$tap_log" | sed 's/^/# /'
	done
	echo "Bail out! $*"
	exit 1
}

# done_testing: prints the plan unless plan did. Ends the test program.
done_testing()
{
	[ -n "${tap_planned:-}" ] || echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ] || exit 1
	exit 0
}

# need PROGRAM...: skips all when one is missing. need_root: when not root.
need()
{
	for need_program in "$@"; do
		command -v "$need_program" >/dev/null 2>&1 ||
			skip_all "$need_program is not installed"
	done
}

need_root()
{
	[ "$(id -u)" -eq 0 ] || skip_all "must be run as root: $*"
}
