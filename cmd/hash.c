/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic hash: prints a password as a store may hold it.
 */
#include "config.h"

#include <stdio.h>
#include <strings.h>

#include "base/secret.h"
#include "lib/ask.h"
#include "lib/cmdline.h"
#include "lib/util.h"
#include "sasl/library.h"
#include "sasl/probe.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"

static const char cram_md5[] = "cram-md5";

/* What is to be made, and what came of it. */
struct order {
	int choice; /* of scheme_name(); -1 is CRAM-MD5 */
	bool bare;
	struct bytes password;
	bool done;
};

/* True if both are the same scheme, in braces or not. */
static bool
is_scheme(const char *name, const char *given)
{
	size_t len = strlen(given);

	if (len > 1 && given[0] == '{' && given[len - 1] == '}') {
		given++;
		len -= 2;
	}
	return strlen(name) == len && !strncasecmp(name, given, len);
}

static int
find_scheme(const char *given, struct order *order)
{
	int i;

	order->choice = -1;
	if (given != NULL && is_scheme(cram_md5, given))
		return 0;
	for (i = 0; scheme_name(i) != NULL; i++)
		if (given == NULL || is_scheme(scheme_name(i), given)) {
			order->choice = i;
			return 0;
		}
	return -1;
}

static void
print_state(struct order *order)
{
	char text[HMAC_MD5_STORED_HEX];
	struct hmac_md5_key key;

	hmac_md5_key(&key, order->password);
	hmac_md5_key_print(&key, text);
	printf("%s%.*s\n", order->bare ? "" : "{CRAM-MD5}", (int)sizeof(text),
	    text);
	secret_wipe(&key, sizeof(key));
	secret_wipe(text, sizeof(text));
	order->done = true;
}

/* Where the plugins make it, too. */
static void
make(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *identity, void *context)
{
	struct order *order = context;
	struct secret stored = { NULL, 0 };

	(void)params;
	(void)identity;
	if (scheme_make(h, order->choice, order->password, &stored) ==
	    SASL_OK) {
		printf("%s\n", stored.data);
		order->done = true;
	}
	secret_free(h, &stored);
}

static int
complain(void *context, int level, const char *text)
{
	(void)context;
	(void)level;
	util_complain("%s", text);
	return SASL_OK;
}

static int
print_hash(struct order *order)
{
	/* No plugin and no configuration has a say in it. */
	const struct library_options library = { .plugin_path = "" };
	const struct probe where = { .service = "hash", .log = complain };

	if (order->choice < 0)
		print_state(order);
	else if (library_require(&library) == 0)
		(void)probe_run(&where, make, order);
	library_stop();
	return util_finish(order->done ? EXIT_WELL : EXIT_TROUBLE);
}

static int
list(void)
{
	int i;

	for (i = 0; scheme_name(i) != NULL; i++)
		if (scheme_can_make(i))
			puts(scheme_name(i));
	puts(cram_md5);
	return util_finish(EXIT_WELL);
}

static int
run(const struct cmdline *o)
{
	struct ask_password password;
	struct order order = { .bare = o->bare };
	int status;

	if (o->list)
		return list();
	if (find_scheme(o->scheme, &order) < 0)
		return util_usage(
		    "there is no scheme %s: see --list", o->scheme);
	if (o->bare && order.choice >= 0)
		return util_usage("--bare is for --scheme cram-md5");
	if (ask_password(NULL, true, &password) < 0)
		return EXIT_TROUBLE;
	order.password = bytes_of(password.data, password.len);
	status = print_hash(&order);
	secret_wipe(&password, sizeof(password));
	return status;
}

const struct command hash_command = {
	.name = "hash",
	.bit = CMDLINE_HASH,
	.summary = "prints a password as a store may hold it",
	.synopsis = "[OPTION...]",
	.about =
	    "Prints a password as an SQL table, an LDAP directory or any other "
	    "store\n"
	    "may hold it: a value of userPassword or userPasswordHash. The "
	    "password\n"
	    "is asked for twice, or read from standard input; it cannot be "
	    "given on\n"
	    "the command line, where others would see it.\n"
	    "\n"
	    "With cram-md5, PLAIN, LOGIN and CRAM-MD5 can all use the value; "
	    "but a thief\n"
	    "of it can log in by CRAM-MD5. With any other, PLAIN and LOGIN "
	    "can. smd5, sha\n"
	    "and md5 are soon guessed: they are for programs that read nothing "
	    "better.\n",
	.run = run,
};
