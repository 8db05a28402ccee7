/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The common part of the fuzz targets: see fuzz.h.
 */
#include "config.h"

#include "fuzz.h"

unsigned
fuzz_octet(struct fuzz_input *in)
{
	if (in->len == 0)
		return 0;
	in->len--;
	return *in->data++;
}

struct bytes
fuzz_run(struct fuzz_input *in, size_t most)
{
	size_t len = fuzz_octet(in);
	struct bytes run;

	if (len > most)
		len = most;
	if (len > in->len)
		len = in->len;
	run = bytes_of((const char *)in->data, len);
	in->data += len;
	in->len -= len;
	return run;
}

struct bytes
fuzz_rest(const struct fuzz_input *in)
{
	return bytes_of((const char *)in->data, in->len);
}

/* A failed assertion must end the process, outside of any test. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return setenv("CMOCKA_TEST_ABORT", "1", 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };

	fuzz_one(&in);
	return 0;
}
