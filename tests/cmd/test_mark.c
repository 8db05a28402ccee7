/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The mark of our plugin files, in files that are ours and in any other.
 */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/bytes.h"
#include "sasl/plugin_version.h"
#include "support/test.h"

/* A file of ours, and a name for what is made of it. */
struct files {
	unsigned char *data;
	size_t len;
	char path[64];
};

static int
setup(void **state)
{
	static struct files f;
	char name[1024];
	FILE *in;
	int fd;

	snprintf(name, sizeof(name), "%s/libplain.so", getenv("OUR_PLUGINDIR"));
	in = fopen(name, "rb");
	assert_non_null(in);
	fseek(in, 0, SEEK_END);
	f.len = (size_t)ftell(in);
	rewind(in);
	f.data = malloc(f.len);
	assert_non_null(f.data);
	assert_int_equal(fread(f.data, 1, f.len, in), f.len);
	fclose(in);
	strcpy(f.path, "/tmp/test_mark.XXXXXX");
	fd = mkstemp(f.path);
	assert_true(fd >= 0);
	close(fd);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct files *f = *state;

	unlink(f->path);
	free(f->data);
	return 0;
}

/* Is a file with the first `len` octets one of ours? */
static bool
is_ours(const struct files *f, size_t len, char *version)
{
	int fd = open(f->path, O_WRONLY | O_TRUNC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, f->data, len), len);
	close(fd);
	return mark_read(f->path, version);
}

TEST(mark__built_plugin__has_our_version)
{
	char version[MARK_VERSION];

	assert_true(is_ours(*state, ((struct files *)*state)->len, version));
	assert_string_equal(version, PACKAGE_VERSION);
}

TEST(mark__no_plugin__is_not_ours)
{
	char version[MARK_VERSION], self[1024];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	assert_true(n > 0);
	self[n] = '\0';
	assert_false(mark_read(self, version));
	assert_false(mark_read("/nowhere/at/all", version));
	assert_false(mark_read("/", version));
	assert_false(mark_read("/dev/null", version));
}

/* Up to where the headers and the notes are, of which the file begins. */
TEST(mark__file_cut_anywhere__is_ours_or_not)
{
	struct files *f = *state;
	char version[MARK_VERSION];
	size_t len, ours = 0;

	for (len = 0; len < 4096 && len < f->len; len++)
		ours += is_ours(f, len, version);
	assert_true(ours < 4096);
	assert_false(is_ours(f, 0, version));
	assert_false(is_ours(f, 64, version));
}

/* Lengths and offsets that lie are all among these octets. */
TEST(mark__octet_changed_anywhere__is_no_accident)
{
	static const unsigned char values[] = { 0, 1, 0x7f, 0x80, 0xff };
	struct files *f = *state;
	char version[MARK_VERSION];
	unsigned char old;
	size_t at, i;

	for (at = 0; at < 1024; at++) {
		old = f->data[at];
		for (i = 0; i < sizeof(values); i++) {
			f->data[at] = values[i];
			memset(version, 'x', sizeof(version));
			if (is_ours(f, f->len, version))
				assert_non_null(
				    memchr(version, '\0', sizeof(version)));
		}
		f->data[at] = old;
	}
}

TEST(mark__other_name_in_the_note__is_not_ours)
{
	struct files *f = *state;
	char version[MARK_VERSION];
	unsigned char *at = memmem(f->data, f->len, "sasl-classic", 13);

	/* It may stand elsewhere, too: as a note it is named but once. */
	while (at != NULL) {
		at[0] = 'S';
		at = memmem(f->data, f->len, "sasl-classic", 13);
	}
	assert_false(is_ours(f, f->len, version));
}

TESTS_AROUND(setup, teardown)
