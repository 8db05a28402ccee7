/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The sasldb as a file: whether it was asked, is there, and is held open.
 */
#include "config.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backend/sasldb.h"
#include "host/module.h"

static char path[64];

static const struct fake_option no_options[] = { { NULL, NULL } };
static struct fake_option with_path[] = { { "sasldb_path", path },
	{ NULL, NULL } };
static struct fake_setup setup = { .options = with_path };

/* A file of its own in each test, which is not open. */
static void
make_file(struct module *m)
{
	int fd;

	snprintf(path, sizeof(path), "/tmp/test_sasldb.XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	m->fake.setup = &setup;
}

static void
remove_file(struct module *m)
{
	unlink(path);
	m->fake.setup = &module_usual_setup;
}

MODULE_TEST(sasldb_is_asked__no_other_store_is_configured__is_true)
{
	static const struct {
		struct fake_option options[2];
		bool asked;
	} cases[] = {
		{ { { NULL, NULL } }, true },
		{ { { "auxprop_plugin", "sasldb" } }, true },
		{ { { "auxprop_plugin", "sql" } }, false },
		{ { { "auxprop_plugin", "sasldb sql" } }, false },
		{ { { "sql_select", "SELECT 1" } }, false },
		{ { { "ldapdb_uri", "ldap://" } }, false },
	};
	struct fake_setup with = { .options = no_options };
	struct module *m = *state;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		with.options = cases[i].options;
		m->fake.setup = &with;
		assert_int_equal(sasldb_is_asked(&m->host), cases[i].asked);
	}
	m->fake.setup = &module_usual_setup;
}

MODULE_TEST(sasldb_is_missing__whatever_the_path_is__only_if_it_is_not_there)
{
	struct module *m = *state;

	make_file(m);
	assert_false(sasldb_is_missing(&m->host));
	unlink(path);
	assert_true(sasldb_is_missing(&m->host));
	/* A path through a file cannot be: that is another trouble. */
	snprintf(path, sizeof(path), "/dev/null/sasldb");
	assert_false(sasldb_is_missing(&m->host));
	remove_file(m);
}

MODULE_TEST(sasldb_is_read_only__missing_file__can_be_written)
{
	struct module *m = *state;

	make_file(m);
	assert_false(sasldb_is_read_only(&m->host));
	unlink(path);
	assert_false(sasldb_is_read_only(&m->host)); /* it can be made */
	snprintf(path, sizeof(path), "/dev/null/sasldb");
	assert_true(sasldb_is_read_only(&m->host));
	remove_file(m);
}

MODULE_TEST(sasldb_held__opened_in_some_way__is_that_way)
{
	static const int ways[] = { O_RDONLY, O_RDWR };
	struct module *m = *state;
	int fd, beside = open("/tmp", O_RDONLY | O_CLOEXEC);
	size_t i;

	make_file(m);
	for (i = 0; i < COUNT_OF(ways); i++) {
		assert_int_equal(sasldb_held(&m->host), -1);
		fd = open(path, ways[i] | O_CLOEXEC);
		assert_true(fd >= 0);
		assert_int_equal(sasldb_held(&m->host), ways[i]);
		close(fd);
	}
	unlink(path);
	assert_int_equal(sasldb_held(&m->host), -1);
	close(beside);
	remove_file(m);
}

/* 2.1 does not know that variable. */
MODULE_TEST(sasldb_held__path_in_the_environment__is_that_of_2_2)
{
	static struct fake_setup without = { .options = no_options };
	struct module *m = *state;
	bool is_2_2 = m->fake.layout == &fake_layout_2_2;
	int fd;

	make_file(m);
	fd = open(path, O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	setenv("SASL_DBNAME", "/nowhere", 1);
	assert_int_equal(sasldb_held(&m->host), O_RDWR);
	m->fake.setup = &without;
	assert_int_equal(sasldb_held(&m->host), -1);
	setenv("SASL_DBNAME", path, 1);
	assert_int_equal(sasldb_held(&m->host), is_2_2 ? O_RDWR : -1);
	if (getuid() == 0) { /* whose rights it has is not who set it */
		assert_int_equal(setegid(1), 0);
		assert_int_equal(sasldb_held(&m->host), -1);
		assert_int_equal(setegid(0), 0);
		assert_int_equal(chmod(path, 0666), 0);
		assert_int_equal(seteuid(1), 0);
		assert_int_equal(sasldb_held(&m->host), -1);
		assert_int_equal(seteuid(0), 0);
	}
	unsetenv("SASL_DBNAME");
	close(fd);
	remove_file(m);
}
