/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Known conversations of CRAM-MD5, held by others, and an awkward state. The
 * known answers of HMAC-MD5 and of keyed states are in test_hmac_md5.c.
 */
#ifndef CLASSIC_VECTORS_H
#define CLASSIC_VECTORS_H

/* RFC 2195, section 2. */
#define RFC2195_USER	  "tim"
#define RFC2195_PASSWORD  "tanstaaftanstaaf"
#define RFC2195_CHALLENGE "<1896.697170952@postoffice.reston.mci.net>"
#define RFC2195_RESPONSE  "tim b913a602c7eda7a495b4e6e7334d3890"

/*
 * A session of a real Exim. On the wire the challenge was
 * 334 PDE3ODkzLjEzMjA2NzkxMjNAdGVzc2VyYWN0LnN1c2FtLmluPg==
 */
#define EXIM_USER      "alice"
#define EXIM_PASSWORD  "wonderland"
#define EXIM_CHALLENGE "<17893.1320679123@tesseract.susam.in>"
#define EXIM_RESPONSE  "alice 64b2a43c1f6ed6806a980914e23e75f0"

/* A state as old Cyrus SASL stored it; it begins and ends with a NUL. */
#define NUL_PASSWORD "wonderland171139"
#define NUL_RAW \
	"\x00\xba\xc5\x23\xda\x5c\xa3\xf2\x6b\xd6\xc8\xbc\x71\x32\xd7\x8d" \
	"\x15\x4f\xec\xd3\x35\x6f\xb9\x72\x6d\x6d\xc7\xff\xd3\x5c\x9e\x00"

#endif
