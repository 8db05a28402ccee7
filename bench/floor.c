/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The floor under the figures: servers that do what no plugin can do without,
 * and check nothing. Each asks for one property and makes one canon_user;
 * CRAM-MD5 has 16 octets of getrandom(2) and five blocks of MD5. It lets
 * everybody in: it is made to be measured, and never installed.
 */
#include "config.h"

#include <string.h>
#include <sys/random.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#pragma GCC diagnostic ignored "-Wunused-parameter"

enum { RANDOM = 16, BLOCK = 64, BLOCKS = 5 };

/* libcrypto's, whose header has a type of the same name as libsasl2's. */
struct md5 {
	unsigned state[64];
};
int MD5_Init(struct md5 *);
void MD5_Transform(struct md5 *, const unsigned char *block);

/* What libsasl2 looks for. */
__attribute__((visibility("default"))) int sasl_server_plug_init(
    const sasl_utils_t *, int, int *, sasl_server_plug_t **, int *);

static int
new_session(void *glob_context, sasl_server_params_t *params,
    const char *challenge, unsigned len, void **context)
{
	static char session;

	*context = &session;
	return SASL_OK;
}

static int
accept_user(sasl_server_params_t *params, const char *user, size_t len,
    sasl_out_params_t *out)
{
	const char *names[] = { SASL_AUX_PASSWORD, NULL };
	const sasl_utils_t *utils = params->utils;
	struct propval value[2];
	int result;

	utils->prop_request(params->propctx, names);
	result = params->canon_user(utils->conn, user, (unsigned)len,
	    SASL_CU_AUTHID | SASL_CU_AUTHZID, out);
	if (result != SASL_OK)
		return result;
	utils->prop_getnames(params->propctx, names, value);
	return value[0].values != NULL ? SASL_OK : SASL_NOUSER;
}

static int
say(const char *text, const char **said, unsigned *said_len)
{
	*said = text;
	*said_len = (unsigned)strlen(text);
	return SASL_CONTINUE;
}

static int
plain_step(void *context, sasl_server_params_t *params, const char *in,
    unsigned len, const char **said, unsigned *said_len, sasl_out_params_t *out)
{
	*said = NULL;
	*said_len = 0;
	out->doneflag = 1;
	return accept_user(params, in + 1, strlen(in + 1), out);
}

static int
login_step(void *context, sasl_server_params_t *params, const char *in,
    unsigned len, const char **said, unsigned *said_len, sasl_out_params_t *out)
{
	if (in == NULL)
		return say("Username:", said, said_len);
	if (out->authid == NULL) {
		accept_user(params, in, len, out);
		return say("Password:", said, said_len);
	}
	*said = NULL;
	*said_len = 0;
	out->doneflag = 1;
	return SASL_OK;
}

static int
crammd5_step(void *context, sasl_server_params_t *params, const char *in,
    unsigned len, const char **said, unsigned *said_len, sasl_out_params_t *out)
{
	unsigned char block[BLOCK] = { 0 };
	struct md5 md5;

	if (in == NULL) {
		if (getrandom(block, RANDOM, 0) != RANDOM)
			return SASL_FAIL;
		return say(
		    "<0123456789abcdefghijkl@bench.example>", said, said_len);
	}
	MD5_Init(&md5);
	for (int i = 0; i < BLOCKS; i++)
		MD5_Transform(&md5, block);
	*said = NULL;
	*said_len = 0;
	out->doneflag = 1;
	return accept_user(params, in, strcspn(in, " "), out);
}

static sasl_server_plug_t mechs[] = {
	{ .mech_name = "PLAIN",
	    .features = SASL_FEAT_WANT_CLIENT_FIRST,
	    .mech_new = new_session,
	    .mech_step = plain_step },
	{ .mech_name = "LOGIN",
	    .mech_new = new_session,
	    .mech_step = login_step },
	{ .mech_name = "CRAM-MD5",
	    .features = SASL_FEAT_SERVER_FIRST,
	    .mech_new = new_session,
	    .mech_step = crammd5_step },
};

int
sasl_server_plug_init(const sasl_utils_t *utils, int max_version, int *version,
    sasl_server_plug_t **list, int *count)
{
	*version = SASL_SERVER_PLUG_VERSION;
	*list = mechs;
	*count = sizeof mechs / sizeof mechs[0];
	return SASL_OK;
}
