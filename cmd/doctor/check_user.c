/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on one user: what is stored, which mechanism can use it, and what
 * it gives away. It asks as the plugins do, so that any store can answer; the
 * values stay in the process that has asked.
 */
#include "config.h"

#include <ctype.h>

#include "backend/option.h"
#include "base/scan.h"
#include "base/secret.h"
#include "doctor/doctor.h"
#include "server/crammd5_store.h"

enum {
	MAX_SECRETS = 64, /* of a user */
	TYPICAL = 12,	  /* octets of a password */
	WEAK = 1000,	  /* microseconds for a guess, or less */
};

static lookup_names names = { PROPERTY_PASSWORD, PROPERTY_HASH, PROPERTY_STATE,
	PROPERTY_LEGACY };

/* --- In the other process ------------------------------------------------- */

/* Would PLAIN and LOGIN ask for it, and could they check it? */
static bool
password_can_use(
    const struct host *h, const char *property, const struct stored *value)
{
	int secrets = option_value(h, OPTION_SECRETS);
	bool hash = !strcmp(property, PROPERTY_HASH);
	const char *why;

	if (secrets ==
	    (hash ? OPTION_SECRETS_PLAINTEXT : OPTION_SECRETS_HASHED))
		return false;
	if (hash ? value->kind == STORED_PLAINTEXT
		 : strcmp(property, PROPERTY_PASSWORD) != 0)
		return false;
	if (scheme_work(value, TYPICAL) > SCHEME_BUDGET)
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

/* What it is, without the value. */
static void
tell_secret(const struct host *h, const struct lookup_value *stored)
{
	const char *property = stored->property, *label = "state", *weak;
	const char *scheme = NULL, *traits = "";
	struct stored value;
	int i;

	scheme_classify(stored->value, &value);
	if (value.kind == STORED_NOTHING)
		label = "the text NULL";
	else if (!strcmp(property, PROPERTY_PASSWORD) ||
		 !strcmp(property, PROPERTY_HASH))
		label = scheme_label(&value);
	for (i = 0; scheme == NULL && scheme_name(i) != NULL; i++)
		if (scheme_is_choice(&value, i))
			scheme = scheme_name(i);
	weak = doctor_weak_form(&value);
	if (digest_can_use(h, property, &value))
		traits = "digest";
	if (password_can_use(h, property, &value)) {
		traits = util_join(traits, " ", "password");
		if (scheme_is_slow(&value))
			traits = util_join(traits, " ", "slow");
		if (value.kind == STORED_PLAINTEXT && looks_hashed(value.value))
			traits = util_join(traits, " ", "looks_hashed");
	}
	run_as_tell("secret", property + 1, label, scheme != NULL ? scheme : "",
	    weak != NULL ? weak : "", traits,
	    util_format("%u", scheme_work(&value, TYPICAL)), NULL);
}

/*
 * The text NULL was a password once; SQL alone says so where there is none. And
 * a query without %p gives one column for all.
 */
static bool
is_stored(const struct doctor *d, const struct lookup_value *stored)
{
	const char *query = doctor_option(d, "sql_select");
	bool sql = doctor_asks(d, "sql") && query != NULL;
	bool password = !strcmp(stored->property, PROPERTY_PASSWORD);

	if (sql && strstr(query, "%p") == NULL && !password)
		return false;
	return !scheme_is_nothing(stored->value) ||
	       (stored->value.len > 0 && !sql && password);
}

/* Who is asked for, and what was told. */
struct question {
	struct doctor *d;
	struct doctor_user user;
};

static void
look_up(const struct probe_conn *c, void *context)
{
	const struct question *q = context;
	const struct doctor *d = q->d;
	const char *user = d->options->user;
	struct lookup_cursor at = { 0, 0 };
	struct lookup_value stored;
	struct lookup found;
	int result;

	result = lookup_fetch(c->h, c->params, c->identity, bytes_str(user),
	    &names,
	    SASL_CU_AUTHID | SASL_CU_AUTHZID | LOOKUP_STORED | LOOKUP_LABELLED,
	    &found);
	if (result != SASL_OK && result != SASL_NOUSER)
		return;
	while (result == SASL_OK && lookup_next(&found, &at, &stored))
		if (is_stored(d, &stored))
			tell_secret(c->h, &stored);
	lookup_forget(c->h, c->params);
	run_as_tell("user",
	    c->identity->authid != NULL ? c->identity->authid : user,
	    option_pwcheck(c->h) & PWCHECK_OTHERS ? "others" : "",
	    option_transitions(c->h) ? "transitions" : "", NULL);
}

static void
ask(void *context)
{
	struct doctor *d = ((struct question *)context)->d;
	const struct login where = service_login(d->options, &d->here);

	(void)probe_run(&where, look_up, context);
}

/* --- Here ----------------------------------------------------------------- */

static void
take_answer(void *context, char *record)
{
	struct doctor_user *u = &((struct question *)context)->user;
	const char *what = run_as_next(&record), *traits;
	struct doctor_secret *s;

	if (!strcmp(what, "user")) {
		u->name = util_copy(run_as_next(&record));
		u->others = *run_as_next(&record) != '\0';
		u->transitions = *run_as_next(&record) != '\0';
	} else if (!strcmp(what, "secret") && u->count < MAX_SECRETS) {
		u->secrets =
		    util_grow(u->secrets, u->count, sizeof(u->secrets[0]));
		s = &u->secrets[u->count++];
		s->property = util_copy(run_as_next(&record));
		s->form = util_copy(run_as_next(&record));
		s->scheme = util_copy(run_as_next(&record));
		s->weak = util_copy(run_as_next(&record));
		traits = run_as_next(&record);
		s->password = conf_has_word(traits, "password");
		s->digest = conf_has_word(traits, "digest");
		s->slow = conf_has_word(traits, "slow");
		s->looks_hashed = conf_has_word(traits, "looks_hashed");
		s->work = (unsigned)strtoul(run_as_next(&record), NULL, 10);
	}
}

/* The signs of weak strings of crypt(3); without any it is of DES. */
static const char *
weak_sign(struct bytes string)
{
	static const char *const signs[] = { "$1$", "$3$", "$md5", "$apr1$",
		"$2a$", "$2b$", "$2x$", "$2y$", "$5$", "$6$", "$7$", "$y$",
		"$gy$", "$sha1$", "_" };
	size_t i;

	for (i = 0; i < COUNT_OF(signs); i++)
		if (scan_text(&string, signs[i]) == 0)
			return signs[i];
	return " (DES)";
}

/*
 * Without a salt, of MD5, or so cheap that a processor guesses a thousand times
 * a second and more.
 */
const char *
doctor_weak_form(const struct stored *value)
{
	static const char fast[] =
	    "{MD5} {MD5RAW} {PLAIN-MD5} {LDAP-MD5} {SMD5} {SHA} {SHA1} {SHA-1} "
	    "{SHA256} {SHA-256} {SHA384} {SHA-384} {SHA512} {SHA-512} {LANMAN} "
	    "{MD4} {PLAIN-MD4} {NT} {NTLM} {NTHASH} {X-NTHASH} $md5$ $md5,";
	const char *label = scheme_label(value);
	struct bytes string = value->value;

	if (conf_has_word(fast, label))
		return label;
	if (!scheme_is_slow(value) || (scan_text(&string, "$md5") < 0 &&
					  scheme_work(value, TYPICAL) > WEAK))
		return NULL;
	return conf_has_word("{CRYPT} {MD5-CRYPT} {CRYPT-MD5} {DES-CRYPT} "
			     "{BCRYPT} {BLF-CRYPT}",
		   label)
		   ? util_format("%s%s", label, weak_sign(value->value))
		   : label;
}

/* What is refused at once, or costs another hash, tells who exists. */
static void
check_cost(struct doctor *d, const struct doctor_secret *s)
{
	const char *decoy = doctor_option(d, "classic_decoy"), *costs;
	const char *secrets = doctor_option(d, "classic_secrets");
	const char *scheme = doctor_option(d, "classic_hash_scheme");
	struct stored value;

	if (!s->slow || doctor_asks(d, "passwdfile"))
		return;
	if (decoy != NULL) {
		scheme_classify(bytes_str(decoy), &value);
		costs = scheme_label(&value);
		if (scheme_work(&value, TYPICAL) != s->work)
			FIND(d, OTHER_HASH, d->user.name, s->property, s->form,
			    costs, "classic_decoy");
	} else if (secrets != NULL && !strcasecmp(secrets, "plaintext"))
		FIND(d, OTHER_HASH, d->user.name, s->property, s->form,
		    "no hash", "classic_secrets");
	else if (secrets == NULL && scheme == NULL)
		FIND(d, NO_DECOY, d->user.name,
		    doctor_config(d, "classic_decoy"),
		    *s->scheme != '\0' ? s->scheme : NULL,
		    doctor_spelt(d, "classic_decoy"));
	else {
		costs =
		    scheme != NULL ? scheme : scheme_choices[SCHEME_DEFAULT];
		if (strcasecmp(s->scheme, costs) != 0)
			FIND(d, OTHER_HASH, d->user.name, s->property, s->form,
			    costs, "classic_hash_scheme");
	}
}

/* Each value by itself. */
static void
check_secret(struct doctor *d, const struct doctor_secret *s)
{
	const char *name = d->user.name;

	check_cost(d, s);
	if (!s->password && !s->digest)
		FIND(d, UNUSABLE_SECRET, name, s->property, s->form);
	else if (s->looks_hashed)
		FIND(d, HASH_AS_TEXT, name);
	else if (*s->weak != '\0')
		FIND(d, WEAK_HASH, s->property, name, s->weak,
		    "set a new password");
}

/* Of the same name, in the sasldb, in another realm. */
static const char *
find_elsewhere(const struct doctor *d)
{
	const char *lines =
	    d->sasldb != NULL ? doctor_secrets(d, d->sasldb) : NULL;
	const char *each, *property;
	size_t len = strcspn(d->user.name, "@");

	while ((each = doctor_next_secret(&lines, &property)) != NULL)
		if (!strncmp(each, d->user.name, len) && each[len] == '@' &&
		    strcmp(each, d->user.name) != 0)
			break;
	return each;
}

/* Other mechanisms of the service, which cannot use one-way secrets. */
static void
check_others(struct doctor *d)
{
	const char *offer = d->offer, *all = NULL, *name;

	while ((name = conf_next_word(&offer, CONF_BLANKS)) != NULL)
		if (!strncmp(name, "SCRAM-", 6) ||
		    conf_has_word("DIGEST-MD5 NTLM SRP", name))
			all = util_join(all, ", ", name);
	if (all != NULL)
		FIND(d, OTHER_MECHANISM, all, d->user.name,
		    doctor_config(d, "mech_list"),
		    doctor_spelt(d, "mech_list"));
}

/* All of them together: who can log in by which mechanism? */
static void
check_all(struct doctor *d)
{
	const struct doctor_user *u = &d->user;
	bool plaintext = false, one_way = false, password = false;
	bool digest = false, is_digest;
	const struct doctor_secret *s;
	const char *const *m, *other;

	for (s = u->secrets; s < u->secrets + u->count; s++) {
		check_secret(d, s);
		password |= s->password;
		digest |= s->digest;
		plaintext |= !strcmp(s->property, "userPassword");
		one_way |= !strcmp(s->property, "userPasswordHash") ||
			   !strcmp(s->property, "cramMd5State");
	}
	other = u->count == 0 && !u->others ? find_elsewhere(d) : NULL;
	if (other != NULL)
		FIND(d, OTHER_REALM, u->name, other);
	else if (u->count == 0 && !u->others)
		FIND(d, NO_SECRET, u->name);
	else if (u->count == 0)
		FIND(d, NO_SECRET_OTHERS, u->name);
	if (plaintext && one_way && !doctor_asks(d, "passwdfile"))
		FIND(d, TWO_PASSWORDS, u->name,
		    util_format("%.*s", (int)strcspn(u->name, "@"), u->name));
	for (m = service_mechanisms; *m != NULL; m++) {
		is_digest = !strcmp(*m, "CRAM-MD5");
		if ((is_digest ? digest : password) || !doctor_offers(d, *m) ||
		    (u->others ? !is_digest : u->count == 0))
			continue;
		if (is_digest && u->transitions)
			FIND(d, NO_SECRET_FOR_YET, u->name, *m);
		else
			FIND(d, NO_SECRET_FOR, u->name, *m);
	}
	for (s = u->secrets; s < u->secrets + u->count; s++)
		if (!strcmp(s->form, "plaintext"))
			return;
	if (password)
		check_others(d);
}

void
check_user(struct doctor *d)
{
	struct question q = { .d = d };

	if (d->options->user == NULL || d->here.keeps_passwords ||
	    FOUND(d, SASLDB_PATH_CRASH))
		return;
	if (!doctor_uses(d, "auxprop"))
		FIND(d, NOT_ASKED);
	else if (run_as(&d->where, ask, take_answer, &q) == RUN_AS_DONE &&
		 q.user.name != NULL) {
		d->user = q.user;
		check_all(d);
	} /* else the doctor's own login has shown why */
}
