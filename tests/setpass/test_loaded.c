/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which files are the pack's, of those that are loaded from the directory of
 * this program. Its files there have names that nobody else uses.
 */
#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "setpass/loaded.h"
#include "support/plugin_file.h"
#include "support/test.h"

#define OURS	"installed_ours.so"
#define STOCK	"installed_stock.so"
#define RENAMED "installed_renamed.so"
#define TEXT	"installed_text.so"
#define SASLDB	"libsasldb.so"
#define OTHER	"libsasldb.so.other"

/* Beside this program, as the loader names it; valid until the next call. */
static const char *
beside(const char *file)
{
	static char path[PATH_MAX];
	const char *program = program_invocation_name;
	int len = (int)(strrchr(program, '/') - program);

	snprintf(path, sizeof(path), "%.*s/%s", len, program, file);
	return path;
}

/* It stays loaded. */
static void
load(const char *path)
{
	if (dlopen(path, RTLD_NOW) == NULL)
		fail_msg("%s", dlerror());
}

/* Each place in the file where the name of the note stands, as another name. */
static void
rename_note(const char *path)
{
	static char data[1 << 22];
	int fd = open(path, O_RDWR | O_CLOEXEC);
	ssize_t len = read(fd, data, sizeof(data));
	char *at = data;

	assert_in_range(len, 1, sizeof(data) - 1);
	while ((at = memmem(
		    at, (size_t)(data + len - at), "sasl-classic", 12)) != NULL)
		assert_int_equal(pwrite(fd, "S", 1, at++ - data), 1);
	close(fd);
}

static int
remove_files(void **state)
{
	static const char *const files[] = { OURS, STOCK, RENAMED, TEXT, SASLDB,
		OTHER };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(files); i++)
		unlink(beside(files[i]));
	return 0;
}

static int
put_files(void **state)
{
	const char *directory = getenv("STOCK_PLUGINDIR");
	char stock[PATH_MAX];
	FILE *text;

	remove_files(state);
	assert_non_null(directory);
	snprintf(stock, sizeof(stock), "%s/libsasldb.so", directory);
	plugin_copy_file(plugin_path("plain"), beside(OURS));
	plugin_copy_file(plugin_path("plain"), beside(RENAMED));
	plugin_copy_file(stock, beside(STOCK));
	plugin_copy_file(stock, beside(SASLDB));
	snprintf(stock, sizeof(stock), "%s/libplain.so", directory);
	plugin_copy_file(stock, beside(OTHER));
	rename_note(beside(RENAMED));
	text = fopen(beside(TEXT), "w");
	assert_non_null(text);
	fputs("sasl-classic, but no ELF\n", text);
	assert_int_equal(fclose(text), 0);
	return 0;
}

/* Files that only lie there do nothing, and so do those that are elsewhere. */
TEST(loaded_sibling__not_loaded_from_here__is_not_at_work)
{
	load(plugin_path("plain"));
	assert_false(loaded_sibling("libplain.so"));
	assert_false(loaded_sibling(OURS));
	assert_false(loaded_sibling("installed_nowhere.so"));
	assert_false(loaded_sibling(""));
}

/* From one whose name has as many octets. */
TEST(loaded_sibling__ours_loaded_from_elsewhere__is_not_at_work)
{
	char path[PATH_MAX] = "/tmp", file[64];
	const char *here = beside("");
	size_t len = strlen(here);

	assert_in_range(len, 5, PATH_MAX - sizeof(file));
	memset(path + 4, '/', len - 4);
	snprintf(file, sizeof(file), "installed.%ld.so", (long)getpid());
	strcpy(path + len, file);
	plugin_copy_file(plugin_path("plain"), path);
	load(path);
	unlink(path);
	assert_false(loaded_sibling(file));
}

TEST(loaded_sibling__ours_loaded_from_here__is_at_work)
{
	load(beside(OURS));
	assert_true(loaded_sibling(OURS));
	assert_true(loaded_plugin("installed_ours"));
	assert_false(loaded_plugin("installed_our"));
	assert_false(loaded_sibling("ours.so"));
	assert_false(loaded_sibling("installed_ours"));
	assert_false(loaded_sibling("installed_ours.so.2"));
	assert_false(loaded_sibling(""));
	assert_false(loaded_sibling("libplain.so"));
}

/* After chroot(2) there is no file, and after an upgrade another one. */
TEST(loaded_sibling__file_removed_since__is_at_work)
{
	assert_int_equal(unlink(beside(OURS)), 0);
	assert_true(loaded_sibling(OURS));
}

/* A stock plugin, a note of another name, and no ELF. */
TEST(loaded_sibling__others_loaded_from_here__are_not_ours)
{
	load(beside(STOCK));
	load(beside(RENAMED));
	assert_null(dlopen(beside(TEXT), RTLD_NOW));
	assert_false(loaded_sibling(STOCK));
	assert_false(loaded_sibling(RENAMED));
	assert_false(loaded_sibling(TEXT));
	assert_true(loaded_sibling(OURS));
}

/* What Debian's is linked to, and nothing of the kind. */
TEST(loaded_sasldb_wants_write_first__no_berkeley_db__is_true)
{
	assert_false(loaded_sasldb_wants_write_first());
	load(beside(SASLDB));
	assert_false(loaded_sasldb_wants_write_first());
	load(beside(OTHER));
	assert_true(loaded_sasldb_wants_write_first());
	assert_false(loaded_sasldb_is_lmdb());
}

TESTS_AROUND(put_files, remove_files)
