/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Names and password from the application: see prompt.h.
 */
#include "config.h"

#include <stdint.h>

#include "client/engine.h"
#include "client/prompt.h"

enum { WANTED = 3 };

/* What may be wanted, in the order in which a person is asked. */
static const struct wanted {
	unsigned long id; /* of callback and prompt */
	size_t where;	  /* the copy in the session */
	bool optional;
	const char *challenge, *prompt;
} wanted[WANTED] = {
	{ SASL_CB_USER, offsetof(struct client_session, authzid), true,
	    "Authorization name", "Act as (empty: as yourself)" },
	{ SASL_CB_AUTHNAME, offsetof(struct client_session, authcid), false,
	    "Authentication name", "User name" },
	{ SASL_CB_PASS, offsetof(struct client_session, password), false,
	    "Password", "Password" },
};

static struct secret *
copy_of(struct client_session *s, const struct wanted *w)
{
	return (struct secret *)(void *)((char *)s + w->where);
}

static unsigned
bit(const struct wanted *w)
{
	return 1U << (w - wanted);
}

/* `session.borrowed` has the bits of those that are the application's. */
static void
release(struct client_session *s, const struct wanted *w)
{
	struct secret *given = copy_of(s, w);

	if (s->borrowed & bit(w))
		memset(given, 0, sizeof(*given));
	secret_free(&s->host, given);
	s->borrowed &= ~bit(w);
}

/* A copy, or, if it is to be borrowed, the application's own octets. */
static int
take(struct client_session *s, const struct wanted *w, struct bytes given,
    bool borrow)
{
	struct secret *to = copy_of(s, w);

	if (given.data == NULL && !w->optional)
		return client_fail(s, SASL_BADPARAM,
		    "the application gave no user name or no password");
	release(s, w);
	s->known |= bit(w);
	if (borrow && given.data != NULL) {
		s->borrowed |= bit(w);
		to->data = (char *)(uintptr_t)given.data;
		to->len = given.len;
	} else if (given.len > 0 && secret_copy(&s->host, to, given) < 0)
		return client_fail(s, SASL_NOMEM, "out of memory");
	return SASL_OK;
}

/* The types of the callbacks are libsasl2's: they depend on the id. */
static SECRET_CLEARS int
call(struct client_session *s, const struct wanted *w, int (*function)(void),
    void *context)
{
	struct bytes given = { NULL, 0 };
	sasl_secret_t *secret = NULL;
	const char *name = NULL;
	int result;

	if (w->id == SASL_CB_PASS)
		result = ((sasl_getsecret_t *)(void *)function)(
		    host_connection(&s->host), context, SASL_CB_PASS, &secret);
	else
		result = ((sasl_getsimple_t *)(void *)function)(
		    context, (int)w->id, &name, NULL);
	if (result == SASL_INTERACT)
		return result;
	if (result != SASL_OK)
		return client_fail(
		    s, result, "the application does not say who logs in");
	if (secret != NULL)
		given = bytes_of((const char *)secret->data, secret->len);
	else if (name != NULL)
		given = bytes_str(name);
	/* It lasts until the callback of its kind is called again (sasl.h). */
	return take(s, w, given, w->id != SASL_CB_USER);
}

/* SASL_INTERACT if a prompt has to be made. */
static int
ask_callback(struct client_session *s, const struct wanted *w)
{
	int (*function)(void);
	void *context;
	int result;

	result = host_callback(&s->host, w->id, &function, &context);
	if (result == SASL_OK)
		return call(s, w, function, context);
	if (result == SASL_INTERACT)
		return result;
	if (w->optional)
		return take(s, w, bytes_of(NULL, 0), false);
	return client_fail(
	    s, result, "the application has no way to say who logs in");
}

static void
forget_prompts(struct client_session *s)
{
	if (s->asked != NULL)
		host_free(&s->host, s->asked);
	s->asked = NULL;
}

void
prompt_forget(struct client_session *s)
{
	size_t i;

	for (i = 0; i < WANTED; i++)
		release(s, &wanted[i]);
	forget_prompts(s);
}

/*
 * The library's own mechanisms have never looked at the length of a name, so
 * that some applications set none, and others count the NUL at its end.
 */
static struct bytes
answer_to(const sasl_interact_t *prompt)
{
	struct bytes given = bytes_of(prompt->result, prompt->len);

	if (prompt->id == SASL_CB_PASS || prompt->result == NULL)
		return given;
	if (given.len == 0)
		return bytes_str(prompt->result);
	given.len -= given.data[given.len - 1] == '\0';
	return given;
}

/* Copy what the application has filled in, and release the prompts. */
static int
take_answers(struct client_session *s)
{
	const sasl_interact_t *prompt;
	int result = SASL_OK;
	size_t i;

	if (s->asked == NULL || s->prompts == NULL || *s->prompts != s->asked)
		return SASL_OK; /* what another mechanism asked is its own */
	for (prompt = s->asked; prompt->id != SASL_CB_LIST_END; prompt++)
		for (i = 0; i < WANTED && result == SASL_OK; i++)
			if (wanted[i].id == prompt->id)
				result = take(
				    s, &wanted[i], answer_to(prompt), false);
	forget_prompts(s);
	*s->prompts = NULL;
	return result;
}

static int
make_prompts(struct client_session *s, const bool missing[WANTED])
{
	sasl_interact_t *prompt;
	size_t i;

	if (s->prompts == NULL)
		return client_fail(s, SASL_BADPARAM,
		    "user name or password is missing, and the application "
		    "takes no prompts");
	prompt = host_alloc_zeroed(&s->host, (WANTED + 1) * sizeof(*prompt));
	if (prompt == NULL)
		return client_fail(s, SASL_NOMEM, "out of memory");
	forget_prompts(s);
	s->asked = *s->prompts = prompt;
	for (i = 0; i < WANTED; i++) {
		if (!missing[i])
			continue;
		prompt->id = wanted[i].id;
		prompt->challenge = wanted[i].challenge;
		prompt->prompt = wanted[i].prompt;
		prompt++;
	}
	prompt->id = SASL_CB_LIST_END;
	return SASL_INTERACT;
}

int
prompt_collect(struct client_session *s)
{
	bool missing[WANTED] = { false }, any = false;
	int result;
	size_t i;

	result = take_answers(s);
	for (i = 0; i < WANTED && result == SASL_OK; i++) {
		if ((s->known & bit(&wanted[i])) ||
		    (wanted[i].id == SASL_CB_USER &&
			!s->mechanism->sends_authzid))
			continue;
		result = ask_callback(s, &wanted[i]);
		if (result != SASL_INTERACT)
			continue;
		missing[i] = any = true;
		result = SASL_OK;
	}
	return result == SASL_OK && any ? make_prompts(s, missing) : result;
}
