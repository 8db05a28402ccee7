/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5 (RFC 2195): the password itself never travels.
 *
 *	S: <nonce.seconds@host>    C: authcid SP hex(HMAC-MD5(password, S))
 */
#include "config.h"

#include <sys/random.h>
#include <time.h>

#include "backend/option.h"
#include "base/name.h"
#include "client/engine.h"
#include "crammd5_wire.h"
#include "plugin.h"
#include "secrets/digest.h"
#include "secrets/hmac_md5.h"
#include "server/crammd5_store.h"
#include "server/offer.h"
#include "server/match.h"

/* The server. */

/* Seconds are all that is wanted, and the coarse clock of Linux has them. */
#if HAVE_DECL_CLOCK_MONOTONIC_COARSE
#define SECONDS_CLOCK CLOCK_MONOTONIC_COARSE
#else
#define SECONDS_CLOCK CLOCK_MONOTONIC
#endif

/* Besides the challenge, which is kept. */
struct crammd5_own {
	time_t sent; /* by the monotonic clock */
};

static time_t
monotonic(void)
{
	struct timespec now;

	return clock_gettime(SECONDS_CLOCK, &now) < 0 ? -1 : now.tv_sec;
}

static int
send_challenge(struct server_session *s, struct bytes in)
{
	struct crammd5_own *own = s->own;
	char challenge[CRAMMD5_CHALLENGE_MAX];
	struct crammd5_seed seed;
	size_t len;

	(void)in; /* empty: the table has no room for more */
	if (getrandom(seed.random, sizeof(seed.random), 0) !=
	    sizeof(seed.random))
		return server_fail(s, SASL_UNAVAIL, "no-randomness");
	seed.seconds = (uint64_t)time(NULL);
	len = crammd5_print_challenge(
	    &seed, bytes_str(s->params->serverFQDN), challenge);
	if (len == 0)
		return server_fail(s, SASL_UNAVAIL, "bad-server-name");
	if (secret_copy(&s->host, &s->kept, bytes_of(challenge, len)) < 0)
		return server_fail(s, SASL_NOMEM, "no-memory");
	own->sent = monotonic();
	return server_reply(s, secret_bytes(&s->kept));
}

/* A clock that fails or goes backwards makes a challenge old. */
static bool
is_fresh(const struct server_session *s)
{
	const struct crammd5_own *own = s->own;
	time_t now = monotonic();

	if (own->sent < 0 || now < own->sent)
		return false;
	return now == own->sent ||
	       now - own->sent <=
		   option_value(&s->host, OPTION_CHALLENGE_LIFETIME);
}

/* A response against one stored value. */
struct response_proof {
	const struct host *h;
	struct bytes challenge;
	struct crammd5_response response;
	bool done[2]; /* by enum crammd5_kind: one of them was compared */
};

static enum verdict
compare(void *claim, const char *property, const struct stored *value,
    const char **why)
{
	unsigned char mac[HMAC_MD5_MAC];
	struct response_proof *proof = claim;
	struct hmac_md5_key key;
	enum crammd5_kind kind;
	int equal;

	if (value->kind == STORED_NOTHING)
		return VERDICT_UNUSABLE;
	kind = crammd5_key(property, value, &key, why);
	if (kind == CRAMMD5_UNUSABLE)
		return VERDICT_UNUSABLE;
	proof->done[kind] = true;
	hmac_md5(&key, proof->challenge, mac);
	equal = secret_same(mac, proof->response.digest, sizeof(mac));
	secret_wipe(&key, sizeof(key));
	secret_wipe(mac, sizeof(mac));
	return (enum verdict)equal;
}

static void
compare_decoy(
    struct response_proof *proof, const char *property, struct bytes octets)
{
	struct stored decoy;
	const char *why;

	scheme_classify(octets, &decoy);
	compare(proof, property, &decoy, &why);
}

/* As in password.c: an unknown user costs what a user does, in both forms. */
static void
even_out(struct response_proof *proof, const struct match_findings *findings)
{
	static const char state[] = "00000000000000000000000000000000"
				    "00000000000000000000000000000000";
	const struct decoys *decoys = &findings->decoys;
	int secrets = option_value(proof->h, OPTION_SECRETS);
	unsigned n;
	size_t i;

	if (!proof->done[CRAMMD5_FROM_PASSWORD] &&
	    secrets != OPTION_SECRETS_HASHED)
		compare_decoy(proof, PROPERTY_PASSWORD, bytes_str("-"));
	if (!proof->done[CRAMMD5_FROM_STATE] &&
	    secrets != OPTION_SECRETS_PLAINTEXT)
		compare_decoy(proof, PROPERTY_STATE, bytes_str(state));
	for (i = 0; i < decoys->count; i++)
		for (n = 0; n < decoys->times[i]; n++)
			compare_decoy(proof,
			    decoy_is_password(decoys, i) ? PROPERTY_PASSWORD
							 : PROPERTY_STATE,
			    decoy_octets(decoys, i));
	match_unusable(findings, findings->hashes == 0, compare, proof);
}

static int
check_proof(struct server_session *s, struct response_proof *proof)
{
	struct match_findings findings;
	struct lookup found;
	char name[MAX_NAME + 1];
	bool fresh;
	int result;

	/* The library reads names up to a NUL, whatever length it is given. */
	memcpy(name, s->authcid.data, s->authcid.len);
	name[s->authcid.len] = '\0';
	result = lookup_user(&s->host, s->params, s->out,
	    bytes_of(name, s->authcid.len), crammd5_names(&s->host),
	    server_scope(s), &found);
	if (result != SASL_OK)
		return server_fail(s, result, "lookup-failed");
	match_all(&found, compare, proof, &findings);
	s->fault = findings.fault;
	fresh = is_fresh(s);
	if (fresh && match_accepts(&found, &findings))
		return SASL_OK;
	even_out(proof, &findings);
	return server_fail(s, SASL_BADAUTH,
	    fresh ? match_refusal(&found, &findings) : "expired-challenge");
}

static int
check_response(struct server_session *s, struct bytes in)
{
	struct response_proof proof = { .h = &s->host,
		.challenge = secret_bytes(&s->kept) };
	const char *fault;

	if (crammd5_parse_response(in, &proof.response) < 0)
		return server_fail(s, SASL_BADPROT, "not-a-crammd5-response");
	s->authcid = proof.response.authcid;
	fault = name_fault(s->authcid);
	if (fault != NULL)
		return server_fail(s, SASL_BADAUTH, fault);
	return check_proof(s, &proof);
}

/*
 * Why not to offer it: many devices try the strongest mechanism that they are
 * offered, and only that, so one that cannot succeed does harm.
 */
static const char *
banned(const struct host *h)
{
	if (option_value(h, OPTION_CRAMMD5_ADVERTISE) == OPTION_ADVERTISE_YES)
		return NULL;
	if (digest_kernel_fips())
		return "the kernel is in FIPS mode";
	return digest_fips() ? "OpenSSL's configuration asks for FIPS" : NULL;
}

static const char *
withheld(const struct host *h)
{
	switch (option_value(h, OPTION_CRAMMD5_ADVERTISE)) {
	case OPTION_ADVERTISE_YES:
		return NULL;
	case OPTION_ADVERTISE_NO:
		return "classic_crammd5_advertise says no";
	default:
		/* A login by other means may still store what it needs; and
		 * where no method checks passwords, this is all there is. */
		if ((option_pwcheck(h) & PWCHECK_AUXPROP) ||
		    option_transitions(h) || !option_names_other(h))
			return NULL;
		return "pwcheck_method does not name auxprop, and "
		       "auto_transition is off";
	}
}

static const struct server_step server_steps[] = {
	{ send_challenge, 0 },
	{ check_response, MAX_MESSAGE },
	{ NULL, 0 },
};

static const struct server_mechanism server = {
	.name = "CRAM-MD5",
	.steps = server_steps,
	.own_size = sizeof(struct crammd5_own),
	.secret = SETPASS_STATE,
	.banned = banned,
	.withheld = withheld,
};

static const sasl_server_plug_t server_plug = {
	.mech_name = "CRAM-MD5",
	.security_flags = SASL_SEC_NOPLAINTEXT | SASL_SEC_NOANONYMOUS,
	.features = SASL_FEAT_SERVER_FIRST,
	.mech_avail = server_available,
	SERVER_ENGINE,
};

/* The client. */

static int
send_response(struct client_session *s, struct bytes in)
{
	struct crammd5_response response;
	struct hmac_md5_key key;
	int result;

	if (!crammd5_is_challenge(in))
		return client_fail(s, SASL_BADPROT,
		    "the server's challenge is empty, too long or unprintable");
	result = client_identify(s);
	if (result != SASL_OK)
		return result;
	response.authcid = bytes_of(s->turn->out->authid, s->turn->out->alen);
	if (secret_alloc(
		&s->host, &s->message, crammd5_response_size(&response)) < 0)
		return client_fail(s, SASL_NOMEM, "out of memory");
	hmac_md5_key(&key, secret_bytes(&s->password));
	hmac_md5(&key, in, response.digest);
	crammd5_print_response(&response, s->message.data);
	secret_wipe(&key, sizeof(key));
	secret_wipe(response.digest, sizeof(response.digest));
	return client_finish(s, secret_bytes(&s->message));
}

static const struct client_step client_steps[] = {
	{ send_response },
	{ NULL },
};

static const struct client_mechanism client = {
	.name = "CRAM-MD5",
	.steps = client_steps,
};

static const sasl_client_plug_t client_plug = {
	.mech_name = "CRAM-MD5",
	.security_flags = SASL_SEC_NOPLAINTEXT | SASL_SEC_NOANONYMOUS,
	.features = SASL_FEAT_SERVER_FIRST,
	.glob_context = (void *)&client,
	CLIENT_ENGINE,
};

PLUGIN_EXPORTS(server_plug, server, client_plug)
