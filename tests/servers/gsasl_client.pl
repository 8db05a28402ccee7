#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# gsasl_client.pl: lets sasl-sample-client talk to GNU SASL's `gsasl --server':
#
#	gsasl_client.pl OUTDIR MECH USER PASSWORD PLUGINDIR
#
# $GSASL is the command, $PASSWORD what gsasl knows. It asks for no user's name,
# so whoever has the password is accepted. The client asks for the password
# with getpass(3), which without a terminal (setsid) reads from standard input,
# where the server's messages arrive too; so it is sent when the prompt is seen.
#
# OUTDIR/wire has the server's messages, one a line, "S: base64", and
# OUTDIR/client.maps the client's /proc/PID/maps. Ends with 0 if the client is
# accepted, else with 1 and the last line of gsasl.
use strict;
use warnings;
use IO::Select;
use IPC::Open3;
use MIME::Base64;
use Symbol 'gensym';

my ($outdir, $mech, $user, $password, $plugins) = @ARGV;
my ($rest, $said, $asked, $wire) = ('', '', 0, '');
$SIG{PIPE} = 'IGNORE';
alarm 120;

my $client = open3(my $in, my $out, my $err = gensym, 'setsid', 'stdbuf', '-oL',
    'sasl-sample-client', '-s', 'smtp', '-n', 'example.org', '-m', $mech,
    '-a', $user, '-p', $plugins);
my $streams = IO::Select->new($out, $err);

sub save {
	my ($file, $text) = @_;
	open my $to, '>', "$outdir/$file" or die "$outdir/$file: $!\n";
	print $to $text;
	close $to or die "$outdir/$file: $!\n";
}

sub say_line {
	$wire .= "S: $_[0]\n";
	syswrite $in, "S: $_[0]\n";
}

# The next message of the client, in base64; '' if it has given up.
sub hear_line {
	for (;;) {
		return $1 if $rest =~ s/^.*?^C: (\S*)\n//ms;
		$streams->count or return '';
		for my $fd ($streams->can_read) {
			sysread($fd, my $octets, 4096) or
			    ($streams->remove($fd), next);
			$rest .= $octets if $fd == $out;
			$said .= $octets if $fd == $err;
			syswrite $in, "$password\n"
			    if $said =~ /Password: / && !$asked++;
		}
	}
}

say_line(encode_base64('PLAIN LOGIN CRAM-MD5', ''));
my (undef, $initial) = split /\0/, decode_base64(hear_line()), 2;
open my $maps, '<', "/proc/$client/maps" or die "maps: $!\n";
save('client.maps', join '', <$maps>);

# Both streams of gsasl: an output begins after "Output from server:".
my $server = open3(my $to, my $from, undef, 'stdbuf', '-o0', '-e0',
    split(' ', $ENV{GSASL} // 'gsasl'), '--server', '-m', $mech,
    '-p', $ENV{PASSWORD});
my ($expected, $last) = (0, '');
while (my $line = <$from>) {
	chomp $line;
	if (!$expected) {
		$expected = $line eq 'Output from server:';
		$last = $line unless $expected;
		next;
	}
	$expected = 0;
	my $answer = "\n";	# it is content; no data to come
	if ($line ne '') {
		say_line($line);
		$answer = hear_line() . "\n";
	} elsif (defined $initial) {
		$answer = encode_base64($initial, '') . "\n";
		undef $initial;
	} else {
		print $to $answer;
		close $to;
		next;
	}
	syswrite $to, $answer;
}
waitpid $server, 0;
my $refused = $?;
kill 'TERM', $client;
waitpid $client, 0;
save('wire', $wire);
print $refused ? "refused: $last\n" : "accepted\n";
exit($refused ? 1 : 0);
