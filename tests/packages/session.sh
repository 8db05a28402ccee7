#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# session.sh PASSWORD MECH...: inside a chroot with a network of its own: starts
# its Postfix, sends a mail to root after a login as alice by each MECH, and
# tries a wrong password. Ends with the number of mails that were not taken.
#
# It leaves in /tmp/session: answers, what the clients saw; maps, the files that
# the servers had mapped.

set -u
password=$1
shift
mkdir -p /tmp/session
: >/tmp/session/answers
: >/var/log/mail.log
failed=0

die()
{
	echo "session.sh: $*" >&2
	exit 100
}

# send MECH PASSWORD
send()
{
	swaks --server 127.0.0.1 --timeout 120 --helo client.example.org \
		--from alice@example.org --to root@example.org \
		--header "Subject: after $1" \
		--auth "$1" --auth-user alice --auth-password "$2" \
		>>/tmp/session/answers 2>&1
}

# soon COMMAND...: in a minute, if the machine has much else to do.
soon()
{
	left=600
	until "$@" >/dev/null 2>&1; do
		[ "$left" -gt 0 ] || return 1
		left=$((left - 1))
		sleep 0.1
	done
}

delivered()
{
	[ "$(cat "$mailbox" /dev/null 2>/dev/null |
		grep -c '^Subject: after')" -ge "$1" ]
}

logged()
{
	[ "$(grep -c 'SASL .* authentication failed' /var/log/mail.log)" \
		-ge "$1" ]
}

ip link set lo up || die 'no loopback'
/usr/lib/postfix/configure-instance.sh - || die 'Postfix has no chroot'
postfix check || die 'Postfix is not well'
mailbox=/var/mail/root
rm -f "$mailbox"
/usr/lib/postfix/sbin/master -d -c /etc/postfix &
master=$!
soon swaks --server 127.0.0.1 --quit-after EHLO || die 'Postfix does not listen'

for mech; do
	send "$mech" "$password" || failed=$((failed + 1))
done
refused=$failed
if send "$1" "not $password"; then
	failed=$((failed + 1))
else
	refused=$((refused + 1))
fi
soon delivered "$(($# + 1 - refused))" || failed=$((failed + 1))
soon logged "$refused" || failed=$((failed + 1))
for process in /proc/[0-9]*; do
	[ "$(cat "$process/comm" 2>/dev/null)" != smtpd ] ||
		cat "$process/maps"
done >/tmp/session/maps
cat "$mailbox" /dev/null >/tmp/session/mailbox 2>/dev/null
kill "$master"
wait "$master"
exit "$failed"
