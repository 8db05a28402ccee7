/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * New secrets for old ones, all or nothing: see setpass.h.
 */
#include "config.h"

#include <fcntl.h>
#include <strings.h>

#include "backend/lookup.h"
#include "backend/option.h"
#include "backend/prop_write.h"
#include "backend/sasldb.h"
#include "base/encode.h"
#include "base/name.h"
#include "base/scan.h"
#include "base/secret.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"
#include "setpass/loaded.h"
#include "setpass/setpass.h"

/* A store that does not know a property may spoil those after it. */
enum { LOOKUPS = 3 };

struct change {
	const struct host *h;
	sasl_server_params_t *params;
	const char *user;
	const char *authid; /* the same, canonical, once it was fetched */
	struct bytes password;
	bool is_plaintext;	    /* the library has stored it, if it could */
	bool ours[SETPASS_SECRETS]; /* to change; else it is left alone */
	bool wanted[SETPASS_SECRETS]; /* of ours; else it is to be deleted */
	struct secret made[SETPASS_SECRETS]; /* of those wanted; to be freed */
};

/*
 * What is stored, in property contexts of its own. In the connection's there
 * may be what the application has asked for; and after a deletion there is the
 * library's "*", and the sql plugin would ask for a column of no name.
 */
struct stored_secrets {
	struct propctx *contexts[LOOKUPS];
	struct propval values[SETPASS_SECRETS]; /* those not found have none */
	bool told; /* the store tells what a refusal must cost */
};

/* --- What is stored ------------------------------------------------------- */

/* By enum setpass_secret; without the '*' as the store is written. */
static const char *const names[SETPASS_SECRETS] = { PROPERTY_HASH,
	PROPERTY_STATE, PROPERTY_PASSWORD, PROPERTY_LEGACY, PROPERTY_SCRAM };

/* What is asked for together; the plaintext first, as every store has it. */
static lookup_names asked[LOOKUPS] = {
	{ PROPERTY_PASSWORD, PROPERTY_HASH, PROPERTY_STATE },
	{ PROPERTY_LEGACY },
	{ PROPERTY_SCRAM },
};

/* Tell the log and the application. Returns `code`. */
static int
say(const struct change *c, int code, const char *what)
{
	host_log(c->h, SASL_LOG_ERR, "setting a password: %s", what);
	host_error(c->h, what);
	return code;
}

/* What a store says of the cost of a refusal counts as nothing stored. */
static bool
is_decoy(struct bytes octets)
{
	return scan_text(&octets, "{DECOY}") == 0;
}

/* The next value of a property, from *at = 0 on; false after the last. */
static bool
next_value(const struct propval *p, size_t *at, struct bytes *octets)
{
	while (p->values != NULL && p->values[*at] != NULL) {
		*octets = lookup_octets(p, (*at)++);
		if (!is_decoy(*octets))
			return true;
	}
	return false;
}

/* Is one of these secrets stored? A place for it may be there, and empty. */
static bool
finds(const struct stored_secrets *found, size_t which)
{
	struct bytes octets;
	size_t at = 0;

	while (next_value(&found->values[which], &at, &octets))
		if (!scheme_is_nothing(octets))
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

/*
 * What is stored now. SASL_OK, also if that is nothing; SASL_NOMECH if there
 * is no auxprop plugin to ask; SASL_NOMEM or SASL_UNAVAIL, after say().
 * Ends with forget(), either way.
 */
static int
fetch(struct change *c, struct stored_secrets *found)
{
	int result = SASL_OK;
	size_t i;

	memset(found, 0, sizeof(*found));
	for (i = 0; i < LOOKUPS && result == SASL_OK; i++)
		if (i < LOOKUPS - 1 || c->ours[SETPASS_SCRAM])
			result = look_up(c, found, i);
	if (result == SASL_OK || result == SASL_NOMECH)
		return result;
	return say(c, result == SASL_NOMEM ? SASL_NOMEM : SASL_UNAVAIL,
	    "the store cannot be read");
}

static void
forget(const struct change *c, struct stored_secrets *found)
{
	struct propctx *theirs = c->params->propctx;
	size_t i;

	for (i = 0; i < LOOKUPS; i++) {
		if (found->contexts[i] == NULL)
			continue;
		c->params->propctx = found->contexts[i];
		lookup_forget(c->h, c->params);
		host_prop_dispose(c->h, &found->contexts[i]);
	}
	c->params->propctx = theirs;
}

/*
 * True if deleting would leave the user no usable secret: the library could not
 * store the plaintext, and there is what it was to replace. Whether a
 * userPassword is the new one cannot be told: a store may hash what it is
 * given, or cut it.
 */
static bool
takes_last(const struct change *c, const struct stored_secrets *found)
{
	/* What an SQL store takes for nothing is not seen in it. */
	if (!c->is_plaintext || finds(found, SETPASS_PLAIN) ||
	    scheme_is_nothing(c->password))
		return false;
	return finds(found, SETPASS_HASH) || finds(found, SETPASS_STATE) ||
	       finds(found, SETPASS_LEGACY);
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
	struct bytes octets;
	int result = SASL_OK;
	size_t at = 0;

	while (result == SASL_OK && next_value(p, &at, &octets)) {
		if (scheme_is_nothing(octets))
			continue;
		if (which != SETPASS_SCRAM || c->password.len == 0)
			return SASL_CONTINUE;
		scheme_classify(octets, &value);
		result = is_of_password(c, &value);
	}
	return result;
}

/* One of them, as is_done() says it of all. */
static int
is_one_done(
    const struct change *c, const struct stored_secrets *found, size_t which)
{
	const struct propval *p = &found->values[which];
	struct bytes made = secret_bytes(&c->made[which]), value, another;
	struct stored stored;
	size_t at = 0;

	if (!c->wanted[which])
		return is_gone(c, p, which);
	if (!next_value(p, &at, &value) || next_value(p, &at, &another))
		return SASL_CONTINUE;
	if (made.data != NULL && secret_equal(made, value))
		return SASL_OK;
	scheme_classify(value, &stored);
	if (which != SETPASS_HASH ||
	    !scheme_is_choice(&stored, option_value(c->h, OPTION_HASH_SCHEME)))
		return SASL_CONTINUE;
	return is_of_password(c, &stored);
}

/*
 * Is it as it shall be? SASL_OK; SASL_CONTINUE if there is something to do;
 * SASL_NOMEM. Of made[], all but the hash must be there; a stored hash is
 * checked only if all else is as it shall be.
 */
static int
is_done(const struct change *c, const struct stored_secrets *found)
{
	int result = SASL_OK;
	size_t i;

	for (i = 0; i < SETPASS_SECRETS && result == SASL_OK; i++)
		if (c->ours[i] && i != SETPASS_HASH)
			result = is_one_done(c, found, i);
	return result == SASL_OK ? is_one_done(c, found, SETPASS_HASH) : result;
}

/*
 * Leave an authPassword alone that is of the new password: the stock plugin's
 * hook was there before ours. SASL_OK or SASL_NOMEM.
 */
static int
spare_scram(struct change *c, const struct stored_secrets *found)
{
	int result;

	if (!finds(found, SETPASS_SCRAM)) /* or it was not looked for */
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
		if (c->ours[i] && !set[i] && (c->wanted[i] || finds(found, i)))
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
		stored[i] = finds(found, i);
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
		return say(c, result, "the store cannot be written");
	result = fetch(c, &now);
	if (result == SASL_NOMECH) /* no more, since the first look */
		result = say(c, SASL_UNAVAIL, "there is no auxprop plugin");
	else if (result == SASL_OK) {
		result = is_done(c, &now);
		if (result == SASL_NOMEM)
			say(c, result, "out of memory");
		else if (result != SASL_OK)
			result = say(
			    c, SASL_FAIL, "no auxprop plugin has stored it");
	}
	forget(c, &now);
	return result;
}

/*
 * Put what is wanted in the place of what was found, and look whether it is
 * there. SASL_OK; or, after say(), SASL_NOMEM, SASL_UNAVAIL, SASL_FAIL
 * or what the store said, and then what was found has been put back, unless the
 * library has already stored a new password beside it.
 */
static int
swap(struct change *c, const struct stored_secrets *found)
{
	struct prop_write after = { NULL, NULL }, before = { NULL, NULL };
	int result;

	result = draw_up(c, found, &after, &before);
	if (result != SASL_OK)
		say(c, result, "out of memory");
	else if ((result = store_and_look(c, &after)) != SASL_OK &&
		 c->ours[SETPASS_PLAIN] &&
		 prop_write_store(&before, c->authid) != SASL_OK)
		say(c, result, "what it held cannot be put back");
	prop_write_close(&after);
	prop_write_close(&before);
	return result;
}

/* --- What is to be stored ------------------------------------------------- */

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
	const char *list = host_option(h, "mech_list");
	size_t len = strlen(mechanism);
	bool is_start = mechanism[len - 1] == '-';
	struct bytes word;

	if (list == NULL)
		return true;
	while ((word = option_next_word(&list)).len > 0)
		if ((is_start ? word.len >= len : word.len == len) &&
		    !strncasecmp(word.data, mechanism, len))
			return true;
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
		if (loaded_sibling(plugins[i].file) &&
		    is_listed(h, plugins[i].mechanism))
			return false;
	}
	return true;
}

/* As the stock SCRAM plugins read it; they write an authPassword then. */
static bool
scram_is_renewed(const struct host *h)
{
	return option_is_yes(h, "scram_secret_generate") &&
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
				  loaded_sibling("libplain.so") ||
				  loaded_sibling("liblogin.so");
	c->wanted[SETPASS_STATE] =
	    call->own == SETPASS_STATE || loaded_sibling("libcrammd5.so");
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
		return say(c, SASL_NOMEM, "out of memory");
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
	return say(c, result, "the password cannot be hashed");
}

/* The library has stored the password as it is, which will not do. */
static int
make_text(struct change *c)
{
	static const char prefix[] = "{PLAIN}";
	struct secret *text = &c->made[SETPASS_PLAIN];
	size_t len = strlen(prefix);

	if (secret_alloc(c->h, text, len + c->password.len) < 0)
		return say(c, SASL_NOMEM, "out of memory");
	memcpy(text->data, prefix, len);
	memcpy(text->data + len, c->password.data, c->password.len);
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
	return say(c, SASL_UNAVAIL, "there is no auxprop plugin");
}

/*
 * The user's first hash. If nothing in the configuration says that there are
 * hashes, refusals of other users stay as cheap as with plaintext.
 */
static void
tell_of_decoy(const struct change *c, const struct stored_secrets *found)
{
	if (!c->wanted[SETPASS_HASH] || finds(found, SETPASS_HASH) ||
	    found->told || option_is_set(c->h, OPTION_DECOY) ||
	    option_is_set(c->h, OPTION_SECRETS) ||
	    option_is_set(c->h, OPTION_HASH_SCHEME))
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
	if (takes_last(c, found))
		return say(c, SASL_FAIL,
		    "the store has no plaintext, so hash and state stay");
	result = spare_scram(c, found);
	if (result == SASL_OK)
		result = is_done(c, found);
	if (result == SASL_OK)
		return SASL_NOCHANGE;
	if (result == SASL_NOMEM)
		return say(c, SASL_NOMEM, "out of memory");
	result = c->wanted[SETPASS_HASH] ? make_hash(c) : SASL_OK;
	if (result == SASL_OK)
		result = swap(c, found);
	if (result == SASL_OK)
		tell_of_decoy(c, found);
	return result;
}

/*
 * Why the sasldb is better left alone, or NULL. With lmdb a write would end the
 * process. In a login each attempt would leave five lines in the log.
 */
static const char *
cannot_write(const struct change *c)
{
	if (!wants_one_way(c) || !sasldb_is_asked(c->h))
		return NULL;
	if (loaded_sasldb_is_lmdb() && sasldb_held(c->h) == O_RDONLY)
		return "this process has opened the sasldb for reading, and "
		       "lmdb cannot write to it any more";
	return c->params->transition != NULL && sasldb_is_read_only(c->h)
		   ? "auto_transition cannot write to the sasldb"
		   : NULL;
}

void
setpass_prepare(const struct host *h)
{
	/* Where there is no file yet, a lookup opens none. */
	if (sasldb_is_asked(h) && loaded_sasldb_is_lmdb() &&
	    !sasldb_is_missing(h) && sasldb_held(h) < 0)
		prop_write_nothing(h, "-");
}

static int
carry_out(struct change *c)
{
	const char *why = cannot_write(c);
	struct stored_secrets found;
	int result;

	if (why != NULL) {
		say(c, SASL_FAIL, why);
		/* Else the library adds a line of its own. */
		return c->params->transition != NULL ? SASL_NOCHANGE
						     : SASL_FAIL;
	}
	/* Otherwise the library has written already. */
	if (wants_one_way(c) && sasldb_is_asked(c->h) &&
	    loaded_sasldb_wants_write_first())
		prop_write_nothing(c->h, c->user);
	result = fetch(c, &found);
	if (result == SASL_OK)
		result = replace(c, &found);
	else if (result == SASL_NOMECH)
		result = without_store(c);
	forget(c, &found);
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
		result = say(&c, SASL_BADPARAM,
		    "the password is empty, too long, or contains a NUL");
	else
		result = carry_out(&c);
	for (i = 0; i < SETPASS_SECRETS; i++)
		secret_free(&h, &c.made[i]);
	secret_leave();
	return result;
}
