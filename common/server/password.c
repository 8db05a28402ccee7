/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The password check of PLAIN and LOGIN.
 */
#include "config.h"

#include <stdint.h>

#include "backend/option.h"
#include "base/name.h"
#include "secrets/scheme.h"
#include "server/checkpass.h"
#include "server/engine.h"
#include "server/match.h"
#include "server/password.h"

/*
 * Microseconds that the stored values of a user may take together, as they are
 * estimated. Whoever may write them decides how many there are and what they
 * cost; in a directory that is often the user himself.
 */
enum { MAX_WORK = 1700000 };

static lookup_names by_secrets[] = {
	[OPTION_SECRETS_BOTH] = { PROPERTY_PASSWORD, PROPERTY_HASH },
	[OPTION_SECRETS_PLAINTEXT] = { PROPERTY_PASSWORD },
	[OPTION_SECRETS_HASHED] = { PROPERTY_HASH },
};

/* A password against one stored value. */
struct password_proof {
	const struct host *h;
	struct bytes password;
	int secrets;   /* classic_secrets: which values count */
	int is_stored; /* it is the text of a stored hash: never a password */
	int is_text;   /* the same of "{PLAIN}..."; sasl_checkpass() takes it */
	bool plain;    /* a value in plaintext was compared */
	unsigned work; /* what the hashes took that were checked */
};

static enum verdict
compare_plaintext(struct password_proof *proof, bool counts,
    const struct stored *value, const char **why)
{
	if (value->value.len < value->octets.len)
		proof->is_text |= secret_equal(value->octets, proof->password);
	if (value->kind == STORED_NOTHING || !counts)
		return VERDICT_UNUSABLE;
	proof->plain = true;
	return scheme_check(proof->h, value, proof->password, why);
}

static enum verdict
compare(void *claim, const char *property, const struct stored *value,
    const char **why)
{
	struct password_proof *proof = claim;
	bool is_hash = !strcmp(property, PROPERTY_HASH);
	bool counts = is_hash || proof->secrets != OPTION_SECRETS_HASHED;
	enum verdict result;
	unsigned work;

	if (value->kind == STORED_PLAINTEXT || value->kind == STORED_NOTHING)
		return compare_plaintext(proof, counts && !is_hash, value, why);
	proof->is_stored |= secret_equal(value->text, proof->password);
	if (value->text.len < value->octets.len)
		proof->is_stored |=
		    secret_equal(value->octets, proof->password);
	if (!counts)
		return VERDICT_UNUSABLE;
	work = scheme_work(value, proof->password.len);
	if (work > MAX_WORK - proof->work) {
		*why = "all of the user's would cost too much";
		return VERDICT_UNUSABLE;
	}
	result = scheme_check(proof->h, value, proof->password, why);
	if (result != VERDICT_UNUSABLE)
		proof->work += work;
	return result;
}

/*
 * The decoy that the administrator has configured: a value, or one of the
 * scheme that he has set. None otherwise: the pack must not make a plaintext
 * store slow.
 */
static struct bytes
configured_decoy(const struct password_proof *proof, char text[SCHEME_DECOY])
{
	const struct host *h = proof->h;
	struct bytes decoy = option_decoy(h);

	if (proof->secrets == OPTION_SECRETS_PLAINTEXT)
		return bytes_of(NULL, 0);
	if (decoy.len > 0)
		return decoy;
	if (option_is_set(h, OPTION_SECRETS) ||
	    option_is_set(h, OPTION_HASH_SCHEME))
		return scheme_decoy(option_value(h, OPTION_HASH_SCHEME), text);
	return bytes_of(NULL, 0);
}

/* A decoy is checked as a value of the user is, but is none of them. */
static int
check_decoy(struct password_proof *proof, struct bytes octets)
{
	struct stored decoy;
	const char *why;

	proof->work = 0;
	scheme_classify(octets, &decoy);
	return compare(proof, PROPERTY_HASH, &decoy, &why) == VERDICT_NO_MEMORY
		   ? SASL_NOMEM
		   : SASL_OK;
}

/*
 * The login is refused, and the time must not tell why. So every refusal has
 * compared one value of each kind that may be stored, or a decoy in its place.
 * No decoy is checked after a hash of the user that costs about as much.
 */
static int
even_out(struct password_proof *proof, const struct match_findings *findings)
{
	char text[SCHEME_DECOY];
	struct bytes own;
	struct stored decoy;
	unsigned done = proof->work;
	const char *why;
	size_t i;
	int result = SASL_OK;

	if (!proof->plain && proof->secrets != OPTION_SECRETS_HASHED) {
		scheme_classify(bytes_str("-"), &decoy);
		compare(proof, PROPERTY_PASSWORD, &decoy, &why);
	}
	for (i = 0; i < findings->decoys && result == SASL_OK; i++)
		result = check_decoy(proof, bytes_str(findings->decoy[i]));
	if (findings->is_told)
		return result;
	own = configured_decoy(proof, text);
	if (own.len == 0)
		return SASL_OK;
	scheme_classify(own, &decoy);
	if ((uint64_t)done * 4 >=
	    (uint64_t)scheme_work(&decoy, proof->password.len) * 3)
		return SASL_OK;
	return check_decoy(proof, own);
}

/*
 * The text of a stored hash must not pass as a password, whatever method checks
 * it: libsasl2's own auxprop method compares with the text of userPassword, and
 * some others do too. If the password looks like a hash, the store is asked,
 * even for values that do not count.
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

/* The verdict on a claim, before it is told. */
struct judgement {
	int code;
	const char *reason;
};

static void
judge(struct judgement *j, int code, const char *reason)
{
	j->code = code;
	j->reason = reason;
}

/* Ask the others, if our own check has not accepted. */
static void
ask_others(struct server_session *s, struct password_proof *proof,
    const struct lookup *found, const struct match_findings *findings,
    unsigned methods, struct judgement *j)
{
	bool is_ours = methods & PWCHECK_AUXPROP;
	int result = SASL_BADAUTH;

	if (found->state != LOOKUP_BARRED && !proof->is_text)
		result = checkpass_ask(s, proof->password, methods);
	/* The library's own auxprop method takes no store for trouble. */
	if (result == SASL_UNAVAIL && (methods & PWCHECK_AUXPROP_LAST) &&
	    found->state == LOOKUP_NO_STORE)
		result = SASL_BADAUTH;
	if (result == SASL_OK)
		judge(j, SASL_OK, NULL);
	else if (result == SASL_UNAVAIL)
		judge(j, SASL_UNAVAIL, "others-unavailable");
	else if (result == SASL_NOMEM)
		judge(j, SASL_NOMEM, "no-memory");
	else if (is_ours && found->state == LOOKUP_TROUBLE)
		judge(j, SASL_UNAVAIL, "lookup-failed");
	else if ((methods & PWCHECK_OTHERS) && found->state != LOOKUP_BARRED &&
		 !(is_ours && findings->usable > 0))
		judge(j, SASL_BADAUTH, "refused-by-others");
	else
		judge(j, SASL_BADAUTH, match_refusal(found, findings));
}

/* If the store is in trouble, the others decide, if there are any. */
static void
check(struct server_session *s, struct password_proof *proof,
    const struct claim *claim, enum lookup_scope scope,
    struct match_findings *findings, struct judgement *j)
{
	unsigned methods = option_pwcheck(proof->h);
	lookup_names *names = names_for(proof, methods);
	struct lookup found;
	int result;

	result = lookup_user(
	    proof->h, s->params, s->out, claim->authcid, names, scope, &found);
	judge(j, result, "lookup-failed");
	if (result == SASL_NOMEM ||
	    (result != SASL_OK && !checkpass_wanted(proof->h, methods)))
		return;
	match_all(&found, compare, proof, findings);
	s->fault.label = findings->label;
	s->fault.why = findings->why;
	if (names == NULL) /* only others check: we have nothing to even out */
		findings->is_told = true;
	if (findings->no_memory) /* not all were compared: no verdict */
		judge(j, SASL_NOMEM, "no-memory");
	else if (proof->is_stored)
		judge(j, SASL_BADAUTH, "stored-hash-sent");
	else if ((methods & PWCHECK_AUXPROP) && match_accepts(&found, findings))
		judge(j, SASL_OK, NULL);
	else
		ask_others(s, proof, &found, findings, methods, j);
}

/*
 * May the user act as `authzid`? The library asks the same of the application
 * or of its own rule once we have said yes; but its refusal is no line in the
 * log, and costs less than others do.
 */
static bool
is_allowed(struct server_session *s)
{
	sasl_out_params_t *out = s->out;
	const char *realm = s->params->user_realm;
	sasl_authorize_t *policy;
	int (*function)(void);
	void *context;

	if (host_callback(
		&s->host, SASL_CB_PROXY_POLICY, &function, &context) != SASL_OK)
		return true;
	policy = (sasl_authorize_t *)(void *)function;
	return policy(host_connection(&s->host), context, out->user, out->ulen,
		   out->authid, out->alen, realm,
		   realm != NULL ? (unsigned)strlen(realm) : 0,
		   s->params->propctx) == SASL_OK;
}

/*
 * The authzid is looked up after a wrong password too, so that the lookup does
 * not show whether the password was right. Where no store is needed, trouble of
 * the store is ignored.
 */
static void
authorise(struct server_session *s, struct bytes authzid, struct judgement *j)
{
	int result;

	/* sasl_checkpass() may have fetched those of the authcid. */
	lookup_forget_application(&s->host, s->params);
	s->out->user = NULL;
	/* An authzid need not be a user of the password store. */
	result = s->params->canon_user(host_connection(&s->host), authzid.data,
	    (unsigned)authzid.len,
	    SASL_CU_AUTHZID | SASL_CU_EXTERNALLY_VERIFIED, s->out);
	if (j->code != SASL_OK)
		return;
	if (result == SASL_FAIL && authzid.data[0] == ' ')
		result = SASL_BADAUTH; /* the library takes no such name */
	if (result != SASL_OK && result != SASL_NOMEM && s->out->user != NULL &&
	    lookup_failure(result) != SASL_BADAUTH &&
	    !(option_pwcheck(&s->host) & PWCHECK_AUXPROP))
		result = SASL_OK;
	if (result != SASL_OK)
		judge(j, lookup_failure(result), "bad-authzid");
	else if (!is_allowed(s))
		judge(j, SASL_BADAUTH, "refused-authzid");
}

struct bytes
password_without_newline(const struct host *h, struct bytes text)
{
	size_t n = text.len;

	if (n > 0 && text.data[n - 1] == '\n')
		n--;
	if (n > 0 && text.data[n - 1] == '\r')
		n--;
	if (n < text.len && option_value(h, OPTION_PASSWORD_NEWLINE))
		text.len = n;
	return text;
}

static const char *
fault_of(const struct claim *claim)
{
	const char *fault = name_fault(claim->authcid);

	if (fault == NULL && claim->authzid.len > 0)
		fault = name_fault(claim->authzid);
	return fault != NULL ? fault : name_password_fault(claim->password);
}

int
password_check(struct server_session *s, struct claim claim)
{
	bool is_proxy =
	    claim.authzid.len > 0 && !bytes_equal(claim.authzid, claim.authcid);
	struct match_findings findings = { .matched = 0 };
	struct password_proof proof = { .h = &s->host };
	struct judgement j;
	const char *fault;

	s->authcid = claim.authcid;
	claim.password = password_without_newline(&s->host, claim.password);
	fault = fault_of(&claim);
	if (fault != NULL)
		return server_fail(s, SASL_BADAUTH, fault);
	proof.password = claim.password;
	proof.secrets = option_value(&s->host, OPTION_SECRETS);
	check(s, &proof, &claim, is_proxy ? LOOKUP_AUTHCID : LOOKUP_BOTH,
	    &findings, &j);
	if (is_proxy && (j.code == SASL_OK || j.code == SASL_BADAUTH))
		authorise(s, claim.authzid, &j);
	if (j.code == SASL_BADAUTH && even_out(&proof, &findings) != SASL_OK)
		judge(&j, SASL_NOMEM, "no-memory");
	return j.code == SASL_OK ? SASL_OK : server_fail(s, j.code, j.reason);
}
