/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One login after the other, printed for people or for scripts.
 */
#include "config.h"

#include <sasl/sasl.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/colour.h"
#include "lib/json.h"
#include "try/smtp_transcript.h"
#include "lib/util.h"
#include "sasl/library.h"
#include "try/try.h"

/* What is known of one login when it is over. */
struct result {
	const struct try_run *t;
	const char *mechanism;
	struct transcript_line *lines;
	size_t line_count;
	char **logged;
	size_t log_count;
	struct login_outcome outcome;
	struct library_plugin server, client;
	bool has_server, has_client;
};

static struct transcript_line *
add_line(struct result *r)
{
	r->lines = util_grow(r->lines, r->line_count + 1, sizeof(r->lines[0]));
	return &r->lines[r->line_count++];
}

static void
on_message(void *context, const struct login_message *m)
{
	struct result *r = context;

	transcript_message(add_line(r), r->mechanism, m, r->t->show_secrets);
}

static void
on_log(void *context, enum login_side side, int level, const char *text)
{
	struct result *r = context;

	if (level > SASL_LOG_NOTE)
		return;
	r->logged =
	    util_grow(r->logged, r->log_count + 1, sizeof(r->logged[0]));
	r->logged[r->log_count++] = util_format(
	    "%s: %s", side == LOGIN_SERVER ? "server" : "client", text);
}

static void
run(struct result *r)
{
	struct login e = r->t->login;

	e.mechanism = r->mechanism;
	e.message = on_message;
	e.log = on_log;
	e.context = r;
	r->has_server = library_find(LIBRARY_SERVER, r->mechanism, &r->server);
	r->has_client = library_find(LIBRARY_CLIENT, r->mechanism, &r->client);
	login_run(&e, &r->outcome);
	transcript_verdict(add_line(r), &r->outcome);
}

static void
release(struct result *r)
{
	size_t i;

	for (i = 0; i < r->line_count; i++)
		transcript_free(&r->lines[i]);
	for (i = 0; i < r->log_count; i++)
		free(r->logged[i]);
	free(r->lines);
	free(r->logged);
	free(r->outcome.user);
	free(r->outcome.detail);
}

static void
print_plugin(const char *side, bool found, const struct library_plugin *plugin)
{
	if (!found)
		printf("  %s: there is no plugin for it\n", side);
	else if (plugin->ours)
		printf("  %s: sasl-classic %s, %s\n", side, plugin->version,
		    plugin->file);
	else
		printf("  %s: not sasl-classic but %s%s%s\n", side,
		    colour(COLOUR_BAD), plugin->file, colour(COLOUR_PLAIN));
}

static void
print_verdict(const struct login_outcome *o)
{
	if (o->code == SASL_OK)
		printf("  %saccepted%s as %s\n", colour(COLOUR_GOOD),
		    colour(COLOUR_PLAIN), o->user != NULL ? o->user : "nobody");
	else
		printf("  %s%s%s: %s, %s\n", colour(COLOUR_BAD),
		    o->side == LOGIN_SERVER ? "refused"
					    : "given up by the client",
		    colour(COLOUR_PLAIN), login_code(o->code),
		    o->detail != NULL ? o->detail : "no reason was given");
}

static void
print_brief(const struct result *r)
{
	printf("%s%-8s%s", colour(COLOUR_BOLD), r->mechanism,
	    colour(COLOUR_PLAIN));
	print_verdict(&r->outcome);
}

static void
print_result(const struct result *r)
{
	size_t i;

	printf("%s%s%s\n", colour(COLOUR_BOLD), r->mechanism,
	    colour(COLOUR_PLAIN));
	for (i = 0; i < r->line_count; i++)
		transcript_print(&r->lines[i]);
	print_verdict(&r->outcome);
	for (i = 0; r->outcome.code != SASL_OK && i < r->log_count; i++)
		printf("  log of the %s\n", r->logged[i]);
	print_plugin("server", r->has_server, &r->server);
	print_plugin("client", r->has_client, &r->client);
	putchar('\n');
}

static void
print_json_plugin(enum json_key key, bool found, const struct library_plugin *p)
{
	json_open(key, '{');
	json_text(KEY_file, found ? p->file : NULL);
	json_bool(KEY_ours, found && p->ours);
	json_text(KEY_version, found && p->ours ? p->version : NULL);
	json_close();
}

static void
print_json(const struct result *r)
{
	size_t i;

	json_open(KEY_NONE, '{');
	json_text(KEY_mechanism, r->mechanism);
	json_bool(KEY_accepted, r->outcome.code == SASL_OK);
	json_text(KEY_user, r->outcome.user);
	json_text(KEY_code, login_code(r->outcome.code));
	json_text(
	    KEY_side, r->outcome.side == LOGIN_SERVER ? "server" : "client");
	json_text(KEY_detail, r->outcome.detail);
	print_json_plugin(KEY_server, r->has_server, &r->server);
	print_json_plugin(KEY_client, r->has_client, &r->client);
	json_open(KEY_log, '[');
	for (i = 0; i < r->log_count; i++)
		json_text(KEY_NONE, r->logged[i]);
	json_close();
	json_open(KEY_conversation, '[');
	for (i = 0; i < r->line_count; i++) {
		json_open(KEY_NONE, '{');
		json_text(
		    KEY_from, r->lines[i].from == LOGIN_SERVER ? "S" : "C");
		json_text(KEY_line, r->lines[i].line);
		json_text(KEY_text, r->lines[i].text);
		json_close();
	}
	json_close();
	json_close();
}

static void
print_head(const struct try_run *t)
{
	const char *config = library_config();
	char *offer = login_offer(&t->login);

	if (t->json) {
		json_open(KEY_NONE, '{');
		json_text(KEY_user, t->login.user);
		json_text(KEY_configuration, config);
		json_text(KEY_offered, offer);
		json_open(KEY_mechanisms, '[');
	} else if (!t->brief) {
		printf("Configuration: %s\n",
		    config != NULL ? config : "none, the defaults");
		printf("Offered: %s\n", offer != NULL ? offer : "nothing");
		puts(t->show_secrets ? "" : "Secrets are masked.\n");
	}
	free(offer);
}

int
try_all(struct try_run *t)
{
	struct result r;
	bool all = t->mechanisms[0] != NULL;
	size_t i;

	print_head(t);
	for (i = 0; t->mechanisms[i] != NULL; i++) {
		memset(&r, 0, sizeof(r));
		r.t = t;
		r.mechanism = t->mechanisms[i];
		run(&r);
		if (t->json)
			print_json(&r);
		else if (t->brief)
			print_brief(&r);
		else
			print_result(&r);
		all = all && r.outcome.code == SASL_OK;
		release(&r);
	}
	if (t->json) {
		json_close();
		json_bool(KEY_well, all);
		json_close();
	} else if (i == 0)
		puts("There was nothing to try.");
	if (!all && t->doctor != NULL && !t->json && !t->brief)
		printf("Why? sasl-classic doctor --service %s --user %s\n",
		    t->doctor, t->login.user);
	return all ? EXIT_WELL : EXIT_FAULT;
}
