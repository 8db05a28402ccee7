/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * New secrets for old ones, all or nothing: see change.h.
 */
#include "config.h"

#include "backend/option.h"
#include "backend/prop_write.h"
#include "base/hex.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"
#include "setpass/change.h"

/* By enum setpass_secret; without the '*' as the store is written. */
static const char *const names[SETPASS_SECRETS] = { PROPERTY_HASH,
	PROPERTY_STATE, PROPERTY_PASSWORD, PROPERTY_LEGACY, PROPERTY_SCRAM };

/* What is asked for together; the plaintext first, as every store has it. */
static lookup_names asked[CHANGE_LOOKUPS] = {
	{ PROPERTY_PASSWORD, PROPERTY_HASH, PROPERTY_STATE },
	{ PROPERTY_LEGACY },
	{ PROPERTY_SCRAM },
};

int
change_say(const struct change *c, int code, const char *what)
{
	host_log(c->h, SASL_LOG_ERR, "setting a password: %s", what);
	host_error(c->h, what);
	return code;
}

/* What a store says of the cost of a refusal counts as nothing stored. */
static bool
is_decoy(struct bytes octets)
{
	static const char prefix[] = "{DECOY}";
	size_t len = strlen(prefix);

	return octets.len >= len && !memcmp(octets.data, prefix, len);
}

static bool
is_value(struct bytes octets)
{
	return !scheme_is_nothing(octets) && !is_decoy(octets);
}

bool
change_finds(const struct stored_secrets *found, enum setpass_secret which)
{
	const struct propval *p = &found->values[which];
	size_t i;

	for (i = 0; p->values != NULL && p->values[i] != NULL; i++)
		if (is_value(lookup_octets(p, i)))
			return true;
	return false;
}

/* Puts what a lookup gave where it belongs. */
static void
sort_in(struct stored_secrets *found, const struct lookup *given)
{
	const struct propval *p;
	size_t i, n, which;

	for (i = 0; i < LOOKUP_MAX; i++) {
		p = &given->values[i];
		if (p->values == NULL)
			continue;
		for (which = 0; which < SETPASS_SECRETS; which++)
			if (!strcmp(names[which], p->name))
				found->values[which] = *p;
		for (n = 0; p->values[n] != NULL; n++)
			found->told |= is_decoy(lookup_octets(p, n));
	}
}

/* One of the lookups. SASL_OK, or the library's own code. */
static int
look_up(struct change *c, struct stored_secrets *found, size_t which)
{
	struct propctx *theirs = c->params->propctx;
	sasl_out_params_t identity = { 0 };
	struct lookup given;
	int result;

	found->contexts[which] = host_prop_new(c->h);
	if (found->contexts[which] == NULL)
		return SASL_NOMEM;
	c->params->propctx = found->contexts[which];
	result = lookup_fetch(c->h, c->params, &identity, bytes_str(c->user),
	    &asked[which], SASL_CU_AUTHID | LOOKUP_STORED, &given);
	c->params->propctx = theirs;
	if (c->authid == NULL)
		c->authid = identity.authid;
	if ((result == SASL_OK || result == SASL_NOUSER) && c->authid != NULL) {
		sort_in(found, &given);
		return SASL_OK;
	}
	return result == SASL_OK ? SASL_FAIL : result;
}

int
change_fetch(struct change *c, struct stored_secrets *found)
{
	int result = SASL_OK;
	size_t i;

	memset(found, 0, sizeof(*found));
	for (i = 0; i < CHANGE_LOOKUPS && result == SASL_OK; i++)
		if (i < CHANGE_LOOKUPS - 1 || c->ours[SETPASS_SCRAM])
			result = look_up(c, found, i);
	if (result == SASL_OK || result == SASL_NOMECH)
		return result;
	return change_say(c, result == SASL_NOMEM ? SASL_NOMEM : SASL_UNAVAIL,
	    "the store cannot be read");
}

void
change_forget(const struct change *c, struct stored_secrets *found)
{
	struct propctx *theirs = c->params->propctx;
	size_t i;

	for (i = 0; i < CHANGE_LOOKUPS; i++) {
		if (found->contexts[i] == NULL)
			continue;
		c->params->propctx = found->contexts[i];
		lookup_forget(c->h, c->params);
		host_prop_dispose(c->h, &found->contexts[i]);
	}
	c->params->propctx = theirs;
}

bool
change_takes_last(const struct change *c, const struct stored_secrets *found)
{
	/* What an SQL store takes for nothing is not seen in it. */
	if (!c->is_plaintext || change_finds(found, SETPASS_PLAIN) ||
	    scheme_is_nothing(c->password))
		return false;
	return change_finds(found, SETPASS_HASH) ||
	       change_finds(found, SETPASS_STATE) ||
	       change_finds(found, SETPASS_LEGACY);
}

/* Is it of the new password? SASL_OK, SASL_CONTINUE if not, or SASL_NOMEM. */
static int
is_of_password(const struct change *c, const struct stored *value)
{
	const char *why;
	enum verdict verdict = scheme_check(c->h, value, c->password, &why);

	if (verdict == VERDICT_NO_MEMORY)
		return SASL_NOMEM;
	return verdict == VERDICT_MATCHES ? SASL_OK : SASL_CONTINUE;
}

/* Nothing is stored, or an authPassword that is of the new password. */
static int
is_gone(const struct change *c, const struct propval *p, size_t which)
{
	struct stored value;
	int result = SASL_OK;
	size_t i;

	for (i = 0; p->values != NULL && p->values[i] != NULL; i++) {
		scheme_classify(lookup_octets(p, i), &value);
		if (!is_value(value.octets))
			continue;
		if (which != SETPASS_SCRAM || c->password.len == 0)
			return SASL_CONTINUE;
		result = is_of_password(c, &value);
		if (result != SASL_OK)
			return result;
	}
	return result;
}

/* The one value that there is, if it is one; else none. */
static struct bytes
only_value(const struct propval *p)
{
	struct bytes only = bytes_of(NULL, 0);
	size_t i;

	for (i = 0; p->values != NULL && p->values[i] != NULL; i++) {
		if (is_decoy(lookup_octets(p, i)))
			continue;
		if (only.data != NULL)
			return bytes_of(NULL, 0);
		only = lookup_octets(p, i);
	}
	return only;
}

/* One of them, as change_is_done(). */
static int
is_done(
    const struct change *c, const struct stored_secrets *found, size_t which)
{
	struct bytes made = secret_bytes(&c->made[which]), value;
	struct stored stored;

	if (!c->wanted[which])
		return is_gone(c, &found->values[which], which);
	value = only_value(&found->values[which]);
	if (value.data == NULL)
		return SASL_CONTINUE;
	if (made.data != NULL && secret_equal(made, value))
		return SASL_OK;
	scheme_classify(value, &stored);
	if (which != SETPASS_HASH ||
	    !scheme_is_choice(&stored, option_value(c->h, OPTION_HASH_SCHEME)))
		return SASL_CONTINUE;
	return is_of_password(c, &stored);
}

int
change_is_done(const struct change *c, const struct stored_secrets *found)
{
	int result = SASL_OK;
	size_t i;

	for (i = 0; i < SETPASS_SECRETS && result == SASL_OK; i++)
		if (c->ours[i] && i != SETPASS_HASH)
			result = is_done(c, found, i);
	return result == SASL_OK ? is_done(c, found, SETPASS_HASH) : result;
}

int
change_spare(struct change *c, const struct stored_secrets *found)
{
	int result;

	if (!c->ours[SETPASS_SCRAM] || !change_finds(found, SETPASS_SCRAM))
		return SASL_OK;
	result = is_gone(c, &found->values[SETPASS_SCRAM], SETPASS_SCRAM);
	if (result == SASL_OK)
		c->ours[SETPASS_SCRAM] = false;
	return result == SASL_NOMEM ? SASL_NOMEM : SASL_OK;
}

/*
 * A record of all that changes. What is set comes first, what is deleted last:
 * where a store stops half-way, there is rather too much than nothing.
 */
static int
begin(const struct change *c, const struct stored_secrets *found,
    const bool set[SETPASS_SECRETS], struct prop_write *record)
{
	const char *changing[SETPASS_SECRETS + 1] = { NULL };
	size_t i, n = 0;

	for (i = 0; i < SETPASS_SECRETS; i++)
		if (c->ours[i] && set[i])
			changing[n++] = names[i] + 1; /* without the '*' */
	for (i = 0; i < SETPASS_SECRETS; i++)
		if (c->ours[i] && !set[i] &&
		    (c->wanted[i] ||
			change_finds(found, (enum setpass_secret)i)))
			changing[n++] = names[i] + 1;
	return prop_write_open(c->h, record, changing);
}

/*
 * A sasldb and others take a value for text, up to a NUL. A state of 32 octets
 * may hold one; as hex digits it is the same, and whole.
 */
static int
put_back(struct prop_write *before, size_t which, const struct propval *fetched)
{
	char hex[HMAC_MD5_STORED_HEX];
	int result;

	if (which != SETPASS_LEGACY || fetched->nvalues != 1 ||
	    fetched->valsize != HMAC_MD5_STORED ||
	    memchr(fetched->values[0], '\0', HMAC_MD5_STORED) == NULL)
		return prop_write_add_all(before, names[which] + 1, fetched);
	hex_encode(bytes_of(fetched->values[0], HMAC_MD5_STORED), hex);
	result = prop_write_add(
	    before, names[which] + 1, bytes_of(hex, sizeof(hex)));
	secret_wipe(hex, sizeof(hex));
	return result;
}

/* How it shall be, and how it is; both before the first is stored. */
static int
draw_up(const struct change *c, const struct stored_secrets *found,
    struct prop_write *after, struct prop_write *before)
{
	bool stored[SETPASS_SECRETS] = { false };
	size_t i;
	int result;

	for (i = 0; i < SETPASS_SECRETS; i++)
		stored[i] = change_finds(found, (enum setpass_secret)i);
	result = begin(c, found, c->wanted, after);
	if (result == SASL_OK)
		result = begin(c, found, stored, before);
	for (i = 0; i < SETPASS_SECRETS && result == SASL_OK; i++) {
		if (!c->ours[i])
			continue;
		if (c->wanted[i])
			result = prop_write_add(
			    after, names[i] + 1, secret_bytes(&c->made[i]));
		if (result == SASL_OK && stored[i])
			result = put_back(before, i, &found->values[i]);
	}
	return result;
}

/* A plugin that cannot write may say nothing, and the library neither. */
static int
store_and_look(struct change *c, const struct prop_write *after)
{
	struct stored_secrets now;
	int result;

	result = prop_write_store(after, c->authid);
	if (result != SASL_OK)
		return change_say(c, result, "the store cannot be written");
	result = change_fetch(c, &now);
	if (result == SASL_NOMECH) /* no more, since the first look */
		result =
		    change_say(c, SASL_UNAVAIL, "there is no auxprop plugin");
	else if (result == SASL_OK) {
		result = change_is_done(c, &now);
		if (result == SASL_NOMEM)
			change_say(c, result, "out of memory");
		else if (result != SASL_OK)
			result = change_say(
			    c, SASL_FAIL, "no auxprop plugin has stored it");
	}
	change_forget(c, &now);
	return result;
}

int
change_swap(struct change *c, const struct stored_secrets *found)
{
	struct prop_write after = { NULL, NULL }, before = { NULL, NULL };
	int result;

	result = draw_up(c, found, &after, &before);
	if (result != SASL_OK)
		change_say(c, result, "out of memory");
	else if ((result = store_and_look(c, &after)) != SASL_OK &&
		 c->ours[SETPASS_PLAIN] &&
		 prop_write_store(&before, c->authid) != SASL_OK)
		change_say(c, result, "what it held cannot be put back");
	prop_write_close(&after);
	prop_write_close(&before);
	return result;
}
