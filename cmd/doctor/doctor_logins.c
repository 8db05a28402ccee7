/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor's own login, by somebody who does not exist: whatever is wrong
 * between the mechanism and the store shows here, if nowhere else.
 */
#include "config.h"

#include <sasl/sasl.h>
#include <stdlib.h>
#include <string.h>

#include "doctor/doctor.h"
#include "doctor/doctor_queries.h"
#include "sasl/login.h"
#include "lib/util.h"

#define STRANGER "sasl-classic-doctor"
#define PASSWORD "no password of anybody"

/* One mechanism's login, and what came of it in the other process. */
struct visitor {
	struct doctor *d;
	const char *mechanism;
	char *code, *detail;
	bool by_client; /* it is the client's code */
	char *logged;	/* the last line; of the child as well */
	struct doctor_queries queries;
};

static void
on_log(void *context, enum login_side side, int level, const char *text)
{
	struct visitor *l = context;

	if (side != LOGIN_SERVER)
		return;
	doctor_note_query(&l->queries, text);
	if (level > SASL_LOG_NOTE)
		return;
	free(l->logged);
	l->logged = util_copy(text);
}

static void
ask(FILE *answer, void *context)
{
	struct visitor *l = context;
	const struct probe where = doctor_inside(l->d);
	const struct login e = {
		.service = where.service,
		.fqdn = where.fqdn,
		.realm = where.realm,
		.mechanism = l->mechanism,
		.user = STRANGER,
		.password = bytes_str(PASSWORD),
		.log = on_log,
		.context = l,
	};
	struct login_outcome o;

	login_run(&e, &o);
	run_as_tell(answer, login_code(o.code),
	    o.side == LOGIN_CLIENT ? "client" : "server",
	    o.detail != NULL ? o.detail : "",
	    l->logged != NULL ? l->logged : "",
	    l->queries.answered ? "answered" : "",
	    l->queries.error != NULL ? l->queries.error : "", NULL);
	free(o.user);
	free(o.detail);
	free(l->logged);
	free(l->queries.error);
}

static void
take(void *context, char *line)
{
	struct visitor *l = context;

	l->code = util_copy(run_as_next(&line));
	l->by_client = !strcmp(run_as_next(&line), "client");
	l->detail = util_copy(run_as_next(&line));
	l->logged = util_copy(run_as_next(&line));
	l->queries.answered = *run_as_next(&line) != '\0';
	l->queries.error = util_copy(run_as_next(&line));
}

static void
report_hanging(struct doctor *d, const struct visitor *l)
{
	DOCTOR_FAULT(d, "store-hangs",
	    util_format("a login by %s gets no answer", l->mechanism),
	    util_copy("see whether the store, or saslauthd, answers"));
}

static void
report_end(struct doctor *d, const struct visitor *l, char *end)
{
	struct library_plugin plugin = { .file = "(unknown)" };

	library_find(LIBRARY_SERVER, l->mechanism, &plugin);
	DOCTOR_FAULT(d, "plugin-crashes",
	    util_format("a login by %s ends the process %s, in %s",
		l->mechanism, end, plugin.file),
	    util_copy("the file was made for another libsasl2: remove it, and "
		      "install one that fits"));
	free(end);
}

/* Is there a finding already that explains it? */
static bool
is_explained(const struct doctor *d)
{
	static const char *const reasons[] = { "no-sasldb", "sasldb-unreadable",
		"sasldb-outside-chroot", "saslauthd-not-running",
		"saslauthd-unreachable", "saslauthd-outside-chroot",
		"no-auxprop-plugin", "unknown-method" };
	size_t i;

	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (finding_has(&d->findings, reasons[i]))
			return true;
	return false;
}

static void
judge(struct doctor *d, const struct visitor *l)
{
	if (!strcmp(l->code, "SASL_BADAUTH") || !strcmp(l->code, "SASL_NOUSER"))
		doctor_judge_queries(d, &l->queries); /* as it ought to be */
	else if (l->by_client)
		DOCTOR_NOTE(d, "not-tried",
		    util_format("%s could not be tried, for want of a client: "
				"%s",
			l->mechanism, l->code),
		    NULL);
	else if (!strcmp(l->code, "SASL_OK"))
		DOCTOR_FAULT(d, "everybody-accepted",
		    util_format("%s lets in a user who does not exist, with "
				"any password",
			l->mechanism),
		    util_copy("whatever judges passwords here judges none: "
			      "correct pwcheck_method"));
	else if (d->as_we_are)
		DOCTOR_NOTE(d, "not-tried",
		    util_format("%s could not be tried by whom you are: %s",
			l->mechanism, l->detail),
		    util_copy("run the doctor as root"));
	else if (!is_explained(d))
		DOCTOR_FAULT(d, "login-trouble",
		    util_format("nobody can log in by %s: %s, %s (%s)",
			l->mechanism, l->code, l->detail, l->logged),
		    util_copy("see that the store can be reached, and by "
			      "this user"));
}

static void
check_login(struct doctor *d, const char *mechanism)
{
	struct visitor l = { .d = d, .mechanism = mechanism };
	int end;

	end = run_as(&d->where, ask, take, &l);
	if (end > 0 && run_as_hangs(end))
		report_hanging(d, &l);
	else if (end > 0)
		report_end(d, &l, run_as_end(end));
	else if (l.code != NULL)
		judge(d, &l);
	free(l.code);
	free(l.detail);
	free(l.logged);
	free(l.queries.error);
}

void
doctor_check_logins(struct doctor *d)
{
	size_t i;

	for (i = 0; doctor_mechanisms[i] != NULL; i++)
		if (conf_has_word(d->offer, doctor_mechanisms[i]))
			check_login(d, doctor_mechanisms[i]);
}
