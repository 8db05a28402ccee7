/*
 * What the tests of single modules stand on: a fake host with a connection, and
 * sessions of either side as an engine would hand them to a module.
 */
#ifndef CLASSIC_TEST_MODULE_H
#define CLASSIC_TEST_MODULE_H

#include "test.h"
#include "client.h"
#include "fake_alloc.h"
#include "fake_host.h"
#include "server.h"

struct module {
	struct fake_host fake;
	struct host host;
};

/*
 * A connection on `layout`; NULL stands for the usual setup. module_close()
 * fails the test if a block is left.
 */
void module_open(struct module *m, const struct fake_layout *layout,
    const struct fake_setup *setup);
void module_close(struct module *m);

/* Forget what the host has seen, as its log and its counts. */
void module_forget(struct module *m);

/* A session in the midst of a step, of mechanisms called "TEST". */
void module_server(struct module *m, struct server_session *s);
void module_client(
    struct module *m, struct client_session *s, bool sends_authzid);

/* Fails unless one line was logged since module_forget(), with that in it. */
void expect_one_line(const struct module *m, int level, const char *text);

/*
 * Two entries of a program's list of tests, one for each layout: the state is
 * a pointer to that.
 */
#define ON_LAYOUT(f, layout, version) \
	{ \
#f "[" version "]", f, NULL, NULL, (void *)(uintptr_t)&layout \
	}
#define MODULE_TEST(f) \
	ON_LAYOUT(f, fake_layout_2_1, "2.1"), \
	    ON_LAYOUT(f, fake_layout_2_2, "2.2")

#endif
