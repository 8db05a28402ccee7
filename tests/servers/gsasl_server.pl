#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# gsasl_server.pl: stands between sasl-sample-client and GNU SASL's `gsasl
# --server', in the language of sasl-sample-server, whose options it takes and
# ignores (see PAIR_SERVER in pair.pl). GSASL is the command, PASSWORD what gsasl
# knows. It asks for no user's name, so whoever has the password is accepted.
use strict;
use warnings;
use IPC::Open3;
use MIME::Base64;

my ($said, $in, $out);

sub say_line {
	print "S: $_[0]\n";
	STDOUT->flush;
}

# The next message of the client, in base64.
sub hear_line {
	while (my $line = <STDIN> // exit 2) {
		return $1 if $line =~ /^C: (\S*)/;
	}
}

say_line(encode_base64('PLAIN LOGIN CRAM-MD5', ''));
my ($mech, $initial) = split /\0/, decode_base64(hear_line()), 2;

# Both streams of gsasl: an output begins after "Output from server:".
my $pid = open3($in, $out, undef, 'stdbuf', '-o0', '-e0',
    split(' ', $ENV{GSASL} // 'gsasl'),
    '--server', '-m', $mech, '-p', $ENV{PASSWORD});
$in->autoflush(1);
$SIG{PIPE} = 'IGNORE';
my ($expected, $last) = (0, '');
while (my $line = <$out>) {
	chomp $line;
	if ($expected) {
		$expected = 0;
		my $answer = '';
		if ($line ne '') {
			say_line($line);
			$answer = hear_line();
		} elsif (defined $initial) {
			$answer = encode_base64($initial, '');
			undef $initial;
		} else {
			print $in "\n";	# it is content; no data to come
			close $in;
			next;
		}
		print $in "$answer\n";
	} elsif ($line eq 'Output from server:') {
		$expected = 1;
	} else {
		$last = $line;
	}
}
waitpid $pid, 0;
if ($? == 0) {
	print "Negotiation complete\n";
	say_line(encode_base64("srv message 1\0", ''));	# of the sample
	hear_line();
	exit 0;
}
print STDERR "Performing SASL negotiation: $last\n";
exit 1;
