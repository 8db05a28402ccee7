/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * New secrets for old ones, all or nothing: see setpass_order.h.
 */
#include "config.h"

#include "backend/option.h"
#include "backend/prop_write.h"
#include "base/hex.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"
#include "setpass/setpass_order.h"

/* By enum setpass_secret, and ended by a NULL: all, and without the last. */
static lookup_names names = { PROPERTY_HASH, PROPERTY_STATE, PROPERTY_PASSWORD,
	PROPERTY_LEGACY };
static lookup_names without_legacy = { PROPERTY_HASH, PROPERTY_STATE,
	PROPERTY_PASSWORD };

_Static_assert((int)SETPASS_SECRETS <= (int)LOOKUP_MAX,
    "all of a user's secrets fit into one lookup");

int
order_say(const struct order *o, int code, const char *what)
{
	host_log(o->h, SASL_LOG_ERR, "setting a password: %s", what);
	host_error(o->h, what);
	return code;
}

int
order_fetch(struct order *o, struct lookup *found)
{
	sasl_out_params_t identity = { 0 };
	int result;

	/* The request frees what was fetched before, but does not wipe it. */
	lookup_forget(o->h, o->params);
	result = lookup_fetch(o->h, o->params, &identity, bytes_str(o->user),
	    o->ours[SETPASS_LEGACY] ? &names : &without_legacy, SASL_CU_AUTHID,
	    found);
	if (o->authid == NULL)
		o->authid = identity.authid;
	if ((result == SASL_OK || result == SASL_NOUSER) && o->authid != NULL)
		return SASL_OK;
	if (result == SASL_NOMECH)
		return SASL_NOMECH;
	return order_say(o, result == SASL_NOMEM ? SASL_NOMEM : SASL_UNAVAIL,
	    "the store cannot be read");
}

/* A place for a secret may be there, and none in it: NULL, in SQL. */
static bool
is_stored(const struct lookup *found, size_t which)
{
	const struct propval *p = &found->values[which];
	size_t i;

	for (i = 0; p->values != NULL && p->values[i] != NULL; i++)
		if (!scheme_is_nothing(lookup_octets(p, i)))
			return true;
	return false;
}

bool
order_takes_last(const struct order *o, const struct lookup *found)
{
	/* What an SQL store takes for nothing is not seen in it. */
	if (!o->is_plaintext || is_stored(found, SETPASS_PLAIN) ||
	    scheme_is_nothing(o->password))
		return false;
	return is_stored(found, SETPASS_HASH) ||
	       is_stored(found, SETPASS_STATE) ||
	       is_stored(found, SETPASS_LEGACY);
}

/* One of them, as order_is_done(). */
static int
is_done(const struct order *o, const struct lookup *found, size_t which)
{
	enum verdict result;
	struct bytes value;

	if (!o->wanted[which] || !is_stored(found, which))
		return o->wanted[which] == is_stored(found, which)
			   ? SASL_OK
			   : SASL_CONTINUE;
	if (found->values[which].nvalues != 1)
		return SASL_CONTINUE;
	value = lookup_octets(&found->values[which], 0);
	if (which != SETPASS_HASH)
		return secret_equal(secret_bytes(&o->made[which]), value)
			   ? SASL_OK
			   : SASL_CONTINUE;
	if (!scheme_is_choice(value, option_value(o->h, OPTION_HASH_SCHEME)))
		return SASL_CONTINUE;
	result = scheme_check(o->h, value, o->password);
	if (result == VERDICT_NO_MEMORY)
		return SASL_NOMEM;
	return result == VERDICT_MATCHES ? SASL_OK : SASL_CONTINUE;
}

int
order_is_done(const struct order *o, const struct lookup *found)
{
	int result = SASL_OK;
	size_t i;

	for (i = 0; i < SETPASS_SECRETS && result == SASL_OK; i++)
		if (o->ours[i])
			result = is_done(o, found, i);
	return result;
}

/*
 * A record of all that changes. What is set comes first, what is deleted last:
 * where a store stops half-way, there is rather too much than nothing.
 */
static int
begin(const struct order *o, const struct lookup *found,
    const bool set[SETPASS_SECRETS], struct prop_write *record)
{
	const char *changing[SETPASS_SECRETS + 1] = { NULL };
	size_t i, n = 0;

	for (i = 0; i < SETPASS_SECRETS; i++)
		if (o->ours[i] && set[i])
			changing[n++] = names[i] + 1; /* without the '*' */
	for (i = 0; i < SETPASS_SECRETS; i++)
		if (o->ours[i] && !set[i] &&
		    (o->wanted[i] || is_stored(found, i)))
			changing[n++] = names[i] + 1;
	return prop_write_open(o->h, record, changing);
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
draw_up(const struct order *o, const struct lookup *found,
    struct prop_write *after, struct prop_write *before)
{
	bool stored[SETPASS_SECRETS] = { false };
	size_t i;
	int result;

	for (i = 0; i < SETPASS_SECRETS; i++)
		stored[i] = is_stored(found, i);
	result = begin(o, found, o->wanted, after);
	if (result == SASL_OK)
		result = begin(o, found, stored, before);
	for (i = 0; i < SETPASS_SECRETS && result == SASL_OK; i++) {
		if (!o->ours[i])
			continue;
		if (o->wanted[i])
			result = prop_write_add(
			    after, names[i] + 1, secret_bytes(&o->made[i]));
		if (result == SASL_OK && stored[i])
			result = put_back(before, i, &found->values[i]);
	}
	return result;
}

/* A plugin that cannot write may say nothing, and the library neither. */
static int
store_and_look(struct order *o, const struct prop_write *after)
{
	struct lookup found;
	int result;

	result = prop_write_store(after, o->authid);
	if (result != SASL_OK)
		return order_say(o, result, "the store cannot be written");
	result = order_fetch(o, &found);
	if (result == SASL_NOMECH) /* no more, since the first look */
		return order_say(o, SASL_UNAVAIL, "there is no auxprop plugin");
	if (result != SASL_OK)
		return result;
	result = order_is_done(o, &found);
	if (result == SASL_NOMEM)
		return order_say(o, SASL_NOMEM, "out of memory");
	if (result != SASL_OK)
		return order_say(
		    o, SASL_FAIL, "no auxprop plugin has stored it");
	return SASL_OK;
}

int
order_swap(struct order *o, const struct lookup *found)
{
	struct prop_write after = { NULL, NULL }, before = { NULL, NULL };
	int result;

	result = draw_up(o, found, &after, &before);
	if (result != SASL_OK)
		order_say(o, result, "out of memory");
	else if ((result = store_and_look(o, &after)) != SASL_OK &&
		 o->ours[SETPASS_PLAIN] &&
		 prop_write_store(&before, o->authid) != SASL_OK)
		order_say(o, result, "what it held cannot be put back");
	prop_write_close(&after);
	prop_write_close(&before);
	return result;
}
