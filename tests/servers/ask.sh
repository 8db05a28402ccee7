# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# ask.sh: the questions that every host is asked, and the clients that ask them.
# Sourced by host.sh (POSIX sh). In a test:
#
#	log_in() { ... }		# MECH USER PASSWORD; fills $work/answer
#	judge_host 'Exim' '^535 '
#	host_clients stock
#	server_maps_ours 'Exim' "$port" smtptest "$pid"
#
# shellcheck shell=sh
# shellcheck source=host.sh
# shellcheck disable=SC2034,SC2154	# shared with host.sh and the tests

show_log "$work/answer"
plain_secret=$(base64_of '\0alice\0secret')

# --- questions --------------------------------------------------------------

# judge_host WHAT REFUSAL: each of $mechs lets alice in and nobody else; what
# log_in has left in $work/answer then looks like REFUSAL and is the same
# whatever was wrong.
judge_host()
{
	for mech in $mechs; do
		check "$1, $mech: the right password" \
			log_in "$mech" alice secret
		check "$1, $mech: a wrong password is refused" \
			is_refused "$2" "$mech" alice secreT
		judge_answer=$(cat "$work/answer")
		check "$1, $mech: an unknown user is refused" \
			is_refused "$2" "$mech" nobody secret
		is "$1, $mech: in the same words" \
			"$(cat "$work/answer")" "$judge_answer"
	done
}

is_refused()
{
	refused_like=$1
	shift
	! log_in "$@" && grep -e "$refused_like" "$work/answer"
}

# judge_wire WHAT SASLDB MALFORMED UNAVAIL: the codes of the replies to what is
# not the protocol, and to everybody while the sasldb is none.
judge_wire()
{
	talk "$1: malformed" "$3" "AUTH PLAIN $(base64_of 'alice\0secret')"
	talk "$1: an empty password" 535 "AUTH PLAIN $(base64_of '\0alice\0')"
	cp "$2" "$work/kept" || bail cp
	echo junk >"$2"
	for mech in $mechs; do
		check "$1, $mech: the store is broken" \
			is_refused "^$4" "$mech" alice secret
	done
	cat "$work/kept" >"$2"
	talk "$1: ... and mended" 235 "AUTH PLAIN $plain_secret"
	talk "$1: PLAIN in lower case" 235 "auth plain $plain_secret"
	talk "$1: LOGIN in lower case" '334 334 235' 'auth login' \
		"$(base64_of alice)" "$(base64_of secret)"
}

# swaks_to PORT OPTION...: what swaks does and is told ends up in $work/swaks.
# It speaks TLS where $swaks_tls is --tls.
swaks_to()
{
	swaks_port=$1
	shift
	# shellcheck disable=SC2086	# none or one
	swaks --server 127.0.0.1 --port "$swaks_port" --timeout 120 \
		${swaks_tls:-} \
		--helo client.example.org "$@" >"$work/swaks" 2>&1
	swaks_status=$?
	cat "$work/swaks"
	return "$swaks_status"
}
show_log "$work/swaks"

# swaks_log_in PORT MECH USER PASSWORD: the AUTH alone. The answer is the reply
# to the last line.
swaks_log_in()
{
	swaks_to "$1" --auth "$2" --auth-user "$3" --auth-password "$4" \
		--quit-after AUTH
	grep -E '^<[-~* ]{2,3} [245]' "$work/swaks" | grep -v ' 221 ' |
		tail -n 1 | sed 's/^<[-~*]* *//' >"$work/answer"
	return "$swaks_status"
}

# judge_relay WHAT PORT: only who has logged in may send mail to anywhere. The
# client has not the address from which servers like to take everything.
judge_relay()
{
	swaks_relay "$2" >"$work/check.out"
	is "$1: no relaying without a login" "$?" 24	# no recipient
	for mech in $mechs; do
		check "$1, $mech: relaying after it" swaks_relay "$2" \
			--auth "$mech" --auth-user alice --auth-password secret
	done
}

swaks_relay()
{
	swaks_to "$@" --local-interface 127.0.0.2 --quit-after RCPT \
		--from alice@mail.example.org --to somebody@elsewhere.example
}

# --- clients of Cyrus IMAP --------------------------------------------------

# session_open PROGRAM PORT MECH USER PASSWORD: imtest, smtptest or the like
# tries to log in by MECH and stays connected, if it does. Sets $session_pid.
session_open()
{
	session_program=/usr/lib/cyrus/bin/$1
	shift
	session_mech=$2
	session_list=$2
	# LOGIN alone would be a command of IMAP, to imtest.
	[ "${session_program##*/} $2" != 'imtest LOGIN' ] ||
		session_list='LOGIN '
	[ -p "$work/session" ] || mkfifo "$work/session"
	: >"$work/session.out"		# of the one before
	# shellcheck disable=SC2086	# commands with arguments
	$in_cyrus $client "$session_program" -p "$1" -m "$session_list" \
		-u "$3" -a "$3" -w "$4" 127.0.0.1 \
		<"$work/session" >>"$work/session.out" 2>&1 &
	session_pid=$!
	adopt "$session_pid"
	exec 7>"$work/session"
	wait_until 120 has_line "$work/session.out" '^Authent' &&
		grep -q '^Authenticated' "$work/session.out" &&
		grep -q "^C: .*AUTH[A-Z]* $session_mech" "$work/session.out"
}

session_close()
{
	exec 7>&-
	stop "$session_pid"
}
show_log "$work/session.out"

# session_log_in, with the arguments of session_open, as log_in has to be.
session_log_in()
{
	session_status=0
	session_open "$@" || session_status=1
	sed -n 's/^S: //p' "$work/session.out" | tail -n 1 |
		tr -d '\r' >"$work/answer"
	cat "$work/session.out"
	session_close
	return "$session_status"
}

# some_maps_ours PID...: one of these has our three libraries mapped, and none
# of their names from elsewhere.
some_maps_ours()
{
	for some_pid; do
		some_ours=yes
		for library in $libraries; do
			maps_installed "$some_pid" "$library" ||
				proves_mapped "$some_pid" "$library" ||
				some_ours=no
		done
		[ "$some_ours" = no ] || return 0
	done
	return 1
}

# maps_installed PID LIBRARY: after host_installed, what is mapped from the
# place of the stock one is ours.
maps_installed()
{
	[ -n "${host_plugindir:-}" ] || return 1
	installed_as=$(sed -n "s,^[^/]*\(/.*/$2\)\$,\1,p" "/proc/$1/maps" |
		sort -u)
	[ "$installed_as" = "$sasl2_dir/$2" ] &&
		cmp "/proc/$1/root$installed_as" "$OUR_PLUGINDIR/$2"
}

# children PID: below it, at any depth.
children()
{
	for children_pid in $(pgrep -P "$1"); do
		echo "$children_pid"
		children "$children_pid"
	done
}

# session_maps_ours WHAT PORT PROGRAM: one session each, with our client plugins.
session_maps_ours()
{
	for mech in $mechs; do
		check "$1, $mech: a session" \
			session_open "$3" "$2" "$mech" alice secret
		check "$1, $mech: the client has our plugins" \
			some_maps_ours "$session_pid"
		session_close
	done
}

# server_maps_ours WHAT PORT PROGRAM PID: with stock clients; PID or a process
# below it.
server_maps_ours()
{
	for mech in $mechs; do
		check "$1, $mech: a session" \
			session_open "$3" "$2" "$mech" alice secret
		# shellcheck disable=SC2046	# one word, one process
		check "$1, $mech: the server has our plugins" \
			some_maps_ours "$4" $(children "$4")
		session_close
	done
}
