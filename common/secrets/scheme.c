/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a stored value is.
 */
#include "config.h"

#include <ctype.h>

#include "base/scan.h"
#include "base/secret.h"
#include "secrets/scheme.h"
#include "secrets/scheme_family.h"

/* By the general rules: octets of a value and of parts of it; and rows, */
enum { LEAST = 21, MAX_ID = 16, LEAST_AFTER_ID = 13, LEAST_AFTER_NAME = 16 };

/*
 * Two octets of what rows begin with, where these are longer than most
 * passwords; and one octet of the others. '!' is for locks.
 */
static const char heads[] = "0x1|2|3|:a:b:pAQSCS:T:U$arbccrgrmdpbscsh{$_*!";
static const char *const one_octet = heads + sizeof(heads) - sizeof("{$_*!");
enum { LEAST_WITH_HEAD = 12, ASP_NET = 68, STATE = 64 }; /* octets */

/* whose names may be half of a password, so that the log has none. */
static const struct scheme_form crypt_string = { .prefix = "$...$",
	.family = FAMILY_CRYPT };
static const struct scheme_form braced = { .prefix = "{...}" };
static const struct scheme_form encoded[] = { { .prefix = "{*.HEX}" },
	{ .prefix = "{*.B64}" }, { .prefix = "{*.BASE64}" } };
static const struct scheme_form hex_and_salt = { .prefix = "HEX:SALT" };

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

/* Is the octet at `at` right, in either case, or the prefix over? */
static bool
is_near(const struct scheme_form *form, struct bytes value, size_t at)
{
	return form->prefix[at] == '\0' ||
	       ((form->prefix[at] ^ value.data[at]) & ~0x20) == 0;
}

static const struct scheme_form *
known_form(struct bytes value, size_t name)
{
	const struct scheme_form *form;
	size_t at = name > 0; /* after the brace */
	int octet;

	if (value.len < at + 2)
		return NULL;
	octet = (unsigned char)value.data[at];
	if (at > 0 && octet >= 'a' && octet <= 'z')
		octet -= 'a' - 'A';
	form = scheme_first(at > 0, (unsigned char)octet);
	for (; form->prefix[at] == octet; form++)
		if (is_near(form, value, at + 1) &&
		    (at == 0 || form->name == name || form->name == 0) &&
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

/*
 * After a '{', is it a name of A-Z0-9./_-, or of a-z0-9./_-, and has the value
 * the text of a hash after its braces?
 */
static bool
is_named(struct bytes value, size_t inner, size_t braces)
{
	struct bytes name = bytes_of(value.data + 1, inner);

	return (scan_made_of(name, "AZ-9__") || scan_made_of(name, "az-9__")) &&
	       scheme_is_hash_text(bytes_after(value, braces));
}

/* "{NAME}" of at least two octets, and enough after it. */
static bool
is_braced(struct bytes value, size_t name)
{
	return name >= 4 && value.len >= name + LEAST_AFTER_NAME &&
	       is_named(value, name - 2, name);
}

/* "{NAME.HEX}" and so on, as Dovecot has it. */
static const struct scheme_form *
encoded_form(struct bytes value, size_t name)
{
	size_t i, len;

	for (i = 0; i < sizeof(encoded) / sizeof(encoded[0]); i++) {
		len = strlen(encoded[i].prefix) - strlen("{*");
		if (name > len + 2 && value.len > name + 1 &&
		    begins_with(bytes_after(value, name - len),
			encoded[i].prefix + 2, len) &&
		    is_named(value, name - 1 - len, name))
			return &encoded[i];
	}
	return NULL;
}

static bool
has_colon(struct bytes value, size_t at)
{
	return value.len > at + 1 && value.data[at] == ':';
}

/* Octets up to a ':' where it may stand after a digest in hex; or 0. */
static size_t
digits_before_colon(struct bytes value)
{
	if (value.len <= 32)
		return 0;
	return has_colon(value, 32)    ? 32
	       : has_colon(value, 40)  ? 40
	       : has_colon(value, 64)  ? 64
	       : has_colon(value, 128) ? 128
				       : 0;
}

/* A digest in hex, ':' and its salt: Joomla, osCommerce, Magento. */
static bool
is_hex_and_salt(struct bytes value)
{
	size_t n = digits_before_colon(value);

	return n > 0 && scan_made_of(bytes_of(value.data, n), "09afAF") &&
	       scheme_is_hash_text(bytes_after(value, n + 1));
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
	if (form == NULL && name > 0)
		form = encoded_form(value, name);
	if (form != NULL || value.len < LEAST)
		return form;
	if (is_crypt_string(value))
		return &crypt_string;
	if (is_hex_and_salt(value))
		return &hex_and_salt;
	return is_braced(value, name) ? &braced : NULL;
}

/* Octets of a name that says that the password follows. */
static size_t
plaintext_name(struct bytes value)
{
	static const struct scheme_form names[] = {
		{ .prefix = "{PLAIN}", .len = 7 },
		{ .prefix = "{CLEAR}", .len = 7 },
		{ .prefix = "{CLEARTEXT}", .len = 11 },
		{ .prefix = "{PLAINTEXT}", .len = 11 },
		{ .prefix = "{NOOP}", .len = 6 },
	};
	size_t i, len = value.len > 0 ? braces(value) : 0;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (len == names[i].len && is_near(&names[i], value, 1) &&
		    begins_with(value, names[i].prefix, len))
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

enum { DJANGO_RANDOM = 40 }; /* octets after the '!' of who has no password */

/* "*LK*" and "*NP*" are Solaris's. */
static struct bytes
after_lock(struct bytes value)
{
	size_t n = lock_signs(value);

	if (n > 0 && value.data[n - 1] == '*' && /* MySQL's own */
	    form_of(bytes_after(value, n - 1)) != NULL)
		return bytes_after(value, n - 1);
	value = bytes_after(value, n);
	if (n > 0 && value.len > 0 && value.data[0] != '{' &&
	    scan_text(&value, "LK*") < 0)
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
		   plaintext_name(rest) > 0 ||
		   (rest.len == DJANGO_RANDOM && scan_made_of(rest, "09AZaz")));
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

/*
 * Could it be anything else than plaintext? Of what may be a state of CRAM-MD5
 * in hex, only the first octet is looked at.
 */
static bool
may_be_hash(struct bytes octets)
{
	const char *end = heads + sizeof(heads) - 1;
	const char *head = octets.len < LEAST_WITH_HEAD ? one_octet : heads;

	if (octets.len == STATE && isxdigit((unsigned char)octets.data[0]))
		return false;
	while ((head = memchr(head, octets.data[0], (size_t)(end - head)))) {
		if (head >= one_octet ||
		    ((octets.data[1] ^ head[1]) & ~0x20) == 0)
			return true;
		head++;
	}
	return octets.len >= LEAST_WITH_HEAD &&
	       (octets.len == ASP_NET || digits_before_colon(octets) > 0);
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
	} else if (may_be_hash(octets) && !take_decoy(s) && !take_plaintext(s))
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
