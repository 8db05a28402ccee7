/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Loads and copies the plugins; what is loaded stays until the program ends.
 */
#include "config.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/plugin_file.h"
#include "support/test.h"

const char *
plugin_path(const char *name)
{
	static char path[PATH_MAX];
	const char *directory = getenv("OUR_PLUGINDIR");

	if (directory == NULL)
		fail_msg("OUR_PLUGINDIR does not tell where the plugins are");
	snprintf(path, sizeof(path), "%s/lib%s.so", directory, name);
	return path;
}

static void *
find(const char *name, const char *symbol)
{
	void *handle, *address;

	handle = dlopen(plugin_path(name), RTLD_NOW);
	if (handle == NULL)
		fail_msg("%s", dlerror());
	address = dlsym(handle, symbol);
	if (address == NULL)
		fail_msg("%s", dlerror());
	return address;
}

sasl_server_plug_init_t *
plugin_server_init(const char *name)
{
	return (sasl_server_plug_init_t *)find(name, "sasl_server_plug_init");
}

sasl_client_plug_init_t *
plugin_client_init(const char *name)
{
	return (sasl_client_plug_init_t *)find(name, "sasl_client_plug_init");
}

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
