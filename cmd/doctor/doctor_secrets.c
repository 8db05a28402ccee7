/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on what is stored for one user: who can use it, and what it gives
 * away.
 */
#include "config.h"

#include <string.h>

#include "doctor/doctor.h"
#include "doctor/doctor_user.h"
#include "lib/util.h"

static bool
has_property(const struct doctor_user *u, const char *property)
{
	size_t i;

	for (i = 0; i < u->count; i++)
		if (!strcmp(u->secrets[i].property, property))
			return true;
	return false;
}

static void
report_unusable(struct doctor *d, const struct doctor_user *u,
    const struct doctor_secret *s)
{
	const char *why =
	    !strcmp(s->form, DOCTOR_TEXT_NULL)
		? "that stands for no password at all; saslpasswd2 makes "
		  "{PLAIN}NULL of a password that is NULL"
		: "it is locked, or of an unknown kind, or damaged, or "
		  "classic_secrets leaves it out";

	finding_add(&d->findings, u->others ? FINDING_WARNING : FINDING_FAULT,
	    "unusable-secret",
	    util_format("no mechanism can use what %s has as %s: %s", u->name,
		s->property, s->form),
	    util_format("%s: set a new password for %s", why, u->name));
}

/* The time that a failed login takes tells whether the user exists. */
static void
report_other_hash(struct doctor *d, const struct doctor_user *u,
    const struct doctor_secret *s)
{
	bool none = doctor_keeps_plaintext(d);

	DOCTOR_WARN(d, "other-hash",
	    util_format("that %s exists can be told by the time a wrong "
			"password takes: %s is %s, and a stranger costs %s",
		u->name, s->property, s->form,
		none ? "no hash" : doctor_scheme(&d->settings)),
	    none ? util_copy("classic_secrets: plaintext is for stores without "
			     "hashes: remove it")
		 : doctor_scheme_advice(d));
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
			report_unusable(d, u, s);
		else if (!s->alike)
			report_other_hash(d, u, s);
		else if (!strcmp(s->form, "plaintext"))
			DOCTOR_NOTE(d, "plaintext",
			    util_format("the password of %s is stored as it is",
				u->name),
			    util_copy("`sasl-classic import' makes a new "
				      "store of one-way secrets"));
	}
	if (has_property(u, "userPassword") &&
	    (has_property(u, "userPasswordHash") ||
		has_property(u, "cramMd5State")))
		DOCTOR_WARN(d, "two-truths",
		    util_format("%s has userPassword and one-way secrets, so "
				"two passwords may be valid",
			u->name),
		    util_format("saslpasswd2 -n %s sets one for all", u->name));
}

/* Of CRAM-MD5: nobody else can check a digest. */
static void
check_digest(struct doctor *d, const struct doctor_user *u)
{
	if (u->digest || !conf_has_word(d->offer, "CRAM-MD5"))
		return;
	if (u->transitions)
		DOCTOR_WARN(d, "no-secret-for-mechanism",
		    util_format("%s cannot log in by CRAM-MD5 as yet: nothing "
				"that is stored is of use for it",
			u->name),
		    util_copy("one login by PLAIN or LOGIN stores it, since "
			      "auto_transition is on"));
	else
		DOCTOR_FAULT(d, "no-secret-for-mechanism",
		    util_format("%s cannot log in by CRAM-MD5: nothing that is "
				"stored is of use for it",
			u->name),
		    util_copy("set a password anew (saslpasswd2 -n stores for "
			      "all mechanisms), or do not offer CRAM-MD5"));
}

/* Of PLAIN and LOGIN: who else is asked may know the password. */
static void
check_password(struct doctor *d, const struct doctor_user *u, const char *name)
{
	if (u->password || !conf_has_word(d->offer, name))
		return;
	if (u->others)
		DOCTOR_NOTE(d, "no-secret-for-mechanism",
		    util_format("nothing that is stored lets %s in by %s, so "
				"the others of pwcheck_method judge",
			u->name, name),
		    NULL);
	else
		DOCTOR_FAULT(d, "no-secret-for-mechanism",
		    util_format("%s cannot log in by %s: nothing that is "
				"stored is of use for it",
			u->name, name),
		    util_format("set a password anew (saslpasswd2 -n stores "
				"for all mechanisms), or do not offer %s",
			name));
}

void
doctor_judge_user(struct doctor *d, const struct doctor_user *u)
{
	if (u->count == 0)
		finding_add(&d->findings,
		    u->others ? FINDING_NOTE : FINDING_FAULT, "no-secret",
		    util_format("nothing is stored for %s", u->name),
		    util_copy("is that the name with the right realm? "
			      "(--realm, and `sasldblistusers2' for a "
			      "sasldb)"));
	if (u->count == 0 && !u->others)
		return;
	check_secrets(d, u);
	check_password(d, u, "PLAIN");
	check_password(d, u, "LOGIN");
	check_digest(d, u);
}
