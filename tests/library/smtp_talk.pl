#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# smtp_talk.pl PORT LINE...: a dialogue with the SMTP server on a loopback port.
# Each LINE is sent when the reply to the one before is complete. Prints all of
# it, one line each, "S: " or "C: " in front. Fails if the server hangs up
# before its turn is over or lets us wait for 120 s.
#
# A LINE `=CRAM-MD5|NAME|PASSWORD|APPENDED' stands for the answer to the
# challenge in the last reply.
use strict;
use warnings;
use Digest::MD5 qw(md5 md5_hex);
use IO::Socket::INET;
use MIME::Base64;

my ($port, @lines) = @ARGV;
$| = 1;
$SIG{ALRM} = sub { die "no reply\n" };
my $server = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port")
    or die "connect: $!\n";

my $last;

sub reply {
	alarm 120;
	while (my $line = <$server> // die "the server hung up\n") {
		$line =~ s/\r?\n$//;
		print "S: $line\n";
		$last = $line;
		last if $line =~ /^\d{3}(?: |$)/;
	}
	alarm 0;
}

sub answer
{
	my (undef, $name, $password, $appended) = split /\|/, $_[0];
	my $key = $password . "\0" x (64 - length $password);
	my $challenge = decode_base64($last =~ s/^334 //r);
	my $digest = md5_hex(($key ^ "\x5c" x 64)
	    . md5(($key ^ "\x36" x 64) . $challenge));

	return encode_base64("$name $digest" . ($appended // ''), '');
}

reply();
for my $line (@lines) {
	$line = answer($line) if $line =~ /^=CRAM-MD5/;
	print "C: $line\n";
	print $server "$line\r\n";
	reply();
}
