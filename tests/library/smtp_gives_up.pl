#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# smtp_gives_up.pl PORT: an SMTP server at which nobody can log in. What it sends
# as the challenge of CRAM-MD5 is none; whatever LOGIN and PLAIN say, it refuses.
use strict;
use warnings;

use IO::Socket::INET;
use MIME::Base64;

my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1',
	LocalPort => $ARGV[0], Listen => 5, ReuseAddr => 1) or die "listen: $!";
my @ask = ('334 UGFzc3dvcmQ6', '334 VXNlcm5hbWU6');

while (my $client = $listener->accept) {
	my @to_ask;
	my $say = sub { print $client "$_[0]\r\n" };
	$say->('220 relay.example.net');
	while (defined(my $line = <$client>)) {
		$line =~ s/\r?\n$//;
		if ($line =~ /^EHLO/) {
			$say->('250-relay.example.net');
			$say->('250 AUTH PLAIN LOGIN CRAM-MD5');
		} elsif ($line eq 'AUTH CRAM-MD5') {
			$say->('334 ' . encode_base64("<1\1>", ''));
		} elsif ($line eq '*') {
			$say->('501 5.7.0 Cancelled');
		} elsif ($line eq 'QUIT') {
			$say->('221 Bye');
			last;
		} else {
			@to_ask = @ask if $line eq 'AUTH LOGIN';
			$say->(pop @to_ask // '535 5.7.8 Not you');
		}
	}
	close $client;
}
