/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Logins by a password: see verify_run.h.
 */
#include "config.h"

#include <crypt.h>

#include "backend/lookup.h"
#include "host/verify_run.h"
#include "server/password.h"
#include "support/test.h"

static struct module *m;

static struct fake_row rows[VERIFY_MOST + 2]; /* ends with a NULL user */
struct fake_setup verify_setup;
unsigned verify_lines;

void
verify_begin(void **state, const struct fake_option *options)
{
	m = *state;
	memset(rows, 0, sizeof(rows));
	memset(&verify_setup, 0, sizeof(verify_setup));
	rows[0] = (struct fake_row) { "bob", PASSWORD, "builder-of-it", 0 };
	verify_setup.rows = rows;
	verify_setup.options = options;
}

void
verify_add(const char *property, const char *value)
{
	struct fake_row *row = rows;

	while (row->user != NULL)
		row++;
	assert_true(row < rows + VERIFY_MOST + 1);
	*row = (struct fake_row) { "alice", property, value, 0 };
}

void
verify_add_hash(const char *property, const char *setting, const char *password)
{
	static char hashes[VERIFY_MOST][CHEAP_HASH];
	static unsigned next;
	char *hash = hashes[next++ % VERIFY_MOST];

	cheap_crypt_hash(setting, password, hash);
	verify_add(property, hash);
}

void
verify_expect(const char *password, int code, const char *cost)
{
	struct claim claim = { bytes_str("alice"), bytes_str(NULL),
		bytes_str(password) };
	struct server_session s;

	module_reopen(m, &verify_setup);
	module_server(m, &s);
	cheap_crypt_seen[0] = '\0';
	assert_int_equal(password_check(&s, claim), code);
	assert_string_equal(cheap_crypt_seen, cost);
	verify_lines = m->fake.log_count;
	lookup_forget(&m->host, &m->fake.server);
	assert_int_equal(fake_alloc_live(), 0);
	module_reopen(m, &module_usual_setup);
}

char cheap_crypt_seen[CHEAP_TEXT];

void
cheap_crypt_hash(
    const char *setting, const char *password, char out[CHEAP_HASH])
{
	uint32_t sum = 5381;

	for (; *password != '\0'; password++)
		sum = sum * 33 ^ (unsigned char)*password;
	assert_in_range(
	    snprintf(out, CHEAP_HASH, "%s%08x", setting, (unsigned)sum), 9,
	    CHEAP_HASH - 1);
}

/* Up to the next '$', both included. */
static void
note(const char *setting)
{
	size_t len = strlen(cheap_crypt_seen);
	size_t id = 1 + strcspn(setting + 1, "$") + 1;

	assert_true(len + id < sizeof(cheap_crypt_seen));
	memcpy(cheap_crypt_seen + len, setting, id);
	cheap_crypt_seen[len + id] = '\0';
}

char *
crypt_rn(const char *phrase, const char *setting, void *data, int size)
{
	char start[CHEAP_HASH];

	assert_int_equal(setting[0], '$');
	note(setting);
	snprintf(start, sizeof(start), "%s", setting);
	*(strrchr(start, '$') + 1) = '\0';
	assert_true(size >= CHEAP_HASH);
	cheap_crypt_hash(start, phrase, data);
	return data;
}
