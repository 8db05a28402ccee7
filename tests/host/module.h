/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the tests of single modules stand on: a fake host with a connection, and
 * sessions of either side as an engine would hand them to a module.
 */
#ifndef CLASSIC_MODULE_H
#define CLASSIC_MODULE_H

#include "backend/lookup.h"
#include "host/fake_alloc.h"
#include "host/fake_host.h"
#include "server/engine.h"
#include "support/test.h"

struct module {
	struct fake_host fake;
	struct host host;
};

/*
 * Of a test that is run by MODULE_TEST(), once for each layout: its state is a
 * struct module with the usual setup, and a block that is left fails it.
 */
int module_setup(void **state);
int module_teardown(void **state);

/* What it begins with. A test may set m->fake.setup to another and back. */
extern const struct fake_setup module_usual_setup;

/* Close it, and open it with another setup: with another store, say. */
void module_reopen(struct module *m, const struct fake_setup *setup);

/* Forget what the host has seen, as its log and its counts. */
void module_forget(struct module *m);

/* Put another function in the place of a member of the connection's utils. */
void module_replace(
    struct module *m, enum fake_member member, void (*function)(void));

/* A session in the midst of a step, of a mechanism called "TEST". */
void module_server(struct module *m, struct server_session *s);

/*
 * lookup_user() in a new session, on a connection that has seen nothing yet.
 * module_forget_lookup() ends it, and fails the test if a secret is left.
 */
int module_look_up(struct module *m, struct server_session *s, const char *name,
    lookup_names *names, enum lookup_scope scope, struct lookup *found);
void module_forget_lookup(struct module *m);

/* Fails unless one line was logged since module_forget(), with that in it. */
void expect_one_line(const struct module *m, int level, const char *text);

#define MODULE_TEST(f) LAYOUT_TEST_WITH(f, module_setup, module_teardown)
#define MODULE_TEST_ONCE(f) \
	LAYOUT_TEST_ONCE(NULL, f, module_setup, module_teardown)

#endif
