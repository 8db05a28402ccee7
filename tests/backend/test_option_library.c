/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * libsasl2's own options, read as libsasl2 reads them; and the choices of ours,
 * for who has to explain them.
 */
#include "config.h"

#include "backend/option.h"
#include "host/module.h"

enum {
	NOBODY = 0,
	BOTH = PWCHECK_AUXPROP | PWCHECK_OTHERS,
	LAST = BOTH | PWCHECK_AUXPROP_LAST,
};

static const struct list {
	const char *text; /* NULL: not set */
	unsigned judges;
} lists[] = {
	{ NULL, PWCHECK_AUXPROP },
	{ "auxprop", PWCHECK_AUXPROP },
	{ "saslauthd", PWCHECK_OTHERS },
	{ "authdaemond", PWCHECK_OTHERS },
	{ "alwaystrue", PWCHECK_OTHERS },
	{ "auxprop saslauthd", BOTH },
	{ "saslauthd auxprop", LAST },
	{ "saslauthd pwcheck auxprop", LAST },
	{ "auxprop saslauthd auxprop", LAST },
	{ "saslauthd auxprop saslauthd", BOTH },
	{ "auxprop auxprop", PWCHECK_AUXPROP },
	{ "  auxprop\t", PWCHECK_AUXPROP },
	{ "\tsaslauthd \t  auxprop", LAST },
	/* libsasl2 compares these words without case. */
	{ "AUXPROP", PWCHECK_AUXPROP },
	{ "Auxprop SaslAuthd", BOTH },
	/* Those that only look like it are for libsasl2 to refuse. */
	{ "auxprop-hashed", PWCHECK_OTHERS },
	{ "auxprops", PWCHECK_OTHERS },
	{ "auxpro", PWCHECK_OTHERS },
	{ "auxprop,saslauthd", PWCHECK_OTHERS },
	{ "", NOBODY },
	{ " \t", NOBODY },
};

MODULE_TEST(option_pwcheck__each_list__is_understood)
{
	struct fake_option options[] = { { "pwcheck_method", NULL },
		{ NULL, NULL } };
	struct fake_setup setup = { 0 };
	struct module *m = *state;
	unsigned got;
	size_t i;

	for (i = 0; i < COUNT_OF(lists); i++) {
		options[0].value = lists[i].text;
		setup.options = lists[i].text == NULL ? NULL : options;
		m->fake.setup = &setup;
		got = option_pwcheck(&m->host);
		m->fake.setup = &module_usual_setup;
		if (got != lists[i].judges)
			fail_msg("pwcheck_method: %s gave %u, not %u",
			    lists[i].text == NULL ? "(not set)" : lists[i].text,
			    got, lists[i].judges);
	}
	assert_int_equal(m->fake.log_count, 0);
}

static const struct {
	const char *text; /* NULL: not set */
	bool on;
} transitions[] = {
	{ NULL, false },
	{ "", false },
	{ "no", false },
	{ "0", false },
	{ "off", false },
	{ "o", false },
	{ "f", false },
	{ "plain", false },
	{ "noplain", true },
	{ "noplains", false },
	{ "on", true },
	{ "yes", true },
	{ "y", true },
	{ "true", true },
	{ "t", true },
	{ "1", true },
	/* Here libsasl2 minds the case. */
	{ "Yes", false },
	{ "NOPLAIN", false },
};

MODULE_TEST(option_transitions__each_value__is_read_as_libsasl2_does)
{
	struct fake_option options[] = { { "auto_transition", NULL },
		{ NULL, NULL } };
	const struct fake_setup setup = { .options = options };
	struct module *m = *state;
	size_t i;
	bool on;

	for (i = 0; i < COUNT_OF(transitions); i++) {
		options[0].value = transitions[i].text;
		m->fake.setup =
		    transitions[i].text == NULL ? &module_usual_setup : &setup;
		on = option_transitions(&m->host);
		m->fake.setup = &module_usual_setup;
		if (on != transitions[i].on)
			fail_msg("auto_transition: %s", transitions[i].text);
	}
	assert_int_equal(m->fake.log_count, 0);
}

/* In a room of exactly that size, of any size. */
static void
expect_choices(enum option which, const char *want)
{
	char room[64], *text;
	size_t size;

	for (size = 1; size <= strlen(want) + 2; size++) {
		memset(room, '#', sizeof(room));
		text = guarded_copy(room, size);
		option_choices(which, text, size);
		assert_non_null(memchr(text, '\0', size));
		assert_int_equal(strlen(text),
		    size > strlen(want) ? strlen(want) : size - 1);
		assert_memory_equal(text, want, strlen(text));
		guarded_free(text, size);
	}
}

/* Those that libsasl2 knows, in either case, whatever stands beside them. */
MODULE_TEST(option_names_other__each_list__has_one_or_not)
{
	static const struct {
		const char *text; /* NULL: not set */
		bool other;
	} named[] = { { NULL, false }, { "auxprop", false },
		{ "auxprop-hashed", false }, { "saslauthd", true },
		{ "auxprop PWCheck", true }, { "authdaemond auxprop", true },
		{ "alwaystrue", true }, { "saslauthd2", false },
		{ "", false } };
	struct fake_option options[] = { { "pwcheck_method", NULL },
		{ NULL, NULL } };
	const struct fake_setup setup = { .options = options };
	struct module *m = *state;
	size_t i;
	bool other;

	for (i = 0; i < COUNT_OF(named); i++) {
		options[0].value = named[i].text;
		m->fake.setup =
		    named[i].text == NULL ? &module_usual_setup : &setup;
		other = option_names_other(&m->host);
		m->fake.setup = &module_usual_setup;
		assert_int_equal(other, named[i].other);
	}
}

MODULE_TEST(option_choices__each_kind__are_named_as_far_as_there_is_room)
{
	expect_choices(OPTION_SECRETS, "both, plaintext, hashed");
	expect_choices(OPTION_LEGACY_SECRETS, "no, yes");
	expect_choices(OPTION_DECOY, "a stored hash");
	expect_choices(OPTION_CHALLENGE_LIFETIME, "a number from 1 to 86400");
}
