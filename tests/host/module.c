/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A fake host for the tests of single modules: see module.h.
 */
#include "config.h"

#include "host/fake_prop.h"
#include "host/module.h"

const struct fake_setup module_usual_setup;

static void
open_on(struct module *m, const struct fake_layout *layout,
    const struct fake_setup *setup)
{
	fake_open(&m->fake, layout, setup);
	fake_connect(&m->fake);
	assert_int_equal(
	    host_open(&m->host, fake_utils_of(&m->fake.conn)), SASL_OK);
}

int
module_setup(void **state)
{
	static struct module m;

	open_on(&m, *state, &module_usual_setup);
	*state = &m;
	return 0;
}

int
module_teardown(void **state)
{
	struct module *m = *state;

	fake_close(&m->fake);
	return 0;
}

void
module_reopen(struct module *m, const struct fake_setup *setup)
{
	const struct fake_layout *layout = m->fake.layout;

	fake_close(&m->fake);
	open_on(m, layout, setup);
}

void
module_forget(struct module *m)
{
	m->fake.log_count = 0;
	m->fake.error_count = 0;
	m->fake.error[0] = '\0';
	m->fake.canon_count = 0;
	m->fake.canon_flags = 0;
	m->fake.fetch_count = 0;
	m->fake.request_count = 0;
	m->fake.erase_count = 0;
}

void
module_replace(
    struct module *m, enum fake_member member, void (*function)(void))
{
	*fake_member(&m->fake.conn, m->fake.layout, member) =
	    (uintptr_t)function;
}

void
module_server(struct module *m, struct server_session *s)
{
	static const struct server_mechanism mechanism = { .name = "TEST" };
	static struct host_memory memory;

	memset(s, 0, sizeof(*s));
	s->host = m->host;
	s->mechanism = &mechanism;
	memory.canon_user = 0;
	s->memory = &memory;
	s->params = &m->fake.server;
	s->out = &m->fake.out;
}

int
module_look_up(struct module *m, struct server_session *s, const char *name,
    lookup_names *names, enum lookup_scope scope, struct lookup *found)
{
	module_forget(m);
	module_server(m, s);
	s->out->authid = "of the login before";
	s->out->user = NULL;
	memset(found, 0xa5, sizeof(*found));
	return lookup_user(
	    &s->host, s->params, s->out, bytes_str(name), names, scope, found);
}

void
module_forget_lookup(struct module *m)
{
	lookup_forget(&m->host, &m->fake.server);
	assert_int_equal(fake_prop_unerased(m->fake.server.propctx), 0);
}

void
expect_one_line(const struct module *m, int level, const char *text)
{
	const struct fake_log *line = &m->fake.log[0];

	assert_int_equal(m->fake.log_count, 1);
	if (line->level != level || strstr(line->text, text) == NULL)
		fail_msg("at level %d instead of %d: %s\nwithout: %s",
		    line->level, level, line->text, text);
}
