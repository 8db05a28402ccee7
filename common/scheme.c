/*
 * What a stored value is, by its first octets, and who can check it.
 */
#include "config.h"

#include <ctype.h>

#include "mask.h"
#include "scheme_form.h"

enum { MAX_PREFIX = 32 }; /* octets of a scheme's name that are logged */

/*
 * The first row whose prefix fits, in either case. One that begins with '$'
 * is part of the value. The longer names of crypt(3) and Argon2 and {LDAP-MD5}
 * are Dovecot's.
 */
static const struct scheme_form forms[] = {
	{ "{CRYPT}", &scheme_crypt, 0 },
	{ "{BLF-CRYPT}", &scheme_crypt, 0 },
	{ "{SHA512-CRYPT}", &scheme_crypt, 0 },
	{ "{SHA256-CRYPT}", &scheme_crypt, 0 },
	{ "{MD5-CRYPT}", &scheme_crypt, 0 },
	{ "{DES-CRYPT}", &scheme_crypt, 0 },
	{ "{SSHA}", &scheme_salted, DIGEST_SHA1 },
	{ "{SSHA256}", &scheme_salted, DIGEST_SHA256 },
	{ "{SSHA384}", &scheme_salted, DIGEST_SHA384 },
	{ "{SSHA512}", &scheme_salted, DIGEST_SHA512 },
	{ "{SMD5}", &scheme_salted, DIGEST_MD5 },
	{ "{SHA}", &scheme_unsalted, DIGEST_SHA1 },
	{ "{SHA256}", &scheme_unsalted, DIGEST_SHA256 },
	{ "{SHA384}", &scheme_unsalted, DIGEST_SHA384 },
	{ "{SHA512}", &scheme_unsalted, DIGEST_SHA512 },
	{ "{MD5}", &scheme_unsalted, DIGEST_MD5 },
	{ "{LDAP-MD5}", &scheme_unsalted, DIGEST_MD5 },
	{ "{PBKDF2}", &scheme_pbkdf2, DIGEST_SHA1 },
	{ "{PBKDF2-SHA1}", &scheme_pbkdf2, DIGEST_SHA1 },
	{ "{PBKDF2-SHA256}", &scheme_pbkdf2, DIGEST_SHA256 },
	{ "{PBKDF2-SHA512}", &scheme_pbkdf2, DIGEST_SHA512 },
	{ "{SCRAM-SHA-1}", &scheme_scram, DIGEST_SHA1 },
	{ "{SCRAM-SHA-256}", &scheme_scram, DIGEST_SHA256 },
	{ "SCRAM-SHA-1$", &scheme_scram, DIGEST_SHA1 },
	{ "SCRAM-SHA-256$", &scheme_scram, DIGEST_SHA256 },
	{ "{ARGON2}", &scheme_argon2, 0 },
	{ "{ARGON2I}", &scheme_argon2, 0 },
	{ "{ARGON2ID}", &scheme_argon2, 0 },
	{ "$argon2id$", &scheme_argon2, 0 },
	{ "$argon2i$", &scheme_argon2, 0 },
	{ "$argon2d$", &scheme_argon2, 0 },
	{ "{CRAM-MD5}", &scheme_hmac_md5, 0 },
	{ "{HMAC-MD5}", &scheme_hmac_md5, 0 },
};

/* crypt(5): "$id$" and what belongs to it. */
static const struct scheme_form crypt_string = { "$", &scheme_crypt, 0 };

static int
lower(char letter)
{
	int c = (unsigned char)letter;

	return c | (mask_between(c, 'A', 'Z') & ('a' - 'A'));
}

/* Behind its first octet, which decides most, a password tells nothing. */
static bool
begins_with(struct bytes value, const char *prefix)
{
	int differ = 0;
	size_t n, i;

	if (value.len == 0 || value.data[0] != prefix[0])
		return false;
	n = strlen(prefix);
	if (value.len < n)
		return false;
	for (i = 1; i < n; i++)
		differ |= lower(value.data[i]) ^ lower(prefix[i]);
	return differ == 0;
}

/* Octets of a leading "{NAME}", 0 if there is none. RFC 2307, section 5.3. */
static size_t
braces(struct bytes value)
{
	const char *end;

	if (value.len == 0 || value.data[0] != '{')
		return 0;
	end = memchr(value.data, '}', value.len);
	return end == NULL ? 0 : (size_t)(end - value.data) + 1;
}

static bool
is_crypt_string(struct bytes value)
{
	return value.len > 1 && value.data[0] == '$' &&
	       memchr(value.data + 1, '$', value.len - 1) != NULL;
}

/* NULL for plaintext, and for what nobody knows. */
static const struct scheme_form *
find_form(struct bytes value)
{
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (begins_with(value, forms[i].prefix))
			return &forms[i];
	return is_crypt_string(value) ? &crypt_string : NULL;
}

bool
scheme_plaintext(struct bytes *value)
{
	static const char *const plain[] = { "{PLAIN}", "{CLEARTEXT}" };
	size_t i;

	if (value->len == 0 || memchr("{$Ss", value->data[0], 4) == NULL)
		return true; /* no prefix begins like this */
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (begins_with(*value, plain[i])) {
			*value = bytes_after(*value, strlen(plain[i]));
			return true;
		}
	return braces(*value) == 0 && find_form(*value) == NULL;
}

bool
scheme_state(struct bytes *value)
{
	const struct scheme_form *form = find_form(*value);

	if (form == NULL || form->family != &scheme_hmac_md5)
		return false;
	*value = bytes_after(*value, strlen(form->prefix));
	return true;
}

enum scheme_result
scheme_unusable(const struct scheme_task *task, const char *why)
{
	host_log(task->host, SASL_LOG_ERR,
	    "a stored secret with %s cannot be used: %s", task->form->prefix,
	    why);
	return SCHEME_UNUSABLE;
}

enum scheme_result
scheme_verdict(const struct scheme_task *task, enum digest_result done,
    const void *stored, const void *given, size_t len)
{
	if (done == DIGEST_NO_MEMORY)
		return SCHEME_NO_MEMORY;
	if (done != DIGEST_DONE)
		return scheme_unusable(
		    task, "this build or its libraries do not have it");
	return (enum scheme_result)secret_equal(
	    bytes_of(stored, len), bytes_of(given, len));
}

/*
 * What stands in braces may be half of a password that only looks like it, so
 * it is shown if it could be the name of a scheme.
 */
static enum scheme_result
unknown(const struct host *h, struct bytes name)
{
	size_t i;
	bool shown = name.len <= MAX_PREFIX;

	for (i = 1; i + 1 < name.len && shown; i++)
		shown = isalnum((unsigned char)name.data[i]) ||
			memchr("-._/", name.data[i], 4) != NULL;
	if (!shown)
		name = bytes_str("{...}");
	host_log(h, SASL_LOG_ERR,
	    "a stored secret with %.*s cannot be used: unknown scheme",
	    (int)name.len, name.data);
	return SCHEME_UNUSABLE;
}

enum scheme_result
scheme_check(const struct host *h, struct bytes stored, struct bytes password)
{
	struct scheme_task task = { h, find_form(stored), stored, password };
	struct secret scratch = { NULL, 0 };
	enum scheme_result result;

	if (task.form == NULL)
		return unknown(h, bytes_of(stored.data, braces(stored)));
	if (password.len == 0)
		return SCHEME_DIFFERS;
	if (task.form->prefix[0] != '$')
		task.value = bytes_after(stored, strlen(task.form->prefix));
	if (secret_alloc(h, &scratch, task.form->family->scratch) < 0)
		return SCHEME_NO_MEMORY;
	if (task.form->family->parse(&task, scratch.data) < 0)
		result = scheme_unusable(&task, "what follows is malformed");
	else
		result = task.form->family->compare(&task, scratch.data);
	secret_free(h, &scratch);
	return result;
}
