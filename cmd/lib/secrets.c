/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Secrets of a passwdfile: see secrets.h.
 */
#include "config.h"

#include <sys/random.h>

#include "base/secret.h"
#include "lib/util.h"
#include "passwdfile/write.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"
#include "lib/secrets.h"

static const char cram_md5[] = "{CRAM-MD5}";

void
secrets_want(struct secrets_wanted *wanted, int form)
{
	size_t i;

	for (i = 0; i < wanted->count; i++)
		if (wanted->forms[i] == form)
			return;
	if (wanted->count < SECRETS_MAX)
		wanted->forms[wanted->count++] = form;
}

static bool
is_called(const char *name, const char *given)
{
	size_t len = strlen(given);

	if (len > 1 && given[0] == '{' && given[len - 1] == '}') {
		given++;
		len -= 2;
	}
	return strlen(name) == len && !strncasecmp(name, given, len);
}

const char *
secrets_name(int form)
{
	return form == SECRETS_CRAM_MD5 ? "cram-md5"
	       : form == SECRETS_PLAIN	? "plain"
					: scheme_name(form);
}

const char *
secrets_serve(const char *name)
{
	static const char *const rows[][2] = {
		{ "plaintext", "PLAIN LOGIN CRAM-MD5" },
		{ "plain", "PLAIN LOGIN CRAM-MD5" },
		{ "cram-md5", "PLAIN LOGIN CRAM-MD5" },
		{ "hmac-md5", "PLAIN LOGIN CRAM-MD5" },
		{ "scram-sha-256", "PLAIN LOGIN SCRAM-SHA-256" },
		{ "scram-sha-1", "PLAIN LOGIN SCRAM-SHA-1" },
	};
	size_t i;

	for (i = 0; i < COUNT_OF(rows); i++)
		if (is_called(rows[i][0], name))
			return rows[i][1];
	return "PLAIN LOGIN";
}

void
secrets_tally(struct secrets_count counts[SECRETS_FORMS], const char *label)
{
	size_t i = 0;

	while (i < SECRETS_FORMS - 1 && counts[i].label != NULL &&
	       strcmp(counts[i].label, label) != 0)
		i++;
	counts[i].label = label;
	counts[i].count++;
}

int
secrets_find(const char *name)
{
	int i;

	for (i = SECRETS_PLAIN; i <= SECRETS_CRAM_MD5; i++)
		if (is_called(secrets_name(i), name))
			return i;
	for (i = 0; scheme_name(i) != NULL; i++)
		if (is_called(scheme_name(i), name) && scheme_can_make(i))
			return i;
	return SECRETS_UNKNOWN;
}

static void
add(struct secrets *made, const char *prefix, struct bytes text)
{
	size_t len = strlen(prefix);
	char *copy = util_alloc(len + text.len + 1);

	memcpy(copy, prefix, len);
	memcpy(copy + len, text.data, text.len);
	made->texts[made->count++] = bytes_of(copy, len + text.len);
}

static void
add_state(struct secrets *made, struct bytes password)
{
	char text[HMAC_MD5_STORED_HEX];
	struct hmac_md5_key key;

	hmac_md5_key(&key, password);
	hmac_md5_key_print(&key, text);
	add(made, cram_md5, bytes_of(text, sizeof(text)));
	secret_wipe(&key, sizeof(key));
	secret_wipe(text, sizeof(text));
}

static int
add_plain(struct secrets *made, struct bytes password)
{
	size_t len;
	char *text = passwdfile_secret(password, &len);

	if (text == NULL)
		return -1;
	add(made, "", bytes_of(text, len));
	passwdfile_free_text(text, len);
	return 0;
}

int
secrets_make(const struct host *h, const struct secrets_wanted *wanted,
    struct bytes password, struct secrets *made)
{
	struct secret stored = { NULL, 0 };
	int result = SASL_OK;
	size_t i;

	made->count = 0;
	for (i = 0; i < wanted->count && result == SASL_OK; i++) {
		if (wanted->forms[i] == SECRETS_CRAM_MD5) {
			add_state(made, password);
			continue;
		}
		if (wanted->forms[i] == SECRETS_PLAIN) {
			if (add_plain(made, password) < 0)
				result = SASL_NOMEM;
			continue;
		}
		result = scheme_make(h, wanted->forms[i], password, &stored);
		if (result == SASL_OK)
			add(made, "", secret_bytes(&stored));
		secret_free(h, &stored);
	}
	return result == SASL_OK ? 0 : -1;
}

void
secrets_wipe(struct secrets *made)
{
	for (; made->count > 0; made->count--)
		secret_wipe((char *)made->texts[made->count - 1].data,
		    made->texts[made->count - 1].len);
}

int
secrets_generate(struct ask_password *password)
{
	enum { OCTETS = 17 };
	static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
	const unsigned n = sizeof(alphabet) - 1;
	unsigned char octet = 0;

	password->len = 0;
	while (password->len < OCTETS) {
		if (getrandom(&octet, 1, 0) != 1)
			return util_complain("there are no random numbers");
		/* Of all octets the first characters would come more often. */
		if (octet < 256 / n * n)
			password->data[password->len++] = alphabet[octet % n];
	}
	password->data[password->len] = '\0';
	secret_wipe(&octet, sizeof(octet));
	return 0;
}
