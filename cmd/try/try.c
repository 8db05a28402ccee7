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

static const char help[] =
    "usage: sasl-classic try [OPTION...] --user NAME [MECHANISM...]\n"
    "\n"
    "Logs NAME in as the service would: libsasl2 loads its plugins and reads\n"
    "its configuration, a client and a server talk to each other within this\n"
    "process, and the conversation is printed as it stands on an SMTP wire.\n"
    "The password is asked for, or read from standard input. Without a\n"
    "MECHANISM, those of PLAIN, LOGIN and CRAM-MD5 that are offered.\n"
    "\n"
    "  -u, --user NAME        who logs in\n"
    "  -s, --service SERVICE  SERVICE.conf is read; default smtpd\n"
    "  -r, --realm REALM      the server's realm\n"
    "  -H, --host NAME        the server's name\n"
    "      --plugin-dir DIR   plugins are here, not where libsasl2 looks\n"
    "      --config-dir DIR   SERVICE.conf is here, not where the service "
    "looks\n"
    "      --postfix DIR      Postfix's main.cf is here\n"
    "      --show-secrets     passwords and digests are printed, not masked\n"
    "      --brief            a line for each mechanism, no conversation\n"
    "      --json             for scripts\n"
    "  -h, --help             this text\n"
    "\n"
    "Exit status: 0 each mechanism has accepted; 1 one has not, or there is "
    "none;\n2 wrong usage; 3 it could not be tried.\n";

/* The mechanisms to try if none is named: ours, in this order. */
static const char *const ours[] = { "PLAIN", "LOGIN", "CRAM-MD5" };

enum { OURS = sizeof(ours) / sizeof(ours[0]) };

static void
choose_offered(const struct exchange *e, const char *chosen[OURS + 1])
{
	char *offer = exchange_offer(e);
	size_t i, n = 0;

	for (i = 0; i < OURS; i++)
		if (settings_has_word(offer, ours[i]))
			chosen[n++] = ours[i];
	chosen[n] = NULL;
	free(offer);
}

static int
run(const struct options *o, const struct daemon_here *here)
{
	const char *offered[OURS + 1];
	struct try_run t = {
		.exchange = {
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
		t.doctor = o->service;
	if (ask_password(o->user, false, &password) < 0)
		return TOOL_TROUBLE;
	t.exchange.password = bytes_of(password.data, password.len);
	if (t.mechanisms[0] == NULL) {
		choose_offered(&t.exchange, offered);
		t.mechanisms = offered;
	}
	status = try_all(&t);
	secret_wipe(&password, sizeof(password));
	return tool_finish(status);
}

int
try_main(int argc, char **argv)
{
	struct library_options library = { NULL };
	int status = TOOL_TROUBLE;
	struct daemon_here here;
	struct options o;

	if (options_parse(argc, argv, OPTIONS_TRY, &o) < 0)
		return tool_usage(NULL);
	if (o.help)
		return tool_help(help);
	if (o.user == NULL)
		return tool_usage("who logs in? --user is missing");
	daemon_find(&here, o.service, o.postfix_dir);
	library.app = o.service;
	library.plugin_path = o.plugin_dir;
	library.config_path = o.config_dir != NULL ? o.config_dir : here.path;
	if (library_require(&library) == 0)
		status = run(&o, &here);
	library_stop();
	daemon_free(&here);
	return status;
}
