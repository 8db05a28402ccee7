/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on one user: what is stored, which mechanism can use it, and what
 * it gives away. That goes by the way of the plugins, so that any store can
 * answer; the values stay in the process that has asked.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "backend/option.h"
#include "base/secret.h"
#include "doctor/doctor.h"
#include "lib/util.h"
#include "secrets/scheme.h"
#include "server/crammd5_store.h"

static lookup_names names = { PROPERTY_PASSWORD, PROPERTY_HASH, PROPERTY_STATE,
	PROPERTY_LEGACY };

/* The form of a password that is taken for nothing. */
static const char text_null[] = "the text NULL";

/* --- In the other process ------------------------------------------------- */

struct question {
	struct doctor *d;
	FILE *answer;
};

/* Would PLAIN and LOGIN ask for it, and could they check it? */
static bool
password_can_use(
    const struct host *h, const char *property, const struct stored *value)
{
	int secrets = option_value(h, OPTION_SECRETS);
	bool hash = !strcmp(property, PROPERTY_HASH);
	const char *why;

	if (hash ? secrets == OPTION_SECRETS_PLAINTEXT
		 : secrets == OPTION_SECRETS_HASHED)
		return false;
	if (!hash && strcmp(property, PROPERTY_PASSWORD) != 0)
		return false;
	if (hash && value->kind == STORED_PLAINTEXT)
		return false;
	return scheme_check(h, value, bytes_str("?"), &why) != VERDICT_UNUSABLE;
}

/* The same for CRAM-MD5. */
static bool
digest_can_use(
    const struct host *h, const char *property, const struct stored *value)
{
	lookup_names *asked = crammd5_names(h);
	enum crammd5_kind kind;
	struct hmac_md5_key key;
	const char *why;
	size_t i;

	for (i = 0; (*asked)[i] != NULL; i++)
		if (!strcmp((*asked)[i], property)) {
			kind = crammd5_key(property, value, &key, &why);
			secret_wipe(&key, sizeof(key));
			return kind != CRAMMD5_UNUSABLE;
		}
	return false;
}

/* Does a wrong password for it cost what an unknown user does? */
static bool
is_alike(const struct host *h, const struct stored *value)
{
	return value->kind != STORED_HASH ||
	       (option_value(h, OPTION_SECRETS) != OPTION_SECRETS_PLAINTEXT &&
		   scheme_is_choice(
		       value, option_value(h, OPTION_HASH_SCHEME)));
}

/* A bare digest in hex, or "name$parameters$salt$digest" of a web framework. */
static bool
looks_hashed(struct bytes value)
{
	size_t i, hex = 0, dollars = 0;

	for (i = 0; i < value.len; i++) {
		hex += isxdigit((unsigned char)value.data[i]) != 0;
		dollars += value.data[i] == '$';
	}
	if (hex == value.len)
		return value.len == 32 || value.len == 40 || value.len == 64 ||
		       value.len == 96 || value.len == 128;
	return dollars >= 2 && value.len > 40 && value.data[0] != '$' &&
	       memchr(value.data, ' ', value.len) == NULL;
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
	const char *property = stored->property, *label = "state";
	struct stored value;
	bool password;

	scheme_classify(stored->value, &value);
	password = password_can_use(h, property, &value);
	if (value.kind == STORED_NOTHING)
		label = text_null;
	else if (!strcmp(property, PROPERTY_PASSWORD) ||
		 !strcmp(property, PROPERTY_HASH))
		label = scheme_label(&value);
	run_as_tell(answer, "secret", property + 1, label, word(password),
	    word(digest_can_use(h, property, &value)),
	    word(!password || is_alike(h, &value)),
	    word(password && scheme_is_slow(&value)),
	    word(password && value.kind == STORED_PLAINTEXT &&
		 looks_hashed(value.value)),
	    NULL);
}

static bool
asks_sql(const struct doctor *d)
{
	return doctor_option(d, "auxprop_plugin") != NULL
		   ? conf_has_word(doctor_option(d, "auxprop_plugin"), "sql")
		   : doctor_option(d, "sql_select") != NULL;
}

/*
 * The text NULL was a password once; SQL alone says so where there is none. And
 * a query without %p gives one column for all.
 */
static bool
is_stored(const struct doctor *d, const struct lookup_value *stored)
{
	const char *query = doctor_option(d, "sql_select");
	bool password = !strcmp(stored->property, PROPERTY_PASSWORD);

	if (asks_sql(d) && query != NULL && strstr(query, "%p") == NULL &&
	    !password)
		return false;
	if (!scheme_is_nothing(stored->value))
		return true;
	return stored->value.len > 0 && !asks_sql(d) && password;
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
	    SASL_CU_AUTHID | SASL_CU_AUTHZID | LOOKUP_STORED, &found);
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
	const struct probe where = doctor_probe(d);

	(void)probe_run(&where, look_up, &q);
}

/* --- Here ----------------------------------------------------------------- */

static bool
next_is_yes(char **line)
{
	return !strcmp(run_as_next(line), "yes");
}

bool
doctor_is_weak(const char *form)
{
	static const char *const forms[] = { "{MD5}", "{SHA}", "{SHA256}",
		"{SHA384}", "{SHA512}", "{SMD5}", "{PLAIN-MD5}", "{LDAP-MD5}",
		"{LANMAN}", "{NTLM}", "$1$", "$apr1$", "$3$", "$md5$",
		"{DES-CRYPT}" };
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (!strcasecmp(form, forms[i]))
			return true;
	return false;
}

static void
take(void *context, char *line)
{
	struct doctor_user *u = &((struct doctor *)context)->user;
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
	s->slow = next_is_yes(&line);
	s->looks_hashed = next_is_yes(&line);
	s->weak = doctor_is_weak(s->form);
	u->password |= s->password;
	u->digest |= s->digest;
}

static bool
has_property(const struct doctor_user *u, const char *property)
{
	size_t i;

	for (i = 0; i < u->count; i++)
		if (!strcmp(u->secrets[i].property, property))
			return true;
	return false;
}

static bool
has_plaintext(const struct doctor_user *u)
{
	size_t i;

	for (i = 0; i < u->count; i++)
		if (!strcmp(u->secrets[i].form, "plaintext"))
			return true;
	return false;
}

/* Has the administrator said what an unknown user is to cost? */
static const char *
decoy_of(const struct doctor *d)
{
	static const char *const options[] = { "classic_decoy",
		"classic_hash_scheme", "classic_secrets" };
	const char *value;
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		value = doctor_option(d, options[i]);
		if (value != NULL)
			return i == 0 ? options[0] : value;
	}
	return NULL;
}

/* Response times may tell that the user exists. */
static void
check_cost(struct doctor *d, const struct doctor_secret *s)
{
	const char *decoy = decoy_of(d), *scheme;
	bool none =
	    doctor_option(d, "classic_secrets") != NULL &&
	    !strcasecmp(doctor_option(d, "classic_secrets"), "plaintext");
	char *advice;

	if (!s->slow || doctor_asks(d, "passwdfile") ||
	    (decoy != NULL && !strcmp(decoy, "classic_decoy")))
		return;
	if (decoy == NULL) {
		FIND(d, FIND_NO_DECOY, d->user.name, doctor_config(d));
		return;
	}
	if (s->alike)
		return;
	scheme = doctor_option(d, option_name(OPTION_HASH_SCHEME));
	advice = none
		     ? util_copy("classic_secrets: plaintext is for stores "
				 "without hashes: remove it")
		     : util_format(
			   "let %s and %s, which is saslpasswd2's own, have "
			   "the same classic_hash_scheme: what most users have",
			   d->config, d->saslpasswd);
	FIND(d, FIND_OTHER_HASH, d->user.name, s->property, s->form,
	    none	     ? "no hash"
	    : scheme != NULL ? scheme
			     : scheme_choices[0],
	    advice);
	free(advice);
}

/* Each value by itself. */
static void
check_secret(struct doctor *d, const struct doctor_secret *s)
{
	const char *name = d->user.name;

	if (!s->password && !s->digest) {
		FIND(d,
		    !strcmp(s->form, text_null) ? FIND_NULL_SECRET
		    : d->user.others		? FIND_UNUSABLE_SECRET_OTHERS
						: FIND_UNUSABLE_SECRET,
		    name, s->property, s->form);
		return;
	}
	check_cost(d, s);
	if (s->looks_hashed)
		FIND(d, FIND_HASH_AS_TEXT, name);
	else if (s->weak)
		FIND(d, FIND_WEAK_HASH, s->property, name, s->form);
	else if (!strcmp(s->form, "plaintext"))
		FIND(d, FIND_PLAINTEXT, name);
}

/* Of CRAM-MD5: nobody else can check a digest. Of the others: perhaps. */
static void
check_use(struct doctor *d, const char *mechanism)
{
	const struct doctor_user *u = &d->user;
	bool digest = !strcmp(mechanism, "CRAM-MD5");

	if ((digest ? u->digest : u->password) || !doctor_offers(d, mechanism))
		return;
	FIND(d,
	    digest && u->transitions ? FIND_USELESS_FOR_YET
	    : !digest && u->others   ? FIND_USELESS_FOR_OTHERS
				     : FIND_USELESS_FOR,
	    u->name, mechanism);
}

/* Other mechanisms of the service, which know nothing of one-way secrets. */
static void
check_others(struct doctor *d)
{
	const char *offer = d->offer;
	char *all = NULL, *more, *name;
	struct bytes each;

	if (has_plaintext(&d->user) || !d->user.password)
		return;
	while ((each = conf_next_word(&offer, CONF_BLANKS)).len > 0) {
		name = util_format("%.*s", (int)each.len, each.data);
		if (!strncmp(name, "SCRAM-", 6) ||
		    conf_has_word("DIGEST-MD5 NTLM SRP", name)) {
			more = util_format("%s%s%s", all != NULL ? all : "",
			    all != NULL ? ", " : "", name);
			free(all);
			all = more;
		}
		free(name);
	}
	if (all != NULL)
		FIND(d, FIND_OTHER_MECHANISM, all, d->user.name,
		    doctor_config(d));
	free(all);
}

/* Of the same name, in the sasldb, in another realm. */
static char *
find_elsewhere(const struct doctor *d)
{
	char *users = d->sasldb != NULL ? doctor_users(d->sasldb) : NULL;
	size_t len = strcspn(d->user.name, "@");
	const char *rest = users;
	struct bytes each;
	char *found = NULL;

	while (found == NULL && (each = conf_next_word(&rest, "\n")).len > 0)
		if (each.len > len && each.data[len] == '@' &&
		    !bytes_equal(each, bytes_str(d->user.name)) &&
		    !memcmp(each.data, d->user.name, len))
			found = util_format("%.*s", (int)each.len, each.data);
	free(users);
	return found;
}

static void
judge(struct doctor *d)
{
	const struct doctor_user *u = &d->user;
	char *other = u->count == 0 ? find_elsewhere(d) : NULL;
	char *bare = util_format("%.*s", (int)strcspn(u->name, "@"), u->name);
	size_t i;

	if (u->count == 0 && other != NULL && !u->others)
		FIND(d, FIND_OTHER_REALM, u->name, other);
	else if (u->count == 0)
		FIND(d, u->others ? FIND_NO_SECRET_OTHERS : FIND_NO_SECRET,
		    u->name);
	for (i = 0; i < u->count; i++)
		check_secret(d, &u->secrets[i]);
	if (has_property(u, "userPassword") &&
	    (has_property(u, "userPasswordHash") ||
		has_property(u, "cramMd5State")) &&
	    !doctor_asks(d, "passwdfile"))
		FIND(d, FIND_TWO_TRUTHS, u->name, bare);
	for (i = 0; (u->count > 0 || u->others) && doctor_mechanisms[i] != NULL;
	     i++)
		check_use(d, doctor_mechanisms[i]);
	check_others(d);
	free(other);
	free(bare);
}

void
check_user(struct doctor *d)
{
	if (d->options->user == NULL || d->here.keeps_passwords ||
	    finding_has(&d->findings, FIND_SASLDB_PATH_CRASH))
		return;
	if (!doctor_uses(d, "auxprop"))
		FIND(d, FIND_NOT_ASKED);
	else if (run_as(&d->where, ask, take, d) == RUN_AS_DONE &&
		 d->user.name != NULL)
		judge(d); /* else the doctor's own login has shown why */
}
