# host.sh: what the tests of the hosts share: a server out of a tree in place of
# the machine's own, an example as its configuration, and the questions that
# every host is asked. To be sourced after lib.sh (POSIX sh). A test looks like
# this:
#
#	host_tree exim exim4		# skips all where there is no such server
#	host_sasldb "$work/sasldb"	# alice, whose password is `secret'
#	example exim/exim.conf /etc/sasldb2 "$work/sasldb" >"$work/exim.conf"
#	start exim $in_exim exim4 -C "$work/exim.conf" ...
#	log_in() { ... }		# MECH USER PASSWORD; fills $work/answer
#	judge_host 'Exim' '^535 '
#	server_maps_ours 'Exim' "$port" smtptest "$pid"
#
# HOSTS_DIR is where tools/unpack has put the trees.
#
# shellcheck shell=sh
# shellcheck source=../real/lib.sh
# shellcheck disable=SC2034,SC2154	# shared with lib.sh and the tests

# Under CI nothing may be missing.
if [ -n "${CI:-}" ]; then
	skip_all()
	{
		bail "$*"
	}
fi

: "${HOSTS_DIR:=${abs_top_builddir:-$PWD}/hosts}"
hosts=$abs_top_srcdir/tests/hosts
mechs='PLAIN LOGIN CRAM-MD5'
libraries='libplain.so liblogin.so libcrammd5.so'
realm=example.org
show_log "$work/answer"

# --- servers ----------------------------------------------------------------

# host_tree NAME PROGRAM...: sets $in_NAME, the command by which programs see
# that tree on top of the machine's /usr and /etc; without a tree, the machine
# itself will do.
host_tree()
{
	host_name=$1
	shift
	need_root 'trees are mounted'
	host_tree=$HOSTS_DIR/$host_name
	host_in=
	if [ -d "$host_tree/usr" ]; then
		need unshare
		host_in="unshare --mount sh $hosts/within $host_tree"
		$host_in true || skip_all 'no tree can be mounted here'
	fi
	for host_program; do
		# shellcheck disable=SC2016	# for the shell within
		$host_in sh -c 'command -v "$1"' - "$host_program" >/dev/null ||
			skip_all "no $host_program;" \
				"./bootstrap check-hosts brings it"
	done
	eval "in_$host_name=\$host_in"
}

# host_account NAME...: users and groups in the tree, should there be none here.
host_account()
{
	host_number=4300
	for host_file in passwd group; do
		cp "/etc/$host_file" "$host_tree/etc/$host_file" || bail cp
	done
	for host_user; do
		host_number=$((host_number + 1))
		! getent passwd "$host_user" >/dev/null || continue
		echo "$host_user:x:$host_number:$host_number::/:/bin/false" \
			>>"$host_tree/etc/passwd"
		echo "$host_user:x:$host_number:" >>"$host_tree/etc/group"
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

# --- questions --------------------------------------------------------------

# judge_host WHAT REFUSAL: each of $mechs lets alice in and nobody else; what
# log_in has left in $work/answer then looks like REFUSAL and is the same
# whatever was wrong.
judge_host()
{
	for mech in $mechs; do
		check "$1, $mech: the right password" \
			log_in "$mech" alice secret
		check "$1, $mech: a wrong password is refused" \
			is_refused "$2" "$mech" alice secreT
		judge_answer=$(cat "$work/answer")
		check "$1, $mech: an unknown user is refused" \
			is_refused "$2" "$mech" nobody secret
		is "$1, $mech: in the same words" \
			"$(cat "$work/answer")" "$judge_answer"
	done
}

is_refused()
{
	refused_like=$1
	shift
	! log_in "$@" && grep -e "$refused_like" "$work/answer"
}

# swaks_log_in PORT MECH USER PASSWORD: the AUTH alone. The answer is the reply
# to the last line.
swaks_log_in()
{
	swaks --server 127.0.0.1 --port "$1" --helo client.example.org \
		--auth "$2" --auth-user "$3" --auth-password "$4" \
		--quit-after AUTH --timeout 20 >"$work/swaks" 2>&1
	swaks_status=$?
	cat "$work/swaks"
	grep -E '^<(\*\*|- ) [245]' "$work/swaks" | grep -v ' 221 ' |
		tail -n 1 | sed 's/^<.. *//' >"$work/answer"
	return "$swaks_status"
}

# --- clients of Cyrus IMAP --------------------------------------------------

# session_open PROGRAM PORT MECH USER PASSWORD: imtest, smtptest or the like
# tries to log in by MECH and stays connected, if it does. Sets $session_pid.
session_open()
{
	session_program=/usr/lib/cyrus/bin/$1
	shift
	session_mech=$2
	session_list=$2
	# LOGIN alone would be a command of IMAP, to imtest.
	[ "${session_program##*/} $2" != 'imtest LOGIN' ] ||
		session_list='LOGIN '
	[ -p "$work/session" ] || mkfifo "$work/session"
	: >"$work/session.out"		# of the one before
	# shellcheck disable=SC2086	# commands with arguments
	$in_cyrus $client "$session_program" -p "$1" -m "$session_list" \
		-u "$3" -a "$3" -w "$4" 127.0.0.1 \
		<"$work/session" >>"$work/session.out" 2>&1 &
	session_pid=$!
	adopt "$session_pid"
	exec 7>"$work/session"
	wait_until 20 has_line "$work/session.out" '^Authent' &&
		grep -q '^Authenticated' "$work/session.out" &&
		grep -q "^C: .*AUTH[A-Z]* $session_mech" "$work/session.out"
}

session_close()
{
	exec 7>&-
	stop "$session_pid"
}
show_log "$work/session.out"

# session_log_in, with the arguments of session_open, as log_in has to be.
session_log_in()
{
	session_status=0
	session_open "$@" || session_status=1
	sed -n 's/^S: //p' "$work/session.out" | tail -n 1 |
		tr -d '\r' >"$work/answer"
	cat "$work/session.out"
	session_close
	return "$session_status"
}

# some_maps_ours PID...: one of these has our three libraries mapped, and none
# of their names from elsewhere.
some_maps_ours()
{
	for some_pid; do
		some_ours=yes
		for library in $libraries; do
			proves_mapped "$some_pid" "$library" || some_ours=no
		done
		[ "$some_ours" = no ] || return 0
	done
	return 1
}

# children PID: below it, at any depth.
children()
{
	for children_pid in $(pgrep -P "$1"); do
		echo "$children_pid"
		children "$children_pid"
	done
}

# session_maps_ours WHAT PORT PROGRAM: with our client plugins, one session each.
session_maps_ours()
{
	for mech in $mechs; do
		check "$1, $mech: a session" \
			session_open "$3" "$2" "$mech" alice secret
		check "$1, $mech: the client has our plugins" \
			some_maps_ours "$session_pid"
		session_close
	done
}

# server_maps_ours WHAT PORT PROGRAM PID: with stock clients; PID or a process
# below it.
server_maps_ours()
{
	for mech in $mechs; do
		check "$1, $mech: a session" \
			session_open "$3" "$2" "$mech" alice secret
		# shellcheck disable=SC2046	# one word, one process
		check "$1, $mech: the server has our plugins" \
			some_maps_ours "$4" $(children "$4")
		session_close
	done
}
