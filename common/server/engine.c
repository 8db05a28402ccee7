/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The server's engine: see engine.h.
 */
#include "config.h"

#include "server/engine.h"

/* What of a session is kept between two steps; the mechanism's own follows. */
enum { KEPT = offsetof(struct server_session, params) };

int
server_reply(struct server_session *s, struct bytes reply)
{
	s->reply = reply;
	s->step++;
	return SASL_CONTINUE;
}

static int
run_step(struct server_session *s, struct bytes in)
{
	if (in.len > 0 && s->step->most == 0)
		return server_fail(s, SASL_BADPROT, "unexpected-message");
	if (in.len > s->step->most)
		return server_fail(s, SASL_BADAUTH, "message-too-long");
	return s->step->take(s, in);
}

int
server_skip(struct server_session *s, struct bytes in)
{
	s->step++;
	return run_step(s, in);
}

int
server_fail(struct server_session *s, int code, const char *reason)
{
	report_failure(&s->host, s->mechanism->name, s->params, code, reason,
	    s->authcid, &s->fault);
	return code;
}

enum lookup_scope
server_scope(const struct server_session *s)
{
	return host_has_canon_user(&s->host, s->memory, s->params->callbacks)
		   ? LOOKUP_EACH
		   : LOOKUP_BOTH;
}

/* The exchange is over, whatever came of it: keep nothing, take no more. */
static void
finish(struct server_session *s)
{
	lookup_forget(&s->host, s->params);
	secret_free(&s->host, &s->kept);
	s->step = NULL;
}

int
server_new(void *glob_context, sasl_server_params_t *params,
    const char *challenge, unsigned challenge_len, void **context)
{
	struct server_plugin *plugin = glob_context;
	const struct server_mechanism *mechanism = plugin->mechanism;
	struct server_session s = { .mechanism = mechanism,
		.step = mechanism->steps };
	int result;

	(void)challenge;
	(void)challenge_len;
	*context = NULL;
	result = host_open(&s.host, params->utils);
	if (result != SASL_OK)
		return result;
	s.memory = &plugin->memory;
	*context = host_alloc_zeroed(&s.host, KEPT + mechanism->own_size);
	if (*context == NULL)
		return SASL_NOMEM;
	memcpy(*context, &s, KEPT);
	if (params->transition != NULL)
		setpass_prepare(&s.host);
	return SASL_OK;
}

int
server_step(void *context, sasl_server_params_t *params, const char *in,
    unsigned in_len, const char **out, unsigned *out_len,
    sasl_out_params_t *result)
{
	struct server_session s = { .params = params, .out = result };
	int code;

	/* The application may have none, and libsasl2 hands that on. */
	if (out == NULL || out_len == NULL)
		return SASL_BADPARAM;
	*out = NULL;
	*out_len = 0;
	if (context == NULL) /* the library disposed of it after a failure */
		return SASL_BADPROT;
	memcpy(&s, context, KEPT);
	s.own = (char *)context + KEPT;
	if (s.mechanism->keeps_name)
		s.authcid = secret_bytes(&s.kept);
	if (s.step == NULL || s.step->take == NULL) {
		code = server_fail(&s, SASL_BADPROT, "exchange-is-over");
		secret_leave();
		return code;
	}
	if (s.step == s.mechanism->steps) { /* nobody is logged in yet */
		result->user = result->authid = NULL;
		result->ulen = result->alen = 0;
	}
	code = run_step(&s, bytes_of(in, in == NULL ? 0 : in_len));
	if (code == SASL_CONTINUE) {
		*out = s.reply.data;
		*out_len = (unsigned)s.reply.len;
	} else {
		if (code == SASL_OK)
			host_finish_exchange(result);
		finish(&s);
	}
	memcpy(context, &s, KEPT);
	secret_leave();
	return code;
}

void
server_dispose(void *context, const struct sasl_utils *utils)
{
	struct server_session s;

	(void)utils; /* the same as in server_new() */
	if (context == NULL)
		return;
	memcpy(&s, context, KEPT);
	secret_free(&s.host, &s.kept);
	secret_wipe(context, KEPT + s.mechanism->own_size);
	host_free(&s.host, context);
}
