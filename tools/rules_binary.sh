# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# shellcheck shell=sh disable=SC2034,SC2154
# Rules about what was built. Read by check.

binary_rules='
build      the tree is built in BUILDDIR
exports    each plugin exports the functions that libsasl2 looks for, no more
linkage    no plugin is linked to libsasl2, all are hardened and stay loaded
statics    no object holds data that can change
library22  the headers of libsasl2 2.2 give the same plugins, and they talk
'

rule_build()
{
	make -C "$build" -s -j "$jobs" >"$temp/make" 2>&1 && return
	cat "$temp/make"
	return 1
}

# built: and as the sources are now.
built()
{
	make -C "$build" -s -j "$jobs" >/dev/null 2>&1 || {
		echo 'the tree cannot be built'
		exit 1
	}
}

# plugins DIRECTORY: those that were built there.
plugins()
{
	find "$1/plugins/.libs" -name 'lib*.so' | sort | grep . || {
		echo "no plugins in $1/plugins/.libs" >&2
		return 1
	}
}

exports_of()
{
	nm -D --defined-only "$1" | awk '{ print $3 }' | sort
}

rule_exports()
{
	need nm
	built
	found=$(plugins "$build") || return
	expected=$(sed -n 's/.*global: *//p' "$build/plugins/plugins.map" |
		tr ';' '\n' | sed 's/ //g' | grep . | sort)
	printf '%s\n' "$expected" | grep -vxE 'sasl_(server|client)_plug_init' &&
		return 1
	for plugin in $found; do
		case $plugin in
		*/libpasswdfile.so) wanted=sasl_auxprop_plug_init ;;
		*) wanted=$expected ;;
		esac
		[ "$(exports_of "$plugin")" = "$wanted" ] ||
			echo "$plugin exports $(exports_of "$plugin" | tr '\n' ' ')"
	done | grep . && return 1
	return 0
}

# say_of PLUGIN: what is wrong with how it is linked.
say_of()
{
	if ! readelf -dW "$1" >"$temp/dynamic" ||
	    ! readelf -lW "$1" >"$temp/segments"; then
		echo 'cannot be read'
	fi
	! grep -q 'NEEDED.*libsasl' "$temp/dynamic" ||
		echo 'is linked to libsasl2'
	! grep -q TEXTREL "$temp/dynamic" || echo 'has text relocations'
	grep -qE 'BIND_NOW|FLAGS_1.* NOW' "$temp/dynamic" ||
		echo 'is not bound at once'
	grep -q 'FLAGS_1.*NODELETE' "$temp/dynamic" ||
		echo 'would be unloaded'
	grep -q GNU_RELRO "$temp/segments" ||
		echo 'leaves its relocations writable'
	grep -q 'GNU_STACK.* RW ' "$temp/segments" ||
		echo 'wants an executable stack'
}

rule_linkage()
{
	need readelf
	built
	found=$(plugins "$build") || return
	for plugin in $found; do
		say_of "$plugin" | sed "s|^|$plugin |"
	done | grep . && return 1
	return 0
}

# Pointers in constants are written once, by the dynamic linker.
rule_statics()
{
	need nm
	built
	case $(make_variable CFLAGS) in
	*-fsanitize=* | *--coverage*)
		echo 'not asked: the compiler was told to add some'
		return 0
		;;
	esac
	for source in $(c_files c common plugins); do
		object=$(dirname "${source#"$src"/}")/.libs/$(basename "$source" .c).o
		[ -e "$build/$object" ] || {
			echo "$object was not built"
			continue
		}
		nm --format=sysv "$build/$object" | awk -F '|' -v object="$object" '
			$3 ~ /[bBdDgGsSC]/ && $7 !~ /^ *\.data\.rel\.ro/ {
				print object ":", $1, "in", $7 }'
	done | grep . && return 1
	return 0
}

# What 2.2 took out of saslplug.h and put in its place, from that of 2.1.
make_headers22()
{
	installed=$(pkg-config --variable=includedir libsasl2)/sasl
	mkdir -p "$temp/include/sasl" || return
	cp "$installed"/*.h "$temp/include/sasl/" || return
	for gone in md5 hmac-md5 md5global; do
		echo "#error libsasl2 2.2 has no $gone.h" \
			>"$temp/include/sasl/$gone.h"
	done
	awk '
		/#[ \t]*include.*md5/ { next }
		/\(\*(MD5|hmac_md5)/ { skipping = 1 }
		skipping { if (/;/) skipping = 0; next }
		/\(\*spare_fptr1\)/ { sub(/spare_fptr1/, "get_registry_value") }
		/\(\*spare_fptr2\)/ { sub(/spare_fptr2/, "free_registry_value") }
		/define SASL_UTILS_VERSION/ { sub(/[0-9]+ *$/, "5") }
		{ print }
	' "$installed/saslplug.h" >"$temp/include/sasl/saslplug.h"
	cat >"$temp/layout.c" <<END
#include <stddef.h>
#include <sasl/sasl.h>
#include <sasl/saslplug.h>
_Static_assert(sizeof(sasl_utils_t) == 41 * sizeof(void *) &&
    offsetof(sasl_utils_t, mkchal) == 13 * sizeof(void *) &&
    offsetof(sasl_utils_t, free_registry_value) == 40 * sizeof(void *),
    "these headers are not as those of 2.2");
END
	$cc "-I$temp/include" -fsyntax-only "$temp/layout.c"
}

# conversations22: these plugins load and talk, in both layouts.
conversations22()
{
	[ -x tests/plugins/test_load ] || return 0	# a mechanism or a side is left out
	make -s check TESTS='tests/base/test_host
		tests/plugins/test_load tests/plugins/test_passwdfile
		tests/plugins/test_plain_server tests/plugins/test_plain_client
		tests/plugins/test_login_server tests/plugins/test_login_client
		tests/plugins/test_crammd5_server tests/plugins/test_crammd5_client'
}

rule_library22()
{
	need nm pkg-config
	built
	make_headers22 || return
	found=$(plugins "$build") || return
	mkdir "$temp/library22" && cd "$temp/library22" || return
	eval "set -- $("$build/config.status" --config)"
	if ! "$src/configure" -q "$@" \
	    CPPFLAGS="-I$temp/include $(make_variable CPPFLAGS)" >out 2>&1 ||
	    ! make -s -j "$jobs" check TESTS= >out 2>&1 ||
	    ! conversations22 >out 2>&1; then
		tail -n 30 out
		return 1
	fi
	for plugin in $found; do
		other=$temp/library22/plugins/.libs/$(basename "$plugin")
		[ "$(exports_of "$plugin")" = "$(exports_of "$other")" ] ||
			echo "$other exports $(exports_of "$other" | tr '\n' ' ')"
	done | grep . && return 1
	return 0
}
