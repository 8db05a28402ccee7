# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# terminal.sh: a command on a terminal of its own, typed to. To be sourced after
# lib.sh (POSIX sh):
#
#	on_terminal sasl-classic hash
#	types 'Password:' secret	# waits for the prompt
#	types 'once more:' secret
#	left_terminal			# its status; $screen is what was seen
#
# shellcheck shell=sh
# shellcheck source=tests/library/lib.sh
# shellcheck disable=SC2154	# shared with lib.sh

# on_terminal COMMAND WORD...: words without quotes. The command is the child of
# script(1), whatever SHELL the tests have.
on_terminal()
{
	screen=$work/screen
	terminal_line="exec $(printf "'%s' " "$@")"
	rm -f "$work/keys" "$screen"
	mkfifo "$work/keys"
	SHELL=/bin/sh script -qefc "$terminal_line" "$screen" <"$work/keys" \
		>/dev/null 2>&1 &
	terminal_pid=$!
	adopt "$terminal_pid"
	exec 7>"$work/keys"
}

# child_of PID: others may end while they are looked at, which ends awk(1).
child_of()
{
	grep -ls "^PPid:[[:space:]]*$1\$" /proc/[0-9]*/status | cut -d / -f 3
}

# echoes_nothing: the terminal of the command, whose parent is script.
echoes_nothing()
{
	terminal_command=$(child_of "$terminal_pid")
	stty -a <"/proc/$terminal_command/fd/0" | grep -q -e ' -echo '
}

# types PROMPT TEXT: after the prompt has come, and the echo is turned off: what
# was typed before that is thrown away.
types()
{
	wait_until 120 has_line "$screen" "$1" || return 1
	wait_until 120 echoes_nothing || return 1
	printf '%s\n' "$2" >&7
}

left_terminal()
{
	wait_until 180 is_gone "$terminal_pid" || return 1
	wait "$terminal_pid"
	terminal_status=$?
	exec 7>&-
	return "$terminal_status"
}
