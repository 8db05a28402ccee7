# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# shellcheck shell=sh disable=SC2034,SC2154
# Rules about builds that leave something out. Read by check.

switch_rules='
switches   what configure is told to leave out is not there, the rest works
argon2     without libargon2 all is well, but for what needs it
crypt      without libcrypt a new hash is argon2, and one of crypt(3) is refused
elsewhere  without what only Linux has it builds, or configure says what is missing
'

# parts_without PART: each plugin with each function, but for those of PART.
parts_without()
{
	for mechanism in crammd5 login plain; do
		for side in client server; do
			[ "$1" = "$mechanism" ] || [ "$1" = "$side" ] ||
				echo "lib$mechanism.so sasl_${side}_plug_init"
		done
	done
	[ "$1" = passwdfile ] || [ "$1" = server ] ||
		echo 'libpasswdfile.so sasl_auxprop_plug_init'
}

# without PART: what is wrong with a build without it, in this directory. What
# differs is what is linked, so the test programs of BUILDDIR serve here, too.
without()
{
	part=$1
	rm -rf plugins
	eval "set -- $("$build/config.status" --config)"
	if ! "$src/configure" -q "$@" --cache-file=cache --disable-tool \
	    "--disable-$part" >out 2>&1 || ! make -s -j "$jobs" all >out 2>&1; then
		tail -n 30 out
		return
	fi
	for plugin in $(plugins .); do
		exports_of "$plugin" | sed "s|^|$(basename "$plugin") |"
	done | sort >has
	parts_without "$part" | sort | diff - has
	tests_pass
}

# tests_pass: those that `make check` has in this directory and that load
# plugins pass with the ones here; one does at least.
tests_pass()
{
	# shellcheck disable=SC2016	# for make
	left=$(printf 'include Makefile\nleft:\n\t@echo $(check_PROGRAMS)\n' |
		make -s -f - left)
	# shellcheck disable=SC2086	# one word, one test
	make -C "$build" -s -j "$jobs" $left >out 2>&1 || cat out
	ran=
	for test in $left; do
		grep -q OUR_PLUGINDIR "$build/$test" || continue
		ran=yes
		OUR_PLUGINDIR=$PWD/plugins/.libs CHALLENGES=1000 \
			STOCK_PLUGINDIR=$(make_variable stockdir) \
			abs_top_srcdir=$src abs_top_builddir=$build \
			"$build/$test" >out 2>&1 || {
			echo "$test fails:"
			tail -n 3 out
		}
	done
	[ -n "$ran" ] || echo 'no test is left'
}

rule_switches()
{
	need nm
	built
	mkdir "$temp/switches" && cd "$temp/switches" || return
	for part in client server plain login crammd5 passwdfile; do
		without "$part" | sed "s/^/--disable-$part: /"
	done | grep . && return 1
	return 0
}

rule_argon2()
{
	built
	mkdir "$temp/argon2" && cd "$temp/argon2" || return
	programs='tests/backend/test_option tests/backend/test_option_here'
	programs="$programs $(printf 'tests/secrets/test_%s ' scheme_classify \
		scheme_make scheme_malformed scheme_vectors)"
	eval "set -- $("$build/config.status" --config)"
	# shellcheck disable=SC2086	# one word, one program
	if ! "$src/configure" -q "$@" --without-argon2 >out 2>&1 ||
	    ! make -s -j "$jobs" all >out 2>&1 ||
	    ! make -s -j "$jobs" $programs >out 2>&1; then
		tail -n 30 out
		return 1
	fi
	for program in $programs; do
		"./$program" >out 2>&1 || {
			echo "$program fails:"
			grep -v 'OK \]\|RUN  ' out
		}
	done | grep . && return 1
	for plugin in $(plugins .); do
		readelf -d "$plugin" | grep argon2
	done | grep . && return 1
	return 0
}

# tries USER: what comes of a login.
tries()
{
	printf wonderland | ./sasl-classic try --user "$1" --service here \
		--plugin-dir plugins/.libs --config-dir . --brief PLAIN 2>&1
}

rule_crypt()
{
	built
	mkdir "$temp/crypt" && cd "$temp/crypt" || return
	eval "set -- $("$build/config.status" --config)"
	if ! "$src/configure" -q "$@" --without-crypt --disable-tests >out 2>&1 ||
	    ! make -s -j "$jobs" all >out 2>&1; then
		tail -n 30 out
		return 1
	fi
	printf '%s\n' 'pwcheck_method: auxprop' 'auxprop_plugin: passwdfile' \
		"passwdfile_path: $PWD/passwd" >here.conf
	{
		# shellcheck disable=SC2016	# a hash
		echo 'bob:$1$salt$qJH7.N4xYta3aEG/dfqo/0'
		printf wonderland | ./sasl-classic hash --user alice
	} >passwd
	chmod 600 passwd
	readelf -d sasl-classic plugins/.libs/*.so | grep libcrypt.so && return 1
	grep '^alice:{ARGON2}' passwd >/dev/null || {
		cat passwd
		return 1
	}
	if ! tries alice >out || tries bob >>out; then
		cat out
		return 1
	fi
}

# What configure finds out about the system, and what it calls that.
asked='
ac_cv_header_endian_h <endian.h>
ac_cv_header_link_h <link.h>
ac_cv_header_sys_random_h <sys/random.h>
ac_cv_func_dl_iterate_phdr dl_iterate_phdr()
ac_cv_func_getrandom getrandom()
ac_cv_func_memmem memmem()
ac_cv_search_dladdr dladdr()
classic_cv_version_script linker that takes -Wl,--version-script
'
# The same, for the store and the command alone.
asked_for_more='
ac_cv_header_sys_xattr_h <sys/xattr.h>
ac_cv_have_decl_CLOCK_REALTIME_COARSE CLOCK_REALTIME_COARSE
ac_cv_have_decl_F_SETLEASE F_SETLEASE
ac_cv_have_decl_MAP_POPULATE MAP_POPULATE
ac_cv_have_decl_O_PATH O_PATH
ac_cv_have_decl_CLOCK_BOOTTIME CLOCK_BOOTTIME
'

# says_missing ROWS: configure ends with each thing's name where there is none.
says_missing()
{
	echo "$1" | while read -r variable name; do
		[ -n "$variable" ] || continue
		sed "/^$variable=/d" cache >cache.one
		"$src/configure" -q "$variable=no" --cache-file=cache.one \
			>out 2>&1 &&
			echo "$variable=no: configure goes on"
		grep -F "configure: error: this system has no $name, " out \
			>/dev/null || {
			echo "$variable=no:"
			tail -n 5 out
		}
	done
}

# Names of Linux.
linux_names='CLOCK_BOOTTIME CLOCK_MONOTONIC_COARSE CLOCK_REALTIME_COARSE F_SETLEASE
	F_SETSIG MAP_POPULATE O_PATH O_TMPFILE memfd_create'

# plugins_elsewhere: built without these names, and without what OpenSSL has
# deprecated; the tests of CRAM-MD5 pass with what comes out.
plugins_elsewhere()
{
	mkdir -p include/sys
	echo '#error "only Linux has it"' >include/sys/xattr.h
	{
		printf '#include <%s>\n' fcntl.h sys/mman.h time.h
		for name in $linux_names; do
			printf '#undef %s\n#pragma GCC poison %s\n' \
				"$name" "$name"
		done
	} >include/elsewhere.h
	{
		echo "$asked_for_more" | sed -n 's/^\([^ ]*\) .*/\1=no/p'
		echo ac_cv_have_decl_CLOCK_MONOTONIC_COARSE=no
	} >cache.elsewhere
	# The headers of libsasl2 may themselves want what is deprecated.
	modern='-DOPENSSL_NO_DEPRECATED -DOPENSSL_API_COMPAT=30000'
	printf '#include <sasl/%s>\n' sasl.h saslplug.h >headers.c
	# shellcheck disable=SC2086	# flags
	$cc $modern -fsyntax-only headers.c 2>/dev/null || modern=
	if ! "$src/configure" -q --enable-werror --disable-tests --disable-tool \
	    --disable-passwdfile --cache-file=cache.elsewhere >out 2>&1 ||
	    ! make -s -j "$jobs" all CPPFLAGS="-D_GNU_SOURCE -I$PWD/include \
		-include $PWD/include/elsewhere.h $modern" >out 2>&1; then
		grep -E 'rror:' out || tail -n 30 out
		return
	fi
	for test in client server; do
		OUR_PLUGINDIR=$PWD/plugins/.libs \
			"$build/tests/plugins/test_crammd5_$test" >out 2>&1 ||
			tail -n 5 out
	done
}

rule_elsewhere()
{
	built
	mkdir "$temp/elsewhere" && cd "$temp/elsewhere" || return
	"$src/configure" -q --cache-file=cache >out 2>&1 || {
		tail -n 5 out
		return 1
	}
	make -C "$build" -s -j "$jobs" tests/plugins/test_crammd5_client \
		tests/plugins/test_crammd5_server >out 2>&1 || cat out
	{
		says_missing "$asked"
		says_missing "$asked_for_more"
		plugins_elsewhere
	} | grep . && return 1
	return 0
}
