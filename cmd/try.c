/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic try: logs a user in by each mechanism, client and server of the
 * real libsasl2 in this process, and shows the conversation as it stands on an
 * SMTP wire (RFC 4954), with the decoded text beside it. What proves the user's
 * knowledge of the password is masked.
 */
#include "config.h"

#include "base/encode.h"
#include "base/secret.h"
#include "lib/json.h"
#include "lib/terminal.h"
#include "lib/util.h"
#include "sasl/service.h"

/* All runs, and what is kept of the current one until it is over. */
struct job {
	const struct cmdline *o;
	struct login login;
	char **logged;
	size_t log_count;
};

/* --- The conversation ----------------------------------------------------- */

static void
put_line(const struct job *job, enum login_side from, const char *line,
    const char *text)
{
	enum { COLUMN = 44 }; /* where the text begins, if there is room */
	bool server = from == LOGIN_SERVER;
	const char *end = colour(COLOUR_PLAIN);

	json_open(KEY_NONE, '{');
	json_text(KEY_from, server ? "S" : "C");
	json_text(KEY_line, line);
	json_text(KEY_text, text);
	json_close();
	if (job->o->brief)
		return;
	json_else("  %s%c: ", colour(server ? COLOUR_SERVER : COLOUR_CLIENT),
	    server ? 'S' : 'C');
	if (text == NULL)
		json_else("%s%s\n", line, end);
	else if (strlen(line) <= COLUMN)
		json_else("%-*s%s  %s%s%s\n", COLUMN, line, end,
		    colour(COLOUR_DIM), text, end);
	else
		json_else("%s%s\n     %*s%s%s%s\n", line, end, 4, "",
		    colour(COLOUR_DIM), text, end);
}

/* How much may be shown of a message of the client. */
static size_t
before_secret(const char *mechanism, const struct login_message *m)
{
	const char *at = NULL;
	size_t i, nuls = 0;

	if (!strcasecmp(mechanism, "LOGIN"))
		return m->number < 2 ? m->data.len : 0;
	if (!strcasecmp(mechanism, "CRAM-MD5"))
		at = memrchr(m->data.data, ' ', m->data.len);
	else if (!strcasecmp(mechanism, "PLAIN"))
		for (i = 0; i < m->data.len && nuls < 2; i++)
			if (m->data.data[i] == '\0' && ++nuls == 2)
				at = m->data.data + i;
	return at == NULL ? 0 : (size_t)(at + 1 - m->data.data);
}

/* Eight stars take the place of the secret before it is encoded. */
static void
on_message(void *context, const struct login_message *m)
{
	static const char stars[] = "********";
	const struct job *job = context;
	const char *mechanism = job->login.mechanism;
	bool client = m->from == LOGIN_CLIENT, first = client && m->number == 0;
	size_t len = m->data.len, shown = len, size;
	char *copy, *code, *line, *text;

	if (client && !job->o->show_secrets && len > 0)
		shown = before_secret(mechanism, m);
	copy = util_alloc(len + sizeof(stars));
	if (shown > 0)
		memcpy(copy, m->data.data, shown);
	if (shown < len) {
		memcpy(copy + shown, stars, strlen(stars));
		len = shown + strlen(stars);
	}
	size = base64_encoded(BASE64_PADDED, len);
	code = util_alloc(size + 1);
	base64_encode(BASE64_PADDED, bytes_of(copy, len), code);
	/* An empty initial response is "=". */
	line = util_format("%s%s%s%s",
	    !client ? "334 "
	    : first ? "AUTH "
		    : "",
	    first ? mechanism : "", first && m->data.data != NULL ? " " : "",
	    first && m->data.data != NULL && len == 0 ? "=" : code);
	text = text_printable_octets(bytes_of(copy, len));
	put_line(job, m->from, line, len > 0 ? text : NULL);
	secret_wipe(line, strlen(line));
	secret_wipe(text, strlen(text));
	secret_wipe(code, size);
	secret_wipe(copy, len);
}

/* The server's last line, or the client's if it gives up. */
static const char *
last_line(const struct login_outcome *o)
{
	if (o->code == SASL_OK)
		return "235 2.7.0 Authentication successful";
	if (o->side == LOGIN_CLIENT)
		return "*";
	switch (o->code) {
	case SASL_FAIL:
	case SASL_NOMEM:
	case SASL_TRYAGAIN:
	case SASL_UNAVAIL:
		return "454 4.7.0 Temporary authentication failure";
	case SASL_NOMECH:
		return "535 5.7.8 no mechanism available";
	default:
		return "535 5.7.8 authentication failure";
	}
}

static void
on_log(void *context, enum login_side side, int level, const char *text)
{
	struct job *job = context;

	if (level > SASL_LOG_NOTE)
		return;
	job->logged =
	    util_grow(job->logged, job->log_count, sizeof(job->logged[0]));
	job->logged[job->log_count++] = util_format(
	    "%s: %s", side == LOGIN_SERVER ? "server" : "client", text);
}

/* --- One login ------------------------------------------------------------ */

static void
print_verdict(const struct login_outcome *o)
{
	if (o->code == SASL_OK)
		json_else("  %saccepted%s as %s\n", colour(COLOUR_GOOD),
		    colour(COLOUR_PLAIN), o->user != NULL ? o->user : "nobody");
	else
		json_else("  %s%s%s: %s, %s\n", colour(COLOUR_BAD),
		    o->side == LOGIN_SERVER ? "refused"
					    : "given up by the client",
		    colour(COLOUR_PLAIN), login_code(o->code),
		    o->detail != NULL ? o->detail : "no reason was given");
	json_bool(KEY_accepted, o->code == SASL_OK);
	json_text(KEY_user, o->user);
	json_text(KEY_code, login_code(o->code));
	json_text(KEY_side, o->side == LOGIN_SERVER ? "server" : "client");
	json_text(KEY_detail, o->detail);
}

static void
print_plugin(const struct job *job, enum library_side side)
{
	const char *name = side == LIBRARY_SERVER ? "server" : "client";
	struct library_plugin p = { .file = NULL };
	bool found = library_find(side, job->login.mechanism, 0, &p);

	json_open(side == LIBRARY_SERVER ? KEY_server : KEY_client, '{');
	json_text(KEY_file, p.file);
	json_bool(KEY_ours, p.ours);
	json_text(KEY_version, p.ours ? p.version : NULL);
	json_close();
	if (job->o->brief)
		return;
	if (!found)
		json_else("  %s: there is no plugin for it\n", name);
	else if (p.ours)
		json_else(
		    "  %s: sasl-classic %s, %s\n", name, p.version, p.file);
	else
		json_else("  %s: not sasl-classic but %s%s%s\n", name,
		    colour(COLOUR_BAD), p.file, colour(COLOUR_PLAIN));
}

static void
print_log(const struct job *job, bool is_shown)
{
	size_t i;

	json_open(KEY_log, '[');
	for (i = 0; i < job->log_count; i++) {
		json_text(KEY_NONE, job->logged[i]);
		if (is_shown)
			json_else("  log of the %s\n", job->logged[i]);
	}
	json_close();
}

static bool
run_one(struct job *job, const char *mechanism)
{
	struct login_outcome o;

	job->login.mechanism = mechanism;
	json_open(KEY_NONE, '{');
	json_text(KEY_mechanism, mechanism);
	json_open(KEY_conversation, '[');
	json_else("%s%-*s%s%s", colour(COLOUR_BOLD), job->o->brief ? 8 : 0,
	    mechanism, colour(COLOUR_PLAIN), job->o->brief ? "" : "\n");
	login_run(&job->login, &o);
	put_line(job, o.side, last_line(&o), NULL);
	json_close();
	print_verdict(&o);
	print_log(job, o.code != SASL_OK && !job->o->brief);
	print_plugin(job, LIBRARY_SERVER);
	print_plugin(job, LIBRARY_CLIENT);
	json_close();
	json_else(job->o->brief ? "" : "\n");
	job->log_count = 0;
	return o.code == SASL_OK;
}

/* --- All of them ---------------------------------------------------------- */

static void
print_head(const struct job *job, const char *offer)
{
	const char *config = library_config();

	json_open(KEY_NONE, '{');
	json_text(KEY_user, job->login.user);
	json_text(KEY_configuration, config);
	json_text(KEY_offered, offer);
	json_open(KEY_mechanisms, '[');
	if (!job->o->brief)
		json_else("Configuration: %s\nOffered: %s\n%s\n",
		    config != NULL ? config : "none, the defaults",
		    offer != NULL ? offer : "nothing",
		    job->o->show_secrets ? "" : "Secrets are masked.\n");
}

/* Those that are named; or ours, if they are offered. */
static int
try_all(struct job *job, const char *app)
{
	const char *const *name = (const char *const *)job->o->rest;
	const char *offer = login_offer(&job->login);
	bool is_given = *name != NULL, all = true;
	size_t count = 0;

	print_head(job, offer);
	for (name = is_given ? name : service_mechanisms; *name != NULL; name++)
		if (is_given || conf_has_word(offer, *name)) {
			all &= run_one(job, *name);
			count++;
		}
	all &= count > 0;
	json_close();
	json_bool(KEY_well, all);
	json_close();
	if (count == 0)
		json_else("There was nothing to try.\n");
	if (!all && !job->o->brief && job->o->plugin_dir == NULL &&
	    job->o->config_dir == NULL)
		json_else("Why? sasl-classic doctor --service %s --user %s\n",
		    job->o->service != NULL ? job->o->service : app,
		    job->login.user);
	return all ? EXIT_WELL : EXIT_FAULT;
}

static int
run(const struct cmdline *o)
{
	struct job job = { .o = o };
	struct ask_password password;
	struct service service;
	int status = EXIT_TROUBLE;

	if (o->user == NULL)
		return util_usage("who logs in? --user is missing");
	if (service_open(&service, o, NULL) == 0 &&
	    ask_password(o->user, false, &password) == 0) {
		job.login = service.login;
		job.login.user = o->user;
		job.login.password = bytes_of(password.data, password.len);
		job.login.message = on_message;
		job.login.log = on_log;
		job.login.context = &job;
		status = util_finish(try_all(&job, service.here.app));
	}
	secret_wipe(&password, sizeof(password));
	library_stop();
	return status;
}

const struct command try_command = {
	.name = "try",
	.bit = CMDLINE_TRY,
	.summary =
	    "logs a user in by each mechanism and shows the conversation",
	.synopsis = "[OPTION...] --user NAME [MECHANISM...]",
	.about =
	    "Logs NAME in as the server would: libsasl2 loads its plugins\n"
	    "and reads its configuration, a client and a server talk to\n"
	    "each other in this process, and the conversation is printed as\n"
	    "it stands on an SMTP wire. The password is asked for, or read\n"
	    "from standard input. Without a MECHANISM, those of PLAIN,\n"
	    "LOGIN and CRAM-MD5 that are offered.\n",
	.takes_words = true,
	.run = run,
};
