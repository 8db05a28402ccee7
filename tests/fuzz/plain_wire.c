/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Fuzz target: the message of PLAIN. It is taken if there are two NULs, and
 * then printing its parts, each of which stands by itself, gives it back.
 */
#include "config.h"

#include "fuzz.h"
#include "plain_wire.h"

const bool fuzz_is_cheap = true;

static size_t
count_nuls(const struct fuzz_input *in)
{
	size_t i, count = 0;

	for (i = 0; i < in->len; i++)
		count += in->data[i] == '\0';
	return count;
}

/* A part lies within the message and has no NUL; a copy stands by itself. */
static struct bytes
take_part(struct bytes whole, struct bytes part)
{
	assert_true(part.data >= whole.data);
	assert_true(part.data + part.len <= whole.data + whole.len);
	assert_null(memchr(part.data, '\0', part.len));
	return bytes_of(guarded_copy(part.data, part.len), part.len);
}

static void
check_message(struct bytes in, const struct plain_message *m)
{
	struct plain_message alone = { take_part(in, m->authzid),
		take_part(in, m->authcid), take_part(in, m->password) };
	char *out = guarded_copy(in.data, in.len);

	assert_int_equal(plain_size(&alone), in.len);
	memset(out, '#', in.len);
	plain_print(&alone, out);
	assert_memory_equal(out, in.data, in.len);
	guarded_free(out, in.len);
	guarded_free((char *)(uintptr_t)alone.authzid.data, alone.authzid.len);
	guarded_free((char *)(uintptr_t)alone.authcid.data, alone.authcid.len);
	guarded_free(
	    (char *)(uintptr_t)alone.password.data, alone.password.len);
}

void
fuzz_one(struct fuzz_input *in)
{
	char *copy = guarded_copy(in->data, in->len);
	struct bytes bytes = bytes_of(copy, in->len);
	struct plain_message message;
	int result;

	result = plain_parse(bytes, &message);
	assert_int_equal(result, count_nuls(in) == 2 ? 0 : -1);
	if (result == 0)
		check_message(bytes, &message);
	guarded_free(copy, in->len);
}
