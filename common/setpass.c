/*
 * One-way secrets into the store: see setpass.h.
 */
#include "config.h"

#include "hmac_md5.h"
#include "identity.h"
#include "installed.h"
#include "lookup.h"
#include "option.h"
#include "record.h"
#include "scheme.h"
#include "server.h"
#include "setpass.h"

/* By enum setpass_secret, and ended by a NULL. */
static lookup_names names = { PROPERTY_HASH, PROPERTY_STATE,
	PROPERTY_PASSWORD };

/* What is to be set, and where. */
struct order {
	const struct host *h;
	sasl_server_params_t *params;
	const char *user;
	struct bytes password;
	size_t secrets;		      /* the first ones are ours to change */
	bool wanted[SETPASS_SECRETS]; /* else it is to be deleted */
	struct secret made[SETPASS_SECRETS];
};

static int
say(const struct order *o, int code, const char *what)
{
	host_log(o->h, SASL_LOG_ERR, "setting a password: %s", what);
	host_error(o->h, what);
	return code;
}

/* In the store's name a property has no '*'. */
static const char *
stored_name(size_t which)
{
	return names[which] + 1;
}

static bool
is_stored(const struct lookup *found, size_t which)
{
	const struct propval *p = &found->values[which];

	return p->values != NULL && p->values[0] != NULL;
}

/* An unknown user has nothing stored, and that is no failure here. */
static int
fetch(const struct order *o, struct lookup *found)
{
	sasl_out_params_t identity = { 0 };
	int result;

	result = lookup_fetch(o->h, o->params, &identity, bytes_str(o->user),
	    &names, SASL_CU_AUTHID, found);
	if (result == SASL_OK || result == SASL_NOUSER)
		return SASL_OK;
	return say(o,
	    lookup_failure(result) == SASL_NOMEM ? SASL_NOMEM : SASL_UNAVAIL,
	    "the store cannot be read");
}

static bool
is_current(const struct order *o, const struct lookup *found, size_t which)
{
	struct bytes value;

	if (!o->wanted[which] || !is_stored(found, which))
		return o->wanted[which] == is_stored(found, which);
	value = bytes_str(found->values[which].values[0]);
	if (found->values[which].nvalues != 1)
		return false;
	if (which == SETPASS_STATE)
		return secret_equal(secret_bytes(&o->made[which]), value);
	return scheme_check(o->h, value, o->password) == SCHEME_MATCHES;
}

static bool
all_current(const struct order *o, const struct lookup *found)
{
	size_t i;

	for (i = 0; i < o->secrets; i++)
		if (!is_current(o, found, i))
			return false;
	return true;
}

static int
make_state(struct order *o)
{
	struct secret *state = &o->made[SETPASS_STATE];
	struct hmac_md5_key key;

	if (secret_alloc(o->h, state, HMAC_MD5_STORED_HEX) < 0)
		return say(o, SASL_NOMEM, "out of memory");
	hmac_md5_key(&key, o->password);
	hmac_md5_key_print(&key, state->data);
	secret_wipe(&key, sizeof(key));
	return SASL_OK;
}

static int
make_hash(struct order *o)
{
	int result;

	result = scheme_make(o->h, option_value(o->h, OPTION_HASH_SCHEME),
	    o->password, &o->made[SETPASS_HASH]);
	if (result == SASL_OK)
		return SASL_OK;
	return say(o, result, "the password cannot be hashed");
}

/*
 * Two records of what changes: how it shall be, and how it is. Both exist
 * before the first is stored.
 */
static int
draw_up(const struct order *o, const struct lookup *found, struct record *after,
    struct record *before)
{
	const char *changing[SETPASS_SECRETS + 1] = { NULL };
	size_t i, n = 0;
	int result;

	for (i = 0; i < o->secrets; i++)
		if (o->wanted[i] || is_stored(found, i))
			changing[n++] = stored_name(i);
	result = record_open(o->h, after, changing);
	if (result == SASL_OK)
		result = record_open(o->h, before, changing);
	for (i = 0; i < o->secrets && result == SASL_OK; i++) {
		if (o->wanted[i])
			result = record_add(
			    after, stored_name(i), secret_bytes(&o->made[i]));
		if (result == SASL_OK && is_stored(found, i))
			result = record_add_all(
			    before, stored_name(i), &found->values[i]);
	}
	return result;
}

static int
replace(const struct order *o, const struct lookup *found)
{
	struct record after = { NULL, NULL }, before = { NULL, NULL };
	int result;

	result = draw_up(o, found, &after, &before);
	if (result != SASL_OK)
		say(o, result, "out of memory");
	else if ((result = record_store(&after, o->user)) != SASL_OK) {
		say(o, result, "the store cannot be written");
		if (record_store(&before, o->user) != SASL_OK)
			say(o, result, "what it held cannot be put back");
	}
	record_close(&after);
	record_close(&before);
	return result;
}

static int
carry_out(struct order *o)
{
	struct lookup found;
	int result;

	result = fetch(o, &found);
	if (result == SASL_OK && o->wanted[SETPASS_STATE])
		result = make_state(o);
	if (result != SASL_OK)
		return result;
	if (all_current(o, &found))
		return SASL_NOCHANGE;
	if (o->wanted[SETPASS_HASH])
		result = make_hash(o);
	if (result == SASL_OK)
		result = replace(o, &found);
	/* The next request frees what was fetched, but does not wipe it. */
	lookup_forget(o->h, o->params);
	if (result == SASL_OK)
		result = fetch(o, &found);
	/* A plugin that cannot write says nothing, and the library neither. */
	if (result == SASL_OK && !all_current(o, &found))
		return say(o, SASL_FAIL, "no auxprop plugin has stored it");
	return result;
}

static void
decide(struct order *o, enum setpass_secret own, unsigned flags)
{
	o->secrets = SETPASS_PLAIN; /* the library sees to the plaintext */
	if ((flags & SASL_SET_DISABLE) || !(flags & SASL_SET_NOPLAIN))
		return;
	o->secrets = SETPASS_SECRETS;
	o->wanted[own] = true;
	if (installed_beside_us("libplain.so") ||
	    installed_beside_us("liblogin.so"))
		o->wanted[SETPASS_HASH] = true;
	if (installed_beside_us("libcrammd5.so"))
		o->wanted[SETPASS_STATE] = true;
}

int
setpass_hook(void *glob_context, sasl_server_params_t *params, const char *user,
    const char *password, unsigned password_len, const char *old_password,
    unsigned old_password_len, unsigned flags)
{
	const struct server_mechanism *mechanism = glob_context;
	struct order o = { .params = params, .user = user };
	struct host h;
	int result;
	size_t i;

	(void)old_password;
	(void)old_password_len;
	result = host_open(&h, params->utils);
	if (result != SASL_OK)
		return result;
	o.h = &h;
	o.password = password_len > 0 ? bytes_of(password, password_len)
				      : bytes_str(password);
	decide(&o, mechanism->secret, flags);
	if (o.secrets == SETPASS_SECRETS &&
	    identity_password_fault(o.password) != NULL)
		return say(&o, SASL_BADPARAM,
		    "the password is empty, too long, or contains a NUL");
	result = carry_out(&o);
	lookup_forget(&h, params);
	for (i = 0; i < SETPASS_SECRETS; i++)
		secret_free(&h, &o.made[i]);
	return result;
}
