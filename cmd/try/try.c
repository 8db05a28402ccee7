/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic try: logs a user in by each mechanism, client and server of the
 * real libsasl2 in this process, and shows the conversation.
 */
#include "config.h"

#include <stdlib.h>

#include "base/secret.h"
#include "lib/ask.h"
#include "lib/cmdline.h"
#include "lib/util.h"
#include "sasl/conf_file.h"
#include "sasl/daemon.h"
#include "sasl/library.h"
#include "try/try.h"

/* The mechanisms to try if none is named: ours, in this order. */
static const char *const ours[] = { "PLAIN", "LOGIN", "CRAM-MD5" };

enum { OURS = sizeof(ours) / sizeof(ours[0]) };

static void
choose_offered(const struct login *e, const char *chosen[OURS + 1])
{
	char *offer = login_offer(e);
	size_t i, n = 0;

	for (i = 0; i < OURS; i++)
		if (conf_has_word(offer, ours[i]))
			chosen[n++] = ours[i];
	chosen[n] = NULL;
	free(offer);
}

static int
log_in(const struct cmdline *o, const struct daemon_here *here)
{
	const char *offered[OURS + 1];
	struct try_run t = {
		.login = {
			.service = here->service,
			.fqdn = o->host != NULL ? o->host : here->fqdn,
			.realm = o->realm != NULL ? o->realm : here->realm,
			.user = o->user,
		},
		.mechanisms = (const char *const *)o->rest,
		.show_secrets = o->show_secrets,
		.brief = o->brief,
		.json = o->json,
	};
	struct ask_password password;
	int status;

	if (o->plugin_dir == NULL && o->config_dir == NULL)
		t.doctor = o->service != NULL ? o->service : here->app;
	if (ask_password(o->user, false, &password) < 0)
		return EXIT_TROUBLE;
	t.login.password = bytes_of(password.data, password.len);
	if (t.mechanisms[0] == NULL) {
		choose_offered(&t.login, offered);
		t.mechanisms = offered;
	}
	status = try_all(&t);
	secret_wipe(&password, sizeof(password));
	return util_finish(status);
}

static int
run(const struct cmdline *o)
{
	struct library_options library = { .app = NULL };
	int status = EXIT_TROUBLE;
	const char *service = o->service != NULL ? o->service : "smtpd";
	struct daemon_here here;

	if (o->user == NULL)
		return util_usage("who logs in? --user is missing");
	daemon_read(&here, daemon_find(service), service, o->postfix_dir);
	library.app = here.app;
	library.trusted = true;
	library.plugin_path = o->plugin_dir;
	library.config_path = o->config_dir != NULL ? o->config_dir : here.path;
	if (library_require(&library) == 0)
		status = log_in(o, &here);
	library_stop();
	daemon_free(&here);
	return status;
}

const struct command try_command = {
	.name = "try",
	.bit = CMDLINE_TRY,
	.summary =
	    "logs a user in by each mechanism and shows the conversation",
	.synopsis = "[OPTION...] --user NAME [MECHANISM...]",
	.about =
	    "Logs NAME in as the server would: libsasl2 loads its plugins and "
	    "reads\n"
	    "its configuration, a client and a server talk to each other "
	    "within "
	    "this\n"
	    "process, and the conversation is printed as it stands on an SMTP "
	    "wire.\n"
	    "The password is asked for, or read from standard input. Without "
	    "a\n"
	    "MECHANISM, those of PLAIN, LOGIN and CRAM-MD5 that are "
	    "offered.\n",
	.takes_words = true,
	.run = run,
};
