# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# chroot.sh: small Debians for the tests of packages, all made from one base.
# To be sourced after lib.sh (POSIX sh), as root. A test looks like this:
#
#	chroot_base [RELEASE]		# skips all where there can be none
#	chroot_new one			# $root is now $work/one
#	inside apt_install ./some.deb
#	chroot_state >"$work/before"	# what is installed, file by file
#
# The base is kept in the build directory; it is the release of this machine,
# or RELEASE, from this machine's own mirror. Remove the file to have a new one.
#
# shellcheck shell=sh
# shellcheck source=../library/lib.sh
# shellcheck disable=SC2034,SC2154	# shared with lib.sh and the tests

# What the base has besides the minimum, and what it can install unasked. A test
# that wants it bare says so by chroot_packages= before chroot_base.
chroot_packages='iproute2 libargon2-1 postfix sasl2-bin swaks'
chroot_spare=libsasl2-modules
chroot_archives=var/cache/apt/archives

# chroot_base [RELEASE]: sets $base, a tarball that is made unless it is there.
# shellcheck disable=SC2120	# some tests give one
chroot_base()
{
	need_root 'a chroot is made'
	need debootstrap unshare apt-get tar
	unshare --mount --pid --fork true ||
		skip_all 'no namespaces for mounts and processes'
	# shellcheck source=/dev/null
	base_host=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
	# shellcheck source=/dev/null
	base_origin=$(. /etc/os-release && echo "${ID:-}")
	base_release=${1:-$base_host}
	base_sources | grep -q " $base_release " ||
		skip_all 'apt has no sources for this release'
	mkdir -p "$abs_top_builddir/tests/packages" || bail mkdir
	base_name=base
	[ -n "$chroot_packages" ] || base_name=bare
	base=$abs_top_builddir/tests/packages/$base_name-$base_release.tar
	# Of tests that run at once one makes it, and the others wait.
	{
		flock 9
		[ -s "$base" ] || make_base 9>&-
	} 9>"$base.lock"
}

# base_sources: this machine's, but only the distribution's own, and those of
# $base_release by the same addresses.
base_sources()
{
	# shellcheck disable=SC2016	# for apt-get
	apt-get indextargets --format \
		'deb $(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN)' \
		'Created-By: Packages' |
		awk -v host="$base_host" -v release="$base_release" \
		    -v origin="$base_origin" '
			($3 == host || index($3, host "-") == 1) &&
			    ($5 == "" || tolower($5) == origin) {
				sub(host, release, $3)
				print $1, $2, $3, $4
			}' | sort -u
}

make_base()
{
	diag "making $base"
	root=$work/base
	base_log=$work/base.log
	show_log "$base_log"
	base_mirror=$(base_sources | awk -v release="$base_release" \
		'$3 == release { print $2; exit }')
	debootstrap --variant=minbase --include=ca-certificates \
		"$base_release" "$root" "$base_mirror" >"$base_log" 2>&1 ||
		bail 'debootstrap failed'
	base_sources >"$root/etc/apt/sources.list"
	apt-config dump | grep -iE '^Acquire::https?::Proxy' \
		>"$root/etc/apt/apt.conf.d/90proxy"
	cp /etc/resolv.conf "$root/etc/resolv.conf"
	printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
	chmod 755 "$root/usr/sbin/policy-rc.d"
	# shellcheck disable=SC2086	# one word, one package
	{
		inside apt-get -q update &&
		inside apt-get -q -y dist-upgrade &&
		inside apt_install iproute2 $chroot_packages &&
		inside apt_install --download-only $chroot_spare
	} >>"$base_log" 2>&1 || bail 'the base cannot be filled'
	if ! tar -C "$root" -cf "$base.new" . || ! mv "$base.new" "$base"; then
		bail "cannot write $base"
	fi
	rm -rf "$root"
	tap_logs=
}

# chroot_new NAME: one more from the base; sets $root.
chroot_new()
{
	root=$work/$1
	if ! mkdir "$root" || ! tar -C "$root" -xf "$base"; then
		bail "no chroot $1"
	fi
}

# More namespaces for inside, for a while.
inside_also=

# inside COMMAND...: in $root, with processes of its own, which end with it.
# apt_install stands for apt-get with what makes it ask nothing; nothing is
# fetched that waits in the archives.
inside()
{
	if [ "$1" = apt_install ]; then
		shift
		set -- apt-get -q -y --no-install-recommends \
			--allow-downgrades install "$@"
	fi
	# shellcheck disable=SC2086	# one option or none
	unshare $inside_also --mount --pid --fork --kill-child \
		--mount-proc="$root/proc" chroot "$root" /usr/bin/env -i \
		PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C HOME=/root \
		${http_proxy:+"http_proxy=$http_proxy"} \
		${https_proxy:+"https_proxy=$https_proxy"} \
		DEBIAN_FRONTEND=noninteractive "$@" </dev/null
}

# chroot_state: each file with its kind, owner, mode and content, but for what
# changes whenever anything runs.
chroot_state()
{
	(
		cd "$root" || exit 1
		changes="\\./(dev|proc|run|sys|tmp)/.*"
		changes="$changes|\\./var/(cache|log|mail|spool|tmp)/.*"
		changes="$changes|\\./var/lib/(apt|postfix)/.*"
		changes="$changes|\\./var/lib/dpkg/(status|[a-z]*-old)"
		changes="$changes|\\./var/lib/dpkg/(available|.*[Ll]ock.*)"
		set -- -xdev -regextype posix-extended -regex "$changes" \
			-prune -o
		find . "$@" -printf '%p %y %m %u:%g %l\n' | sort
		find . "$@" -type f -exec sha256sum {} + | sort -k 2
	)
}
