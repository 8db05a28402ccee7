#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# pair.pl: lets sasl-sample-client talk to sasl-sample-server over pipes, each
# with its own plugin directory, and keeps what they said.
#
#	pair.pl OUTDIR MECH USER PASSWORD SERVERDIR CLIENTDIR [CLIENTOPTION...]
#
# The two programs need some help: they do not flush what they print into a
# pipe (stdbuf), and the client asks for the password with getpass(3), which
# without a terminal (setsid) reads from standard input, where the server's
# messages arrive too; so the password is sent when the prompt is seen. With -d
# (no initial response) the client sends an empty one instead of none, and
# that is put right on the way.
#
# PAIR_SERVER is a command that talks like sasl-sample-server, in its place.
#
# OUTDIR/wire has the messages, one a line, "S: base64" or "C: base64"; the
# first S is the list of mechanisms, the first C the chosen one and, after a
# NUL, the initial response. OUTDIR/{server,client}.{out,err} have all that the
# programs said and OUTDIR/{server,client}.maps is /proc/PID/maps in the midst
# of the conversation. Prints one line and exits with
#	0	accepted, and both sides know it
#	1	refused: what the server said
#	2	anything else
use strict;
use warnings;
use IO::Select;
use POSIX qw(setsid :sys_wait_h);

use constant TIME_LIMIT => 120;

my ($outdir, $mech, $user, $password, $serverdir, $clientdir, @options) = @ARGV;
defined $clientdir or die "usage: pair.pl OUTDIR MECH USER PASSWORD "
    . "SERVERDIR CLIENTDIR [CLIENTOPTION...]\n";

my (%side, @wire);
chomp(my $bare_choice = `printf %s '$mech' | base64`);
my ($complete, $asked) = (0, 0);

# Started with its three streams on pipes and without a terminal.
sub start {
	my ($name, $plugins, @command) = @_;
	pipe(my $in_read, my $in) or die "pipe: $!\n";
	pipe(my $out, my $out_write) or die "pipe: $!\n";
	pipe(my $err, my $err_write) or die "pipe: $!\n";
	my $pid = fork // die "fork: $!\n";
	if ($pid == 0) {
		setsid();
		open STDIN,  '<&', $in_read   or die;
		open STDOUT, '>&', $out_write or die;
		open STDERR, '>&', $err_write or die;
		close $_ for $in, $out, $err, map { $_->{in} } values %side;
		exec 'stdbuf', '-oL', @command, '-p', $plugins;
		die "$command[0]: $!\n";
	}
	close $_ for $in_read, $out_write, $err_write;
	$in->autoflush(1);
	$side{$name} = { name => $name, pid => $pid, in => $in, rest => '',
	    stream => { $out => 'out', $err => 'err' }, fd => [$out, $err],
	    said => { out => '', err => '' } };
}

sub save {
	my ($file, $text) = @_;
	open my $to, '>', "$outdir/$file" or die "$outdir/$file: $!\n";
	print $to $text;
	close $to or die "$outdir/$file: $!\n";
}

sub save_maps {
	for my $s (values %side) {
		open my $maps, '<', "/proc/$s->{pid}/maps" or next;
		save("$s->{name}.maps", join '', <$maps>);
	}
}

# A whole line of standard output: messages go to the other side.
sub take_line {
	my ($from, $line) = @_;
	$complete = 1 if $from->{name} eq 'server'
	    && $line =~ /^Negotiation complete/;
	return unless $line =~ /^[SC]: /;
	$line = "C: $bare_choice\n"
	    if @wire == 1 && grep { $_ eq '-d' } @options;
	push @wire, $line unless $complete;
	save_maps() if @wire == 2 && !$complete;
	my $to = $side{ $from->{name} eq 'server' ? 'client' : 'server' };
	print { $to->{in} } $line;	# it may be gone: its status will tell
}

sub take {
	my ($from, $stream, $bytes) = @_;
	$from->{said}{$stream} .= $bytes;
	if ($stream eq 'out') {
		$from->{rest} .= $bytes;
		take_line($from, $1) while $from->{rest} =~ s/^(.*\n)//;
	} elsif ($from->{said}{err} =~ /Password: / && !$asked++) {
		print { $from->{in} } "$password\n";
	}
}

# Until both have closed their output. When one has, the other is told.
sub converse {
	my %of;
	for my $s (values %side) {
		$of{$_} = $s for @{ $s->{fd} };
	}
	my $select = IO::Select->new(map { @{ $_->{fd} } } values %side);
	while ($select->count) {
		for my $fd ($select->can_read) {
			my $s = $of{$fd};
			my $n = sysread $fd, my $bytes, 4096;
			if ($n) {
				take($s, $s->{stream}{$fd}, $bytes);
				next;
			}
			$select->remove($fd);
			close $side{ $s->{name} eq 'server' ? 'client'
			    : 'server' }{in} if $s->{stream}{$fd} eq 'out';
		}
	}
}

sub finish {
	my ($status, $text) = @_;
	for my $s (values %side) {
		save("$s->{name}.$_", $s->{said}{$_}) for 'out', 'err';
	}
	save('wire', join '', @wire);
	print "$text\n";
	exit $status;
}

$SIG{PIPE} = 'IGNORE';
$SIG{ALRM} = $SIG{INT} = $SIG{TERM} = sub {
	kill 'KILL', map { $_->{pid} } values %side;
	finish(2, "stopped after at most " . TIME_LIMIT . " s");
};
alarm TIME_LIMIT;

start('server', $serverdir,
    split(' ', $ENV{PAIR_SERVER} // 'sasl-sample-server'), '-s', 'smtp',
    '-d', 'example.org');
start('client', $clientdir, 'sasl-sample-client', '-s', 'smtp',
    '-n', 'example.org', '-m', $mech, '-a', $user, @options);
converse();
for my $s (values %side) {
	waitpid $s->{pid}, 0;
	$s->{status} = $?;
}

my ($server, $client) = @side{ 'server', 'client' };
finish(0, 'accepted') if $complete && !$server->{status} && !$client->{status};
if (WIFEXITED($server->{status}) && WEXITSTATUS($server->{status}) == 1
    && $server->{said}{err}
    =~ /(?:Starting|Performing) SASL negotiation: (.*?)(?: \(.*)?$/m) {
	finish(1, "refused: $1");
}
finish(2, sprintf 'failed: server status %#x, client status %#x',
    $server->{status}, $client->{status});
