# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# passwords.sh: what saslpasswd2 does with our plugins in a store other than a
# sasldb, which it finds by saslpasswd.conf. To be sourced after logins.sh (POSIX
# sh). A test defines how the store's own tool sees it:
#
#	stored USER PROPERTY	# prints the value, or nothing
#	dump			# prints all that it holds
#
# and then, with a service open:
#
#	sets_passwords 'the store' alice
#	deletes 'the store' alice
#
# shellcheck shell=sh
# shellcheck source=tests/library/lib.sh
# shellcheck disable=SC2154	# shared with lib.sh and the tests

need saslpasswd2

# set_password USER PASSWORD [OPTION...], delete_user USER
set_password()
{
	set_user=$1
	set_to=$2
	shift 2
	printf '%s' "$set_to" |
		saslpasswd2 -p -c "$@" -u host.test "$set_user"
}

delete_user()
{
	saslpasswd2 -d -u host.test "$1"
}

# names USER: the properties that have a value.
names()
{
	for property in userPassword userPasswordHash cramMd5State; do
		[ -z "$(stored "$1" "$property")" ] || printf '%s ' "$property"
	done
}

# nowhere PASSWORD: the store's own tool does not show it.
nowhere()
{
	dump >"$work/dump" && not grep -F "$1" "$work/dump"
}

# one_truth WHAT USER PASSWORD FORMER NAMES: only that password is valid, and
# these are the properties with a value.
one_truth()
{
	is "$1: what is stored" "$(names "$2")" "$5"
	for mech in $mechs; do
		check "$1, $mech: the new password" \
			answers SASL_OK "$mech" "$2" "$3"
		for one_wrong in "$4" secreT NULL; do
			[ "$one_wrong" = "$3" ] || check \
				"$1, $mech: not $one_wrong" answers \
				SASL_BADAUTH "$mech" "$2" "$one_wrong"
		done
	done
}

# one_way WHAT USER PASSWORD FORMER: the same after -n, and no plaintext.
one_way()
{
	one_truth "$1" "$2" "$3" "$4" 'userPasswordHash cramMd5State '
	check "$1: the password is nowhere in the store" nowhere "$3"
	check "$1: nor is the former" nowhere "$4"
	for mech in $mechs; do
		for property in userPasswordHash cramMd5State; do
			check "$1, $mech: the text of $property" answers \
				SASL_BADAUTH "$mech" "$2" \
				"$(stored "$2" "$property")"
		done
	done
}

# sets_passwords WHAT USER: of all kinds, one after the other.
sets_passwords()
{
	check "$1: saslpasswd2" set_password "$2" wonderland
	one_truth "$1: saslpasswd2" "$2" wonderland nothing 'userPassword '
	check "$1: saslpasswd2 -n" set_password "$2" 'looking glass' -n
	one_way "$1: -n" "$2" 'looking glass' wonderland
	sets_hash=$(stored "$2" userPasswordHash)
	check "$1: saslpasswd2 -n, the same" \
		set_password "$2" 'looking glass' -n
	is "$1: the same is not written again" \
		"$(stored "$2" userPasswordHash)" "$sets_hash"
	check "$1: saslpasswd2 -n, another" set_password "$2" caterpillar -n
	one_way "$1: -n again" "$2" caterpillar 'looking glass'
	check "$1: saslpasswd2, back" set_password "$2" tulgey
	one_truth "$1: back" "$2" tulgey caterpillar 'userPassword '
	check "$1: saslpasswd2, the password NULL" set_password "$2" NULL
	one_truth "$1: NULL" "$2" NULL tulgey 'userPassword '
	check "$1: saslpasswd2 -n, once more" set_password "$2" 'mock turtle' -n
	one_way "$1: -n once more" "$2" 'mock turtle' '{PLAIN}NULL'
}

# is_deleted WHAT USER: nothing lets that one in.
is_deleted()
{
	is "$1: nothing is stored" "$(names "$2")" ''
	for mech in $mechs; do
		for is_wrong in 'mock turtle' wonderland NULL; do
			check "$1, $mech: not $is_wrong" \
				answers SASL_BADAUTH "$mech" "$2" "$is_wrong"
		done
	done
}

# deletes WHAT USER: one-way secrets, and then plaintext.
deletes()
{
	check "$1: saslpasswd2 -d" delete_user "$2"
	is_deleted "$1: -d" "$2"
	check "$1: a new password" set_password "$2" wonderland
	check "$1: saslpasswd2 -d of plaintext" delete_user "$2"
	is_deleted "$1: -d of plaintext" "$2"
	check "$1: not even the plaintext is there" nowhere wonderland
}
