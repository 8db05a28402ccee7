/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Copies of some plugins: see plugin_set.h.
 */
#include "config.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/plugin_set.h"
#include "support/plugin_file.h"
#include "support/test.h"

const char *const plugin_set_names[SET_COUNT] = { "plain", "login", "crammd5" };

/* Where the plugins were built, whatever stands in the environment now. */
static const char *
built(void)
{
	static char directory[1024];
	const char *now = getenv("OUR_PLUGINDIR");

	if (*directory == '\0') {
		if (now == NULL)
			fail_msg("OUR_PLUGINDIR does not tell where they are");
		snprintf(directory, sizeof(directory), "%s", now);
	}
	return directory;
}

void
plugin_copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
	char buffer[65536];
	ssize_t n;

	assert_true(in >= 0 && out >= 0);
	while ((n = read(in, buffer, sizeof(buffer))) > 0)
		assert_int_equal(write(out, buffer, (size_t)n), n);
	assert_int_equal(n, 0);
	close(in);
	assert_int_equal(close(out), 0);
}

void
plugin_set_make(unsigned set, char directory[SET_PATH])
{
	char from[SET_PATH + 1024], to[SET_PATH + 32];
	size_t i;

	snprintf(directory, SET_PATH, "/tmp/sasl-classic-test.XXXXXX");
	assert_non_null(mkdtemp(directory));
	for (i = 0; i < SET_COUNT; i++) {
		if (!(set & 1U << i))
			continue;
		snprintf(from, sizeof(from), "%s/lib%s.so", built(),
		    plugin_set_names[i]);
		snprintf(to, sizeof(to), "%s/lib%s.so", directory,
		    plugin_set_names[i]);
		plugin_copy_file(from, to);
	}
}

void
plugin_set_remove(const char *directory)
{
	char path[SET_PATH + 32];
	size_t i;

	for (i = 0; i < SET_COUNT; i++) {
		snprintf(path, sizeof(path), "%s/lib%s.so", directory,
		    plugin_set_names[i]);
		unlink(path);
	}
	rmdir(directory);
}

void
plugin_set_use(unsigned set)
{
	static char used[SET_ALL + 1][SET_PATH];
	bool is_new = *used[set] == '\0';
	size_t i;

	if (is_new)
		plugin_set_make(set, used[set]);
	setenv("OUR_PLUGINDIR", used[set], 1);
	if (!is_new)
		return;
	for (i = 0; i < SET_COUNT; i++)
		if (set & 1U << i)
			plugin_server_init(plugin_set_names[i]);
	plugin_set_remove(used[set]);
}
