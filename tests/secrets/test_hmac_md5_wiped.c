/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Keys of HMAC-MD5: whatever is done with one, neither the password nor the key
 * stays on the stack. True only where functions are bound at once, as in the
 * plugins: who binds them late saves the registers there, and all that is in
 * them.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "secrets/hmac_md5.h"
#include "secrets/md5.h"
#include "support/stack_scan.h"
#include "support/test.h"

static struct hmac_md5_key key;
static unsigned char legacy[HMAC_MD5_STORED];
static char printed[HMAC_MD5_STORED_HEX];

static void
make(void)
{
	hmac_md5_key(&key, bytes_str("a-password-of-many-octets"));
}

static void
print(void)
{
	hmac_md5_key_print(&key, printed);
}

static void
parse(void)
{
	hmac_md5_key_parse(&key, bytes_of(printed, sizeof(printed)));
}

static void
parse_legacy(void)
{
	hmac_md5_key_parse_legacy(&key, bytes_of(printed, sizeof(printed)));
}

static void
parse_raw(void)
{
	hmac_md5_key_parse_legacy(
	    &key, bytes_of((char *)legacy, sizeof(legacy)));
}

static void
compute(void)
{
	unsigned char mac[HMAC_MD5_MAC];

	hmac_md5(&key, bytes_str("some text"), mac);
}

static __attribute__((noinline)) void
call(void (*function)(void))
{
	STACK_SCAN_MARGIN;

	(void)margin;
	function();
}

/* As words, and in either order of their octets. */
static void
hide(void)
{
	uint32_t steps[sizeof(key) / sizeof(uint32_t)], start[MD5_WORDS];
	size_t i, k;

	make();
	memcpy(legacy, &key, sizeof(legacy));
	fake_secret(&key, sizeof(key));
	for (i = 0; i < sizeof(legacy); i += 4)
		for (k = 0; k < 4; k++)
			legacy[i + k] = ((unsigned char *)&key)[i + 3 - k];
	fake_secret(legacy, sizeof(legacy));
	/* What MD5 has before its last sum is the key for who can subtract. */
	memcpy(steps, &key, sizeof(key));
	md5_start(start);
	for (i = 0; i < COUNT_OF(steps); i++)
		steps[i] -= start[i % MD5_WORDS];
	fake_secret(steps, sizeof(steps));
	fake_secret("a-password-of-many-octets", 25);
}

TEST(hmac_md5_key__whatever_is_done_with_it__leaves_the_stack_clean)
{
	static void (*const functions[])(
	    void) = { make, print, parse, parse_raw, compute, parse_legacy };
	size_t i;

	hide();
	for (i = 0; i < COUNT_OF(functions); i++) {
		stack_paint();
		call(functions[i]);
		stack_expect_no_secret();
	}
	fake_alloc_reset();
}
