/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Strings of crypt(3), of whatever kind libcrypt knows. No other file knows it.
 */
#include "config.h"

#include <sys/mman.h>
#include <errno.h>
#ifdef HAVE_LIBCRYPT
#include <crypt.h>
#else
#define CRYPT_OUTPUT_SIZE 384
#endif

#include "base/consttime.h"
#include "base/secret.h"
#include "secrets/scheme_family.h"

/* A string, zeros, and its length: so two that differ are as long. */
static void
put_string(unsigned char *out, struct bytes text, size_t mark)
{
	memcpy(out, text.data, text.len);
	mark += text.len;
	memcpy(out + CRYPT_OUTPUT_SIZE, &mark, sizeof(mark));
}

static int
parse(struct scheme_task *task)
{
	if (task->value.len < 2 || task->value.len >= CRYPT_OUTPUT_SIZE)
		return -1;
	put_string(task->stored, task->value, 0);
	task->len = CRYPT_OUTPUT_SIZE + sizeof(size_t);
	return 0;
}

#ifdef HAVE_LIBCRYPT

struct crypting {
	struct crypt_data data;
	char phrase[CRYPT_MAX_PASSPHRASE_SIZE];
};

_Static_assert(
    CRYPT_OUTPUT_SIZE <= SCHEME_MAX_DIGEST && CRYPT_GENSALT_OUTPUT_SIZE <= 192,
    "a string and a setting have room");

/*
 * Did libcrypt lack memory? It may have the same errno for that and for a
 * string that it does not know. It maps what it needs, so this maps as much; a
 * host's allocator may be another pool, or end the process.
 */
static bool
lacks_memory(int error, struct bytes setting)
{
	unsigned microseconds;
	ssize_t size = scheme_cost(setting, 0, &microseconds);
	size_t wanted;
	void *memory;

	if (error == ENOMEM)
		return true;
	if (error != EINVAL || size <= 0)
		return false;
	wanted = (size_t)size + (1 << 20); /* the cost is not all of it */
	memory = mmap(NULL, wanted, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return memory == MAP_FAILED || munmap(memory, wanted) < 0;
}

/*
 * All ones if a password has a NUL or is too long: then what it begins with is
 * hashed, since a refusal must not be faster for that.
 */
static int
read_phrase(struct bytes password, char phrase[CRYPT_MAX_PASSPHRASE_SIZE])
{
	int bad = 0;
	size_t i;

	if (password.len >= CRYPT_MAX_PASSPHRASE_SIZE) {
		password.len = CRYPT_MAX_PASSPHRASE_SIZE - 1;
		bad = -1;
	}
	for (i = 0; i < password.len; i++) {
		phrase[i] = password.data[i];
		bad |= consttime_between((unsigned char)phrase[i], 0, 0);
	}
	phrase[i] = '\0';
	return bad;
}

static enum digest_result
derive(struct scheme_task *task)
{
	struct crypting *c = (void *)task->scratch;
	unsigned microseconds;
	const char *result;
	int bad, error;

	if (scheme_cost(task->value, 0, &microseconds) < 0) {
		task->why = "its cost is too high, or cannot be told";
		return DIGEST_REFUSED;
	}
	bad = read_phrase(task->password, c->phrase);
	memset(&c->data, 0, sizeof(c->data));
	result = crypt_rn(
	    c->phrase, (char *)task->stored, &c->data, sizeof(c->data));
	error = errno;
	secret_wipe_stack();
	if (result == NULL) {
		task->why = "libcrypt does not know what follows";
		return lacks_memory(error, task->value) ? DIGEST_NO_MEMORY
							: DIGEST_REFUSED;
	}
	/* No string is as long as a bad password makes it. */
	put_string(task->given, bytes_str(result), (size_t)bad & (1 << 16));
	return DIGEST_DONE;
}

int
scheme_crypt_setting(
    const char *prefix, unsigned long count, struct bytes salt, char *out)
{
	return crypt_gensalt_rn(prefix, count, salt.data, (int)salt.len, out,
		   CRYPT_GENSALT_OUTPUT_SIZE) == NULL
		   ? -1
		   : 0;
}

#else

struct crypting {
	char unused;
};

static enum digest_result
derive(struct scheme_task *task)
{
	task->why = "this build has no libcrypt";
	return DIGEST_REFUSED;
}

int
scheme_crypt_setting(
    const char *prefix, unsigned long count, struct bytes salt, char *out)
{
	(void)prefix;
	(void)count;
	(void)salt;
	(void)out;
	errno = ENOSYS;
	return -1;
}

#endif

static unsigned
work(const struct scheme_form *form, struct bytes value, size_t password_len)
{
	unsigned microseconds;

	(void)form;
	(void)scheme_cost(value, password_len, &microseconds);
	return microseconds;
}

const struct scheme_family scheme_crypt = {
	.is_slow = true,
	.scratch = sizeof(struct crypting),
	.parse = parse,
	.work = work,
	.derive = derive,
};
