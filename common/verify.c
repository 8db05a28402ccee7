/*
 * The password check of PLAIN and LOGIN.
 */
#include "config.h"

#include "identity.h"
#include "lookup.h"
#include "option.h"
#include "scheme.h"
#include "server.h"
#include "verify.h"

static lookup_names names = { PROPERTY_PASSWORD };

/* What comparing a password with all that is stored has shown. */
struct findings {
	int matched;   /* it is the password */
	int is_stored; /* it is the text of a stored hash: never a password */
	size_t values; /* that are stored */
	size_t usable; /* of them */
};

/*
 * Every value is compared, whatever the ones before have shown, and a user
 * without any costs as much as one with one.
 */
static void
compare_all(
    const struct lookup *found, struct bytes password, struct findings *f)
{
	struct lookup_cursor at = { 0, 0 };
	struct bytes value;

	memset(f, 0, sizeof(*f));
	while (lookup_next(found, &at, &value)) {
		f->values++;
		if (scheme_plaintext(&value)) {
			f->usable += value.len > 0;
			f->matched |= secret_equal(value, password);
		} else
			f->is_stored |= secret_equal(value, password);
	}
	if (f->values == 0)
		(void)secret_equal(bytes_str("nobody"), password);
}

static const char *
refusal(const struct lookup *found, const struct findings *f)
{
	if (found->state == LOOKUP_BARRED)
		return "barred-user";
	if (found->state == LOOKUP_UNKNOWN)
		return "unknown-user";
	if (f->is_stored)
		return "stored-hash-sent";
	if (f->values == 0)
		return "no-secret";
	return f->usable == 0 ? "unusable-secret" : "wrong-password";
}

/* sasl_checkpass() with a copy of the password that ends with a NUL. */
static int
ask_others(struct server_session *s, struct bytes password)
{
	struct secret copy = { NULL, 0 };
	int result;

	if (secret_copy(&s->host, &copy, password) < 0)
		return SASL_NOMEM;
	result = host_checkpass(&s->host, s->out->authid, copy.data);
	secret_free(&s->host, &copy);
	return result == SASL_OK ? SASL_OK : lookup_failure(result);
}

static int
judge(struct server_session *s, const struct claim *claim, unsigned judges)
{
	struct lookup found;
	struct findings f;
	int result;

	result = lookup_user(s, claim->authcid,
	    judges & PWCHECK_AUXPROP ? &names : NULL,
	    claim->authzid.len > 0 ? LOOKUP_AUTHCID : LOOKUP_BOTH, &found);
	if (result != SASL_OK)
		return result;
	compare_all(&found, claim->password, &f);
	if (f.matched & (found.state == LOOKUP_KNOWN) & !f.is_stored)
		return SASL_OK;
	result = SASL_BADAUTH;
	if ((judges & PWCHECK_OTHERS) && found.state != LOOKUP_BARRED &&
	    !f.is_stored)
		result = ask_others(s, claim->password);
	if (result == SASL_OK)
		return SASL_OK;
	return server_fail(s, result, refusal(&found, &f));
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
	result = judge(s, &claim, option_pwcheck(&s->host));
	if (result != SASL_OK)
		return result;
	return identity_authorise(s, claim.authzid);
}
