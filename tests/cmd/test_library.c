/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * libsasl2 in a command's own process: that it could not be asked is no answer.
 */
#include "config.h"

#include <unistd.h>

#include "sasl/library.h"
#include "support/test.h"

static void
count(const struct probe_conn *c, void *context)
{
	(void)c;
	++*(int *)context;
}

TEST(probe_run__library_not_started__is_an_error)
{
	const struct login where = { .service = "test" };
	int calls = 0;

	assert_int_equal(probe_run(&where, count, &calls), SASL_NOTINIT);
	assert_int_equal(calls, 0);
}

/* In a process of its own, as 2.2 starts but once in each. */
static void
start_malformed(void *context)
{
	char directory[] = "/tmp/test_library.XXXXXX", file[64];
	const struct library_options library = {
		.app = "test", .plugin_path = "", .config_path = directory
	};
	FILE *out;
	int result;

	(void)context;
	if (mkdtemp(directory) == NULL)
		return;
	snprintf(file, sizeof(file), "%s/test.conf", directory);
	out = fopen(file, "w");
	if (out == NULL)
		return;
	fputs("no colon\n", out);
	fclose(out);
	result = library_start(&library);
	unlink(file);
	rmdir(directory);
	run_as_tell(login_code(result), NULL);
}

static void
find_plugin(const struct probe_conn *c, void *context)
{
	struct library_plugin plugin;

	(void)c;
	(void)context;
	run_as_tell(library_find(LIBRARY_SERVER, "PLAIN", 0, &plugin) ||
			    library_find(LIBRARY_STORE, "sasldb", 0, &plugin)
			? "found"
			: "alone",
	    NULL);
}

static void
ask_alone(void *context)
{
	(void)context;
	(void)probe_alone(find_plugin, NULL);
}

static void
take(void *told, char *line)
{
	strcpy(told, run_as_next(&line));
}

static void
expect(void (*ask)(void *), const char *want)
{
	static const struct run_as here = { .user = NULL };
	char told[64] = "";

	assert_int_equal(run_as(&here, ask, take, told), RUN_AS_DONE);
	assert_string_equal(told, want);
}

TEST(library_start__malformed_configuration__is_an_error)
{
	expect(start_malformed, "SASL_CONFIGERR");
}

TEST(probe_alone__has_a_host__and_no_plugin)
{
	expect(ask_alone, "alone");
}

TEST(login_code__any__is_a_name_or_a_number)
{
	assert_string_equal(login_code(SASL_OK), "SASL_OK");
	assert_string_equal(login_code(SASL_BADAUTH), "SASL_BADAUTH");
	assert_string_equal(login_code(-1000), "-1000");
	assert_string_equal(login_code(7), "7");
}
