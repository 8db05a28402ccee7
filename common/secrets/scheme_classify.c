/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a stored value is.
 */
#include "config.h"

#include <ctype.h>
#include <stdint.h>

#include "base/scan.h"
#include "base/secret.h"
#include "secrets/scheme.h"
#include "secrets/scheme_family.h"

/* By the general rules: octets of a value and of parts of it; and rows, */
enum {
	LEAST = 21,
	MAX_ID = 16,
	LEAST_AFTER_ID = 13,
	LEAST_NAME = 4, /* with its braces */
	LEAST_AFTER_NAME = 16,
};

/*
 * Two octets of what rows begin with, where these are longer than most
 * passwords; and one octet of the others. '!' is for locks.
 */
static const char heads[] = "0x1|2|3|:a:b:pAQSCS:T:U$arbccrgrmdpbscsh{$_*!";
static const char *const one_octet = heads + sizeof(heads) - sizeof("{$_*!");
enum {
	LEAST_WITH_HEAD = 12,
	MYSQL = 41,
	ASP_NET = 68,
	STATE = 64
}; /* octets */

/* whose names may be half of a password, so that the log has none. */
static const struct scheme_form crypt_string = { .prefix = "$...$",
	.family = FAMILY_CRYPT };
static const struct scheme_form braced = { .prefix = "{...}" };
static const struct scheme_form encoded[] = { { .prefix = "{*.HEX}" },
	{ .prefix = "{*.B64}" }, { .prefix = "{*.BASE64}" } };
static const struct scheme_form hex_and_salt = { .prefix = "HEX:SALT" };

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

/* As those of the prefix, letters in either case; at the same pace for all. */
static bool
begins_with(const char start[SCHEME_PREFIX], const char prefix[SCHEME_PREFIX])
{
	typedef unsigned char octets
	    __attribute__((vector_size(SCHEME_PREFIX)));
	octets have, want, lower, differ;
	uint64_t words[2];

	memcpy(&have, start, sizeof(have));
	memcpy(&want, prefix, sizeof(want));
	lower = want | 0x20;
	differ = (have ^ want) &
		 ~(octets)((lower >= 'a') & (lower <= 'z') & 0x20) &
		 (octets)(want != 0);
	memcpy(words, &differ, sizeof(words));
	return (words[0] | words[1]) == 0;
}

/* The first octets, with zeros after what is shorter. */
static void
take_start(struct bytes value, char start[SCHEME_PREFIX])
{
	size_t len = value.len < SCHEME_PREFIX ? value.len : SCHEME_PREFIX;

	memset(start, 0, SCHEME_PREFIX);
	memcpy(start, value.data, len);
}

/* The row of a value that has the two octets; or none. */
static const struct scheme_form *
row_of(struct bytes value, size_t name, const char start[SCHEME_PREFIX],
    unsigned two)
{
	const struct scheme_form *form = scheme_first(name > 0, two);

	for (; scheme_two(name > 0, form->prefix) == two; form++)
		if ((name == 0 || form->name == name || form->name == 0) &&
		    value.len >= form->least &&
		    (form->most == 0 || value.len <= form->most) &&
		    begins_with(start, form->prefix) &&
		    scheme_fits(form, bytes_after(value, form->len)))
			return form;
	return NULL;
}

static const struct scheme_form *
known_form(struct bytes value, size_t name)
{
	const struct scheme_form *form;
	char start[SCHEME_PREFIX];
	unsigned two;

	take_start(value, start);
	two = scheme_two(name > 0, start);
	form = row_of(value, name, start, two);
	if (form == NULL && name == 0) /* of one octet */
		form = row_of(value, name, start, (two & 0xff00) | 0x20);
	secret_wipe(start, sizeof(start));
	return form;
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

/* A-Z0-9./_-, or a-z0-9./_-? */
static bool
is_name(struct bytes name)
{
	static const char *const cases[] = { "AZ-9__", "az-9__" };
	bool is_lower = name.data[0] >= 'a';

	return scan_made_of(name, cases[is_lower]) ||
	       scan_made_of(name, cases[!is_lower]);
}

/* After a '{', is it a name, and after the braces the text of a hash? */
static bool
is_named(struct bytes value, size_t inner, size_t braces)
{
	return is_name(bytes_of(value.data + 1, inner)) &&
	       scheme_is_hash_text(bytes_after(value, braces));
}

/* "{NAME}" of at least two octets, and enough after it. */
static bool
is_braced(struct bytes value, size_t name)
{
	return name >= LEAST_NAME && value.len >= name + LEAST_AFTER_NAME &&
	       is_named(value, name - 2, name);
}

/* "{NAME.HEX}" and so on, as Dovecot has it. */
static const struct scheme_form *
encoded_form(struct bytes value, size_t name)
{
	static const struct scheme_form ends[] = {
		{ .prefix = ".HEX}", .len = 5 },
		{ .prefix = ".B64}", .len = 5 },
		{ .prefix = ".BASE64}", .len = 8 },
	};
	char start[SCHEME_PREFIX];
	bool is_end;
	size_t i, len;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		len = ends[i].len;
		if (name < LEAST_NAME + len - 1 ||
		    value.data[name - len] != '.' || value.len <= name + 1)
			continue;
		take_start(bytes_of(value.data + name - len, len), start);
		is_end = begins_with(start, ends[i].prefix);
		secret_wipe(start, sizeof(start));
		if (is_end && is_named(value, name - 1 - len, name))
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

	return n > 0 && scheme_is_made_of(bytes_of(value.data, n), "09afAF") &&
	       scheme_is_hash_text(bytes_after(value, n + 1));
}

/* The row of what has the look of a hash; NULL for anything else. */
static const struct scheme_form *
form_of(struct bytes value)
{
	const struct scheme_form *form;
	size_t name;

	if (value.len == 0 || value.data[0] == '!' ||
	    (value.data[0] == '*' && value.len != MYSQL))
		return NULL;
	name = braces(value);
	form = known_form(value, name);
	if (form == NULL && name >= LEAST_NAME + strlen(".HEX"))
		form = encoded_form(value, name);
	if (form != NULL || value.len < LEAST)
		return form;
	if (name > 0)
		return is_braced(value, name) ? &braced : NULL;
	if (is_crypt_string(value))
		return &crypt_string;
	return is_hex_and_salt(value) ? &hex_and_salt : NULL;
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
	if (n > 0 && value.len >= 3 && value.data[2] == '*' &&
	    scan_text(&value, "LK*") < 0)
		(void)scan_text(&value, "NP*");
	return value;
}

/*
 * Is that a stored value after '!' or '*', as passwd(1) and others lock a user
 * out? Or no more than these, which takes as long.
 */
static bool
is_locked(struct bytes value, struct bytes rest)
{
	static const char usual[] = "{SSHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=";

	return rest.len < value.len &&
	       (form_of(rest.len > 0 ? rest : bytes_str(usual)) != NULL ||
		   (rest.len == DJANGO_RANDOM &&
		       scheme_is_made_of(rest, "09AZaz")));
}

/* {DECOY}REASON:STORED: see scheme.h. Only what is known reaches the log. */
static bool
take_decoy(struct stored *s)
{
	static const struct bytes reasons[] = { BYTES("expired-secret"),
		BYTES("wrong-network"), BYTES("disabled"),
		BYTES("unknown-user") };
	static const struct bytes prefix = BYTES("{DECOY}");
	struct bytes rest = s->octets;
	const char *end;
	size_t i;

	if (rest.len < prefix.len || rest.data[0] != '{' ||
	    rest.data[1] != 'D' ||
	    memcmp(rest.data, prefix.data, prefix.len) != 0)
		return false;
	s->kind = STORED_DECOY;
	s->value.len = 0;
	rest = bytes_after(rest, prefix.len);
	end = memchr(rest.data, ':', rest.len);
	if (end == NULL)
		return true;
	s->value = bytes_after(rest, (size_t)(end - rest.data) + 1);
	rest.len -= s->value.len + 1;
	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (bytes_equal(rest, reasons[i]))
			s->reason = reasons[i].data;
	return true;
}

static void
take_plaintext(struct stored *s, size_t name)
{
	s->value = bytes_after(s->octets, name);
	s->kind = s->value.len > 0 ? STORED_PLAINTEXT : STORED_NOTHING;
}

/* What has no row is locked or none. */
static void
take_locked(struct stored *s, struct bytes text)
{
	struct bytes rest = after_lock(text);

	if (!is_locked(text, rest))
		return;
	s->text = text;
	s->value = rest;
	s->kind = STORED_LOCKED;
}

static void
take_hash(struct stored *s)
{
	struct bytes text = scan_trim(s->octets);
	const struct scheme_form *form = form_of(text);
	const struct scheme_family *family;

	if (form == NULL) {
		take_locked(s, text);
		return;
	}
	if (form->family == FAMILY_PLAINTEXT) {
		take_plaintext(s, form->name);
		return;
	}
	family = scheme_family_of(form);
	s->form = form;
	s->text = text;
	s->value = bytes_after(text, form->name);
	s->by_rules = form->len == 0;
	if (family == &scheme_crypt && lock_signs(s->value) > 0) {
		s->value = after_lock(s->value);
		s->kind = STORED_LOCKED;
	} else
		s->kind = family == &scheme_hmac_md5 ? STORED_STATE
			  : family != NULL	     ? STORED_HASH
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
	return octets.len == ASP_NET || digits_before_colon(octets) > 0;
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
		return;
	}
	if (take_decoy(s))
		return;
	s->may_be_hash = may_be_hash(octets);
	if (s->may_be_hash)
		take_hash(s);
}

void
scheme_nameless(enum scheme_look look, struct stored *s)
{
	static const char text[] = "{CROSSED-OUT}tiY7sUhYKUwI5L3866kDY+ENcrQ=";
	const size_t inner = sizeof("CROSSED-OUT") - 1;
	struct bytes octets = bytes_str(text);

	if (look == SCHEME_RULES) /* it is a plaintext as well */
		scheme_classify(bytes_str("-"), s);
	*s = (struct stored) { .kind = STORED_UNKNOWN, .form = &braced };
	s->value = s->text = s->octets = octets;
	if (look == SCHEME_ALL)
		scheme_classify(octets, s);
	else if (look == SCHEME_RULES)
		s->by_rules = is_braced(octets, inner + 2);
	else
		s->by_rules = is_name(bytes_of(text + 1, inner));
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
