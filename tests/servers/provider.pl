#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# provider.pl PORT USER PASSWORD: a provider's SMTP server, as far as printer.test
# needs it. It takes mail from who has logged in by PLAIN, and prints of it what
# the test wants to know.
use strict;
use warnings;

use IO::Socket::INET;
use MIME::Base64;

my ($port, $user, $password) = @ARGV;
my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1',
	LocalPort => $port, Listen => 5, ReuseAddr => 1) or die "listen: $!";
my $wanted = encode_base64("\0$user\0$password", '');
$| = 1;

while (my $client = $listener->accept) {
	my $known;
	my $say = sub { print $client "$_[0]\r\n" };
	$say->('220 smtp.example.net');
	while (defined(my $line = <$client>)) {
		$line =~ s/\r?\n$//;
		if ($line =~ /^EHLO/) {
			$say->('250-smtp.example.net');
			$say->('250 AUTH PLAIN LOGIN CRAM-MD5');
		} elsif ($line =~ /^AUTH PLAIN (\S+)$/) {
			$known = $1 eq $wanted;
			print $known ? "accepted\n" : "refused\n";
			$say->($known ? '235 2.7.0 Accepted'
			    : '535 5.7.8 Username and Password not accepted');
		} elsif ($line =~ /^MAIL FROM:(\S+)/) {
			print "from $1\n" if $known;
			$say->($known ? '250 OK' : '530 5.7.0 Authenticate');
		} elsif ($line eq 'DATA') {
			$say->('354 Go on');
			while (defined($line = <$client>)) {
				last if $line =~ /^\.\r?\n$/;
				print "> $line" if $line =~ /^(From|Subject):/;
			}
			$say->('250 OK');
		} elsif ($line eq 'QUIT') {
			$say->('221 Bye');
			last;
		} else {
			$say->('250 OK');
		}
	}
	close $client;
}
