# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# smtp.sh: dialogues with an SMTP server, line by line, of which the codes of
# the replies are judged. To be sourced after lib.sh (POSIX sh):
#
#	talk_port=$(free_port)
#	talk 'PLAIN, step by step' '334 235' 'AUTH PLAIN' "$plain"
#
# shellcheck shell=sh
# shellcheck source=tests/library/lib.sh
# shellcheck disable=SC2154	# shared with lib.sh and the tests

need perl

# talk NAME WANT LINE...: the codes of the replies are WANT, in this order.
# $work/talk has the dialogue.
talk()
{
	talk_name=$1
	talk_want=$2
	shift 2
	perl "$abs_top_srcdir/tests/library/smtp_talk.pl" "$talk_port" \
		'EHLO client.example.org' "$@" >"$work/talk" 2>&1
	talk_got=$(sed -n 's/^S: \([0-9]\{3\}\)\( .*\)*$/\1/p' "$work/talk" |
		tr '\n' ' ')
	is "$talk_name" "$talk_got" "220 250 $talk_want "
}
show_log "$work/talk"

base64_of()
{
	# shellcheck disable=SC2059	# \0 is what the format is for
	printf "$1" | base64
}
