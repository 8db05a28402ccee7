/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The client's engine: see client.h.
 */
#include "config.h"

#include "base/name.h"
#include "client/engine.h"
#include "client/prompt.h"

int
client_reply(struct client_session *s, struct bytes reply)
{
	s->reply = reply;
	s->step++;
	return SASL_CONTINUE;
}

int
client_finish(struct client_session *s, struct bytes reply)
{
	s->reply = reply;
	s->step = NULL;
	if (reply.data != s->password.data)
		prompt_forget(s);
	host_finish_exchange(s->out);
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
 * Names and password must be such as a server can take apart again. Whether a
 * password is right is for the server to say, also of an empty one.
 */
static SECRET_CLEARS int
check_what_was_given(struct client_session *s)
{
	struct bytes password = secret_bytes(&s->password);

	if (name_fault(secret_bytes(&s->authcid)) != NULL)
		return client_fail(s, SASL_BADPARAM,
		    "the user name is empty, too long, or not clean UTF-8");
	if (s->authzid.len > 0 && name_fault(secret_bytes(&s->authzid)) != NULL)
		return client_fail(s, SASL_BADPARAM,
		    "the authorization name is too long or not clean UTF-8");
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

	result = s->params->canon_user(host_connection(&s->host), name->data,
	    (unsigned)name->len, flags, s->out);
	if (result == SASL_OK)
		return SASL_OK;
	return client_fail(s, result, "the user name cannot be canonicalised");
}

int
client_identify(struct client_session *s)
{
	int result;

	result = prompt_collect(s);
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
forget(struct client_session *s)
{
	secret_free(&s->host, &s->message);
	prompt_forget(s);
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
	s = host_alloc_zeroed(&host, sizeof(*s));
	if (s == NULL)
		return SASL_NOMEM;
	s->host = host;
	s->mechanism = mechanism;
	s->step = mechanism->steps;
	*context = s;
	return SASL_OK;
}

static int
run_step(struct client_session *s, struct bytes in)
{
	if (s->step == NULL || s->step->take == NULL)
		return client_fail(s, SASL_BADPROT, "the exchange is over");
	if (s->params->props.min_ssf > s->params->external_ssf)
		return client_fail(s, SASL_TOOWEAK,
		    "the mechanism has no security layer, one is required");
	return s->step->take(s, in);
}

int
client_step(void *context, sasl_client_params_t *params, const char *in,
    unsigned in_len, sasl_interact_t **prompts, const char **out,
    unsigned *out_len, sasl_out_params_t *result)
{
	struct client_session *s = context;
	int code;

	if (out == NULL || out_len == NULL)
		return SASL_BADPARAM;
	*out = NULL;
	*out_len = 0;
	if (s == NULL)
		return SASL_BADPROT;
	s->params = params;
	s->prompts = prompts;
	s->out = result;
	code = run_step(s, bytes_of(in, in == NULL ? 0 : in_len));
	if (code == SASL_OK || code == SASL_CONTINUE) {
		*out = s->reply.data;
		*out_len = (unsigned)s->reply.len;
	} else if (code != SASL_INTERACT) {
		forget(s);
		s->step = NULL;
	}
	return code;
}

void
client_dispose(void *context, const struct sasl_utils *utils)
{
	struct client_session *s = context;

	(void)utils; /* the same as in client_new() */
	if (s == NULL)
		return;
	forget(s);
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
