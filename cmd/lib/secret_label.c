/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Names of stored forms: see secret_label.h.
 */
#include "config.h"

#include <stdio.h>

#include "lib/secret_label.h"
#include "secrets/scheme.h"
#include "secrets/scheme_form.h"

/* "$id$" of crypt(5), if it is one that others are known to have. */
static const char *
crypt_id(struct bytes value)
{
	static const char *const known[] = { "$1$", "$2a$", "$2b$", "$2x$",
		"$2y$", "$3$", "$5$", "$6$", "$7$", "$gy$", "$md5$", "$sha1$",
		"$y$" };
	size_t i, len;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		len = strlen(known[i]);
		if (value.len >= len && !memcmp(value.data, known[i], len))
			return known[i];
	}
	return "$...$";
}

static const char *
name_of(struct bytes value)
{
	const struct scheme_form *form;
	struct bytes plain = value;

	if (scheme_plaintext(&plain))
		return plain.len == 0 ? "empty" : "plaintext";
	if (scheme_is_locked(value))
		return "locked";
	form = scheme_form_of(value);
	if (form == NULL)
		return scheme_shown(value);
	return !strcmp(form->prefix, "$") ? crypt_id(value) : form->prefix;
}

void
secret_label(struct bytes value, char label[SECRET_LABEL])
{
	snprintf(label, SECRET_LABEL, "%s", name_of(value));
}
