/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic hash: prints a password as a store may hold it.
 */
#include "config.h"

#include "base/secret.h"
#include "lib/cmdline.h"
#include "lib/secrets.h"
#include "lib/terminal.h"
#include "lib/util.h"
#include "passwdfile/write.h"
#include "sasl/library.h"
#include "secrets/scheme.h"

/* What is to be made, and what came of it. */
struct order {
	struct secrets_wanted wanted; /* one form */
	bool bare;
	const char *name; /* of a line for a passwdfile, or NULL */
	struct bytes password;
	bool done;
};

/* False without memory, or if no line can have that name. */
static bool
print_line(const char *name, struct bytes secret, FILE *out)
{
	const struct passwdfile_new new = {
		.name = bytes_str(name),
		.secret = secret,
	};
	size_t len;
	char *line = passwdfile_print(&new, &len);

	if (line != NULL && out != NULL)
		fprintf(out, "%s\n", line);
	passwdfile_free_text(line, len);
	return line != NULL;
}

/* Where the plugins make it, too. */
static void
make(const struct probe_conn *c, void *context)
{
	struct order *order = context;
	struct secrets made = { .count = 0 };
	const char *text;

	if (secrets_make(c->h, &order->wanted, order->password, &made) == 0) {
		text = made.texts[0].data;
		order->done = order->name == NULL ||
			      print_line(order->name, made.texts[0], stdout);
		if (order->name == NULL)
			puts(order->bare ? strchr(text, '}') + 1 : text);
	}
	secrets_wipe(&made);
}

static int
list(void)
{
	int i;

	for (i = 0; scheme_name(i) != NULL; i++)
		if (scheme_can_make(i))
			puts(scheme_name(i));
	puts("cram-md5");
	return util_finish(EXIT_WELL);
}

static int
run(const struct cmdline *o)
{
	struct ask_password password = { .len = 0 };
	struct order order = { .bare = o->bare, .name = o->user };
	int form = o->scheme == NULL ? SCHEME_DEFAULT : secrets_find(o->scheme);
	int status = EXIT_TROUBLE;

	if (o->list)
		return list();
	if (form == SECRETS_UNKNOWN)
		return util_usage(
		    "there is no scheme %s: see --list", o->scheme);
	if (order.name != NULL &&
	    (o->bare || o->decoy ||
		!print_line(order.name, bytes_str("{PLAIN}x"), NULL)))
		return util_usage("--user is a name without a colon, and for "
				  "neither --bare nor --decoy");
	if (o->bare && form != SECRETS_CRAM_MD5)
		return util_usage("--bare is for --scheme cram-md5");
	if (o->decoy && form < 0)
		return util_usage("--decoy is not for %s", o->scheme);
	if ((o->decoy ? secrets_generate(&password)
		      : ask_password(NULL, true, &password)) == 0) {
		secrets_want(&order.wanted, form);
		order.password = bytes_of(password.data, password.len);
		(void)probe_alone(make, &order);
		status = util_finish(order.done ? EXIT_WELL : EXIT_TROUBLE);
	}
	secret_wipe(&password, sizeof(password));
	return status;
}

const struct command hash_command = {
	.name = "hash",
	.bit = CMDLINE_HASH,
	.summary = "prints a password as a store may hold it",
	.synopsis = "[OPTION...]",
	.about =
	    "Prints a password as an SQL table, an LDAP directory or any\n"
	    "other store may hold it: a value of userPassword or\n"
	    "userPasswordHash; with --user, a line of a passwdfile. The\n"
	    "password is asked for twice, or read from standard input; it\n"
	    "cannot be given on the command line, where others would see\n"
	    "it.\n\n"
	    "With cram-md5, PLAIN, LOGIN and CRAM-MD5 can all use the\n"
	    "value; but a thief of it can log in by CRAM-MD5. With any\n"
	    "other, PLAIN and LOGIN can. smd5, sha and md5 are soon\n"
	    "guessed: they are for programs that read nothing better.\n",
	.run = run,
};
