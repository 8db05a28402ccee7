# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# shellcheck shell=sh disable=SC2034,SC2154
# Rules about the sources as they are written. Read by check.

source_rules='
walls      only host.[ch] look into sasl_utils_t
openssl    only digest.c includes OpenSSL
wire       the wire files know neither SASL nor OpenSSL, and allocate nothing
folders    a folder includes from those before it, and no modules in a circle
reasons    the reasons of the log are those in report.c and on the page
purpose    each file opens with its licence and with what it is for
blanks     no blank at the end of a line, no blank before a tab
headers    each header compiles alone
columns    no line of C is wider than 80 columns, but for a single long word
pages      README leads to every page, and they show the examples that tests use
contracts  each function of a header is under a comment, with its bounds
packages   debian/control and the spec want what tools/packages.list has
mutations  each mutation fits the sources
assurance  each test that doc/assurance.md names is there
words      code, messages and pages have none of the riddles in doc/glossary.md
'

rule_walls()
{
	# shellcheck disable=SC2046	# one word, one file
	! grep -nE 'sasl_utils_t|[^_[:alnum:]]utils->' \
		$(c_files common plugins cmd | grep -v '/common/base/host\.[ch]$')
}

# The first column of the last table in the glossary, where each stands between
# characters of no word. A patch may have them in lines that it takes away.
rule_words()
{
	riddles=$(sed -n '/^| not | but |/,$s/^| \([^|-][^|]*\) |.*/\1/p' \
		doc/glossary.md | sed 1d | sed 's/, /|/g' | tr '\n' '|')
	[ -n "$riddles" ] || {
		echo 'doc/glossary.md has no table of words not to be used'
		return 1
	}
	# shellcheck disable=SC2086	# several folders
	! grep -rniwE "${riddles%|}" $product doc examples debian packaging \
		README README.md NEWS HACKING CONTRIBUTING.md SECURITY.md |
		grep -v '^doc/glossary.md:'
}

rule_openssl()
{
	# shellcheck disable=SC2046
	! grep -nE '#[[:blank:]]*include[[:blank:]]*<openssl/' \
		$(c_files common plugins |
			grep -vE '/common/secrets/digest\.c$')
}

rule_wire()
{
	! grep -nE '#[[:blank:]]*include[[:blank:]]*[<"](sasl|openssl)|(alloc|free|strdup)[[:blank:]]*\(' \
		plugins/*_wire.[ch]
}

# includes DIR...: "file included" for each of our own headers that it includes.
includes()
{
	# shellcheck disable=SC2046	# one word, one file
	grep -HoE '^#include "[a-z0-9_/]+\.h"' $(c_files "$@") |
		sed 's/:#include "/ /; s/\.h"$//; s/\.[ch] / /; s/^\.\///'
}

rule_folders()
{
	includes common plugins cmd | awk -v prefix="$PWD/" '
	BEGIN {
		n = split("base secrets backend passwdfile setpass server " \
		    "client plugins lib sasl doctor cmd",
		    order, " ")
		for (i = 1; i <= n; i++)
			rank[order[i]] = i
	}
	{
		sub("^" prefix, "", $1)
		parts = split($1, path, "/")
		from = path[parts - 1]
		to = $2 ~ /\// ? substr($2, 1, index($2, "/") - 1) : from
		if (from == to || from == "cmd")
			next
		# The client stands apart.
		if (rank[from] > rank["sasl"] && rank[to] > rank["sasl"] ||
		    from == "client" && to !~ /^(base|backend)$/ ||
		    rank[to] == 0 || rank[from] < rank[to]) {
			print $1 " includes " $2 ".h, which comes later"
			bad = 1
		}
	}
	END { exit bad }' || return 1
	# x.c and x.h are one module. Headers alone would show no circle in which
	# one file knows the other only in its .c.
	includes common plugins cmd | awk -v prefix="$PWD/" '{
		sub("^" prefix, "", $1)
		sub("^(common|cmd)/", "", $1)
		if ($2 !~ /\//) {
			folder = $1
			sub("[^/]*$", "", folder)
			$2 = folder $2
		}
		if ($1 != $2)
			print $1, $2
	}' | tsort 2>&1 >/dev/null | grep . && return 1
	return 0
}

# Each word that is said, in the table, and on the page; and the other way.
rule_reasons()
{
	said=$(sed -n '/^const char \*const report_reasons/,/^}/p' \
		common/server/report.c | grep -oE '"[a-z0-9-]+"' |
		tr -d '"' | sort)
	# shellcheck disable=SC2016	# no command
	page=$(sed -n '/^| reason | meaning/,/^$/p' doc/mechanisms.md |
		sed 's/^| *\([^|]*\)|.*/\1/' | grep -oE '`[a-z0-9-]+`' |
		tr -d '\140' | sort)
	[ "$said" = "$page" ] || {
		echo 'report_reasons[] and doc/mechanisms.md differ:'
		printf '%s\n%s\n' "$said" "$page" | sort | uniq -u
		return 1
	}
	# shellcheck disable=SC2002,SC2046	# one word, one file
	cat $(c_files common/base/name.c common/server plugins) |
		tr -s '\n\t ' ' ' |
		grep -oE '(server_fail\(&?s, [^;]*|decide\(&?j, [A-Z_a-z]+, |return )"[a-z0-9]+(-[a-z0-9]+)+"' |
		grep -oE '"[a-z0-9]+(-[a-z0-9]+)+"$' | tr -d '"' | sort -u |
		while read -r word; do
			printf '%s\n' "$said" | grep -qx -- "$word" ||
				echo "$word is said, and not in report_reasons[]"
		done | grep . && return 1
	return 0
}

rule_purpose()
{
	licence='/* SPDX-License-Identifier: BSD-2-Clause */'
	# shellcheck disable=SC2086
	for file in $(c_files $product $others); do
		[ "$(sed -n '1p; 3p' "$file")" = "$licence
/*" ] ||
			echo "$file does not begin with its licence and a comment"
	done | grep . && return 1
	for file in $(shell_scripts); do
		sed -n '/^#!/d; /^# SPDX/d; /^# Copyright/d
			1,6 { /^# [[:alpha:]]/ { /shellcheck/!p; }; }' \
			"$file" | grep -q . ||
			echo "$file does not begin with a comment"
	done | grep . && return 1
	return 0
}

# Every file of the tree, ours all of them.
tree()
{
	if [ -e .git ] && command -v git >/dev/null; then
		git ls-files --cached --others --exclude-standard
	else
		# shellcheck disable=SC2086
		find $product $others .ci bootstrap configure.ac doc examples \
			HACKING m4 Makefile.am NEWS ./*.md packaging debian tools \
			-type f 2>/dev/null
	fi | while read -r file; do
		[ ! -f "$file" ] || echo "$file"
	done
}

rule_blanks()
{
	tree | grep -E '\.([chm]4?|am|ac|sh|test|md|pl|awk|in)$|^[^.]*$' |
		grep -v '^tests/fuzz/corpus' | tr '\n' '\0' |
		xargs -0 grep -InE "[[:blank:]]+\$|$(printf ' \t|\r')" &&
		return 1
	return 0
}

# Twice, so that it has a guard, too.
rule_headers()
{
	# shellcheck disable=SC2086
	for header in $(c_files h $product $others); do
		printf '#include "%s"\n#include "%s"\n' "$header" "$header" |
			compile "$header" -fsyntax-only -x c -
	done 2>&1 | grep . && return 1
	return 0
}

# Those that belong together stand together, without an empty line.
rule_contracts()
{
	# shellcheck disable=SC2046
	! awk 'BEGIN { RS = "" }
		/(^|\n)[a-z][a-z_ *]*[ *][a-z_0-9]+\(/ && !/\*\// &&
		    !/(^|\n)(static|typedef|#)/ {
			print FILENAME ": " $0
		}' $(c_files h common plugins) | grep .
}

# Or breaking the code there would show nothing.
rule_mutations()
{
	need perl
	tools/mutate --fit
}

# needed COLUMN: what packages.list has there for building and for the tests.
needed()
{
	awk -v column="$1" '$1 == "build" || $1 == "check" { print $column }' \
		tools/packages.list
}

# wanted COLUMN FILE: what must be in FILE and is not, and what is there of what
# packages.list does not know. $implied comes with every build there.
wanted()
{
	awk -v column="$1" '$1 == "build" { print $column }' \
		tools/packages.list | sort -u | while read -r name; do
		case " $implied " in
		*" $name "*)	continue ;;
		esac
		grep -qx "$name" "$temp/wants" || echo "$2 lacks $name"
	done
	while read -r name; do
		needed "$1" | grep -qx "$name" ||
			echo "tools/packages.list lacks $name, which $2 has"
	done <"$temp/wants"
}

rule_packages()
{
	implied='autoconf automake libtool gcc make libc6-dev'
	sed -n '/^Build-Depends:/,/^[^ B]/p' debian/control |
		sed -n 's/^\(Build-Depends:\)\{0,1\} *\([a-z0-9.+-]*\).*/\2/p' |
		grep -vxE 'debhelper-compat|pkgconf|' >"$temp/wants"
	grep -q 'pkgconf | pkg-config' debian/control &&
		echo pkg-config >>"$temp/wants"
	wanted 3 debian/control >"$temp/packages"
	implied='glibc-devel'
	sed -n 's/^BuildRequires: *//p' packaging/rpm/sasl-classic.spec \
		>"$temp/wants"
	wanted 4 packaging/rpm/sasl-classic.spec >>"$temp/packages"
	! grep . "$temp/packages"
}

# Each test, and each tool, that a promise is said to be held by.
rule_assurance()
{
	tr -c '[:alnum:]_./*-' '\n' <doc/assurance.md | sed 's/\.$//' |
		grep -E "^(base|secrets|backend|setpass|server|client|plugins|library|servers|passwdfile|cmd|ct|packages|fuzz|tests|tools)/." |
		sort -u | while read -r name; do
			[ -e "$name" ] || [ -e "tests/$name" ] ||
				[ -e "tests/$name.c" ] ||
				echo "there is no $name"
		done | grep . && return 1
	return 0
}

# clang-format leaves comments as they are. A word cannot be broken.
rule_columns()
{
	# shellcheck disable=SC2086
	for file in $(c_files $product $others); do
		expand "$file" | awk -v file="$file" '
			length > 80 && NF > 1 {
				print file ":" NR ": " length " columns"
			}'
	done | grep . && return 1
	return 0
}

# shown FILE: without its comments it stands in a page as it is, or with the blanks
# of a block.
shown()
{
	shown_text=$(grep -vE '^(#|dnl )' "examples/$1" | sed '/./,$!d')
	case $shown_pages in
	*"
$shown_text
"*)		return ;;
	*"
$(printf '%s\n' "$shown_text" | sed 's/^./    &/' | expand)
"*)		return ;;
	esac
	echo "examples/$1 is not as in a page"
}

# README has at most 140 lines, and leads to every page; each example that a
# page is about stands there.
rule_pages()
{
	shown_pages=$(cat README.md doc/*.md)
	{
		lines=$(wc -l <README.md)
		[ "$lines" -le 140 ] || echo "README.md has $lines lines"
		for page in doc/*.md CONTRIBUTING.md SECURITY.md; do
			grep -qF "($page)" README.md ||
				echo "README.md does not lead to $page"
		done
		for file in postfix/smtpd.conf sendmail/sendmail.mc \
			sendmail/Sendmail.conf exim/exim.conf \
			exim/authenticators cyrus-imapd/imapd.conf \
			printer/main.cf \
			sql/rows.conf sql/columns.conf; do
			shown "$file"
		done
		grep -v '^#' examples/postfix/main.cf | while read -r line; do
			grep -qF "'$line'" doc/postfix.md ||
				echo "doc/postfix.md does not set $line"
		done
		grep -oE '\]\([a-zA-Z0-9./_-]*[./][a-zA-Z0-9./_-]*' README.md \
			doc/*.md ./*.md | sed 's/\](//; s/:/ /' |
			while read -r page link; do
				[ -e "$(dirname "$page")/$link" ] ||
					echo "$page: there is no $link"
			done
		missed=$(sed -n 's/^Targets missed, \([^:]*\):.*/\1 targets/p' \
			bench/report.md)
		grep -qF "$missed" README.md ||
			echo "README.md does not say that it misses $missed"
		bench/plot bench/report.md | cmp -s - bench/report.svg ||
			echo 'bench/report.svg is not drawn from bench/report.md'
	} | grep . && return 1
	return 0
}
