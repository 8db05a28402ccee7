/*
 * The doctor on one user: what is stored, and which mechanism can use it. Asked
 * by the way of the plugins, so that any store can answer; the values stay in
 * the process that has asked.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "crammd5_store.h"
#include "doctor.h"
#include "doctor_user.h"
#include "form.h"
#include "option.h"
#include "scheme.h"
#include "secret.h"
#include "tool.h"

static lookup_names names = { PROPERTY_PASSWORD, PROPERTY_HASH, PROPERTY_STATE,
	PROPERTY_LEGACY };

/* --- In the other process ------------------------------------------------- */

struct question {
	struct doctor *d;
	FILE *answer;
};

/* Would PLAIN and LOGIN ask for it, and could they check it? */
static bool
password_can_use(const struct host *h, const struct lookup_value *stored)
{
	struct bytes value = stored->value;
	int secrets = option_value(h, OPTION_SECRETS);
	bool hash = !strcmp(stored->property, PROPERTY_HASH);

	if (hash ? secrets == OPTION_SECRETS_PLAINTEXT
		 : secrets == OPTION_SECRETS_HASHED)
		return false;
	if (!hash && strcmp(stored->property, PROPERTY_PASSWORD) != 0)
		return false;
	if (scheme_plaintext(&value))
		return !hash && value.len > 0;
	return scheme_check(h, value, bytes_str("?")) != SCHEME_UNUSABLE;
}

/* The same for CRAM-MD5. */
static bool
digest_can_use(const struct host *h, const struct lookup_value *stored)
{
	lookup_names *asked = crammd5_names(h);
	enum crammd5_kind kind;
	struct hmac_md5_key key;
	size_t i;

	for (i = 0; (*asked)[i] != NULL; i++)
		if (!strcmp((*asked)[i], stored->property)) {
			kind = crammd5_key(stored, &key);
			secret_wipe(&key, sizeof(key));
			return kind != CRAMMD5_UNUSABLE;
		}
	return false;
}

static void
look_up(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *identity, void *context)
{
	const struct question *q = context;
	const char *user = q->d->options->user;
	struct lookup_cursor at = { 0, 0 };
	struct lookup_value stored;
	char label[FORM_LABEL];
	struct lookup found;
	int result;

	result = lookup_fetch(h, params, identity, bytes_str(user), &names,
	    SASL_CU_AUTHID | SASL_CU_AUTHZID, &found);
	if (result != SASL_OK && result != SASL_NOUSER)
		return;
	confine_tell(q->answer, "user",
	    identity->authid != NULL ? identity->authid : user, NULL);
	while (result == SASL_OK && lookup_next(&found, &at, &stored)) {
		if (!strcmp(stored.property, PROPERTY_PASSWORD) ||
		    !strcmp(stored.property, PROPERTY_HASH))
			form_label(stored.value, label);
		else
			strcpy(label, "state");
		confine_tell(q->answer, "secret", stored.property + 1, label,
		    password_can_use(h, &stored) ? "yes" : "no",
		    digest_can_use(h, &stored) ? "yes" : "no", NULL);
	}
	lookup_forget(h, params);
}

static void
ask(FILE *answer, void *context)
{
	struct doctor *d = context;
	struct question q = { d, answer };
	const struct inside where = doctor_inside(d);

	(void)inside_run(&where, look_up, &q);
}

/* --- Here ----------------------------------------------------------------- */

static void
take(void *context, char *line)
{
	struct doctor *d = context;
	struct doctor_user *u = d->user;
	struct doctor_secret *s;

	if (!strcmp(confine_next(&line), "user")) {
		u->name = tool_copy(confine_next(&line));
		return;
	}
	u->secrets = tool_grow(u->secrets, u->count + 1, sizeof(*s));
	s = &u->secrets[u->count++];
	s->property = tool_copy(confine_next(&line));
	s->form = tool_copy(confine_next(&line));
	s->password = !strcmp(confine_next(&line), "yes");
	s->digest = !strcmp(confine_next(&line), "yes");
	u->password |= s->password;
	u->digest |= s->digest;
}

static bool
has_property(const struct doctor_user *u, const char *property)
{
	size_t i;

	for (i = 0; i < u->count; i++)
		if (!strcmp(u->secrets[i].property, property))
			return true;
	return false;
}

/* Each value by itself. */
static void
check_secrets(struct doctor *d, const struct doctor_user *u)
{
	const struct doctor_secret *s;
	size_t i;

	for (i = 0; i < u->count; i++) {
		s = &u->secrets[i];
		if (!s->password && !s->digest)
			DOCTOR_FAULT(d, "unusable-secret",
			    tool_format("no mechanism can use what %s has as "
					"%s: %s",
				u->name, s->property, s->form),
			    tool_format("it is of an unknown kind, or damaged, "
					"or classic_secrets leaves it out: "
					"set a new password for %s",
				u->name));
		else if (!strcmp(s->form, "plaintext"))
			DOCTOR_NOTE(d, "plaintext",
			    tool_format("the password of %s is stored as it is",
				u->name),
			    tool_copy("`sasl-classic migrate' turns a sasldb "
				      "into one-way secrets"));
	}
	if (has_property(u, "userPassword") &&
	    (has_property(u, "userPasswordHash") ||
		has_property(u, "cramMd5State")))
		DOCTOR_WARN(d, "two-truths",
		    tool_format("%s has userPassword and one-way secrets, so "
				"two passwords may be valid",
			u->name),
		    tool_format("saslpasswd2 -n %s sets one for all", u->name));
}

/* Each mechanism that is offered. */
static void
check_mechanisms(struct doctor *d, const struct doctor_user *u)
{
	size_t i;
	bool usable;

	for (i = 0; doctor_mechanisms[i] != NULL; i++) {
		usable = strcmp(doctor_mechanisms[i], "CRAM-MD5") != 0
			     ? u->password
			     : u->digest;
		if (!usable &&
		    settings_has_word(d->offer, doctor_mechanisms[i]))
			DOCTOR_FAULT(d, "no-secret-for-mechanism",
			    tool_format("%s cannot log in by %s: nothing that "
					"is stored is of use for it",
				u->name, doctor_mechanisms[i]),
			    tool_format("set a password anew (saslpasswd2 -n "
					"stores for all mechanisms), or do "
					"not offer %s",
				doctor_mechanisms[i]));
	}
}

void
doctor_check_user(struct doctor *d)
{
	struct doctor_user *u;

	if (d->options->user == NULL)
		return;
	u = d->user = tool_alloc(sizeof(*u));
	if (!doctor_uses(d, "auxprop")) {
		DOCTOR_NOTE(d, "not-asked",
		    tool_copy("pwcheck_method does not name auxprop, so "
			      "nothing that is stored for the user matters"),
		    NULL);
		return;
	}
	if (confine_run(&d->where, ask, take, d) != CONFINE_DONE ||
	    u->name == NULL)
		return; /* the doctor's own login has shown why */
	if (u->count == 0) {
		DOCTOR_FAULT(d, "no-secret",
		    tool_format("nothing is stored for %s", u->name),
		    tool_copy(
			"is that the name with the right realm? (--realm, "
			"and `sasldblistusers2' for a sasldb)"));
		return;
	}
	check_secrets(d, u);
	check_mechanisms(d, u);
}
