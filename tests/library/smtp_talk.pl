#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# smtp_talk.pl PORT LINE...: a dialogue with the SMTP server on a loopback port.
# Each LINE is sent when the reply to the one before is complete. Prints all of
# it, one line each, "S: " or "C: " in front. Fails if the server hangs up
# before its turn is over or lets us wait for 120 s.
use strict;
use warnings;
use IO::Socket::INET;

my ($port, @lines) = @ARGV;
$| = 1;
$SIG{ALRM} = sub { die "no reply\n" };
my $server = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port")
    or die "connect: $!\n";

sub reply {
	alarm 120;
	while (my $line = <$server> // die "the server hung up\n") {
		$line =~ s/\r?\n$//;
		print "S: $line\n";
		last if $line =~ /^\d{3}(?: |$)/;
	}
	alarm 0;
}

reply();
for my $line (@lines) {
	print "C: $line\n";
	print $server "$line\r\n";
	reply();
}
