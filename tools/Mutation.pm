# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# Mutation.pm: a mutation is read, and applied to a copy of the sources. Part of
# tools/mutate, which says what the files look like.
package Mutation;

use strict;
use warnings;

use Exporter 'import';
our @EXPORT = qw(give_up slurp spew read_mutation apply fits);

sub give_up
{
	print STDERR "mutate: @_\n";
	exit 2;
}

sub slurp
{
	my ($path) = @_;
	open my $file, '<', $path or give_up("$path: $!");
	local $/;
	my $text = <$file>;
	return defined $text ? $text : '';
}

sub spew
{
	my ($path, $text) = @_;
	open my $file, '>', $path or give_up("$path: $!");
	print $file $text;
	close $file or give_up("$path: $!");
}

# read_mutation FILE, NAME, NUMBER
sub read_mutation
{
	my ($path, $name, $number) = @_;
	my %m = (name => $name, number => $number, tests => [], places => []);
	my ($file, $place);
	for (split /\n/, slurp($path)) {
		if (/^# tests: (.*)/) {
			$m{tests} = [ split ' ', $1 ];
		} elsif (/^# (.*)/) {
			$m{breaks} = $1 unless defined $m{breaks};
		} elsif (/^file: (\S+)$/) {
			($file, $place) = ($1, undef);
		} elsif (/^([-+])(.*)/) {
			give_up("$name: no file is named") unless $file;
			unless ($place) {
				$place = { file => $file, '-' => '', '+' => '' };
				push @{ $m{places} }, $place;
			}
			$place->{$1} .= "$2\n";
		} elsif ($_ eq '') {
			$place = undef;
		} else {
			give_up("$name: not understood: $_");
		}
	}
	give_up("$name: it does not say what it breaks")
	    unless defined $m{breaks};
	give_up("$name: it changes nothing") unless @{ $m{places} };
	return \%m;
}

# mutated MUTATION, TREE: what the files then hold, by their paths.
sub mutated
{
	my ($m, $tree) = @_;
	my %text;
	for my $place (@{ $m->{places} }) {
		my $path = "$tree/$place->{file}";
		$text{$path} = slurp($path) unless defined $text{$path};
		my $pattern = join '\s+', map { quotemeta } split ' ', $place->{'-'};
		my $found = () = $text{$path} =~ /$pattern/g;
		give_up("$m->{name}: stands $found times, not once, in "
			. "$place->{file}:\n$place->{'-'}") if $found != 1;
		my $new = $place->{'+'};
		$text{$path} =~ s/$pattern/$new/;
	}
	return \%text;
}

# apply MUTATION, TREE: what the files held before, by their paths.
sub apply
{
	my ($m, $tree) = @_;
	my $text = mutated($m, $tree);
	my %before = map { $_ => slurp($_) } keys %$text;
	spew($_, $text->{$_}) for keys %$text;
	return \%before;
}

# fits MUTATION, TREE: or it is not known what it would do, or who would see it.
sub fits
{
	my ($m, $tree) = @_;
	mutated($m, $tree);
	for my $test (@{ $m->{tests} }) {
		give_up("$m->{name}: no such test: $test")
		    unless -e "$tree/$test" || -e "$tree/$test.c";
	}
}

1;
