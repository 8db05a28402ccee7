/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The floor under the figures: servers and clients that do what no plugin can
 * do without, and check nothing. Each makes one canon_user; a server asks for
 * one property, a client for name and password, and says what that of login.c
 * has to say. CRAM-MD5 has 16 octets of getrandom(2) and five blocks of MD5. It
 * lets everybody in: it is made to be measured, and never installed.
 */
#include "config.h"

#include <string.h>
#include <sys/random.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#include "login.h"

#pragma GCC diagnostic ignored "-Wunused-parameter"

enum { RANDOM = 16, BLOCK = 64, BLOCKS = 5 };

/* libcrypto's, whose header has a type of the same name as libsasl2's. */
struct md5 {
	unsigned state[64];
};
int MD5_Init(struct md5 *);
void MD5_Transform(struct md5 *, const unsigned char *block);

/* What libsasl2 looks for. */
__attribute__((visibility("default")))
sasl_server_plug_init_t sasl_server_plug_init;
__attribute__((visibility("default")))
sasl_client_plug_init_t sasl_client_plug_init;

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
	if (result == SASL_NOMECH) /* there is no store */
		return SASL_OK;
	if (result != SASL_OK)
		return SASL_FAIL;
	utils->prop_getnames(params->propctx, names, value);
	return value[0].values != NULL ? SASL_OK : SASL_NOUSER;
}

static int
plain_step(void *context, sasl_server_params_t *params, const char *in,
    unsigned len, const char **said, unsigned *said_len, sasl_out_params_t *out)
{
	out->doneflag = 1;
	return accept_user(params, in + 1, strlen(in + 1), out);
}

static int
login_step(void *context, sasl_server_params_t *params, const char *in,
    unsigned len, const char **said, unsigned *said_len, sasl_out_params_t *out)
{
	out->doneflag = out->authid != NULL;
	if (out->doneflag)
		return SASL_OK;
	*said = in == NULL ? "Username:" : "Password:";
	*said_len = 9;
	return in == NULL || accept_user(params, in, len, out) == SASL_OK
		   ? SASL_CONTINUE
		   : SASL_FAIL;
}

static void
run_md5(void)
{
	unsigned char block[BLOCK] = { 0 };
	struct md5 md5;

	MD5_Init(&md5);
	for (int i = 0; i < BLOCKS; i++)
		MD5_Transform(&md5, block);
}

static int
crammd5_step(void *context, sasl_server_params_t *params, const char *in,
    unsigned len, const char **said, unsigned *said_len, sasl_out_params_t *out)
{
	static const char challenge[] =
	    "<0123456789abcdefghijkl@bench.example>";
	unsigned char random[RANDOM];

	if (in == NULL) {
		*said = challenge;
		*said_len = sizeof challenge - 1;
		return getrandom(random, RANDOM, 0) == RANDOM ? SASL_CONTINUE
							      : SASL_FAIL;
	}
	run_md5();
	out->doneflag = 1;
	return accept_user(params, in, strcspn(in, " "), out);
}

static sasl_server_plug_t mechs[] = {
	{ .mech_name = "PLAIN",
	    .security_flags = SASL_SEC_NOANONYMOUS,
	    .features = SASL_FEAT_WANT_CLIENT_FIRST,
	    .mech_new = new_session,
	    .mech_step = plain_step },
	{ .mech_name = "LOGIN",
	    .security_flags = SASL_SEC_NOANONYMOUS,
	    .mech_new = new_session,
	    .mech_step = login_step },
	{ .mech_name = "CRAM-MD5",
	    .security_flags = SASL_SEC_NOANONYMOUS,
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

static int
new_client(void *glob_context, sasl_client_params_t *params, void **context)
{
	static char session;

	*context = &session;
	return SASL_OK;
}

static int
identify(sasl_client_params_t *params, sasl_out_params_t *out)
{
	const sasl_utils_t *utils = params->utils;
	sasl_callback_ft name, password;
	void *of_name, *of_password;
	sasl_secret_t *secret;
	const char *user;

	if (utils->getcallback(
		utils->conn, SASL_CB_AUTHNAME, &name, &of_name) != SASL_OK ||
	    utils->getcallback(
		utils->conn, SASL_CB_PASS, &password, &of_password) != SASL_OK)
		return SASL_FAIL;
	((sasl_getsimple_t *)(void *)name)(
	    of_name, SASL_CB_AUTHNAME, &user, NULL);
	((sasl_getsecret_t *)(void *)password)(
	    utils->conn, of_password, SASL_CB_PASS, &secret);
	return params->canon_user(
	    utils->conn, user, 0, SASL_CU_AUTHID | SASL_CU_AUTHZID, out);
}

#define SAY(text) (*said = (text), *said_len = sizeof(text) - 1)

static int
plain_client_step(void *context, sasl_client_params_t *params, const char *in,
    unsigned len, sasl_interact_t **prompts, const char **said,
    unsigned *said_len, sasl_out_params_t *out)
{
	SAY("\0tim\0" LOGIN_PASSWORD);
	out->doneflag = 1;
	return identify(params, out);
}

static int
login_client_step(void *context, sasl_client_params_t *params, const char *in,
    unsigned len, sasl_interact_t **prompts, const char **said,
    unsigned *said_len, sasl_out_params_t *out)
{
	if (out->authid == NULL) {
		SAY("tim");
		return identify(params, out) == SASL_OK ? SASL_CONTINUE
							: SASL_FAIL;
	}
	SAY(LOGIN_PASSWORD);
	out->doneflag = 1;
	return SASL_OK;
}

static int
crammd5_client_step(void *context, sasl_client_params_t *params, const char *in,
    unsigned len, sasl_interact_t **prompts, const char **said,
    unsigned *said_len, sasl_out_params_t *out)
{
	SAY("tim b913a602c7eda7a495b4e6e7334d3890");
	run_md5();
	out->doneflag = 1;
	return identify(params, out);
}

static sasl_client_plug_t client_mechs[] = {
	{ .mech_name = "PLAIN",
	    .security_flags = SASL_SEC_NOANONYMOUS,
	    .features = SASL_FEAT_WANT_CLIENT_FIRST,
	    .mech_new = new_client,
	    .mech_step = plain_client_step },
	{ .mech_name = "LOGIN",
	    .security_flags = SASL_SEC_NOANONYMOUS,
	    .features = SASL_FEAT_SERVER_FIRST,
	    .mech_new = new_client,
	    .mech_step = login_client_step },
	{ .mech_name = "CRAM-MD5",
	    .security_flags = SASL_SEC_NOANONYMOUS,
	    .features = SASL_FEAT_SERVER_FIRST,
	    .mech_new = new_client,
	    .mech_step = crammd5_client_step },
};

int
sasl_client_plug_init(const sasl_utils_t *utils, int max_version, int *version,
    sasl_client_plug_t **list, int *count)
{
	*version = SASL_CLIENT_PLUG_VERSION;
	*list = client_mechs;
	*count = sizeof client_mechs / sizeof client_mechs[0];
	return SASL_OK;
}
