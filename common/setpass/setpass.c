/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One-way secrets for a new password: see setpass.h.
 */
#include "config.h"

#include "backend/option.h"
#include "base/name.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"
#include "server/engine.h"
#include "setpass/setpass_order.h"
#include "setpass/siblings.h"

static int
make_state(struct order *o)
{
	struct secret *state = &o->made[SETPASS_STATE];
	struct hmac_md5_key key;

	if (secret_alloc(o->h, state, HMAC_MD5_STORED_HEX) < 0)
		return order_say(o, SASL_NOMEM, "out of memory");
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
	return order_say(o, result, "the password cannot be hashed");
}

/* The library has stored the password as it is, which will not do. */
static int
make_text(struct order *o)
{
	static const char prefix[] = "{PLAIN}";
	struct secret *text = &o->made[SETPASS_PLAIN];
	size_t len = strlen(prefix);

	if (secret_alloc(o->h, text, len + o->password.len) < 0)
		return order_say(o, SASL_NOMEM, "out of memory");
	memcpy(text->data, prefix, len);
	memcpy((char *)text->data + len, o->password.data, o->password.len);
	return SASL_OK;
}

static bool
wants_nothing(const struct order *o)
{
	size_t i = 0;

	while (i < SETPASS_SECRETS && !o->wanted[i])
		i++;
	return i == SETPASS_SECRETS;
}

/* There is no auxprop plugin. The application may have a store of its own. */
static int
without_store(const struct order *o)
{
	int (*function)(void);
	void *context;

	if (wants_nothing(o) ||
	    host_callback(o->h, SASL_CB_SERVER_USERDB_SETPASS, &function,
		&context) == SASL_OK)
		return SASL_NOCHANGE;
	return order_say(o, SASL_UNAVAIL, "there is no auxprop plugin");
}

static int
carry_out(struct order *o)
{
	struct lookup found;
	int result;

	result = order_fetch(o, &found);
	if (result == SASL_NOMECH)
		return without_store(o);
	if (result == SASL_OK && o->wanted[SETPASS_STATE])
		result = make_state(o);
	if (result == SASL_OK && o->wanted[SETPASS_PLAIN])
		result = make_text(o);
	if (result != SASL_OK)
		return result;
	if (order_takes_last(o, &found))
		return order_say(o, SASL_FAIL,
		    "the store has no plaintext, so hash and state stay");
	result = order_is_done(o, &found);
	if (result == SASL_OK)
		return SASL_NOCHANGE;
	if (result == SASL_NOMEM)
		return order_say(o, SASL_NOMEM, "out of memory");
	result = o->wanted[SETPASS_HASH] ? make_hash(o) : SASL_OK;
	return result == SASL_OK ? order_swap(o, &found) : result;
}

/*
 * What is stored is fetched into a context of our own. In the connection's own
 * there may be what the application has asked for; and after a deletion there
 * is the library's "*", and the sql plugin would ask for a column of no name.
 */
static int
carry_out_apart(struct order *o)
{
	struct propctx *theirs = o->params->propctx, *ours;
	int result;

	ours = host_prop_new(o->h);
	if (ours == NULL)
		return order_say(o, SASL_NOMEM, "out of memory");
	o->params->propctx = ours;
	result = carry_out(o);
	lookup_forget(o->h, o->params);
	o->params->propctx = theirs;
	host_prop_dispose(o->h, &ours);
	return result;
}

static void
decide(struct order *o, enum setpass_secret own, unsigned flags)
{
	o->ours[SETPASS_HASH] = o->ours[SETPASS_STATE] = true;
	o->ours[SETPASS_PLAIN] = true;
	/* A store may not know it, as an SQL table without such a column. */
	o->ours[SETPASS_LEGACY] = option_value(o->h, OPTION_LEGACY_SECRETS);
	if (flags & SASL_SET_DISABLE)
		return;
	if (!(flags & SASL_SET_NOPLAIN)) {
		o->is_plaintext = true;
		o->wanted[SETPASS_PLAIN] = scheme_resembles(o->password);
		/* Else the library sees to it. */
		o->ours[SETPASS_PLAIN] = o->wanted[SETPASS_PLAIN];
		return;
	}
	o->wanted[own] = true;
	if (siblings_loaded("libplain.so") || siblings_loaded("liblogin.so"))
		o->wanted[SETPASS_HASH] = true;
	if (siblings_loaded("libcrammd5.so"))
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
	if ((o.wanted[SETPASS_HASH] || o.wanted[SETPASS_STATE]) &&
	    name_password_fault(o.password) != NULL)
		return order_say(&o, SASL_BADPARAM,
		    "the password is empty, too long, or contains a NUL");
	result = carry_out_apart(&o);
	for (i = 0; i < SETPASS_SECRETS; i++)
		secret_free(&h, &o.made[i]);
	return result;
}
