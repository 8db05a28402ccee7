# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# debian.sh: the Debian packages and the questions about a chroot that has them.
# To be sourced after chroot.sh (POSIX sh). $work/now has the packages,
# $work/later the same with a later version.
#
# shellcheck shell=sh
# shellcheck source=chroot.sh
# shellcheck disable=SC2034,SC2154	# shared with chroot.sh and the test

ours=libsasl2-modules-classic
stock=libsasl2-modules
command=sasl-classic
plugins='libplain.so liblogin.so libcrammd5.so'
later=99

# --- packages ---------------------------------------------------------------

# build: also a package of the source, since that is looked at, too.
build()
{
	make -C "$abs_top_builddir" distdir distdir="$work/src" && (
		cd "$work/src" || exit 1
		DEB_BUILD_OPTIONS=nocheck dpkg-buildpackage -us -uc
	)
}

# What a newer lintian says of a source that is for older releases, too.
lint_later=out-of-date-standards-version,ored-build-depends-on-obsolete-package

# lint: a word of lintian is as bad as its status.
lint()
{
	lintian --allow-root --display-info --pedantic \
		--suppress-tags "$lint_later" \
		--fail-on error,warning,info,pedantic "$work"/*.changes \
		>"$work/lint" 2>&1
	lint_status=$?
	cat "$work/lint"
	[ "$lint_status" -eq 0 ] && [ ! -s "$work/lint" ]
}

# make_versions: $work/now is what was built, $work/later the same as a later
# version; $work/odd is that again, but has a file of the squatter's.
make_versions()
{
	now=$(dpkg-deb -f "$work/${ours}_"*.deb Version)
	mkdir -p "$work/now" "$work/later" "$work/odd" \
		"$work/squatter/DEBIAN" "$work/squatter/usr/lib" || return 1
	for package in "$ours" "$command"; do
		mv "$work/${package}_"*.deb "$work/now/$package.deb" &&
			dpkg-deb -R "$work/now/$package.deb" \
				"$work/later/$package" &&
			sed -i "s/^Version: .*/Version: $later/" \
				"$work/later/$package/DEBIAN/control" ||
			return 1
	done
	cp -a "$work/later/$ours" "$work/odd/$ours" || return 1
	touch "$work/odd/$ours/usr/lib/squatted" \
		"$work/squatter/usr/lib/squatted"
	printf '%s\n' 'Package: squatter' 'Version: 1' 'Architecture: all' \
		'Maintainer: nobody <nobody@example.org>' \
		'Description: has a file' >"$work/squatter/DEBIAN/control"
	for package in "$work"/later/* "$work"/odd/* "$work/squatter"; do
		dpkg-deb --root-owner-group -b "$package" "$package.deb" ||
			return 1
	done
}

# --- what is where ----------------------------------------------------------

# has_ours: the files at the stock names are those of the package.
has_ours()
{
	for plugin in $plugins; do
		cmp "$work/later/$ours/$directory/$plugin" \
			"$root/$directory/$plugin" || return 1
	done
}

# diverted yes|no: the three by our package, or none; and nothing else.
diverted()
{
	inside dpkg-divert --list "/$directory/*" >"$work/diversions"
	cat "$work/diversions"
	case $1 in
	yes)
		set -- "$(grep -c "\.so\.stock by $ours\$" "$work/diversions")" \
			"$(wc -l <"$work/diversions")"
		[ "$*" = '3 3' ]
		;;
	no)	[ ! -s "$work/diversions" ] ;;
	esac
}

# stock_at SUFFIX: the stock plugins have these names, and are as they came.
stock_at()
{
	for plugin in $plugins; do
		cmp "$work/stock/$directory/$plugin" \
			"$root/$directory/$plugin$1" || return 1
	done
}

no_stock()
{
	for plugin in $plugins; do
		! ls "$root/$directory/$plugin".* || return 1
	done
}

# in_order: after whatever happened, ours serve and the stock ones wait.
in_order()
{
	has_ours && diverted yes && "$@"
}

as_before()
{
	chroot_state >"$work/after"
	diff "$work/before" "$work/after"
}

is_version()
{
	# shellcheck disable=SC2016	# for dpkg-query
	[ "$(inside dpkg-query -W -f '${Version}' "$ours")" = "$1" ]
}

no_package()
{
	! inside dpkg-query -W "$ours" "$command" 2>/dev/null | grep .
}

# --- doing ------------------------------------------------------------------

# prepare: a Postfix as the examples have it, which logs to a file. The sasldb
# is in the chroot of smtpd, and its usual name a link, as doctor wants it.
# There is no TLS here.
prepare()
{
	sed -i '/^smtpd_relay_/d; /^smtpd_tls_security_/d' \
		"$root/etc/postfix/main.cf"
	mkdir -p "$root/var/spool/postfix/etc"
	inside ln -sf /var/spool/postfix/etc/sasldb2 /etc/sasldb2
	cat "$abs_top_srcdir/examples/postfix/main.cf" \
		>>"$root/etc/postfix/main.cf"
	sed 's/: passwdfile$/: sasldb/
		s|^passwdfile_path: .*|sasldb_path: /etc/sasldb2|' \
		"$abs_top_srcdir/examples/postfix/smtpd.conf" \
		>"$root/etc/postfix/sasl/smtpd.conf"
	inside postconf -e maillog_file=/var/log/mail.log \
		myhostname=mail.example.org mydestination=example.org \
		smtpd_tls_auth_only=no smtpd_client_auth_rate_limit=0 \
		smtpd_sasl_local_domain=example.org \
		smtpd_sasl_authenticated_header=yes inet_protocols=ipv4
	inside newaliases
	cp "$abs_top_srcdir/tests/packages/session.sh" "$root/root/"
	cp -r "$work/now" "$work/later" "$work/odd" "$work/squatter.deb" \
		"$root/tmp/"
}

# new_debian NAME: a chroot with a Postfix and a user for it.
new_debian()
{
	chroot_new "$1"
	prepare >"$work/prepare.log" 2>&1 || bail "$1: Postfix cannot be set up"
}

install_now()
{
	inside apt_install "/tmp/now/$ours.deb" "/tmp/now/$command.deb" &&
		new_user
}

install_later()
{
	inside apt_install "/tmp/later/$ours.deb" "/tmp/later/$command.deb"
}

# new_user: alice, without plaintext, for the group of Postfix only.
new_user()
{
	user_db=/var/spool/postfix/etc/sasldb2
	# shellcheck disable=SC2016	# for the shell inside
	inside sh -c 'echo secret |
		saslpasswd2 -p -c -n -f "$1" -u example.org alice' - \
		"$user_db" &&
		inside chgrp postfix "$user_db" &&
		inside chmod 640 "$user_db"
}

session()
{
	inside_also=--net
	inside sh /root/session.sh secret "$@"
	session_status=$?
	inside_also=
	return "$session_status"
}

# served_by_ours: the processes had our three files and none of the others, and
# the log has our words.
served_by_ours()
{
	maps=$root/tmp/session/maps
	for plugin in $plugins; do
		grep "/$directory/$plugin\$" "$maps" || return 1
	done
	! grep -E "/$directory/lib(plain|login|crammd5)\.so\." "$maps" || return 1
	grep 'reason=wrong-password' "$root/var/log/mail.log" &&
		[ "$(grep -c 'Authenticated sender: alice' \
			"$root/tmp/session/mailbox")" = 3 ]
}

# only_not_running: nothing is wrong but that no server runs in here.
only_not_running()
{
	inside "$command" doctor --service smtpd >"$work/doctor"
	cat "$work/doctor"
	[ "$(sed -nE 's/^(fault|warning) \(([^)]*)\): .*/\2/p' \
		"$work/doctor")" = not-running ]
}
