/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a process does once, see once.h.
 */
#include "config.h"

#include "once.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api.h"
#include "fail.h"
#include "login.h"

/* Many programs that use libsasl2 have it in memory for TLS anyway. */
static void
load_libcrypto(void)
{
	if (dlopen("libcrypto.so.3", RTLD_NOW | RTLD_GLOBAL) == NULL &&
	    dlopen("libcrypto.so", RTLD_NOW | RTLD_GLOBAL) == NULL)
		fail("%s", dlerror());
}

static void
list_mechs(void)
{
	const char *list;
	sasl_conn_t *conn;
	int n;

	fail_unless("sasl_server_new",
	    sasl_server_new(
		LOGIN_SERVICE, LOGIN_HOST, NULL, NULL, NULL, NULL, 0, &conn),
	    SASL_OK);
	fail_unless("sasl_listmech",
	    sasl_listmech(conn, NULL, "", " ", "", &list, NULL, &n), SASL_OK);
	if (n < 3)
		fail("only %d mechanisms: %s", n, list);
	sasl_dispose(&conn);
}

static void
start_and_end(void *scenario)
{
	api_start_server(scenario);
	list_mechs();
	sasl_done();
}

double
once_start(const struct scenario *s)
{
	struct stopwatch watch = { 0, 0 };

	if (s->libcrypto)
		load_libcrypto();
	stopwatch_run(&watch, start_and_end, (void *)s);
	return watch.cpu;
}

static double
private_kib(void)
{
	FILE *file = fopen("/proc/self/smaps_rollup", "r");
	char line[256];
	double sum = 0;
	double kib;

	if (file == NULL)
		fail("no /proc/self/smaps_rollup");
	while (fgets(line, sizeof line, file) != NULL)
		if (sscanf(line, "Private_Clean: %lf", &kib) == 1 ||
		    sscanf(line, "Private_Dirty: %lf", &kib) == 1)
			sum += kib;
	fclose(file);
	return sum;
}

double
once_memory(const struct scenario *s)
{
	double before;

	if (s->libcrypto)
		load_libcrypto();
	private_kib();
	before = private_kib();
	api_start_server(s);
	list_mechs();
	return private_kib() - before;
}

/*
 * The answer to the challenge comes from another process: a client in this
 * one would run the very code whose first run is to be measured.
 */
static int helper = -1;

static void
help(int fd)
{
	struct session s;

	api_start_client();
	while (read(fd, &s, sizeof s) == (ssize_t)sizeof s) {
		s.said = s.message[1].text;
		api_answer(&s);
		if (write(fd, &s, sizeof s) != (ssize_t)sizeof s)
			break;
	}
	_exit(0);
}

static void
start_helper(void)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) < 0)
		fail("no socket pair");
	switch (fork()) {
	case -1:
		fail("no second process");
	case 0:
		close(pair[0]);
		help(pair[1]);
	}
	close(pair[1]);
	helper = pair[0];
}

/* The challenge goes over in message[1], the answer comes in message[0]. */
static void
ask_helper(struct session *s)
{
	struct session copy;

	login_message(s, 1, s->said, s->said_len);
	if (write(helper, s, sizeof *s) != (ssize_t)sizeof *s ||
	    read(helper, &copy, sizeof copy) != (ssize_t)sizeof copy)
		fail("the client's process is gone");
	s->message[0] = copy.message[0];
}

double
once_first(const struct scenario *s, const struct exchange *exchange)
{
	struct exchange lonely = *exchange;
	struct stopwatch watch = { 0, 0 };
	struct batch batch;

	if (s->libcrypto)
		load_libcrypto();
	if (s->mech->challenged) {
		start_helper();
		lonely.answer = ask_helper;
	}
	exchange->load(s);
	batch_init(&batch, &lonely, s);
	batch.size = 1;
	batch_run(&batch, &watch);
	close(helper);
	return watch.cpu;
}
