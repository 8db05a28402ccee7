/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The client's engine: see engine.h.
 */
#include "config.h"

#include <stdint.h>

#include "base/name.h"
#include "client/engine.h"

enum { WANTED = 3 };

/* What may be wanted, in the order in which a person is asked. */
static const struct wanted {
	unsigned long id;     /* of callback and prompt */
	unsigned short where; /* the copy in the session */
	unsigned char bit;    /* in its masks: 1 << place here */
	bool optional;
	const char *challenge, *prompt;
} wanted[WANTED] = {
	{ SASL_CB_USER, offsetof(struct client_session, authzid), 1, true,
	    "Authorization name", "Act as (empty: as yourself)" },
	{ SASL_CB_AUTHNAME, offsetof(struct client_session, authcid), 2, false,
	    "Authentication name", "User name" },
	{ SASL_CB_PASS, offsetof(struct client_session, password), 4, false,
	    "Password", "Password" },
};

static struct secret *
copy_of(struct client_session *s, const struct wanted *w)
{
	return (struct secret *)(void *)((char *)s + w->where);
}

static void
forget_prompts(struct client_session *s)
{
	if (s->asked != NULL)
		host_free(&s->host, s->asked);
	s->asked = NULL;
}

void
client_forget(struct client_session *s)
{
	unsigned copies = s->known & ~s->borrowed;
	const struct wanted *w;

	for (w = wanted; copies != 0; copies >>= 1, w++)
		if (copies & 1)
			secret_free(&s->host, copy_of(s, w));
	s->authzid = s->authcid = s->password = (struct secret) { NULL, 0 };
	s->known = s->borrowed = 0;
	forget_prompts(s);
}

int
client_reply(struct client_session *s, struct bytes reply)
{
	s->turn->reply = reply;
	s->step++;
	return SASL_CONTINUE;
}

int
client_finish(struct client_session *s, struct bytes reply)
{
	s->turn->reply = reply;
	s->step = NULL;
	if (reply.data != s->password.data)
		client_forget(s);
	host_finish_exchange(s->turn->out);
	return SASL_OK;
}

int
client_fail(struct client_session *s, int code, const char *text)
{
	host_log(&s->host, SASL_LOG_ERR, "%s: cannot log in: %s",
	    s->mechanism->name, text);
	host_error(&s->host, text);
	return code;
}

/*
 * For the first time: a copy or, if it is to be borrowed, the application's own
 * octets.
 */
static inline int
take(struct client_session *s, const struct wanted *w, struct bytes given,
    bool borrow)
{
	struct secret *to = copy_of(s, w);

	if (given.data == NULL && !w->optional)
		return client_fail(s, SASL_BADPARAM,
		    "the application gave no user name or no password");
	s->known |= w->bit;
	if (borrow) {
		s->borrowed |= w->bit;
		to->data = (char *)(uintptr_t)given.data;
		to->len = given.len;
		return SASL_OK;
	}
	if (given.len > 0 && secret_copy(&s->host, to, given) < 0)
		return client_fail(s, SASL_NOMEM, "out of memory");
	return SASL_OK;
}

/*
 * By the application's callback, whose type depends on the id. SASL_INTERACT
 * if a prompt has to be made.
 */
static SECRET_CLEARS int
ask_callback(struct client_session *s, const struct wanted *w)
{
	struct bytes given = { NULL, 0 };
	sasl_secret_t *secret = NULL;
	const char *name = NULL;
	int (*function)(void);
	void *context;
	int result;

	result = host_callback(&s->host, w->id, &function, &context);
	if (result == SASL_INTERACT)
		return result;
	if (result != SASL_OK && w->optional) {
		s->known |= w->bit;
		s->borrowed |= w->bit;
		return SASL_OK;
	}
	if (result != SASL_OK)
		return client_fail(
		    s, result, "the application has no way to say who logs in");
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
	sasl_interact_t **prompts = s->turn->prompts;
	const sasl_interact_t *prompt;
	const struct wanted *w;
	int result = SASL_OK;

	if (s->asked == NULL || prompts == NULL || *prompts != s->asked)
		return SASL_OK; /* what another mechanism asked is its own */
	for (prompt = s->asked; prompt->id != SASL_CB_LIST_END; prompt++)
		for (w = wanted; w < wanted + WANTED && result == SASL_OK; w++)
			if (w->id == prompt->id)
				result = take(s, w, answer_to(prompt), false);
	forget_prompts(s);
	*prompts = NULL;
	return result;
}

static int
make_prompts(struct client_session *s, unsigned missing)
{
	sasl_interact_t *prompt;
	const struct wanted *w;

	if (s->turn->prompts == NULL)
		return client_fail(s, SASL_BADPARAM,
		    "user name or password is missing, and the application "
		    "takes no prompts");
	prompt = host_alloc_zeroed(&s->host, (WANTED + 1) * sizeof(*prompt));
	if (prompt == NULL)
		return client_fail(s, SASL_NOMEM, "out of memory");
	forget_prompts(s);
	s->asked = *s->turn->prompts = prompt;
	for (w = wanted; w < wanted + WANTED; w++) {
		if (!(missing & w->bit))
			continue;
		prompt->id = w->id;
		prompt->challenge = w->challenge;
		prompt->prompt = w->prompt;
		prompt++;
	}
	prompt->id = SASL_CB_LIST_END;
	return SASL_INTERACT;
}

int
client_ask(struct client_session *s)
{
	const struct wanted *w = wanted;
	unsigned missing = 0;
	int result = take_answers(s);

	/* The authzid comes first, and not every mechanism sends one. */
	for (w += !s->mechanism->sends_authzid;
	     w < wanted + WANTED && result == SASL_OK; w++) {
		if (s->known & w->bit)
			continue;
		result = ask_callback(s, w);
		if (result == SASL_INTERACT) {
			missing |= w->bit;
			result = SASL_OK;
		}
	}
	return result == SASL_OK && missing ? make_prompts(s, missing) : result;
}

/* NULs stand between names; a longer one is taken by no server (RFC 4616). */
static bool
can_be_sent(struct bytes name)
{
	return name.len <= MAX_NAME &&
	       (name.len == 0 || memchr(name.data, '\0', name.len) == NULL);
}

/*
 * Names and password must be such as a server can take apart again. Whether
 * they are right is for the server to say, also of an empty password, and of
 * names in another alphabet than RFC 4616 has it.
 */
static SECRET_CLEARS int
check_what_was_given(struct client_session *s)
{
	struct bytes password = secret_bytes(&s->password);

	if (s->authcid.len == 0 || !can_be_sent(secret_bytes(&s->authcid)))
		return client_fail(s, SASL_BADPARAM,
		    "the user name is empty, too long, or contains a NUL");
	if (!can_be_sent(secret_bytes(&s->authzid)))
		return client_fail(s, SASL_BADPARAM,
		    "the authorization name is too long or contains a NUL");
	if (password.len > CLIENT_MAX_PASSWORD)
		return client_fail(s, SASL_BADPARAM,
		    "the password is longer than 65,535 octets");
	if (password.len > 0 && memchr(password.data, '\0', password.len))
		return client_fail(
		    s, SASL_BADPARAM, "the password contains a NUL");
	return SASL_OK;
}

static int
canonicalise(
    struct client_session *s, const struct secret *name, unsigned flags)
{
	int result;

	result = s->turn->params->canon_user(host_connection(&s->host),
	    name->data, (unsigned)name->len, flags, s->turn->out);
	if (result == SASL_OK)
		return SASL_OK;
	return client_fail(s, result, "the user name cannot be canonicalised");
}

int
client_identify(struct client_session *s)
{
	int result;

	result = client_ask(s);
	if (result == SASL_OK)
		result = check_what_was_given(s);
	if (result != SASL_OK)
		return result;
	if (s->authzid.len == 0)
		return canonicalise(
		    s, &s->authcid, SASL_CU_AUTHID | SASL_CU_AUTHZID);
	result = canonicalise(s, &s->authcid, SASL_CU_AUTHID);
	if (result != SASL_OK)
		return result;
	return canonicalise(s, &s->authzid, SASL_CU_AUTHZID);
}

static void
forget_all(struct client_session *s)
{
	secret_free(&s->host, &s->message);
	client_forget(s);
}

int
client_new(void *glob_context, sasl_client_params_t *params, void **context)
{
	const struct client_mechanism *mechanism = glob_context;
	struct client_session *s;
	struct host host;
	int result;

	*context = NULL;
	result = host_open(&host, params->utils);
	if (result != SASL_OK)
		return result;
	*context = s = host_alloc(&host, sizeof(*s));
	if (s == NULL)
		return SASL_NOMEM;
	*s = (struct client_session) {
		.host = host, .mechanism = mechanism, .step = mechanism->steps
	};
	return SASL_OK;
}

static int
run_step(struct client_session *s, struct bytes in)
{
	if (s->step == NULL || s->step->take == NULL)
		return client_fail(s, SASL_BADPROT, "the exchange is over");
	if (s->turn->params->props.min_ssf > s->turn->params->external_ssf)
		return client_fail(s, SASL_TOOWEAK,
		    "the mechanism has no security layer, one is required");
	return s->step->take(s, in);
}

int
client_step(void *context, sasl_client_params_t *params, const char *in,
    unsigned in_len, sasl_interact_t **prompts, const char **out,
    unsigned *out_len, sasl_out_params_t *result)
{
	struct client_turn turn = { params, prompts, result, { NULL, 0 } };
	struct client_session *s = context;
	int code;

	if (out == NULL || out_len == NULL)
		return SASL_BADPARAM;
	*out = NULL;
	*out_len = 0;
	if (s == NULL)
		return SASL_BADPROT;
	s->turn = &turn;
	code = run_step(s, bytes_of(in, in == NULL ? 0 : in_len));
	if (code == SASL_OK || code == SASL_CONTINUE) {
		*out = turn.reply.data;
		*out_len = (unsigned)turn.reply.len;
	} else if (code != SASL_INTERACT) {
		forget_all(s);
		s->step = NULL;
	}
	s->turn = NULL;
	secret_leave();
	return code;
}

void
client_dispose(void *context, const struct sasl_utils *utils)
{
	struct client_session *s = context;

	(void)utils; /* the same as in client_new() */
	if (s == NULL)
		return;
	forget_all(s);
	host_free(&s->host, s);
}

int
client_export(const sasl_client_plug_t *plug, const struct sasl_utils *utils,
    int max_version, int *out_version, sasl_client_plug_t **list, int *count)
{
	struct host host;
	int result;

	if (list == NULL || count == NULL)
		return SASL_BADPARAM;
	result = host_introduce(
	    &host, utils, max_version, SASL_CLIENT_PLUG_VERSION, out_version);
	if (result != SASL_OK)
		return result;
	*list = (sasl_client_plug_t *)plug;
	*count = 1;
	return SASL_OK;
}
