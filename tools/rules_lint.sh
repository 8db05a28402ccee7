# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# shellcheck shell=sh disable=SC2034,SC2154
# Rules that other programs hold. Read by check.

lint_rules='
format     clang-format has nothing to change
warnings   gcc has no warning
analyzer   gcc -fanalyzer finds nothing
cppcheck   cppcheck finds nothing
tidy       clang-tidy finds nothing
shell      shellcheck finds nothing
'

suppressions=$src/tools/suppressions

# suppressed TOOL: what is not among those, of lines FILE:LINE:... [RULE].
suppressed()
{
	awk -v tool="$1" -v src="$src/" '
		NR == FNR {
			if ($1 == tool)
				known[$2, $3] = 1
			next
		}
		{
			file = $0
			sub(/:.*/, "", file)
			if (index(file, src) == 1)
				file = substr(file, length(src) + 1)
			rule = $0
			sub(/.*\[(-W)?/, "", rule)
			sub(/[],].*/, "", rule)
			found = (rule, file) in known || (rule, "*") in known
			directory = file
			while (!found && sub(/[^\/]*\/?$/, "", directory) &&
			    directory != "")
				found = (rule, directory) in known
			if (!found)
				print
		}
	' "$suppressions" -
}

warnings='-Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
	-Wmissing-prototypes -Wvla -Wwrite-strings -Wformat=2'

# make_flags: all that the Makefile says to a preprocessor, for whichever file.
# It is brought up to date.
make_flags()
{
	make -s -C "$build" Makefile >&2 || return
	make -s -C "$build" -f - flags <<'END' | grep '^-' | sort -u
include Makefile
no = AM_CFLAGS WARN_CFLAGS HARDEN_CFLAGS FAST_CFLAGS CFLAGS
flags:
	@printf '%s\n' $(foreach v,$(filter-out $(no) am__%, \
	    $(filter CPPFLAGS %_CFLAGS %_CPPFLAGS,$(.VARIABLES))),$($(v)))
END
}

# c_flags FILE: for one anywhere in the tree.
c_flags()
{
	printf '%s\n' -std=gnu11 -DHAVE_CONFIG_H "-I$build"
	for c_flags_dir in common plugins cmd tests "$(dirname "${1#"$src"/}")"; do
		printf '%s\n' "-I$src/$c_flags_dir"
	done
	cat "$temp/flags"
}

# compile FILE OPTION...: for one with that name; quiet if all is well.
compile()
{
	compile_for=$1
	shift
	# shellcheck disable=SC2046,SC2086	# flags are words
	$cc $(c_flags "$compile_for") $warnings "$@"
}

# each COMMAND FILE...: on as many at a time as there are processors.
each()
{
	each_command=$1
	shift
	each_running=0
	for each_file in "$@"; do
		"$each_command" "$each_file" >"$temp/each.$each_running" 2>&1 &
		each_running=$((each_running + 1))
		[ "$each_running" -lt "$jobs" ] || each_end
	done
	each_end
}

each_end()
{
	wait
	cat "$temp"/each.* 2>/dev/null
	rm -f "$temp"/each.*
	each_running=0
}

rule_format()
{
	need clang-format
	# shellcheck disable=SC2046,SC2086
	! clang-format --dry-run -Werror $(c_files $product $others) 2>&1 |
		grep 'error:'
}

warn()
{
	compile "$1" -O2 -Werror -c -o "$temp/$(basename "$1").o" "$1"
}

rule_warnings()
{
	# shellcheck disable=SC2046,SC2086
	! each warn $(c_files c $product $others) | grep .
}

# Before the optimiser has put away what is wrong.
analyze()
{
	compile "$1" -O0 -fanalyzer -fanalyzer-verbosity=0 -c \
		-o "$temp/$(basename "$1").o" "$1"
}

rule_analyzer()
{
	echo 'int main(void) { return 0; }' |
		$cc -fanalyzer -fsyntax-only -x c - 2>/dev/null || {
		echo "$cc has no -fanalyzer"
		return 77
	}
	# shellcheck disable=SC2046,SC2086
	! each analyze $(c_files c $product) | grep 'warning:' |
		suppressed analyzer | grep .
}

rule_cppcheck()
{
	need cppcheck
	awk '$1 == "cppcheck" {
		sub(/\/$/, "/*", $3)
		print $2 ($3 == "*" ? "" : ":*" $3)
	}' "$suppressions" >"$temp/cppcheck"
	# shellcheck disable=SC2046,SC2086
	cppcheck -q -j "$jobs" --std=c11 --error-exitcode=1 \
		--template='{file}:{line}: {message} [{id}]' \
		--enable=warning,style,performance,portability \
		--suppressions-list="$temp/cppcheck" --inline-suppr \
		-DHAVE_CONFIG_H "-I$build" -Icommon -Iplugins -Icmd -Itests \
		$product tests
}

tidy()
{
	# shellcheck disable=SC2046
	clang-tidy --quiet "$1" -- $(c_flags "$1")
}

rule_tidy()
{
	need clang-tidy
	# shellcheck disable=SC2046,SC2086
	! each tidy $(c_files c $product) | grep -E '(warning|error):' |
		suppressed tidy | sort -u | grep .
}

# What runs in a shell, by its first line or its name.
shell_scripts()
{
	tree | while read -r file; do
		case $file in
		*.sh)
			echo "$file"
			;;
		*.c | *.h | *.am | *.ac | *.m4 | tests/fuzz/corpus/*) ;;
		*)
			! sed -n 1p "$file" | grep -qaE '^#!.*[ /](ba)?sh' ||
				echo "$file"
			;;
		esac
	done
}

rule_shell()
{
	need shellcheck
	shell_scripts | tr '\n' '\0' | xargs -0 shellcheck -x
}
