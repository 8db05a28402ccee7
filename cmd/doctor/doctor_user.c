/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor asks for one user: what is stored, and which mechanism can use it.
 * That goes by the way of the plugins, so that any store can answer; the values
 * stay in the process that has asked.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backend/option.h"
#include "base/secret.h"
#include "crammd5_store.h"
#include "doctor/doctor.h"
#include "doctor/doctor_user.h"
#include "lib/secret_label.h"
#include "lib/util.h"
#include "secrets/scheme.h"

static lookup_names names = { PROPERTY_PASSWORD, PROPERTY_HASH, PROPERTY_STATE,
	PROPERTY_LEGACY };

/* --- In the other process ------------------------------------------------- */

struct question {
	struct doctor *d;
	FILE *answer;
};

/* Would PLAIN and LOGIN ask for it, and could they check it? */
static bool
password_can_use(const struct host *h, const struct lookup_value *stored)
{
	struct stored value;
	const char *why;
	int secrets = option_value(h, OPTION_SECRETS);
	bool hash = !strcmp(stored->property, PROPERTY_HASH);

	if (hash ? secrets == OPTION_SECRETS_PLAINTEXT
		 : secrets == OPTION_SECRETS_HASHED)
		return false;
	if (!hash && strcmp(stored->property, PROPERTY_PASSWORD) != 0)
		return false;
	scheme_classify(stored->value, &value);
	if (hash && value.kind == STORED_PLAINTEXT)
		return false;
	return scheme_check(h, &value, bytes_str("?"), &why) !=
	       VERDICT_UNUSABLE;
}

/* The same for CRAM-MD5. */
static bool
digest_can_use(const struct host *h, const struct lookup_value *stored)
{
	lookup_names *asked = crammd5_names(h);
	enum crammd5_kind kind;
	struct hmac_md5_key key;
	struct stored value;
	const char *why;
	size_t i;

	scheme_classify(stored->value, &value);
	for (i = 0; (*asked)[i] != NULL; i++)
		if (!strcmp((*asked)[i], stored->property)) {
			kind =
			    crammd5_key(stored->property, &value, &key, &why);
			secret_wipe(&key, sizeof(key));
			return kind != CRAMMD5_UNUSABLE;
		}
	return false;
}

/*
 * Does a wrong password for it cost what it costs for a stranger? One of
 * CRAM-MD5, or in plaintext, costs nothing worth to be told.
 */
static bool
is_alike(const struct host *h, const struct lookup_value *stored)
{
	struct stored value;

	scheme_classify(stored->value, &value);
	if (value.kind == STORED_PLAINTEXT || value.kind == STORED_NOTHING ||
	    value.kind == STORED_STATE)
		return true;
	return option_value(h, OPTION_SECRETS) != OPTION_SECRETS_PLAINTEXT &&
	       scheme_is_choice(&value, option_value(h, OPTION_HASH_SCHEME));
}

static const char *
word(bool yes)
{
	return yes ? "yes" : "no";
}

static void
tell_secret(
    FILE *answer, const struct host *h, const struct lookup_value *stored)
{
	bool password = password_can_use(h, stored);
	char label[SECRET_LABEL] = "state";

	if (scheme_is_nothing(stored->value))
		snprintf(label, sizeof(label), "%s", DOCTOR_TEXT_NULL);
	else if (!strcmp(stored->property, PROPERTY_PASSWORD) ||
		 !strcmp(stored->property, PROPERTY_HASH))
		secret_label(stored->value, label);
	run_as_tell(answer, "secret", stored->property + 1, label,
	    word(password), word(digest_can_use(h, stored)),
	    word(!password || is_alike(h, stored)), NULL);
}

static bool
asks_sql(const struct doctor *d)
{
	const char *plugins = conf_file_get(&d->settings, "auxprop_plugin");

	return plugins != NULL
		   ? conf_has_word(plugins, "sql")
		   : conf_file_get(&d->settings, "sql_select") != NULL;
}

/* The text NULL was a password once; SQL alone says so where there is none. */
static bool
is_stored(const struct doctor *d, const struct lookup_value *stored)
{
	if (!scheme_is_nothing(stored->value))
		return true;
	return stored->value.len > 0 && !asks_sql(d) &&
	       !strcmp(stored->property, PROPERTY_PASSWORD);
}

static void
look_up(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *identity, void *context)
{
	const struct question *q = context;
	const char *user = q->d->options->user;
	struct lookup_cursor at = { 0, 0 };
	struct lookup_value stored;
	struct lookup found;
	int result;

	result = lookup_fetch(h, params, identity, bytes_str(user), &names,
	    SASL_CU_AUTHID | SASL_CU_AUTHZID, &found);
	if (result != SASL_OK && result != SASL_NOUSER)
		return;
	run_as_tell(q->answer, "user",
	    identity->authid != NULL ? identity->authid : user,
	    word(option_pwcheck(h) & PWCHECK_OTHERS),
	    word(option_transitions(h)), NULL);
	while (result == SASL_OK && lookup_next(&found, &at, &stored))
		if (is_stored(q->d, &stored))
			tell_secret(q->answer, h, &stored);
	lookup_forget(h, params);
}

static void
ask(FILE *answer, void *context)
{
	struct doctor *d = context;
	struct question q = { d, answer };
	const struct probe where = doctor_inside(d);

	(void)probe_run(&where, look_up, &q);
}

/* --- Here ----------------------------------------------------------------- */

static bool
next_is_yes(char **line)
{
	return !strcmp(run_as_next(line), "yes");
}

static void
take(void *context, char *line)
{
	struct doctor *d = context;
	struct doctor_user *u = d->user;
	struct doctor_secret *s;

	if (!strcmp(run_as_next(&line), "user")) {
		u->name = util_copy(run_as_next(&line));
		u->others = next_is_yes(&line);
		u->transitions = next_is_yes(&line);
		return;
	}
	u->secrets = util_grow(u->secrets, u->count + 1, sizeof(*s));
	s = &u->secrets[u->count++];
	s->property = util_copy(run_as_next(&line));
	s->form = util_copy(run_as_next(&line));
	s->password = next_is_yes(&line);
	s->digest = next_is_yes(&line);
	s->alike = next_is_yes(&line);
	u->password |= s->password;
	u->digest |= s->digest;
}

void
doctor_check_user(struct doctor *d)
{
	struct doctor_user *u;

	if (d->options->user == NULL)
		return;
	u = d->user = util_alloc(sizeof(*u));
	if (!doctor_uses(d, "auxprop")) {
		DOCTOR_NOTE(d, "not-asked",
		    util_copy("pwcheck_method does not name auxprop, so "
			      "nothing that is stored for the user matters"),
		    NULL);
		return;
	}
	if (run_as(&d->where, ask, take, d) != RUN_AS_DONE || u->name == NULL)
		return; /* the doctor's own login has shown why */
	doctor_judge_user(d, u);
}
