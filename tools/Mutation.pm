# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# Mutation.pm: a mutation is read, and applied to a copy of the sources. Part of
# tools/mutate, which says what the files look like.
package Mutation;

use strict;
use warnings;

use Exporter 'import';
our @EXPORT = qw(give_up slurp spew all_mutations apply fits);

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

# read_mutations PATH: those of one file, in order.
sub read_mutations
{
	my ($path) = @_;
	my ($usual, $file, $place, @mutations, $m);
	for (split /\n/, slurp($path)) {
		if (/^file: (\S+)$/) {
			($file, $place) = ($1, undef);
			$usual = $file unless $m;
		} elsif (/^\[(\S+)\]$/) {
			$m = { name => $1, tests => [], places => [] };
			push @mutations, $m;
			($file, $place) = ($usual, undef);
		} elsif ($_ eq '') {
			$place = undef;
		} elsif (!$m) {
			give_up("$path: not understood: $_");
		} elsif (/^# tests: (.*)/) {
			$m->{tests} = [ split ' ', $1 ];
		} elsif (/^# (.*)/) {
			$m->{breaks} = $1 unless defined $m->{breaks};
		} elsif (/^([-+])(.*)/) {
			give_up("$m->{name}: no file is named") unless $file;
			unless ($place) {
				$place = { file => $file, '-' => '', '+' => '' };
				push @{ $m->{places} }, $place;
			}
			$place->{$1} .= "$2\n";
		} else {
			give_up("$m->{name}: not understood: $_");
		}
	}
	for (@mutations) {
		give_up("$_->{name}: it does not say what it breaks")
		    unless defined $_->{breaks};
		give_up("$_->{name}: it changes nothing")
		    unless @{ $_->{places} };
	}
	return @mutations;
}

# all_mutations DIRECTORY: those of all its files, numbered.
sub all_mutations
{
	my ($directory) = @_;
	my (%seen, $number);
	opendir my $files, $directory or give_up("$directory: $!");
	my @all = map { read_mutations("$directory/$_") }
	    sort grep { !/^\./ } readdir $files;
	for (@all) {
		give_up("$_->{name}: there are two") if $seen{ $_->{name} }++;
		$_->{number} = ++$number;
	}
	return @all;
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
