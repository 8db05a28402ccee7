/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The password check of PLAIN and LOGIN.
 */
#include "config.h"

#include "backend/option.h"
#include "base/name.h"
#include "secrets/scheme.h"
#include "server/checkpass.h"
#include "server/engine.h"
#include "server/match.h"
#include "server/password.h"

enum { MAX_SLOW = 16 };

static lookup_names by_secrets[] = {
	[OPTION_SECRETS_BOTH] = { PROPERTY_PASSWORD, PROPERTY_HASH },
	[OPTION_SECRETS_PLAINTEXT] = { PROPERTY_PASSWORD },
	[OPTION_SECRETS_HASHED] = { PROPERTY_HASH },
};

/* A password against one stored value. */
struct password_proof {
	const struct host *h;
	struct bytes password;
	int secrets;   /* classic_secrets: which values are judged by */
	int is_stored; /* it is the text of a stored hash: never a password */
	int is_text;   /* the same of "{PLAIN}..."; sasl_checkpass() takes it */
	bool plain;    /* a value in plaintext was compared */
	bool worked;   /* a value of `scheme` was checked */
	bool looked;   /* the store was asked */
	int slow;      /* values whose check takes long */
	int scheme;    /* classic_hash_scheme, once it was asked for, or -1 */
};

/* Asked for once: a stranger must not need more words than a user. */
static int
scheme_of(struct password_proof *proof)
{
	if (proof->scheme < 0)
		proof->scheme = option_value(proof->h, OPTION_HASH_SCHEME);
	return proof->scheme;
}

/*
 * How many values there are is in the hands of whoever may write them: in a
 * directory often the user himself.
 */
static bool
is_too_much(struct password_proof *proof, const struct stored *value)
{
	if (!scheme_is_slow(value) || ++proof->slow <= MAX_SLOW)
		return false;
	if (proof->slow == MAX_SLOW + 1)
		host_log(proof->h, SASL_LOG_ERR,
		    "a user has more than %d hashes that take long: the others "
		    "are not compared",
		    MAX_SLOW);
	return true;
}

static enum verdict
compare(void *claim, const char *property, const struct stored *value,
    const char **why)
{
	struct password_proof *proof = claim;
	bool is_hash = !strcmp(property, PROPERTY_HASH);
	bool is_shown = !is_hash && proof->secrets == OPTION_SECRETS_HASHED;
	enum verdict result;

	if (value->kind == STORED_PLAINTEXT || value->kind == STORED_NOTHING) {
		if (value->value.len < value->octets.len)
			proof->is_text |=
			    secret_equal(value->octets, proof->password);
		if (value->kind == STORED_NOTHING || is_hash || is_shown)
			return VERDICT_UNUSABLE;
		proof->plain = true;
		return scheme_check(proof->h, value, proof->password, why);
	}
	proof->is_stored |= secret_equal(value->text, proof->password);
	if (value->text.len < value->octets.len)
		proof->is_stored |=
		    secret_equal(value->octets, proof->password);
	if (is_shown || is_too_much(proof, value))
		return VERDICT_UNUSABLE;
	result = scheme_check(proof->h, value, proof->password, why);
	if (result != VERDICT_UNUSABLE &&
	    scheme_is_choice(value, scheme_of(proof)))
		proof->worked = true;
	return result;
}

/*
 * Nobody was let in, and the time must not tell why: every attempt that fails
 * has compared one of each kind that may be stored, or else a stand-in. Where
 * others alone judge, nothing of ours can tell.
 */
static int
even_out(struct password_proof *proof)
{
	char text[SCHEME_DECOY];
	struct stored decoy;
	const char *why;

	if (!proof->looked)
		return SASL_OK;
	if (!proof->plain && proof->secrets != OPTION_SECRETS_HASHED) {
		scheme_classify(bytes_str("-"), &decoy);
		compare(proof, PROPERTY_PASSWORD, &decoy, &why);
	}
	if (proof->worked || proof->secrets == OPTION_SECRETS_PLAINTEXT)
		return SASL_OK;
	proof->slow = 0; /* the decoy is not one more of the user's */
	scheme_classify(scheme_decoy(scheme_of(proof), text), &decoy);
	return decoy.kind != STORED_NOTHING &&
		       compare(proof, PROPERTY_HASH, &decoy, &why) ==
			   VERDICT_NO_MEMORY
		   ? SASL_NOMEM
		   : SASL_OK;
}

/*
 * The text of what is stored must not pass as a password, whoever judges: the
 * library's own auxprop method takes userPassword as it is, and some others
 * do. If it could be that, look, even at what is not to be judged by.
 */
static lookup_names *
names_for(const struct password_proof *proof, unsigned methods)
{
	lookup_names *ours = &by_secrets[proof->secrets];
	bool is_hidden = proof->secrets == OPTION_SECRETS_HASHED &&
			 checkpass_wanted(proof->h, methods);

	if ((methods & PWCHECK_AUXPROP) && !is_hidden)
		return ours;
	if (scheme_resembles(proof->password))
		return is_hidden ? &by_secrets[OPTION_SECRETS_BOTH] : ours;
	return methods & PWCHECK_AUXPROP ? ours : NULL;
}

static int
refuse(struct server_session *s, int code, struct password_proof *proof,
    const char *reason)
{
	if (code == SASL_BADAUTH && even_out(proof) != SASL_OK)
		return server_fail(s, SASL_NOMEM, "no-memory");
	return server_fail(s, code, reason);
}

static int
decide(struct server_session *s, struct password_proof *proof,
    const struct lookup *found, unsigned methods)
{
	struct match_findings findings;
	int result = SASL_BADAUTH;

	match_all(found, compare, proof, &findings);
	match_complain(&s->host, &findings);
	if (findings.no_memory) /* not all were compared: no verdict */
		return refuse(s, SASL_NOMEM, proof, "no-memory");
	if (proof->is_stored)
		return refuse(s, SASL_BADAUTH, proof, "stored-hash-sent");
	if ((methods & PWCHECK_AUXPROP) && match_accepts(found, &findings))
		return SASL_OK;
	if (found->state != LOOKUP_BARRED && !proof->is_text)
		result = checkpass_ask(s, proof->password, methods);
	if (result == SASL_OK)
		return SASL_OK;
	if (result == SASL_UNAVAIL)
		return refuse(s, result, proof, "judge-unavailable");
	if (result == SASL_NOMEM)
		return refuse(s, SASL_NOMEM, proof, "no-memory");
	return refuse(s, result, proof,
	    methods & PWCHECK_AUXPROP ? match_refusal(found, &findings)
				      : "refused-by-others");
}

static int
check(struct server_session *s, const struct claim *claim, unsigned methods)
{
	struct password_proof proof = {
		.h = &s->host,
		.password = claim->password,
		.secrets = option_value(&s->host, OPTION_SECRETS),
		.scheme = -1,
	};
	lookup_names *names = names_for(&proof, methods);
	struct lookup found;
	int result;

	proof.looked = names != NULL;
	result = lookup_user(s, claim->authcid, names,
	    claim->authzid.len > 0 ? LOOKUP_AUTHCID : LOOKUP_BOTH, &found);
	if (result != SASL_OK)
		return result;
	return decide(s, &proof, &found, methods);
}

/* Some clients send the end of the line with the password. */
static struct bytes
without_newline(const struct host *h, struct bytes password)
{
	size_t n = password.len;

	if (n > 0 && password.data[n - 1] == '\n')
		n--;
	if (n > 0 && password.data[n - 1] == '\r')
		n--;
	if (n < password.len && option_value(h, OPTION_PASSWORD_NEWLINE))
		password.len = n;
	return password;
}

int
password_authorise(struct server_session *s, struct bytes authzid)
{
	int result;

	if (authzid.len == 0)
		return SASL_OK;
	/* sasl_checkpass() may have fetched those of the authcid. */
	lookup_forget_application(s);
	/* An authzid need not be a user of the password store. */
	result = s->params->canon_user(host_connection(&s->host), authzid.data,
	    (unsigned)authzid.len,
	    SASL_CU_AUTHZID | SASL_CU_EXTERNALLY_VERIFIED, s->out);
	if (result == SASL_OK)
		return SASL_OK;
	return server_fail(s, lookup_failure(result), "bad-authzid");
}

int
password_check(struct server_session *s, struct claim claim)
{
	const char *fault;
	int result;

	s->authcid = claim.authcid;
	claim.password = without_newline(&s->host, claim.password);
	fault = name_fault(claim.authcid);
	if (fault == NULL && claim.authzid.len > 0)
		fault = name_fault(claim.authzid);
	if (fault == NULL)
		fault = name_password_fault(claim.password);
	if (fault != NULL)
		return server_fail(s, SASL_BADPROT, fault);
	result = check(s, &claim, option_pwcheck(&s->host));
	if (result != SASL_OK)
		return result;
	return password_authorise(s, claim.authzid);
}
