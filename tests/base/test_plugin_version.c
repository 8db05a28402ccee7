/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The version in octets that have it, and in all kinds that have not. Memory
 * ends where they end.
 */
#include "config.h"

#include "base/plugin_version.h"
#include "host/fake_alloc.h"
#include "support/test.h"

#define MARK PLUGIN_VERSION_TEXT

TEST(version__octets__have_it_or_not)
{
	static const struct {
		const char *octets;
		size_t len;
		const char *want;
	} cases[] = {
#define OCTETS(text) text, sizeof(text) - 1
		{ OCTETS(MARK "0.1\0"), "0.1" },
		{ OCTETS("\177ELF\0" MARK "12.34~rc1+b-2\0rest"),
		    "12.34~rc1+b-2" },
		{ OCTETS(MARK "\0" MARK "2.0\0"), "2.0" },
		{ OCTETS(MARK MARK "2.0\0" MARK "3.0\0"), "2.0" },
		{ OCTETS(MARK "1234567890123456789012345678901\0"),
		    "1234567890123456789012345678901" },
		{ OCTETS(MARK "12345678901234567890123456789012\0"), NULL },
		{ OCTETS(MARK "0.1"), NULL },
		{ OCTETS(MARK "0 1\0"), NULL },
		{ OCTETS(MARK "0.1\033[2J\0"), NULL },
		{ OCTETS(MARK "v1\0"), NULL },
		{ OCTETS(MARK "\0"), NULL },
		{ OCTETS("Sasl-classic plugin 0.1\0"), NULL },
		{ OCTETS(""), NULL },
#undef OCTETS
	};
	const char *found;
	char *exact;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		exact = guarded_copy(cases[i].octets, cases[i].len);
		found = plugin_version_find(bytes_of(exact, cases[i].len));
		if (cases[i].want == NULL)
			assert_null(found);
		else
			assert_string_equal(found, cases[i].want);
		guarded_free(exact, cases[i].len);
	}
}

TEST(version__cut_anywhere__is_none)
{
	static const char whole[] = "before" MARK "0.1";
	char *exact;
	size_t len;

	for (len = 0; len < sizeof(whole); len++) {
		exact = guarded_copy(whole, len);
		assert_null(plugin_version_find(bytes_of(exact, len)));
		guarded_free(exact, len);
	}
	assert_non_null(plugin_version_find(bytes_of(whole, sizeof(whole))));
}
