/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Where a secret ends and a verdict begins. The linker puts these functions in
 * the place of the pack's (--wrap), and each gives what it returns free.
 */
#include "config.h"

#include "base/encode.h"
#include "base/scan.h"
#include "ct.h"
#include "server/match.h"

enum { CLAIM = 32 }; /* octets of the least claim that there is */

int __real_hex_decode(struct bytes hex, unsigned char *out);
int __wrap_hex_decode(struct bytes hex, unsigned char *out);
int __real_base64_decode(enum base64 kind, struct bytes text,
    unsigned char *out, size_t room, size_t *len);
int __wrap_base64_decode(enum base64 kind, struct bytes text,
    unsigned char *out, size_t room, size_t *len);
bool __real_scan_made_of(struct bytes text, const char *ranges);
bool __wrap_scan_made_of(struct bytes text, const char *ranges);
size_t __real_scan_blanks(struct bytes text);
size_t __wrap_scan_blanks(struct bytes text);
void __real_match_all(const struct lookup *found, match_fn *compare,
    void *claim, struct match_findings *findings);
void __wrap_match_all(const struct lookup *found, match_fn *compare,
    void *claim, struct match_findings *findings);

/* That a value is malformed is an error of whoever stored it, and logged. */

int
__wrap_hex_decode(struct bytes hex, unsigned char *out)
{
	int result = __real_hex_decode(hex, out);

	ct_declassify(&result, sizeof(result));
	return result;
}

int
__wrap_base64_decode(enum base64 kind, struct bytes text, unsigned char *out,
    size_t room, size_t *len)
{
	int result = __real_base64_decode(kind, text, out, room, len);

	ct_declassify(&result, sizeof(result));
	return result;
}

/* So is that it is no hash by its look, and what stands after it. */

bool
__wrap_scan_made_of(struct bytes text, const char *ranges)
{
	bool result = __real_scan_made_of(text, ranges);

	ct_declassify(&result, sizeof(result));
	return result;
}

size_t
__wrap_scan_blanks(struct bytes text)
{
	size_t result = __real_scan_blanks(text);

	ct_declassify(&result, sizeof(result));
	return result;
}

/*
 * All stored values have been compared: what came of it decides, and so does
 * what the mechanism has noted in its claim.
 */
void
__wrap_match_all(const struct lookup *found, match_fn *compare, void *claim,
    struct match_findings *findings)
{
	__real_match_all(found, compare, claim, findings);
	ct_declassify(findings, sizeof(*findings));
	ct_declassify(claim, CLAIM);
}
