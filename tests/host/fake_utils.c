/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The layouts of sasl_utils_t, in words. Everything that a plugin may not use,
 * since it is missing in one of the libraries, weak, or different between
 * builds of the same release, fails the test when it is called.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_host.h"
#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "support/test.h"

const struct fake_layout fake_layout_2_1 = { "2.1", 21, 49, 0, 0 };
const struct fake_layout fake_layout_2_2 = { "2.2", 13, 41, 0, 0 };
const struct fake_layout *const fake_layouts[2] = { &fake_layout_2_1,
	&fake_layout_2_2 };

/* The landmarks are words 26 and 34: exactly one of them is NULL. */
const struct fake_layout fake_unknown_layouts[] = {
	{ "2.1 with both landmarks set", 21, 49, 34, 0 },
	{ "2.1 with both landmarks NULL", 21, 49, 0, 26 },
	{ "2.2 with both landmarks set", 13, 41, 26, 0 },
	{ "2.2 with both landmarks NULL", 13, 41, 0, 34 },
	{ "a snapshot of master with seven MD5 members", 20, 48, 0, 0 },
	{ "a snapshot of master with five MD5 members", 18, 46, 0, 0 },
	{ NULL, 0, 0, 0, 0 },
};

#define POISON(name) \
	static void no_##name(void) \
	{ \
		fail_msg("the plugin called utils->" #name "()"); \
	}

POISON(MD5Init)
POISON(MD5Update)
POISON(MD5Final)
POISON(hmac_md5)
POISON(hmac_md5_init)
POISON(hmac_md5_final)
POISON(hmac_md5_precalc)
POISON(hmac_md5_import)
POISON(mkchal)
POISON(utf8verify)
POISON(rand)
POISON(churn)
POISON(decode64)
POISON(encode64)
POISON(prop_dup)
POISON(prop_format)
POISON(get_registry_value)

static void
erasebuffer(char *buffer, unsigned len)
{
	memset(buffer, 0, len);
}

typedef void function(void);

/* By its address alone: the types are those of sasl/saslplug.h. */
#define F(name) ((function *)(name))

/* Words 4 to 12: getopt, memory, mutexes. */
static function *const head[] = { F(fake_getopt), F(fake_malloc),
	F(fake_calloc), F(fake_realloc), F(fake_free), F(fake_mutex_alloc),
	F(fake_mutex_lock), F(fake_mutex_lock), F(fake_mutex_free) };

/* Words 13 to 20 of 2.1. */
static function *const md5[] = { no_MD5Init, no_MD5Update, no_MD5Final,
	no_hmac_md5, no_hmac_md5_init, no_hmac_md5_final, no_hmac_md5_precalc,
	no_hmac_md5_import };

/* From `mkchal` to `auxprop_store`. */
static function *const tail[] = { no_mkchal, no_utf8verify, no_rand, no_churn,
	F(fake_checkpass), no_decode64, no_encode64, F(erasebuffer),
	F(fake_getprop), F(fake_setprop), F(fake_getcallback), F(fake_log),
	F(fake_seterror), NULL, F(fake_prop_new), no_prop_dup,
	F(fake_prop_request_counted), F(fake_prop_get), F(fake_prop_getnames),
	F(fake_prop_clear), F(fake_prop_dispose), no_prop_format,
	F(fake_prop_set), F(fake_prop_setvals), F(fake_prop_erase_counted),
	F(fake_auxprop_store) };

enum {
	AT_CONN = 1,
	AT_RPOOL = 2,
	AT_GETOPT_CONTEXT = 3,
	AT_HEAD = 4,
	AT_MD5 = 13,
	JUNK = 0x55, /* what no library sets, such as `version` */
};

static void
put(uintptr_t *words, unsigned at, function *const *from, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		words[at + i] = (uintptr_t)from[i];
}

void
fake_utils_build(struct fake_utils *u, const struct fake_layout *layout,
    void *conn, void *getopt_context)
{
	uintptr_t words[64];
	unsigned i;

	memset(words, JUNK, sizeof(words));
	words[AT_CONN] = (uintptr_t)conn;
	words[AT_GETOPT_CONTEXT] = (uintptr_t)getopt_context;
	put(words, AT_HEAD, head, COUNT_OF(head));
	put(words, AT_MD5, md5, layout->tail - AT_MD5);
	put(words, layout->tail, tail, COUNT_OF(tail));
	/* spare_fptr1 and 2 of 2.1; the two of the registry in 2.2. */
	for (i = layout->tail + COUNT_OF(tail); i < layout->words; i++)
		words[i] = layout->tail == AT_MD5
			       ? (uintptr_t)no_get_registry_value
			       : 0;
	if (layout->set > 0)
		words[layout->set] = (uintptr_t)no_decode64;
	if (layout->clear > 0)
		words[layout->clear] = 0;
	u->size = layout->words * sizeof(*words);
	u->words = guarded_copy(words, u->size);
}

uintptr_t *
fake_member(const struct fake_utils *u, const struct fake_layout *layout,
    enum fake_member member)
{
	unsigned word = (unsigned)member;

	return u->words + (word < MEMBER_MKCHAL
				  ? word
				  : layout->tail + word - MEMBER_MKCHAL);
}

void
fake_utils_free(struct fake_utils *u)
{
	guarded_free(u->words, u->size);
	u->words = NULL;
}

const struct sasl_utils *
fake_utils_of(const struct fake_utils *u)
{
	return (const struct sasl_utils *)(const void *)u->words;
}
