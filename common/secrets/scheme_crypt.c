/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Strings of crypt(3), of whatever kind libcrypt knows. This file alone knows
 * libcrypt.
 */
#include "config.h"

#include <sys/mman.h>
#include <crypt.h>
#include <errno.h>

#include "base/consttime.h"
#include "secrets/scheme_form.h"

#define CRYPT_PREFIX "{CRYPT}"

enum { MORE_MEMORY = 1 << 20 }; /* octets, with what the cost is about */

/* Too much for a stack, and what libcrypt leaves there is secret. */
struct crypting {
	struct crypt_data data;
	char setting[CRYPT_OUTPUT_SIZE];
	char phrase[CRYPT_MAX_PASSPHRASE_SIZE];
};

/*
 * Did libcrypt lack memory? It has the same errno for a string that it does not
 * know; but a user must not be told "wrong" for lack of memory. libcrypt maps
 * what it needs, so this maps as much, to see whether that is possible. A
 * host's allocator may be another pool, or end the process when it is
 * exhausted.
 */
static bool
lacks_memory(const char *setting)
{
	unsigned microseconds;
	ssize_t size = scheme_cost(bytes_str(setting), 0, &microseconds);
	size_t wanted;
	void *memory;

	if (errno != EINVAL || size <= 0)
		return false;
	wanted = (size_t)size + MORE_MEMORY;
	memory = mmap(NULL, wanted, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED)
		return true;
	munmap(memory, wanted);
	errno = EINVAL;
	return false;
}

/*
 * The result, which is in c->data; NULL if there is none, and errno tells why.
 * A NUL in the password sets `bad`. So does one that is too long, and what it
 * begins with is hashed: a refusal must not be faster for that.
 */
static const char *
run(struct crypting *c, struct bytes password, int *bad)
{
	const char *result;
	size_t i;

	if (password.len >= sizeof(c->phrase)) {
		password.len = sizeof(c->phrase) - 1;
		*bad = -1;
	}
	for (i = 0; i < password.len; i++) {
		c->phrase[i] = password.data[i];
		*bad |= consttime_between((unsigned char)c->phrase[i], 0, 0);
	}
	c->phrase[i] = '\0';
	memset(&c->data, 0, sizeof(c->data));
	result = crypt_rn(c->phrase, c->setting, &c->data, sizeof(c->data));
	secret_wipe_stack();
	if (result == NULL && lacks_memory(c->setting))
		errno = ENOMEM;
	return result;
}

/* A NUL in the value needs no look: the result has none, and so differs. */
static int
parse(const struct scheme_task *task, void *scratch)
{
	struct crypting *c = scratch;

	if (task->value.len < 2 || task->value.len >= sizeof(c->setting))
		return -1;
	memcpy(c->setting, task->value.data, task->value.len);
	c->setting[task->value.len] = '\0';
	return 0;
}

static enum verdict
compare(struct scheme_task *task, void *scratch)
{
	struct crypting *c = scratch;
	unsigned microseconds;
	const char *given;
	int bad = 0;

	if (scheme_cost(task->value, 0, &microseconds) < 0)
		return scheme_unusable(
		    task, "its cost is too high, or cannot be told");
	given = run(c, task->password, &bad);
	if (given != NULL)
		return (enum verdict)(
		    secret_equal(task->value, bytes_str(given)) & ~bad);
	if (errno == ENOMEM)
		return VERDICT_NO_MEMORY;
	return scheme_unusable(task, "libcrypt does not know what follows");
}

static unsigned
work(struct bytes value, size_t password_len)
{
	unsigned microseconds;

	(void)scheme_cost(value, password_len, &microseconds);
	return microseconds;
}

const struct scheme_family scheme_crypt = {
	.is_slow = true,
	.work = work,
	.scratch = sizeof(struct crypting),
	.parse = parse,
	.compare = compare,
};

/* What libcrypt gave, or the code for what it did not. */
static int
print(const struct scheme_job *job, const char *text, struct secret *stored)
{
	size_t prefix = strlen(CRYPT_PREFIX);

	if (text == NULL)
		return errno == ENOMEM ? SASL_NOMEM : SASL_UNAVAIL;
	if (secret_alloc(job->host, stored, prefix + strlen(text)) < 0)
		return SASL_NOMEM;
	memcpy(stored->data, CRYPT_PREFIX, prefix);
	memcpy(stored->data + prefix, text, strlen(text));
	return SASL_OK;
}

/* The string without its digest. NULL if libcrypt has not got this kind. */
static const char *
setting(const struct scheme_recipe *recipe, struct bytes salt, char *out)
{
	return crypt_gensalt_rn(recipe->head, recipe->count, salt.data,
	    (int)salt.len, out, CRYPT_GENSALT_OUTPUT_SIZE);
}

int
scheme_crypt_make(const struct scheme_job *job, struct secret *stored)
{
	struct secret scratch = { NULL, 0 };
	struct crypting *c;
	const char *text;
	int bad = 0, result;

	if (secret_alloc(job->host, &scratch, sizeof(*c)) < 0)
		return SASL_NOMEM;
	c = (struct crypting *)scratch.data;
	text = setting(job->recipe, job->salt, c->setting);
	if (text != NULL)
		text = run(c, job->password, &bad);
	result = print(job, text, stored);
	secret_free(job->host, &scratch);
	return result;
}

_Static_assert(sizeof(CRYPT_PREFIX) + CRYPT_GENSALT_OUTPUT_SIZE <= SCHEME_DECOY,
    "a prefix and a setting have room");

int
scheme_crypt_decoy(const struct scheme_recipe *recipe, char out[SCHEME_DECOY])
{
	static const char salt[SCHEME_NEW_SALT];
	size_t prefix = strlen(CRYPT_PREFIX);

	memcpy(out, CRYPT_PREFIX, prefix);
	if (setting(recipe, bytes_of(salt, sizeof(salt)), out + prefix) == NULL)
		return -1;
	return 0;
}
