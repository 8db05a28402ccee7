/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The password check of PLAIN and LOGIN: the stored values, then the others
 * that pwcheck_method names; and a refusal in equal time.
 */
#include "config.h"

#include <stdint.h>

#include "backend/option.h"
#include "base/name.h"
#include "server/authzid.h"
#include "server/engine.h"
#include "server/match.h"
#include "server/password.h"

static lookup_names by_secrets[] = {
	[OPTION_SECRETS_BOTH] = { PROPERTY_PASSWORD, PROPERTY_HASH },
	[OPTION_SECRETS_PLAINTEXT] = { PROPERTY_PASSWORD },
	[OPTION_SECRETS_HASHED] = { PROPERTY_HASH },
};

/* A password on its way through the check. */
struct password_proof {
	int is_stored; /* it is the text of a stored hash: never a password */
	int is_text;   /* the same of "{PLAIN}..."; sasl_checkpass() takes it */
	bool plain;    /* a value in plaintext was compared */
	bool read;     /* a hash was read that turned out to be of no use */
	unsigned work; /* microseconds that the checked hashes took */
	struct server_session *s;
	const struct host *h;
	struct bytes password;
	int secrets;	  /* classic_secrets: which values count */
	unsigned methods; /* of pwcheck_method */
	int code;	  /* the verdict, and why it is no */
	const char *reason;
	int (*application)(void); /* its own check, once others_wanted() */
	void *context;
};

static enum verdict
compare_plaintext(
    struct password_proof *proof, bool counts, const struct stored *value)
{
	enum verdict equal;

	if (value->value.len < value->octets.len)
		proof->is_text |= secret_equal(value->octets, proof->password);
	if (!counts)
		return VERDICT_UNUSABLE;
	proof->plain = true;
	equal = (enum verdict)secret_equal(value->value, proof->password);
	return value->kind == STORED_NOTHING ? VERDICT_UNUSABLE : equal;
}

static void
look_for_text(struct password_proof *proof, const struct stored *value)
{
	proof->is_stored |= secret_equal(value->text, proof->password) |
			    secret_equal(value->octets, proof->password);
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
		return compare_plaintext(proof, counts && !is_hash, value);
	look_for_text(proof, value);
	if (!counts)
		return VERDICT_UNUSABLE;
	work = scheme_work(value, proof->password.len);
	if (work > SCHEME_BUDGET - proof->work) {
		*why = "all of the user's would cost too much";
		return VERDICT_UNUSABLE;
	}
	result = scheme_check(proof->h, value, proof->password, why);
	if (result != VERDICT_UNUSABLE)
		proof->work += work;
	else if (work > 0)
		proof->read = true;
	return result;
}

/*
 * As a value of the user, from the same budget, unless three quarters of its
 * work are `done`.
 */
static int
check_decoy(struct password_proof *proof, const char *property,
    struct bytes octets, uint64_t done)
{
	struct stored decoy;
	const char *why;

	scheme_classify(octets, &decoy);
	if (done > 0 &&
	    done * 4 / 3 >= scheme_work(&decoy, proof->password.len)) {
		look_for_text(proof, &decoy);
		return SASL_OK;
	}
	return compare(proof, property, &decoy, &why) == VERDICT_NO_MEMORY
		   ? SASL_NOMEM
		   : SASL_OK;
}

/* To find that a hash is malformed is work, too. */
static int
read_malformed(const struct password_proof *proof)
{
	struct stored value;
	const char *why;

	scheme_malformed(&value);
	return scheme_check(proof->h, &value, proof->password, &why) ==
		       VERDICT_NO_MEMORY
		   ? SASL_NOMEM
		   : SASL_OK;
}

/*
 * The login is refused, and the time must not tell why: every refusal has
 * compared one value of each kind that may be stored, or a decoy in its place.
 */
static int
even_out(struct password_proof *proof, const struct match_findings *findings)
{
	const struct decoys *decoys = &findings->decoys;
	char text[SCHEME_DECOY];
	unsigned done = proof->work, n;
	size_t i, hashes = findings->hashes;
	struct bytes own = { NULL, 0 };
	int result = SASL_OK;
	bool is_text;

	if (!proof->plain && proof->secrets != OPTION_SECRETS_HASHED)
		check_decoy(proof, PROPERTY_PASSWORD, bytes_str("-"), 0);
	for (i = 0; i < decoys->count; i++) {
		is_text = decoy_is_password(decoys, i);
		hashes += is_text ? 0 : decoys->times[i];
		for (n = 0; n < decoys->times[i] && result == SASL_OK; n++)
			result = check_decoy(proof,
			    is_text ? PROPERTY_PASSWORD : PROPERTY_HASH,
			    decoy_octets(decoys, i), 0);
	}
	if (!decoys->is_told)
		own = decoy_configured(proof->h, proof->secrets, text);
	if (own.len > 0) {
		hashes++;
		result = check_decoy(proof, PROPERTY_HASH, own, done);
	}
	match_unusable(findings, hashes <= (proof->work > 0), compare, proof);
	if (!proof->read && result == SASL_OK)
		result = read_malformed(proof);
	return result;
}

/*
 * Is there anybody else to ask? The application's own check is asked directly,
 * as sasl_checkpass() would turn its "not now" into a "no"; but not beside
 * other methods, or it would be asked twice for each wrong password.
 */
static bool
others_wanted(struct password_proof *proof)
{
	return (proof->methods & PWCHECK_OTHERS) ||
	       host_callback(proof->h, SASL_CB_SERVER_USERDB_CHECKPASS,
		   &proof->application, &proof->context) == SASL_OK;
}

/*
 * Ask sasl_checkpass() if pwcheck_method has others than us, or else the
 * application. What was fetched is wiped first: the library would free it as it
 * is. sasl_checkpass() asks the application before the methods, and ends with
 * its yes; of what is not a yes, the last method's word is all that it tells.
 *
 * SASL_OK, SASL_BADAUTH (also if there is none to ask), SASL_UNAVAIL or
 * SASL_NOMEM; nothing is logged.
 */
static int
ask_others(struct password_proof *j, bool is_barred)
{
	struct server_session *s = j->s;
	struct secret copy = { NULL, 0 }; /* with a NUL after it */
	sasl_server_userdb_checkpass_t *application;
	int result;

	if (!others_wanted(j) || is_barred || j->is_text ||
	    s->out->authid == NULL) /* refused before any lookup */
		return SASL_BADAUTH;
	application = (sasl_server_userdb_checkpass_t *)(void *)j->application;
	if (secret_copy(&s->host, &copy, j->password) < 0)
		return SASL_NOMEM;
	lookup_forget(&s->host, s->params);
	if (application != NULL)
		result = application(host_connection(&s->host), j->context,
		    s->out->authid, copy.data, (unsigned)copy.len,
		    s->params->propctx);
	else
		result = host_checkpass(&s->host, s->out->authid, copy.data);
	secret_free(&s->host, &copy);
	return result == SASL_OK ? SASL_OK : lookup_failure(result);
}

/*
 * The text of a stored hash must not pass as a password, as it would with
 * libsasl2's own auxprop method and some others. If the password looks like a
 * hash, the store is asked, even for values that do not count.
 */
static lookup_names *
names_for(struct password_proof *proof)
{
	lookup_names *ours = &by_secrets[proof->secrets];
	bool is_hidden =
	    proof->secrets == OPTION_SECRETS_HASHED && others_wanted(proof);

	if ((proof->methods & PWCHECK_AUXPROP) && !is_hidden)
		return ours;
	if (scheme_resembles(proof->password))
		return is_hidden ? &by_secrets[OPTION_SECRETS_BOTH] : ours;
	return proof->methods & PWCHECK_AUXPROP ? ours : NULL;
}

static void
decide(struct password_proof *j, int code, const char *reason)
{
	j->code = code;
	j->reason = reason;
}

/* Our own check has not accepted. */
static void
leave_to_others(struct password_proof *j, const struct lookup *found,
    const struct match_findings *findings)
{
	bool is_ours = j->methods & PWCHECK_AUXPROP;
	bool is_barred = found->state == LOOKUP_BARRED;
	int result = ask_others(j, is_barred);

	/* The library's own auxprop method takes no store for trouble. */
	if (result == SASL_UNAVAIL && (j->methods & PWCHECK_AUXPROP_LAST) &&
	    found->state == LOOKUP_NO_STORE)
		result = SASL_BADAUTH;
	if (result == SASL_OK)
		decide(j, SASL_OK, NULL);
	else if (result == SASL_UNAVAIL)
		decide(j, SASL_UNAVAIL, "others-unavailable");
	else if (result == SASL_NOMEM)
		decide(j, SASL_NOMEM, "no-memory");
	else if (is_ours && found->state == LOOKUP_TROUBLE)
		decide(j, SASL_UNAVAIL, "lookup-failed");
	else if ((j->methods & PWCHECK_OTHERS) && !is_barred &&
		 !(is_ours && findings->usable > 0))
		decide(j, SASL_BADAUTH, "refused-by-others");
	else
		decide(j, SASL_BADAUTH, match_refusal(found, findings));
}

/* If the store is in trouble, the others decide, if there are any. */
static void
check(struct password_proof *j, struct bytes authcid, enum lookup_scope scope,
    struct match_findings *findings)
{
	lookup_names *names = names_for(j);
	struct lookup found;
	int result;

	result = lookup_user(
	    j->h, j->s->params, j->s->out, authcid, names, scope, &found);
	decide(j, result, "lookup-failed");
	if (result == SASL_NOMEM || (result != SASL_OK && !others_wanted(j)))
		return;
	match_all(&found, compare, j, findings);
	j->s->fault = findings->fault;
	if (names == NULL) /* only others check: we have nothing to even out */
		findings->decoys.is_told = true;
	if (findings->no_memory) /* not all were compared: no verdict */
		decide(j, SASL_NOMEM, "no-memory");
	else if (j->is_stored)
		decide(j, SASL_BADAUTH, "stored-hash-sent");
	else if ((j->methods & PWCHECK_AUXPROP) &&
		 match_accepts(&found, findings))
		decide(j, SASL_OK, NULL);
	else
		leave_to_others(j, &found, findings);
}

struct bytes
password_without_newline(const struct host *h, struct bytes text)
{
	size_t n = text.len;

	n -= n > 0 && text.data[n - 1] == '\n';
	n -= n > 0 && text.data[n - 1] == '\r';
	if (n < text.len && option_value(h, OPTION_PASSWORD_NEWLINE))
		text.len = n;
	return text;
}

int
password_check(struct server_session *s, struct claim claim)
{
	bool is_proxy =
	    claim.authzid.len > 0 && !bytes_equal(claim.authzid, claim.authcid);
	struct match_findings findings;
	struct password_proof j = { .s = s, .h = &s->host };
	const char *fault;

	match_start(&findings);
	s->authcid = claim.authcid;
	claim.password = password_without_newline(&s->host, claim.password);
	fault = name_fault(claim.authcid);
	if (fault == NULL && claim.authzid.len > 0)
		fault = name_fault(claim.authzid);
	if (fault == NULL)
		fault = name_password_fault(claim.password);
	if (fault != NULL)
		return server_fail(s, SASL_BADAUTH, fault);
	j.password = claim.password;
	j.secrets = option_value(&s->host, OPTION_SECRETS);
	j.methods = option_pwcheck(&s->host);
	check(&j, claim.authcid, is_proxy ? LOOKUP_AUTHCID : server_scope(s),
	    &findings);
	if (is_proxy && (j.code == SASL_OK || j.code == SASL_BADAUTH)) {
		fault = authzid_fault(s, claim.authzid, j.methods, &j.code);
		j.reason = fault != NULL ? fault : j.reason;
	}
	if (j.code == SASL_BADAUTH && even_out(&j, &findings) != SASL_OK)
		decide(&j, SASL_NOMEM, "no-memory");
	return j.code == SASL_OK ? SASL_OK : server_fail(s, j.code, j.reason);
}
