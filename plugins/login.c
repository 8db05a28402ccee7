/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * LOGIN: the server asks for a user name, then for a password. There is no RFC;
 * clients answer by order, not by text, and some send the name ahead.
 *
 *	S: Username:    C: <user name>    S: Password:    C: <password>
 */
#include "config.h"

#include "base/name.h"
#include "client/engine.h"
#include "plugin.h"
#include "server/offer.h"
#include "server/password.h"

/* The server. A few clients match these texts to the letter. */

static int
ask_username(struct server_session *s, struct bytes in)
{
	if (in.len > 0) /* sent ahead */
		return server_skip(s, in);
	return server_reply(s, bytes_str("Username:"));
}

/*
 * A name that cannot be right is refused after the password, which devices that
 * do not look at answers would send as a command. One too long is kept so.
 */
static int
take_username(struct server_session *s, struct bytes in)
{
	in = password_without_newline(&s->host, in);
	if (in.len > MAX_NAME)
		in.len = MAX_NAME + 1;
	s->authcid = in;
	if (secret_copy(&s->host, &s->kept, in) < 0)
		return server_fail(s, SASL_NOMEM, "no-memory");
	return server_reply(s, bytes_str("Password:"));
}

static int
take_password(struct server_session *s, struct bytes in)
{
	struct claim claim = {
		.authcid = secret_bytes(&s->kept),
		.password = in,
	};

	return password_check(s, claim);
}

static const struct server_step server_steps[] = {
	{ ask_username, MAX_MESSAGE },
	{ take_username, MAX_MESSAGE },
	{ take_password, MAX_MESSAGE },
	{ NULL, 0 },
};

static const struct server_mechanism server = {
	.name = "LOGIN",
	.steps = server_steps,
	.keeps_name = true,
	.secret = SETPASS_HASH,
};

static const sasl_server_plug_t server_plug = {
	.mech_name = "LOGIN",
	.security_flags = SASL_SEC_NOANONYMOUS | SASL_SEC_PASS_CREDENTIALS,
	SERVER_ENGINE,
};

/* The client. It never speaks first: servers in the field break on that. */

static int
send_username(struct client_session *s, struct bytes in)
{
	int result;

	(void)in; /* servers spell the prompt as they like */
	result = client_identify(s);
	if (result != SASL_OK)
		return result;
	return client_reply(
	    s, bytes_of(s->turn->out->authid, s->turn->out->alen));
}

static int
send_password(struct client_session *s, struct bytes in)
{
	(void)in;
	return client_finish(s, secret_bytes(&s->password));
}

static const struct client_step client_steps[] = {
	{ send_username },
	{ send_password },
	{ NULL },
};

static const struct client_mechanism client = {
	.name = "LOGIN",
	.steps = client_steps,
};

static const sasl_client_plug_t client_plug = {
	.mech_name = "LOGIN",
	.security_flags = SASL_SEC_NOANONYMOUS | SASL_SEC_PASS_CREDENTIALS,
	.features = SASL_FEAT_SERVER_FIRST,
	.glob_context = (void *)&client,
	CLIENT_ENGINE,
};

PLUGIN_EXPORTS(server_plug, server, client_plug)
