/*
 * The password check of PLAIN and LOGIN.
 */
#include "config.h"

#include "identity.h"
#include "judge.h"
#include "option.h"
#include "scheme.h"
#include "server.h"
#include "verify.h"

static lookup_names names = { PROPERTY_PASSWORD };

/* A password against one stored value. */
struct proof {
	struct bytes password;
	int is_stored; /* it is the text of a stored hash: never a password */
};

static enum judgement
compare(void *claim, const struct lookup_value *stored)
{
	struct proof *proof = claim;
	struct bytes value = stored->value;

	if (scheme_plaintext(&value)) {
		if (value.len == 0)
			return JUDGE_UNUSABLE;
		return secret_equal(value, proof->password) ? JUDGE_MATCHES
							    : JUDGE_DIFFERS;
	}
	proof->is_stored |= secret_equal(value, proof->password);
	return JUDGE_UNUSABLE;
}

/*
 * sasl_checkpass() with a copy of the password that ends with a NUL. It would
 * free what we fetched without wiping it, and leaves what it fetches itself.
 */
static int
ask_others(struct server_session *s, struct bytes password)
{
	struct secret copy = { NULL, 0 };
	int result;

	lookup_forget(&s->host, s->params);
	s->fetched = true;
	if (secret_copy(&s->host, &copy, password) < 0)
		return SASL_NOMEM;
	result = host_checkpass(&s->host, s->out->authid, copy.data);
	secret_free(&s->host, &copy);
	return result == SASL_OK ? SASL_OK : lookup_failure(result);
}

static int
check(struct server_session *s, const struct claim *claim, unsigned judges)
{
	struct proof proof = { claim->password, 0 };
	struct judge_findings findings;
	struct lookup found;
	int result;

	result = lookup_user(s, claim->authcid,
	    judges & PWCHECK_AUXPROP ? &names : NULL,
	    claim->authzid.len > 0 ? LOOKUP_AUTHCID : LOOKUP_BOTH, &found);
	if (result != SASL_OK)
		return result;
	judge_all(&found, compare, &proof, &findings);
	if (proof.is_stored)
		return server_fail(s, SASL_BADAUTH, "stored-hash-sent");
	if (judge_accepts(&found, &findings))
		return SASL_OK;
	result = SASL_BADAUTH;
	if ((judges & PWCHECK_OTHERS) && found.state != LOOKUP_BARRED)
		result = ask_others(s, claim->password);
	if (result == SASL_OK)
		return SASL_OK;
	return server_fail(s, result, judge_refusal(&found, &findings));
}

/* Some clients send the end of the line with the password. */
static struct bytes
without_newline(struct bytes password)
{
	if (password.len > 0 && password.data[password.len - 1] == '\n')
		password.len--;
	if (password.len > 0 && password.data[password.len - 1] == '\r')
		password.len--;
	return password;
}

int
verify_claim(struct server_session *s, struct claim claim)
{
	const char *fault;
	int result;

	s->authcid = claim.authcid;
	if (option_value(&s->host, OPTION_PASSWORD_NEWLINE))
		claim.password = without_newline(claim.password);
	fault = identity_name_fault(claim.authcid);
	if (fault == NULL && claim.authzid.len > 0)
		fault = identity_name_fault(claim.authzid);
	if (fault == NULL)
		fault = identity_password_fault(claim.password);
	if (fault != NULL)
		return server_fail(s, SASL_BADPROT, fault);
	result = check(s, &claim, option_pwcheck(&s->host));
	if (result != SASL_OK)
		return result;
	return identity_authorise(s, claim.authzid);
}
