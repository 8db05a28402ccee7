/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a login costs the store of the real libsasl2: each property of the
 * mechanism's set is fetched once, whoever it is.
 */
#include "config.h"

#include "library/library.h"
#include "support/test.h"

static const struct setting {
	const char *secrets, *legacy;
	const char *password_names, *crammd5_names; /* that are fetched */
	bool plaintext, hashed;			    /* accepted */
} settings[] = {
	{ "both", "no", " *" PASSWORD " *" HASH, " *" PASSWORD " *" STATE, true,
	    true },
	{ "plaintext", "no", " *" PASSWORD, " *" PASSWORD, true, false },
	{ "hashed", "no", " *" HASH, " *" STATE, false, true },
	{ "both", "yes", " *" PASSWORD " *" HASH,
	    " *" PASSWORD " *" STATE " *" LEGACY, true, true },
};

static struct library_option options[] = {
	{ "classic_hash_scheme", "ssha" },
	{ "classic_secrets", NULL },
	{ "classic_legacy_secrets", NULL },
	{ NULL, NULL },
};

static void
log_in(const struct setting *setting, unsigned which, const char *user,
    const char *password, bool lets_in)
{
	const char *mechanism = library_mechanisms[which];
	int code = lets_in ? SASL_OK : SASL_BADAUTH, result;

	library_store.fetched[0] = '\0';
	result = library_login(mechanism, user, password);
	if (result != code)
		fail_msg("%s, %s, %s: %d", mechanism, user, password, result);
	assert_string_equal(library_store.fetched,
	    1U << which == SET_CRAMMD5 ? setting->crammd5_names
				       : setting->password_names);
}

TEST(login__each_mechanism__fetches_each_property_once)
{
	const struct setting *s;
	unsigned which;
	size_t i;

	for (i = 0; i < COUNT_OF(settings); i++) {
		s = &settings[i];
		options[1].value = s->secrets;
		options[2].value = s->legacy;
		library_open(SET_ALL, options);
		library_store_fill(library_store_usual);
		library_store.watching = true;
		for (which = 0; which < SET_COUNT; which++) {
			log_in(s, which, "alice", "wonderland", s->plaintext);
			log_in(s, which, "bob", "wonderland", s->hashed);
			log_in(s, which, "alice", "looking-glass", false);
			log_in(s, which, "bob", "looking-glass", false);
			log_in(s, which, "mallory", "wonderland", false);
		}
		library_close();
	}
}
