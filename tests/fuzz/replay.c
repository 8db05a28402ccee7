/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Runs a fuzz target, without libFuzzer, on every file of its corpus and on
 * what is easily derived from each: all that is shorter, and all that differs
 * in one octet (fuzz.h says how). One file is one test.
 *
 *	TARGET [FILE...]
 *
 * Without an argument it takes the corpus that bears the program's name. An
 * input that aborts the target is kept in TARGET.finding.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <unistd.h>

#include "fuzz.h"

enum { LONGEST = 4096, SHORT = 128 };

static struct input {
	unsigned char data[LONGEST];
	size_t len;
} original, derived;

static const char *program;
static char finding[PATH_MAX];

static void
keep_finding(int number)
{
	int file = open(finding, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (file >= 0 && write(file, derived.data, derived.len) >= 0)
		close(file);
	signal(number, SIG_DFL);
	raise(number);
}

static void
catch_crashes(void)
{
	static const int numbers[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE,
		SIGILL };
	size_t i;

	snprintf(finding, sizeof(finding), "%s.finding", program);
	for (i = 0; i < COUNT_OF(numbers); i++)
		signal(numbers[i], keep_finding);
}

static unsigned
run_derived(void)
{
	LLVMFuzzerTestOneInput(derived.data, derived.len);
	return 1;
}

/* One octet other than it was. */
static unsigned
run_changed(size_t at, bool all)
{
	unsigned count = 0, bits;

	derived = original;
	for (bits = 1; bits < 256; bits++)
		if (all || bits == 0x01 || bits == 0x20 || bits == 0x80) {
			derived.data[at] =
			    (unsigned char)(original.data[at] ^ bits);
			count += run_derived();
		}
	return count;
}

/* One octet less, and one more; what is before it stays, or is all. */
static unsigned
run_moved(size_t at)
{
	size_t behind = original.len - at - 1;

	derived = original;
	memmove(derived.data + at, original.data + at + 1, behind);
	derived.len = original.len - 1;
	run_derived();
	memcpy(derived.data + at, original.data + at, original.len - at);
	derived.len = original.len - at;
	memmove(derived.data, derived.data + at, derived.len);
	run_derived();
	if (original.len == LONGEST)
		return 2;
	derived = original;
	memcpy(derived.data + at + 1, original.data + at, behind + 1);
	derived.data[at] = '0';
	derived.len = original.len + 1;
	return 2 + run_derived();
}

static unsigned
run_all(void)
{
	unsigned count = 0;
	bool all = fuzz_is_cheap && original.len <= SHORT;
	size_t at;

	for (derived = original; derived.len > 0; derived.len--)
		count += run_derived();
	count += run_derived();
	for (at = 0; at < original.len; at++) {
		count += run_changed(at, all);
		if (all)
			count += run_moved(at);
	}
	return count;
}

static int
read_original(const char *path)
{
	FILE *file = fopen(path, "rb");

	if (file == NULL)
		return -1;
	original.len = fread(original.data, 1, LONGEST, file);
	fclose(file);
	return 0;
}

/* The name is printed first: what aborts must be known. */
static int
test_file(const char *path, unsigned number)
{
	printf("# %s\n", path);
	fflush(stdout);
	if (read_original(path) < 0) {
		printf("not ok %u - %s: %s\n", number, path, strerror(errno));
		return 1;
	}
	printf("ok %u - %s: %u inputs\n", number, strrchr(path, '/') + 1,
	    run_all());
	return 0;
}

static int
is_input(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int
test_directory(const char *path)
{
	struct dirent **entries;
	char file[PATH_MAX + NAME_MAX + 2];
	int count, i, failed = 0;

	count = scandir(path, &entries, is_input, alphasort);
	if (count <= 0) {
		printf("Bail out! no corpus in %s\n", path);
		return 1;
	}
	printf("1..%d\n", count);
	for (i = 0; i < count; i++) {
		snprintf(file, sizeof(file), "%s/%s", path, entries[i]->d_name);
		failed |= test_file(file, (unsigned)i + 1);
		free(entries[i]);
	}
	free(entries);
	return failed;
}

/* Without what libtool puts before the name of a program. */
static const char *
name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;

	return strncmp(name, "lt-", 3) ? name : name + 3;
}

int
main(int argc, char **argv)
{
	const char *top = getenv("abs_top_srcdir");
	char path[PATH_MAX];
	int i, failed = 0;

	program = name_of(argv[0]);
	LLVMFuzzerInitialize(&argc, &argv);
	catch_crashes();
	if (argc < 2) {
		snprintf(path, sizeof(path), "%s/tests/fuzz/corpus/%s",
		    top == NULL ? "." : top, program);
		return test_directory(path);
	}
	printf("1..%d\n", argc - 1);
	for (i = 1; i < argc; i++)
		failed |= test_file(argv[i], (unsigned)i);
	return failed;
}
