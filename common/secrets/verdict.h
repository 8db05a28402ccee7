/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What comparing a password, or a proof of it, with one stored value has shown.
 */
#ifndef CLASSIC_VERDICT_H
#define CLASSIC_VERDICT_H

enum verdict {
	VERDICT_DIFFERS = 0, /* 0 and 1, to be had without a branch */
	VERDICT_MATCHES = 1,
	VERDICT_UNUSABLE,  /* malformed, unknown, or not for this mechanism */
	VERDICT_NO_MEMORY, /* to compare it */
};

#endif
