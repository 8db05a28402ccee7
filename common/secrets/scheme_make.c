/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * New stored values, decoys that cost as much, and what those ask who store
 * them. Each scheme has a model: a value with salt and digests of zeros, which
 * are replaced by real ones.
 */
#include "config.h"

#include <sys/random.h>
#include <errno.h>

#include "base/host.h"
#include "base/scan.h"
#include "base/secret.h"
#include "secrets/scheme.h"
#include "secrets/scheme_family.h"

#define CRYPT_PREFIX "{CRYPT}"

enum {
	NEW_SALT = 16,	  /* octets */
	BCRYPT_MOST = 72, /* octets; it does not look at more */
	CRYPT_MOST = 511, /* it refuses more */
	CHOICES = 12,	  /* of the option */
	MODEL = 144,	  /* octets of the longest one */
};

const char *const scheme_choices[] = { "yescrypt", "bcrypt", "sha512-crypt",
	"sha256-crypt", "argon2", "pbkdf2-sha512", "pbkdf2-sha256",
	"scram-sha-256", "scram-sha-1", "ssha512", "ssha256", "ssha", NULL,
	/* And those that no option names. */
	"ssha384", "smd5", "sha512", "sha384", "sha256", "sha", "md5", "pbkdf2",
	NULL };

/* Zeros in base64. */
#define A6   "AAAAAA"
#define A8   "AAAAAAAA"
#define A16  A8 A8
#define A32  A16 A16
#define A64  A32 A32
#define SALT A16 A6 /* 16 octets */
#define D20  A16 A8 "AAA"
#define D32  A32 A8 "AAA"
#define D64  A64 A16 A6

/*
 * In the order of scheme_choices[], without pointers: see struct scheme_form.
 */
static const struct recipe {
	char kind[8];	   /* of a string of crypt(3), and no model; or none */
	unsigned count;	   /* for crypt_gensalt(3); 0: its own */
	unsigned most;	   /* octets of a password; 0: any number */
	char model[MODEL]; /* with its NUL */
} recipes[] = {
	{ .kind = "$y$", .most = CRYPT_MOST },
	{ .kind = "$2b$", .count = 10, .most = BCRYPT_MOST },
	{ .kind = "$6$", .count = 100000, .most = CRYPT_MOST },
	{ .kind = "$5$", .count = 100000, .most = CRYPT_MOST },
	{ .model = "{ARGON2}$argon2id$v=19$m=19456,t=2,p=1$" SALT "$" D32 },
	{ .model = "{PBKDF2-SHA512}210000$" SALT "$" D64 },
	{ .model = "{PBKDF2-SHA256}600000$" SALT "$" D32 },
	/* As Dovecot has it: it is the one that a program is known to read. */
	{ .model = "{SCRAM-SHA-256}15000," SALT "==," D32 "=," D32 "=" },
	{ .model = "{SCRAM-SHA-1}15000," SALT "==," D20 "=," D20 "=" },
	{ .model = "{SSHA512}" A64 A32 A8 "AAA=" },
	{ .model = "{SSHA256}" A64 },
	{ .model = "{SSHA}" A32 A16 },
	{ .model = "{SSHA384}" D64 "==" },
	{ .model = "{SMD5}" D32 "=" },
	{ .model = "{SHA512}" D64 "==" },
	{ .model = "{SHA384}" A64 },
	{ .model = "{SHA256}" D32 "=" },
	{ .model = "{SHA}" D20 "=" },
	{ .model = "{MD5}" SALT "==" },
	{ .model = "{PBKDF2}1300000$" SALT "$" D20 },
};

const char *
scheme_name(int choice)
{
	return scheme_choices[choice < CHOICES ? choice : choice + 1];
}

/* A value as they are made with `salt`, of a password that nobody has. */
static struct bytes
model_of(
    const struct recipe *recipe, struct bytes salt, char text[SCHEME_DECOY])
{
	size_t prefix = strlen(CRYPT_PREFIX);

	if (*recipe->model != '\0')
		return bytes_str(recipe->model);
	memcpy(text, CRYPT_PREFIX, prefix);
	if (scheme_crypt_setting(
		recipe->kind, recipe->count, salt, text + prefix) < 0)
		return bytes_str(NULL);
	return bytes_str(text);
}

struct bytes
scheme_decoy(int choice, char text[SCHEME_DECOY])
{
	static const char salt[NEW_SALT];

	return model_of(&recipes[choice], bytes_of(salt, sizeof(salt)), text);
}

/* Put `octets` where a value has its last ones in base64. */
static char *
put_before(char *end, enum base64 kind, const unsigned char *octets, size_t len)
{
	end -= base64_encoded(kind, len);
	base64_encode(kind, bytes_of((const char *)octets, len), end);
	return end;
}

/* What was computed, in the place of the zeros before `end`. */
static void
fill_in(struct scheme_task *task, char *end)
{
	enum base64 kind = scheme_family_of(task->form)->base64;
	size_t key = scheme_family_of(task->form)->keys, size = task->len;

	if (key == 0) {
		memcpy(task->given + size, task->salt, task->salt_len);
		put_before(end, kind, task->given, size + task->salt_len);
		return;
	}
	for (size /= key; key-- > 0; end--)
		end = put_before(end, kind, task->given + key * size, size);
	put_before(end, kind, task->salt, task->salt_len);
}

static int
print(const struct host *h, struct scheme_task *task, struct bytes model,
    struct secret *stored)
{
	const char *crypt = (const char *)task->given;
	size_t prefix = strlen(CRYPT_PREFIX);

	if (scheme_family_of(task->form) != &scheme_crypt) {
		if (secret_copy(h, stored, model) < 0)
			return SASL_NOMEM;
		fill_in(task, stored->data + stored->len);
		return SASL_OK;
	}
	if (secret_alloc(h, stored, prefix + strlen(crypt)) < 0)
		return SASL_NOMEM;
	memcpy(stored->data, CRYPT_PREFIX, prefix);
	memcpy(stored->data + prefix, crypt, strlen(crypt));
	return SASL_OK;
}

/* SASL_OK, SASL_NOMEM, or SASL_UNAVAIL: a library cannot do it. */
static int
make(const struct host *h, struct bytes model, struct bytes salt,
    struct bytes password, struct secret *stored)
{
	struct secret memory = { NULL, 0 };
	enum digest_result done;
	struct scheme_task *task;
	struct stored value;
	int result = SASL_UNAVAIL;

	scheme_classify(model, &value);
	task = scheme_begin(h, &value, password, &memory);
	if (task == NULL)
		return SASL_NOMEM;
	if (scheme_family_of(task->form)->parse(task) == 0) {
		memcpy(task->salt, salt.data, task->salt_len);
		done = scheme_family_of(task->form)->derive(task);
		if (done == DIGEST_NO_MEMORY)
			result = SASL_NOMEM;
		else if (done == DIGEST_DONE)
			result = print(h, task, model, stored);
	}
	secret_free(h, &memory);
	return result;
}

int
scheme_make(const struct host *h, int choice, struct bytes password,
    struct secret *stored)
{
	const struct recipe *recipe = &recipes[choice];
	char octets[NEW_SALT] = { 0 }, text[SCHEME_DECOY];
	struct bytes salt = bytes_of(octets, sizeof(octets)), model;
	const char *why = "this build or its libraries do not have it";
	int result = SASL_BADPARAM;

	secret_free(h, stored);
	if (password.len == 0 || memchr(password.data, '\0', password.len))
		why = "the password is empty or has a NUL";
	else if (recipe->most > 0 && password.len > recipe->most)
		why = "the password is too long for it";
	else if (getrandom(octets, sizeof(octets), 0) != sizeof(octets)) {
		why = "no randomness";
		result = SASL_UNAVAIL;
	} else {
		model = model_of(recipe, salt, text);
		result = model.len > 0 ? make(h, model, salt, password, stored)
			 : errno == ENOMEM ? SASL_NOMEM
					   : SASL_UNAVAIL;
	}
	if (result != SASL_OK && result != SASL_NOMEM)
		host_log(h, SASL_LOG_ERR,
		    "a secret of the scheme %s was not made: %s",
		    scheme_name(choice), why);
	return result;
}

bool
scheme_can_make(int choice)
{
	char text[SCHEME_DECOY];
	struct stored model;

	scheme_classify(scheme_decoy(choice, text), &model);
	return model.kind == STORED_HASH &&
	       (scheme_has_argon2 ||
		   scheme_family_of(model.form) != &scheme_argon2);
}

static bool
begins_with(struct bytes value, struct bytes head)
{
	return value.len >= head.len &&
	       memcmp(value.data, head.data, head.len) == 0;
}

bool
scheme_is_choice(const struct stored *s, int choice)
{
	char text[SCHEME_DECOY];
	struct bytes head = scheme_decoy(choice, text);

	if (s->kind != STORED_HASH || head.len == 0)
		return false;
	if (*recipes[choice].model != '\0') {
		head.len = (size_t)(strstr(head.data, A8) - head.data);
		return begins_with(s->text, head);
	}
	head.len = (size_t)(strrchr(text, '$') + 1 - text);
	return begins_with(s->text, head) ||
	       begins_with(s->text, bytes_after(head, strlen(CRYPT_PREFIX)));
}

bool
scheme_is_slow(const struct stored *s)
{
	return s->kind == STORED_HASH && scheme_family_of(s->form)->is_slow;
}

bool
scheme_is_nothing(struct bytes octets)
{
	struct stored s;

	scheme_classify(octets, &s);
	return s.kind == STORED_DECOY ||
	       (s.kind == STORED_NOTHING && octets.len <= strlen("NULL"));
}
