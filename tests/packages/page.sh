# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# page.sh: runs the commands of a page of the documents, as somebody who pastes
# them one block after the other. To be sourced after chroot.sh (POSIX sh).
#
# A page of Markdown is read as follows:
#
#	```sh			commands to be pasted, as root; each must succeed
#	<!-- test: COMMAND -->	what the reader would see or type besides; it must
#				succeed, too
#	<!-- fails: COMMAND -->	this COMMAND must fail
#	<!-- not run: WHY -->	the next block is not run
#	<!-- once -->		what follows is run without a network: packages are
#				downloaded before, and servers meet nobody else
#
# Everything after `once' runs in one process namespace, so a server that a
# block starts is there for the next.
#
# shellcheck shell=sh
# shellcheck source=chroot.sh
# shellcheck disable=SC2034,SC2154	# shared with chroot.sh and the tests

# page_script PAGE online|offline: the page as a script. What each line is told
# by is a comment in it.
page_script()
{
	awk -v page="$(basename "$1")" -v part="$2" '
		function put(kind, text) {
			if (part != (offline ? "offline" : "online"))
				return
			gsub(/\047/, "\047\\\047\047", text)
			printf "step %s \047%s\047 \047%s\047\n",
			    kind, page ":" begin, text
		}
		/^<!-- once -->/ { offline = 1; next }
		/^<!-- not run: / { skip = 1; next }
		/^<!-- (test|fails): .* -->$/ {
			begin = NR
			k = $2 == "fails:" ? "fails" : "works"
			text = $0
			sub(/^<!-- [a-z]*: /, "", text)
			sub(/ -->$/, "", text)
			put(k, text)
			next
		}
		/^```sh$/ { block = 1; begin = NR; text = ""; next }
		/^```/ && block {
			if (!skip)
				put("works", text)
			block = skip = 0
			next
		}
		block { text = text $0 "\n" }
	' "$1"
}

# page_packages PAGE: what its lines of apt install, but for files.
page_packages()
{
	sed -n 's/.*apt\(-get\)\{0,1\} install \(-y \)\{0,1\}//p' "$1" |
		tr ' ' '\n' | grep -E '^[a-z0-9][a-z0-9.+-]*$'
}

# How a page is run: variables and the directory stay from block to block. A
# block fails if one of its commands does.
# shellcheck disable=SC2016	# for the other shell
page_start='set -uE
export DEBIAN_FRONTEND=noninteractive
step() {
	printf "%s\n" "$3" >/tmp/step
	verdict=works
	trap "verdict=fails" ERR
	. /tmp/step >/tmp/step.log 2>&1 </dev/null
	trap - ERR
	if [ "$verdict" = "$1" ]; then
		echo "ok $2"
	else
		echo "not ok $2: $1 was expected"
		printf "%s\n---\n" "$3" | cat - /tmp/step.log | sed "s/^/| /"
	fi
}
'

# page_run PAGE online|offline DIRECTORY: in $root, from that directory on; the
# results are those of the tests.
page_run()
{
	page_part=$2
	{
		printf '%s' "$page_start"
		echo "cd $3"
		[ "$page_part" = online ] || echo 'ip link set lo up'
		page_script "$1" "$page_part"
	} >"$root/root/page.sh"
	[ "$page_part" = online ] || inside_also=--net
	inside bash /root/page.sh >"$work/page.out" 2>&1
	inside_also=
	while read -r page_result; do
		case $page_result in
		'ok '*)		pass "$base_release, ${page_result#ok }" ;;
		'not ok '*)	fail "$base_release, ${page_result#not ok }" ;;
		*)		diag "$page_result" ;;
		esac
	done <"$work/page.out"
	grep -q '^ok' "$work/page.out" ||
		fail "$base_release, $1: nothing was run"
}
