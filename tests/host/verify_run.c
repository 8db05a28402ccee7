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
static struct fake_setup setup;
unsigned verify_lines;

void
verify_begin(void **state, const struct fake_option *options,
    const struct fake_setup *with)
{
	static const struct fake_setup nothing = { 0 };

	m = *state;
	memset(rows, 0, sizeof(rows));
	setup = with == NULL ? nothing : *with;
	rows[0] = (struct fake_row) { "bob", PASSWORD, "builder-of-it", 0 };
	setup.rows = rows;
	setup.options = options;
}

void
verify_add(const char *property, const char *value, const char *of)
{
	static char hashes[VERIFY_MOST][CHEAP_HASH];
	static unsigned next;
	struct fake_row *row = rows;

	while (row->user != NULL)
		row++;
	assert_true(row < rows + VERIFY_MOST + 1);
	if (of != NULL) {
		cheap_crypt_hash(value, of, hashes[next % VERIFY_MOST]);
		value = hashes[next++ % VERIFY_MOST];
	}
	*row = (struct fake_row) { "alice", property, value, 0 };
}

void
verify_expect(
    const char *name, const char *password, int code, const char *cost)
{
	struct claim claim = { bytes_str("alice"), bytes_str(NULL),
		bytes_str(password) };
	struct server_session s;
	int result;

	module_reopen(m, &setup);
	module_server(m, &s);
	cheap_crypt_seen[0] = '\0';
	result = password_check(&s, claim);
	if (result != code || strcmp(cheap_crypt_seen, cost) != 0)
		fail_msg("%s: \"%.20s\" gave %d for \"%s\", not %d for \"%s\"",
		    name, password, result, cheap_crypt_seen, code, cost);
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
