/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * PLAIN (RFC 4616): one message with everything. A client whose protocol has
 * no initial response gets an empty challenge from the library first.
 *
 *	C: [authzid] NUL authcid NUL password
 */
#include "config.h"

#include "backend/option.h"
#include "base/name.h"
#include "client/engine.h"
#include "plain_wire.h"
#include "plugin.h"
#include "server/offer.h"
#include "server/password.h"

/* The server. */

static int
take_message(struct server_session *s, struct bytes in)
{
	struct plain_message message;
	struct claim claim;

	/* One client in the field ends the password with a NUL, too. */
	if (in.len > 0 && in.data[in.len - 1] == '\0' &&
	    option_value(&s->host, OPTION_PLAIN_TRAILING_NUL))
		in.len--;
	if (plain_parse(in, &message) < 0)
		return server_fail(s, SASL_BADPROT, "not-a-plain-message");
	claim.authcid = message.authcid;
	claim.authzid = message.authzid;
	claim.password = message.password;
	return password_check(s, claim);
}

static const struct server_step server_steps[] = {
	{ take_message, MAX_MESSAGE },
	{ NULL, 0 },
};

static const struct server_mechanism server = {
	.name = "PLAIN",
	.steps = server_steps,
	.secret = SETPASS_HASH,
};

static const sasl_server_plug_t server_plug = {
	.mech_name = "PLAIN",
	.security_flags = SASL_SEC_NOANONYMOUS | SASL_SEC_PASS_CREDENTIALS,
	.features = SASL_FEAT_WANT_CLIENT_FIRST | SASL_FEAT_ALLOWS_PROXY,
	SERVER_ENGINE,
};

/* The client. */

static int
send_message(struct client_session *s, struct bytes in)
{
	struct plain_message message;
	int result;

	(void)in; /* some servers greet */
	result = client_identify(s);
	if (result != SASL_OK)
		return result;
	message.authcid = bytes_of(s->turn->out->authid, s->turn->out->alen);
	message.authzid = bytes_of(s->turn->out->user, s->turn->out->ulen);
	if (s->authzid.len == 0)
		message.authzid.len = 0;
	message.password = secret_bytes(&s->password);
	if (secret_alloc(&s->host, &s->message, plain_size(&message)) < 0)
		return client_fail(s, SASL_NOMEM, "out of memory");
	plain_print(&message, s->message.data);
	return client_finish(s, secret_bytes(&s->message));
}

static const struct client_step client_steps[] = {
	{ send_message },
	{ NULL },
};

static const struct client_mechanism client = {
	.name = "PLAIN",
	.steps = client_steps,
	.sends_authzid = true,
};

static const sasl_client_plug_t client_plug = {
	.mech_name = "PLAIN",
	.security_flags = SASL_SEC_NOANONYMOUS | SASL_SEC_PASS_CREDENTIALS,
	.features = SASL_FEAT_WANT_CLIENT_FIRST | SASL_FEAT_ALLOWS_PROXY,
	.glob_context = (void *)&client,
	CLIENT_ENGINE,
};

PLUGIN_EXPORTS(server_plug, server, client_plug)
