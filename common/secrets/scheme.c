/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a stored value is.
 */
#include "config.h"

#include "base/scan.h"
#include "base/secret.h"
#include "secrets/scheme.h"
#include "secrets/scheme_family.h"

/* By the general rules: octets of a value and of parts of it; and rows, */
enum { LEAST = 21, MAX_ID = 16, LEAST_AFTER_ID = 13, LEAST_AFTER_NAME = 16 };

/* whose names may be half of a password, so that the log has none. */
static const struct scheme_form crypt_string = { .prefix = "$...$",
	.family = FAMILY_CRYPT };
static const struct scheme_form braced = { .prefix = "{...}" };

/* What some row of the table begins with; '!' is for locks. */
static const char first_octets[] = "{$_Smpbas*!";

/* After its first octet, which decides most, a password tells nothing. */
static bool
begins_with(struct bytes value, const char *prefix, size_t len)
{
	int differ = 0, letter;
	size_t i;

	if (value.len < len || value.data[0] != prefix[0])
		return false;
	for (i = 1; i < len; i++) {
		letter = (prefix[i] | 0x20U) - 'a' < 26;
		differ |= (value.data[i] ^ prefix[i]) & ~(letter << 5);
	}
	return differ == 0;
}

/* Octets of a leading "{NAME}" (RFC 2307, section 5.3), or 0. */
static size_t
braces(struct bytes value)
{
	const char *end;

	if (value.data[0] != '{')
		return 0;
	end = memchr(value.data, '}', value.len);
	return end == NULL ? 0 : (size_t)(end - value.data) + 1;
}

static const struct scheme_form *
known_form(struct bytes value, size_t name)
{
	const struct scheme_form *form =
	    name > 0 ? scheme_forms : scheme_bare_forms;

	for (; *form->prefix != '\0'; form++)
		if (form->name == name && form->prefix[0] == value.data[0] &&
		    value.len >= form->least &&
		    (form->most == 0 || value.len <= form->most) &&
		    begins_with(value, form->prefix, form->len) &&
		    scheme_fits(form, bytes_after(value, form->len)))
			return form;
	return NULL;
}

/* "$id$", as crypt(5) recommends it for schemes to come. */
static bool
is_crypt_string(struct bytes value)
{
	struct bytes rest = value, id;

	return scan_text(&rest, "$") == 0 && scan_until(&rest, '$', &id) == 0 &&
	       id.len <= MAX_ID && rest.len >= LEAST_AFTER_ID &&
	       scan_made_of(id, "az09--") && scheme_is_hash_text(rest);
}

/* "{NAME}" of at least two of A-Z0-9./_-, or of a-z0-9./_-. */
static bool
is_braced(struct bytes value, size_t name)
{
	struct bytes inner;

	if (name < 4 || value.len < name + LEAST_AFTER_NAME)
		return false;
	inner = bytes_of(value.data + 1, name - 2);
	return (scan_made_of(inner, "AZ-9__") ||
		   scan_made_of(inner, "az-9__")) &&
	       scheme_is_hash_text(bytes_after(value, name));
}

/* The row of what has the look of a hash; NULL for anything else. */
static const struct scheme_form *
form_of(struct bytes value)
{
	const struct scheme_form *form;
	size_t name;

	if (value.len == 0 || value.data[0] == '!')
		return NULL;
	name = braces(value);
	form = known_form(value, name);
	if (form != NULL || value.len < LEAST)
		return form;
	if (is_crypt_string(value))
		return &crypt_string;
	return is_braced(value, name) ? &braced : NULL;
}

/* Octets of a name that says that the password follows. */
static size_t
plaintext_name(struct bytes value)
{
	static const char *const names[] = { "{PLAIN}", "{CLEAR}",
		"{CLEARTEXT}" };
	size_t i, len = value.len > 0 ? braces(value) : 0;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (len == strlen(names[i]) &&
		    begins_with(value, names[i], len))
			return len;
	return 0;
}

static size_t
lock_signs(struct bytes value)
{
	size_t n = 0;

	while (n < value.len && (value.data[n] == '!' || value.data[n] == '*'))
		n++;
	return n;
}

/* "*LK*" and "*NP*" are Solaris's. */
static struct bytes
after_lock(struct bytes value)
{
	size_t n = lock_signs(value);

	if (n > 0 && value.data[n - 1] == '*' && /* MySQL's own */
	    form_of(bytes_after(value, n - 1)) != NULL)
		return bytes_after(value, n - 1);
	value = bytes_after(value, n);
	if (n > 0 && scan_text(&value, "LK*") < 0)
		(void)scan_text(&value, "NP*");
	return value;
}

/*
 * A stored value after '!' or '*', as passwd(1) and others lock a user out, or
 * no more than that.
 */
static bool
is_locked(struct bytes value)
{
	struct bytes rest = after_lock(value);

	return rest.len < value.len &&
	       (rest.len == 0 || form_of(rest) != NULL ||
		   plaintext_name(rest) > 0);
}

static bool
take_plaintext(struct stored *s)
{
	size_t len = plaintext_name(s->octets);

	if (len == 0)
		return false;
	s->value = bytes_after(s->octets, len);
	s->kind = s->value.len > 0 ? STORED_PLAINTEXT : STORED_NOTHING;
	return true;
}

/* {DECOY}REASON:STORED: see scheme.h. Only what is known reaches the log. */
static bool
take_decoy(struct stored *s)
{
	static const char *const reasons[] = { "expired-secret",
		"wrong-network", "disabled", "unknown-user" };
	struct bytes rest = s->octets, reason = { NULL, 0 };
	size_t i;

	if (rest.data[0] != '{' || scan_text(&rest, "{DECOY}") < 0)
		return false;
	s->kind = STORED_DECOY;
	s->value.len = 0;
	if (scan_text(&rest, ":") < 0 && scan_until(&rest, ':', &reason) < 0)
		return true;
	s->value = rest;
	for (i = 0; reason.len > 0 && i < sizeof(reasons) / sizeof(reasons[0]);
	     i++)
		if (bytes_equal(reason, bytes_str(reasons[i])))
			s->reason = reasons[i];
	return true;
}

static void
take_hash(struct stored *s)
{
	struct bytes text = scan_trim(s->octets);

	s->form = form_of(text);
	if (s->form == NULL && !is_locked(text))
		return;
	s->text = text;
	s->kind = STORED_LOCKED;
	s->value = after_lock(text);
	if (s->form == NULL)
		return;
	s->value = bytes_after(text, s->form->name);
	if (scheme_family_of(s->form) == &scheme_crypt &&
	    lock_signs(s->value) > 0)
		s->value = after_lock(s->value);
	else
		s->kind = scheme_family_of(s->form) == &scheme_hmac_md5
			      ? STORED_STATE
			  : scheme_family_of(s->form) != NULL ? STORED_HASH
							      : STORED_UNKNOWN;
}

static bool
is_null(const char *four)
{
	return ((four[0] ^ 'N') | (four[1] ^ 'U') | (four[2] ^ 'L') |
		   (four[3] ^ 'L')) == 0;
}

void
scheme_classify(struct bytes octets, struct stored *s)
{
	*s = (struct stored) {
		.kind = STORED_PLAINTEXT,
		.value = octets,
		.text = octets,
		.octets = octets,
	};
	if (octets.len == 0 || (octets.len == 4 && is_null(octets.data))) {
		s->kind = STORED_NOTHING;
		s->value.len = 0;
	} else if (memchr(first_octets, octets.data[0],
		       sizeof(first_octets) - 1) != NULL &&
		   !take_decoy(s) && !take_plaintext(s))
		take_hash(s);
}

const char *
scheme_label(const struct stored *s)
{
	static const char *const labels[] = {
		[STORED_NOTHING] = "empty",
		[STORED_PLAINTEXT] = "plaintext",
		[STORED_LOCKED] = "locked",
		[STORED_DECOY] = "decoy",
	};
	const char *label = labels[s->kind];

	return label != NULL ? label : s->form->prefix;
}

bool
scheme_resembles(struct bytes text)
{
	struct stored s;

	scheme_classify(text, &s);
	return s.kind != STORED_PLAINTEXT || s.value.len < s.text.len;
}
