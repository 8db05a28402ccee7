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

enum { KEEPER = 65534 };

static bool
put(const char *directory, const char *name, const char *text, uid_t owner)
{
	char file[64];
	FILE *out;

	snprintf(file, sizeof(file), "%s/%s", directory, name);
	out = fopen(file, "w");
	if (out == NULL)
		return false;
	fputs(text, out);
	return fclose(out) == 0 && chown(file, owner, (gid_t)-1) == 0;
}

/* With this configuration; the file of the name `given` is the keeper's. */
static void
start(const char *configuration, const char *given,
    int (*with)(const struct library_options *))
{
	static const char *const names[] = { "test.conf", "libempty.so" };
	char directory[] = "/tmp/test_library.XXXXXX", file[64];
	const struct library_options library = { .app = "test",
		.plugin_path = directory,
		.config_path = directory,
		.keeper = KEEPER };
	bool made = mkdtemp(directory) != NULL;
	int result = SASL_NOMEM;
	size_t i;

	for (i = 0; i < COUNT_OF(names); i++)
		made = made &&
		       put(directory, names[i], i == 0 ? configuration : "",
			   strcmp(names[i], given) == 0 ? KEEPER : geteuid());
	if (made)
		result = with(&library);
	for (i = 0; i < COUNT_OF(names); i++) {
		snprintf(file, sizeof(file), "%s/%s", directory, names[i]);
		unlink(file);
	}
	rmdir(directory);
	run_as_tell(login_code(result), NULL);
}

/* In a process of its own, as 2.2 starts but once in each. */
static void
start_malformed(void *context)
{
	(void)context;
	start("no colon\n", "", library_start);
}

/* Which file is the keeper's, and what came of it. */
struct answer {
	const char *given;
	char told[64];
};

static void
require(void *context)
{
	const struct answer *answer = context;

	start("mech_list: PLAIN\n", answer->given, library_require);
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
take(void *context, char *line)
{
	struct answer *answer = context;

	strcpy(answer->told, run_as_next(&line));
}

static void
expect(void (*ask)(void *), const char *given, const char *want)
{
	static const struct run_as here = { .user = NULL };
	struct answer answer = { .given = given };

	assert_int_equal(run_as(&here, ask, take, &answer), RUN_AS_DONE);
	assert_string_equal(answer.told, want);
}

TEST(library_start__malformed_configuration__is_an_error)
{
	expect(start_malformed, NULL, "SASL_CONFIGERR");
}

static bool
is_root(void)
{
	return geteuid() == 0;
}

/* A server's account may keep its configuration, but run nothing as root. */
TEST_IF(is_root, library_require__keeper__may_change_the_configuration_alone,
    NULL, NULL)
{
	expect(require, "test.conf", "SASL_OK");
	expect(require, "libempty.so", "SASL_FAIL");
}

TEST(probe_alone__has_a_host__and_no_plugin)
{
	expect(ask_alone, NULL, "alone");
}

/* With the NUL at the end. */
#define OCTETS(text, want) \
	{ \
		text, sizeof(text), want \
	}

TEST(library_sasldb__plugin__has_the_whole_path_in_it)
{
	static const struct {
		const char *octets;
		size_t len;
		const char *want;
	} rows[] = {
		OCTETS("x\0/var/lib/sasldb2\0y", "/var/lib/sasldb2"),
		OCTETS("/srv/sasldb2", "/srv/sasldb2"),
		OCTETS("x\0/var/lib/sasldb2.old", "/etc/sasldb2"),
		OCTETS("x\0lib/sasldb2", "/etc/sasldb2"),
		OCTETS("x", "/etc/sasldb2"),
	};
	size_t i;

	assert_int_equal(unsetenv("SASL_DBNAME"), 0);
	for (i = 0; i < COUNT_OF(rows); i++)
		assert_string_equal(
		    library_sasldb(bytes_of(rows[i].octets, rows[i].len)),
		    rows[i].want);
	assert_int_equal(setenv("SASL_DBNAME", "/srv/db", 1), 0);
	assert_string_equal(library_sasldb(bytes_str("")),
	    library_is_2_2() ? "/srv/db" : "/etc/sasldb2");
	assert_int_equal(unsetenv("SASL_DBNAME"), 0);
}

TEST(login_code__any__is_a_name_or_a_number)
{
	assert_string_equal(login_code(SASL_OK), "SASL_OK");
	assert_string_equal(login_code(SASL_BADAUTH), "SASL_BADAUTH");
	assert_string_equal(login_code(SASL_CONFIGERR), "SASL_CONFIGERR");
	assert_string_equal(login_code(SASL_CONFIGERR - 1), "-101");
	assert_string_equal(login_code(-50), "-50");
	assert_string_equal(login_code(-1000), "-1000");
	assert_string_equal(login_code(7), "7");
}
