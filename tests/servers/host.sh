# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# host.sh: what the tests of the hosts share: a server out of a tree in place of
# the machine's own, and an example as its configuration. To be sourced after
# lib.sh (POSIX sh). A test looks like this:
#
#	host_tree exim exim4		# skips all where there is no such server
#	host_plugins
#	host_sasldb "$work/sasldb"	# alice, whose password is `secret'
#	example exim/exim.conf /etc/sasldb2 "$work/sasldb" >"$work/exim.conf"
#	start exim $in_exim exim4 -C "$work/exim.conf" ...
#	...				# questions: ask.sh
#
# HOSTS_DIR is where tools/unpack has put the trees.
#
# shellcheck shell=sh
# shellcheck source=../library/lib.sh
# shellcheck disable=SC2034,SC2154	# shared with lib.sh and the tests

# Most of these start anew what they run, without what was to be preloaded.
! ldd "$OUR_PLUGINDIR/libplain.so" | grep -q 'lib[at]san\.so' ||
	bail 'hosts want plugins that are built without sanitizers'

: "${HOSTS_DIR:=${abs_top_builddir:-$PWD}/hosts}"
hosts=$abs_top_srcdir/tests/servers
mechs='PLAIN LOGIN CRAM-MD5'
libraries='libplain.so liblogin.so libcrammd5.so'
realm=example.org
# shellcheck source=tests/servers/ask.sh
. "$hosts/ask.sh"

# --- servers ----------------------------------------------------------------

# host_tree NAME PROGRAM...: sets $in_NAME, the command by which programs see
# that tree on top of the machine's /usr and /etc, and on top of it $host_over,
# which is the test's own. Without a tree, the machine's own server will do.
host_tree()
{
	host_name=$1
	shift
	need_root 'trees are mounted'
	need unshare
	host_over=$work/$host_name.over
	mkdir -p "$host_over/usr" "$host_over/etc" || bail mkdir
	host_trees=$host_over
	[ ! -d "$HOSTS_DIR/$host_name/usr" ] ||
		host_trees=$host_trees:$HOSTS_DIR/$host_name
	host_in="unshare --mount sh $hosts/within $host_trees"
	$host_in true || skip_all 'no tree can be mounted here'
	for host_program; do
		# shellcheck disable=SC2016	# for the shell within
		$host_in sh -c 'command -v "$1"' - "$host_program" >/dev/null ||
			skip_all "no $host_program;" \
				"./bootstrap check-hosts brings it"
	done
	eval "in_$host_name=\$host_in"
}

# host_account NAME...: users and groups of the last host_tree, should there be
# none here.
host_account()
{
	host_number=4300
	for host_file in passwd group; do
		cp "/etc/$host_file" "$host_over/etc/$host_file" || bail cp
	done
	for host_user; do
		host_number=$((host_number + 1))
		! getent passwd "$host_user" >/dev/null || continue
		echo "$host_user:x:$host_number:$host_number::/:/bin/false" \
			>>"$host_over/etc/passwd"
		echo "$host_user:x:$host_number:" >>"$host_over/etc/group"
	done
}

# host_installed: in the last host_tree our plugins stand in the place of the
# stock ones, as after an installation.
host_installed()
{
	host_plugindir=$host_over$sasl2_dir
	mkdir -p "$host_plugindir" || bail mkdir
	for library in $libraries; do
		install -m 644 "$OUR_PLUGINDIR/$library" "$host_plugindir" ||
			bail install
	done
}

# example FILE [OLD NEW]...: prints examples/FILE with each path or name OLD in
# it replaced. It is an error if there is none: then the example has changed.
example()
{
	example_file=$abs_top_srcdir/examples/$1
	shift
	example_script=
	while [ $# -gt 0 ]; do
		grep -qF -e "$1" "$example_file" ||
			bail "no '$1' in $example_file"
		example_script="$example_script;s|$(
			printf '%s' "$1" | sed 's/[].*^$\[]/\\&/g')|$2|g"
		shift 2
	done
	sed -e "$example_script" "$example_file"
}

# over_sasldb FILE SASLDB [PREFIX]: prints examples/FILE with a sasldb as its
# store. PREFIX is what stands before the options there.
over_sasldb()
{
	example "$1" "${3:-}auxprop_plugin: passwdfile" \
		"${3:-}auxprop_plugin: sasldb" \
		"${3:-}passwdfile_path: /etc/sasl2/passwd" \
		"${3:-}sasldb_path: $2"
}

# host_plugins: our plugins and the stock one for sasldb, for what is started
# from now on. host_clients: for clients of that name, ours or stock.
host_plugins()
{
	plugin_dir "$work/sasl" ours plain login crammd5
	plugin_dir "$work/sasl" stock sasldb
	use_plugins "$work/sasl"
	use_conf "$work/conf"
}

host_clients()
{
	plugin_dir "$work/client" "$1" plain login crammd5
	client="env SASL_PATH=$work/client SASL_PLUGINDIR=$work/client"
}

# host_sasldb FILE: a sasldb with alice.
host_sasldb()
{
	sasldb_user "$1" "$realm" alice secret ||
		bail 'saslpasswd2 cannot make a sasldb'
}
