/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the fuzz targets share. A target is one file with fuzz_one(); it is
 * linked with libFuzzer (fuzz.mk), and with replay.c for `make check`. What
 * must hold is said by cmocka's assertions, which abort here.
 */
#ifndef CLASSIC_FUZZ_H
#define CLASSIC_FUZZ_H

#include "base/bytes.h"
#include "host/fake_alloc.h"
#include "support/test.h"

/* The octets that a target is given; it takes them off from the left. */
struct fuzz_input {
	const unsigned char *data;
	size_t len;
};

/* One octet, or 0 when there is none left. */
unsigned fuzz_octet(struct fuzz_input *in);

/* A length octet and so many octets, or what is left; at most `most`. */
struct bytes fuzz_run(struct fuzz_input *in, size_t most);

/* All that is left. */
struct bytes fuzz_rest(const struct fuzz_input *in);

/*
 * Does the target take so little time that replay.c changes each octet of a
 * short input into every other one, takes it away and puts one before it? If
 * not, it is changed into three.
 */
extern const bool fuzz_is_cheap;

/* The target: run it on one input, and see that everything holds. */
void fuzz_one(struct fuzz_input *in);

/* What libFuzzer and replay.c call. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
