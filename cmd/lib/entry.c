/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A user's entry: see entry.h.
 */
#include "config.h"

#include <stdlib.h>

#include "backend/lookup.h"
#include "backend/option.h"
#include "base/secret.h"
#include "lib/entry.h"
#include "lib/util.h"
#include "sasl/probe.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"

/* By ENTRY_*, and ended by a NULL: all, and without the last. */
static lookup_names names = { PROPERTY_PASSWORD, PROPERTY_HASH, PROPERTY_STATE,
	PROPERTY_LEGACY };
static lookup_names without_legacy = { PROPERTY_PASSWORD, PROPERTY_HASH,
	PROPERTY_STATE };

/* What is to be read, inside. */
struct question {
	const char *user;
	struct entry *entry;
};

static struct bytes
value_of(const struct entry *e, size_t which)
{
	return bytes_of(e->values[which].data, e->values[which].len);
}

static void
take_values(struct entry *e, const struct lookup *found)
{
	const struct propval *p;
	size_t i;

	for (i = 0; i < ENTRY_VALUES; i++) {
		p = &found->values[i];
		if (p->values == NULL || p->values[0] == NULL)
			continue;
		e->values[i].len = p->valsize; /* a sasldb has but one */
		e->values[i].data = tool_alloc(p->valsize + 1);
		memcpy(e->values[i].data, p->values[0], p->valsize);
	}
}

/* Is the state, if there is one, that of the password? */
static bool
is_state_of(const struct entry *e, const struct hmac_md5_key *key)
{
	char state[HMAC_MD5_STORED_HEX];
	bool same;

	if (e->values[ENTRY_STATE].data == NULL)
		return true;
	hmac_md5_key_print(key, state);
	same = secret_equal(
	    value_of(e, ENTRY_STATE), bytes_of(state, sizeof(state)));
	secret_wipe(state, sizeof(state));
	return same;
}

/* What old Cyrus wrote; if it is malformed, nobody can log in by it. */
static bool
is_legacy_of(const struct entry *e, const struct hmac_md5_key *key)
{
	struct hmac_md5_key old;
	bool same;

	same = e->values[ENTRY_LEGACY].data == NULL ||
	       hmac_md5_key_parse_legacy(&old, value_of(e, ENTRY_LEGACY)) < 0 ||
	       secret_same(&old, key, sizeof(old));
	secret_wipe(&old, sizeof(old));
	return same;
}

/* Plaintext is none, and neither is nothing. */
static bool
has_hash(const struct entry *e)
{
	struct bytes hash = value_of(e, ENTRY_HASH);

	return !scheme_plaintext(&hash);
}

/* Are the one-way secrets, as far as there are any, those of the password? */
static bool
is_one_truth(const struct host *h, const struct entry *e)
{
	struct hmac_md5_key key;
	bool same;

	hmac_md5_key(&key, e->password);
	same = is_state_of(e, &key) && is_legacy_of(e, &key);
	secret_wipe(&key, sizeof(key));
	if (same && has_hash(e))
		same = scheme_check(h, value_of(e, ENTRY_HASH), e->password) ==
		       VERDICT_MATCHES;
	return same;
}

/* Of a user without userPassword. */
static enum entry_state
judge_others(const struct entry *e)
{
	struct bytes hash = value_of(e, ENTRY_HASH);

	if (!scheme_is_nothing(hash))
		return has_hash(e) ? ENTRY_ONE_WAY : ENTRY_MISPLACED;
	return e->values[ENTRY_STATE].data != NULL ||
		       e->values[ENTRY_LEGACY].data != NULL
		   ? ENTRY_ONE_WAY
		   : ENTRY_NOTHING;
}

static enum entry_state
judge(const struct host *h, struct entry *e)
{
	struct bytes password = value_of(e, ENTRY_PASSWORD);

	if (e->values[ENTRY_PASSWORD].data == NULL)
		return judge_others(e);
	if (password.len > 0 && scheme_is_nothing(password))
		return ENTRY_NULL;
	form_label(password, e->form);
	if (!scheme_plaintext(&password))
		return ENTRY_HASHED;
	if (password.len == 0)
		return ENTRY_EMPTY;
	e->password = password;
	return is_one_truth(h, e) ? ENTRY_PLAINTEXT : ENTRY_CONFLICT;
}

static void
look_up(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *identity, void *context)
{
	const struct question *q = context;
	struct lookup found;
	int result;

	result = lookup_fetch(h, params, identity, bytes_str(q->user),
	    option_value(h, OPTION_LEGACY_SECRETS) ? &names : &without_legacy,
	    SASL_CU_AUTHID, &found);
	/* Another canonical name than the key's would be another user. */
	if (identity->authid == NULL || strcmp(identity->authid, q->user) != 0)
		return;
	if (result == SASL_OK)
		take_values(q->entry, &found);
	if (result == SASL_OK || result == SASL_NOUSER)
		q->entry->state = judge(h, q->entry);
	lookup_forget(h, params);
}

void
entry_read(const char *file, const char *user, struct entry *e)
{
	const struct inside_setting settings[] = {
		{ "sasldb_path", file },
		{ "auxprop_plugin", "sasldb" },
		{ NULL, NULL },
	};
	const struct inside where = {
		.service = "migrate",
		.fqdn = "localhost",
		.settings = settings,
	};
	struct question q = { user, e };

	memset(e, 0, sizeof(*e));
	e->state = ENTRY_UNREADABLE;
	(void)inside_run(&where, look_up, &q);
}

void
entry_free(struct entry *e)
{
	size_t i;

	for (i = 0; i < ENTRY_VALUES; i++) {
		if (e->values[i].data != NULL)
			secret_wipe(e->values[i].data, e->values[i].len);
		free(e->values[i].data);
	}
	memset(e, 0, sizeof(*e));
}

static bool
is_same(struct bytes a, struct bytes b)
{
	if (a.data == NULL || b.data == NULL)
		return a.data == b.data;
	return bytes_equal(a, b);
}

bool
entry_same(const struct entry *a, const struct entry *b)
{
	size_t i;

	for (i = 0; i < ENTRY_VALUES; i++)
		if (!is_same(value_of(a, i), value_of(b, i)))
			return false;
	return true;
}
