/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One-way secrets for a new password: see setpass.h.
 */
#include "config.h"

#include <strings.h>

#include "backend/option.h"
#include "base/name.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"
#include "setpass/change.h"
#include "backend/prop_write.h"
#include "setpass/loaded.h"
#include "setpass/siblings.h"

/* The files of the pack, in the order in which one speaks for all. */
static const struct {
	const char *mechanism, *file;
} plugins[] = {
	{ "PLAIN", "libplain.so" },
	{ "LOGIN", "liblogin.so" },
	{ "CRAM-MD5", "libcrammd5.so" },
};

/*
 * libsasl2 calls no hook of a mechanism that mech_list leaves out. `mechanism`
 * ends with a '-' where any goes that begins like that.
 */
static bool
is_listed(const struct host *h, const char *mechanism)
{
	static const char blank[] = " \t\r\n";
	const char *list = host_option(h, "mech_list");
	size_t len = strlen(mechanism), n;
	bool is_start = mechanism[len - 1] == '-';

	if (list == NULL)
		return true;
	for (list += strspn(list, blank); *list != '\0';
	     list += strspn(list, blank)) {
		n = strcspn(list, blank);
		if ((is_start ? n >= len : n == len) &&
		    !strncasecmp(list, mechanism, len))
			return true;
		list += n;
	}
	return false;
}

/* Does this hook do the work? */
static bool
is_speaker(const struct host *h, const struct setpass_call *call)
{
	size_t i;

	if (call->flags & SASL_SET_CURMECH_ONLY)
		return true;
	for (i = 0; i < sizeof(plugins) / sizeof(plugins[0]); i++) {
		if (!strcmp(plugins[i].mechanism, call->mechanism))
			return true;
		if (siblings_loaded(plugins[i].file) &&
		    is_listed(h, plugins[i].mechanism))
			return false;
	}
	return true;
}

/* As the stock SCRAM plugins read it; they write an authPassword then. */
static bool
scram_is_renewed(const struct host *h)
{
	const char *text = host_option(h, "scram_secret_generate");

	return text != NULL && *text != '\0' &&
	       (strchr("1yt", *text) != NULL || !strncmp(text, "on", 2)) &&
	       loaded_plugin("libscram") && is_listed(h, "SCRAM-");
}

static void
decide(struct change *c, const struct setpass_call *call)
{
	size_t i;

	for (i = 0; i < SETPASS_SECRETS; i++)
		c->ours[i] = true;
	c->ours[SETPASS_SCRAM] = !scram_is_renewed(c->h);
	if (call->flags & SASL_SET_DISABLE)
		return;
	if (!(call->flags & SASL_SET_NOPLAIN)) {
		c->is_plaintext = true;
		c->wanted[SETPASS_PLAIN] = scheme_resembles(c->password);
		/* Else the library sees to it. */
		c->ours[SETPASS_PLAIN] = c->wanted[SETPASS_PLAIN];
		return;
	}
	c->wanted[SETPASS_HASH] = call->own == SETPASS_HASH ||
				  siblings_loaded("libplain.so") ||
				  siblings_loaded("liblogin.so");
	c->wanted[SETPASS_STATE] =
	    call->own == SETPASS_STATE || siblings_loaded("libcrammd5.so");
	/* Never nothing at all. */
	if (c->wanted[SETPASS_HASH] &&
	    !option_value(c->h, OPTION_CRAMMD5_STATE))
		c->wanted[SETPASS_STATE] = false;
}

static bool
wants_one_way(const struct change *c)
{
	return c->wanted[SETPASS_HASH] || c->wanted[SETPASS_STATE];
}

static int
make_state(struct change *c)
{
	struct secret *state = &c->made[SETPASS_STATE];
	struct hmac_md5_key key;

	if (secret_alloc(c->h, state, HMAC_MD5_STORED_HEX) < 0)
		return change_say(c, SASL_NOMEM, "out of memory");
	hmac_md5_key(&key, c->password);
	hmac_md5_key_print(&key, state->data);
	secret_wipe(&key, sizeof(key));
	return SASL_OK;
}

static int
make_hash(struct change *c)
{
	int result;

	result = scheme_make(c->h, option_value(c->h, OPTION_HASH_SCHEME),
	    c->password, &c->made[SETPASS_HASH]);
	if (result == SASL_OK)
		return SASL_OK;
	return change_say(c, result, "the password cannot be hashed");
}

/* The library has stored the password as it is, which will not do. */
static int
make_text(struct change *c)
{
	static const char prefix[] = "{PLAIN}";
	struct secret *text = &c->made[SETPASS_PLAIN];
	size_t len = strlen(prefix);

	if (secret_alloc(c->h, text, len + c->password.len) < 0)
		return change_say(c, SASL_NOMEM, "out of memory");
	memcpy(text->data, prefix, len);
	memcpy((char *)text->data + len, c->password.data, c->password.len);
	return SASL_OK;
}

/* There is no auxprop plugin. The application may have a store of its own. */
static int
without_store(const struct change *c)
{
	int (*function)(void);
	void *context;

	if (!(wants_one_way(c) || c->wanted[SETPASS_PLAIN]) ||
	    host_callback(c->h, SASL_CB_SERVER_USERDB_SETPASS, &function,
		&context) == SASL_OK)
		return SASL_NOCHANGE;
	return change_say(c, SASL_UNAVAIL, "there is no auxprop plugin");
}

/*
 * The user's first hash. If nothing in the configuration says that there are
 * hashes, refusals of other users stay as cheap as with plaintext.
 */
static void
tell_of_decoy(const struct change *c, const struct stored_secrets *found)
{
	static const char *const options[] = { "classic_decoy",
		"classic_secrets", "classic_hash_scheme" };
	size_t i;

	if (!c->wanted[SETPASS_HASH] || change_finds(found, SETPASS_HASH) ||
	    found->told)
		return;
	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (host_option(c->h, options[i]) != NULL)
			return;
	host_log(c->h, SASL_LOG_ERR,
	    "setting a password: it is stored as a hash now. Add the line "
	    "\"classic_hash_scheme: %s\" to the service's configuration and to "
	    "saslpasswd.conf (or classic_decoy, see sasl-classic hash "
	    "--decoy): until then a refused login takes longer for a user with "
	    "a hash than for others, which shows who exists",
	    scheme_choices[option_value(c->h, OPTION_HASH_SCHEME)]);
}

static int
replace(struct change *c, const struct stored_secrets *found)
{
	int result = SASL_OK;

	if (c->wanted[SETPASS_STATE])
		result = make_state(c);
	if (result == SASL_OK && c->wanted[SETPASS_PLAIN])
		result = make_text(c);
	if (result != SASL_OK)
		return result;
	if (change_takes_last(c, found))
		return change_say(c, SASL_FAIL,
		    "the store has no plaintext, so hash and state stay");
	result = change_spare(c, found);
	if (result == SASL_OK)
		result = change_is_done(c, found);
	if (result == SASL_OK)
		return SASL_NOCHANGE;
	if (result == SASL_NOMEM)
		return change_say(c, SASL_NOMEM, "out of memory");
	result = c->wanted[SETPASS_HASH] ? make_hash(c) : SASL_OK;
	if (result == SASL_OK)
		result = change_swap(c, found);
	if (result == SASL_OK)
		tell_of_decoy(c, found);
	return result;
}

static int
carry_out(struct change *c)
{
	struct stored_secrets found;
	int result;

	/* Otherwise the library has written already. */
	if (wants_one_way(c) && loaded_sasldb_wants_write_first())
		prop_write_nothing(c->h, c->user);
	result = change_fetch(c, &found);
	if (result == SASL_OK)
		result = replace(c, &found);
	else if (result == SASL_NOMECH)
		result = without_store(c);
	change_forget(c, &found);
	return result;
}

int
setpass(sasl_server_params_t *params, const struct setpass_call *call)
{
	struct change c = { .params = params, .user = call->user };
	struct host h;
	int result;
	size_t i;

	result = host_open(&h, params->utils);
	if (result != SASL_OK)
		return result;
	if (!is_speaker(&h, call))
		return SASL_NOCHANGE;
	c.h = &h;
	c.password = call->password;
	decide(&c, call);
	if (wants_one_way(&c) && name_password_fault(c.password) != NULL)
		return change_say(&c, SASL_BADPARAM,
		    "the password is empty, too long, or contains a NUL");
	result = carry_out(&c);
	for (i = 0; i < SETPASS_SECRETS; i++)
		secret_free(&h, &c.made[i]);
	return result;
}
