/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Lines of a passwdfile: see parse.h.
 */
#include "config.h"

#include <ctype.h>
#include <strings.h>

#include "base/encode.h"
#include "base/name.h"
#include "base/scan.h"
#include "base/secret.h"
#include "passwdfile/nets.h"
#include "passwdfile/parse.h"
#include "secrets/scheme.h"

static const char *const formats[PASSWDFILE_FORMATS] = {
	[PASSWDFILE_DOVECOT] = "dovecot",
	[PASSWDFILE_EXIM] = "exim",
	[PASSWDFILE_HTPASSWD] = "htpasswd",
	[PASSWDFILE_SHADOW] = "shadow",
};

enum passwdfile_format
passwdfile_format_named(const char *name)
{
	int i = 0;

	while (i < PASSWDFILE_FORMATS && name != NULL &&
	       strcasecmp(formats[i], name) != 0)
		i++;
	return (enum passwdfile_format)i;
}

static const char *const fault_texts[PASSWDFILE_FAULTS] = {
	[PASSWDFILE_FINE] = "fine",
	[PASSWDFILE_BLANK] = "a comment",
	[PASSWDFILE_NUL] = "it contains a NUL octet",
	[PASSWDFILE_TOO_LONG] = "it is longer than 8192 octets",
	[PASSWDFILE_NO_COLON] = "there is no colon after the name",
	[PASSWDFILE_BAD_NAME] = "the name is empty, too long, no UTF-8, or has "
				"a control character or a blank at an end",
	[PASSWDFILE_NO_SECRET] = "the secret is empty",
	[PASSWDFILE_NO_SCHEME] =
	    "the secret names no scheme and is no crypt(3) string; a "
	    "plaintext password is written as {PLAIN}password",
	[PASSWDFILE_UNKNOWN_SCHEME] = "the scheme of the secret is unknown",
	[PASSWDFILE_BAD_HASH] = "the hash is damaged",
	[PASSWDFILE_BAD_BASE64] = "what follows {PLAIN.b64} is no base64",
	[PASSWDFILE_BAD_DATE] =
	    "expires= is no date of the form YYYY-MM-DD, or a field of "
	    "shadow(5) is no number of days",
	[PASSWDFILE_BAD_NETS] = "allow_nets= is no list of networks",
	[PASSWDFILE_TWICE] = "a key is there twice",
	[PASSWDFILE_BAD_KEY] =
	    "label=, expires= or allow_nets= is misspelt, or "
	    "is not in the eighth field",
	[PASSWDFILE_DUPLICATE] = "the same line is there before",
	[PASSWDFILE_TOO_MANY] = "there are 64 lines of that name before",
};

const char *
passwdfile_fault_text(enum passwdfile_fault fault)
{
	return fault_texts[fault];
}

/* Days before the first of March of `year`, from 0000-03-01. */
static long
days_of_years(long year)
{
	return year * 365 + year / 4 - year / 100 + year / 400;
}

static bool
is_leap(long year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Exactly `len` digits. -1 if that is something else. */
static long
digits(const char *text, size_t len)
{
	long number = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		number = number * 10 + (text[i] - '0');
	}
	return number;
}

int
passwdfile_date(struct bytes text, int *day)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	long y, m, d, from_march;

	if (text.len != strlen("YYYY-MM-DD") || text.data[4] != '-' ||
	    text.data[7] != '-')
		return -1;
	y = digits(text.data, 4);
	m = digits(text.data + 5, 2);
	d = digits(text.data + 8, 2);
	if (y < 0 || m < 1 || m > 12 || d < 1 ||
	    d > lengths[m - 1] + (m == 2 && is_leap(y)))
		return -1;
	from_march = (m + 9) % 12;
	y -= m < 3;
	*day = (int)(days_of_years(y) + (153 * from_march + 2) / 5 + d - 1 -
		     719468);
	return 0;
}

/* --- Fields --------------------------------------------------------------- */

/*
 * Take the field before the next colon off `rest`, which then begins with it.
 */
static struct bytes
take_field(struct bytes *rest)
{
	const char *colon;
	struct bytes field = *rest;

	if (rest->len == 0)
		return field;
	colon = memchr(rest->data, ':', rest->len);
	if (colon != NULL)
		field.len = (size_t)(colon - rest->data);
	*rest = bytes_after(*rest, field.len);
	return field;
}

/* The same, for a field that has a colon before it, or is not there. */
static struct bytes
take_next(struct bytes *rest)
{
	if (rest->len > 0)
		*rest = bytes_after(*rest, 1);
	return take_field(rest);
}

static enum passwdfile_fault
take_once(struct bytes *to, struct bytes value)
{
	if (to->data != NULL)
		return PASSWDFILE_TWICE;
	*to = value;
	return PASSWDFILE_FINE;
}

static inline bool
take_name(struct bytes *key, const char *name)
{
	size_t len = strlen(name);

	if (key->len < len || memcmp(key->data, name, len) != 0)
		return false;
	*key = bytes_after(*key, len);
	return true;
}

/* With any value, or none. */
static bool
is_key(struct bytes key, const char *name)
{
	return take_name(&key, name) && (key.len == 0 || key.data[0] == '=');
}

/*
 * Is it one of ours but for what is no small letter, and an 's'? A limit must
 * not be gone by a typing error.
 */
static bool
is_misspelt(struct bytes key)
{
	static const char *const ours[] = { "label", "allownet", "expire" };
	char name[sizeof("allownets")];
	size_t i, n = 0;

	for (i = 0; i < key.len && key.data[i] != '='; i++) {
		if (!isalpha((unsigned char)key.data[i]))
			continue;
		if (n == sizeof(name))
			return false;
		name[n++] = (char)tolower((unsigned char)key.data[i]);
	}
	if (n > 0 && name[n - 1] == 's')
		n--;
	for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (bytes_equal(bytes_of(name, n), bytes_str(ours[i])))
			return true;
	return false;
}

/* One "key=value"; of Dovecot's own, those that keep a user out. */
static enum passwdfile_fault
take_key(struct passwdfile_line *line, struct bytes key, bool is_known)
{
	if (take_name(&key, "label="))
		return take_once(&line->label, key);
	if (take_name(&key, "allow_nets=") ||
	    take_name(&key, "allow_real_nets=")) {
		if (!is_known && !nets_are_valid(key))
			return PASSWDFILE_BAD_NETS;
		return take_once(&line->allow_nets, key);
	}
	if (is_key(key, "nologin") || is_key(key, "fail"))
		line->is_disabled = true;
	if (!take_name(&key, "expires="))
		return is_known || !is_misspelt(key) ? PASSWDFILE_FINE
						     : PASSWDFILE_BAD_KEY;
	if (line->last_day != PASSWDFILE_FOR_EVER)
		return PASSWDFILE_TWICE;
	return passwdfile_date(key, &line->last_day) < 0 ? PASSWDFILE_BAD_DATE
							 : PASSWDFILE_FINE;
}

static struct bytes
before_blank(struct bytes text)
{
	const char *blank = memchr(text.data, ' ', text.len);

	if (blank != NULL)
		text.len = (size_t)(blank - text.data);
	blank = memchr(text.data, '\t', text.len);
	if (blank != NULL)
		text.len = (size_t)(blank - text.data);
	return text;
}

static struct bytes
next_key(struct bytes *rest)
{
	struct bytes key = before_blank(*rest);

	*rest = bytes_after(*rest, key.len < rest->len ? key.len + 1 : key.len);
	return key;
}

/* Are there keys in uid, gid, gecos, home or shell? */
static bool
has_misplaced(struct bytes rest)
{
	struct bytes field, key;

	while (rest.len > 0) {
		field = take_next(&rest);
		while (field.len > 0) {
			key = next_key(&field);
			if (memchr(key.data, '=', key.len) != NULL &&
			    is_misspelt(key))
				return true;
		}
	}
	return false;
}

/*
 * After name, secret, uid, gid, gecos, home and shell; all of it, colons too.
 */
static enum passwdfile_fault
take_keys(struct passwdfile_line *line, bool is_known)
{
	enum passwdfile_fault fault = PASSWDFILE_FINE;
	struct bytes rest = line->rest;
	unsigned colons = 0;
	size_t i = 0;

	for (; i < rest.len && colons < 6; i++)
		colons += rest.data[i] == ':';
	if (!is_known && has_misplaced(bytes_of(rest.data, i)))
		return PASSWDFILE_BAD_KEY;
	rest = bytes_after(rest, i);
	while (rest.len > 0 && fault == PASSWDFILE_FINE)
		fault = take_key(line, next_key(&rest), is_known);
	return fault;
}

static void
end_on(struct passwdfile_line *line, long day)
{
	if (day < line->last_day)
		line->last_day = (int)(day < 0 ? -1 : day);
}

/*
 * A number of days; -1 if there is none, or so many that it will never be.
 * False if it is something else: a typing error must not be a date that never
 * comes.
 */
static bool
read_days(struct bytes field, long *days)
{
	size_t i;

	*days = -1;
	if (bytes_equal(field, bytes_str("-1")))
		return true;
	for (i = 0; i < field.len; i++)
		if (field.data[i] < '0' || field.data[i] > '9')
			return false;
	if (field.len > 0 && field.len <= 9)
		*days = digits(field.data, field.len);
	return true;
}

/*
 * shadow(5): last change, minimum, maximum, warning, inactivity, expiry. A
 * password that must be changed cannot be here, so it is one that has expired.
 */
static enum passwdfile_fault
take_shadow(struct passwdfile_line *line)
{
	struct bytes rest = line->rest, field;
	long days[6];
	size_t i;

	for (i = 0; i < 6; i++) {
		field = take_next(&rest);
		if (!read_days(field, &days[i]))
			return PASSWDFILE_BAD_DATE;
	}
	if (days[0] == 0)
		end_on(line, -1);
	if (days[0] > 0 && days[2] >= 0)
		end_on(line, days[0] + days[2]);
	if (days[5] >= 0)
		end_on(line, days[5] - 1);
	return PASSWDFILE_FINE;
}

static enum passwdfile_fault
take_rest(
    enum passwdfile_format format, struct passwdfile_line *line, bool is_known)
{
	struct bytes rest = line->rest;

	switch (format) {
	case PASSWDFILE_DOVECOT:
		return take_keys(line, is_known);
	case PASSWDFILE_SHADOW:
		return take_shadow(line);
	case PASSWDFILE_EXIM:
		line->plaintext = take_next(&rest);
		return PASSWDFILE_FINE;
	default:
		return PASSWDFILE_FINE;
	}
}

/* A sign after {CRYPT}. Few lines have one: the others cost no more for it. */
static bool
is_locked_inside(struct bytes secret)
{
	const char *end;
	struct stored stored;

	if (secret.len == 0 || secret.data[0] != '{')
		return false;
	end = memchr(secret.data, '}', secret.len - 1);
	if (end == NULL || (end[1] != '!' && end[1] != '*'))
		return false;
	scheme_classify(secret, &stored);
	return stored.kind == STORED_LOCKED;
}

/* "*" and "x" stand where there is no password, as in /etc/passwd. */
static void
take_locks(struct passwdfile_line *line)
{
	struct bytes *secret = &line->secret;

	while (secret->len > 0 && secret->data[0] == '!') {
		line->is_disabled = true;
		*secret = bytes_after(*secret, 1);
	}
	if (secret->len > 0 &&
	    (secret->data[0] == '*' || bytes_equal(*secret, bytes_str("x")))) {
		line->is_disabled = true;
		secret->len = 0;
	}
	line->is_disabled |= is_locked_inside(*secret);
}

static bool
is_blank(struct bytes text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (text.data[i] != ' ' && text.data[i] != '\t')
			return false;
	return true;
}

static enum passwdfile_fault
parse(enum passwdfile_format format, struct bytes text,
    struct passwdfile_line *line, bool is_known)
{
	struct bytes rest = text;

	*line = (struct passwdfile_line) { .last_day = PASSWDFILE_FOR_EVER };
	if (rest.len > 0 && rest.data[rest.len - 1] == '\r')
		rest.len--;
	if (rest.len == 0 || rest.data[0] == '#')
		return PASSWDFILE_BLANK;
	if (rest.len > PASSWDFILE_LINE)
		return PASSWDFILE_TOO_LONG;
	if (memchr(rest.data, '\0', rest.len) != NULL)
		return PASSWDFILE_NUL;
	line->name = take_field(&rest);
	if (rest.len == 0)
		return is_blank(line->name) ? PASSWDFILE_BLANK
					    : PASSWDFILE_NO_COLON;
	if (name_fault(line->name) != NULL || line->name.data[0] == ' ' ||
	    line->name.data[line->name.len - 1] == ' ')
		return PASSWDFILE_BAD_NAME;
	line->secret = take_next(&rest);
	line->rest = rest;
	take_locks(line);
	if (line->secret.len == 0 && !line->is_disabled)
		return PASSWDFILE_NO_SECRET;
	return take_rest(format, line, is_known);
}

size_t
passwdfile_bom(struct bytes file)
{
	static const char mark[] = "\xef\xbb\xbf"; /* U+FEFF */
	size_t len = sizeof(mark) - 1;

	return file.len >= len && !memcmp(file.data, mark, len) ? len : 0;
}

enum passwdfile_fault
passwdfile_parse(enum passwdfile_format format, struct bytes text,
    struct passwdfile_line *line)
{
	return parse(format, text, line, false);
}

enum passwdfile_fault
passwdfile_parse_known(enum passwdfile_format format, struct bytes text,
    struct passwdfile_line *line)
{
	return parse(format, text, line, true);
}

void
passwdfile_parse_rest(enum passwdfile_format format, struct bytes rest,
    struct passwdfile_line *line)
{
	*line = (struct passwdfile_line) { .rest = rest,
		.last_day = PASSWDFILE_FOR_EVER };
	(void)take_rest(format, line, true);
}

/* --- Secrets -------------------------------------------------------------- */

/* An old crypt(3) string has no sign: DES, and BSDi's, which has. */
static bool
is_des(struct bytes secret)
{
	static const char alphabet[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "abcdefghijklmnopqrstuvwxyz";
	size_t i;

	if (secret.len == 20 && secret.data[0] == '_')
		secret = bytes_after(secret, 7);
	for (i = 0; i < secret.len; i++)
		if (memchr(alphabet, secret.data[i], sizeof(alphabet) - 1) ==
		    NULL)
			return false;
	return secret.len == 13;
}

static enum passwdfile_fault
take_base64(struct bytes digits_of, char *room, struct passwdfile_value *value)
{
	size_t len;

	if (base64_decode(BASE64_PADDED, digits_of, (unsigned char *)room,
		PASSWDFILE_LINE, &len) < 0) {
		/* What was decoded before the fault is most of a password. */
		secret_wipe(room, digits_of.len < PASSWDFILE_LINE
				      ? digits_of.len
				      : PASSWDFILE_LINE);
		return PASSWDFILE_BAD_BASE64;
	}
	if (len == 0)
		return PASSWDFILE_NO_SECRET;
	if (memchr(room, '\0', len) != NULL) {
		secret_wipe(room, len);
		return PASSWDFILE_NUL;
	}
	*value = (struct passwdfile_value) {
		.kind = PASSWDFILE_PLAINTEXT,
		.octets = bytes_of(room, len),
	};
	return PASSWDFILE_FINE;
}

/* Without a scheme it is for crypt(3), as Dovecot has it. */
static enum passwdfile_fault
take_bare(struct bytes secret, char *room, struct passwdfile_value *value)
{
	static const char crypt[] = "{CRYPT}";

	if (!is_des(secret))
		return PASSWDFILE_NO_SCHEME;
	memcpy(room, crypt, PASSWDFILE_PREFIX);
	memcpy(room + PASSWDFILE_PREFIX, secret.data, secret.len);
	*value = (struct passwdfile_value) {
		.kind = PASSWDFILE_HASH,
		.octets = bytes_of(room, PASSWDFILE_PREFIX + secret.len),
		.is_slow = true,
	};
	value->hash = value->octets;
	return PASSWDFILE_FINE;
}

/* Its last sign, which other names have not there, is looked at first. */
static const char b64[] = "{plain.b64}";

static bool
is_b64(struct bytes secret)
{
	size_t last = strlen(b64) - 1;

	return secret.len > last && secret.data[last] == '}' &&
	       bytes_begin(secret, b64);
}

static bool
is_bare(struct bytes secret)
{
	return secret.data[0] != '{' && secret.data[0] != '$';
}

bool
passwdfile_is_coded(const struct passwdfile_line *line)
{
	return line->secret.len > 0 &&
	       (is_bare(line->secret) || is_b64(line->secret));
}

enum passwdfile_fault
passwdfile_value(const struct passwdfile_line *line, char *room,
    struct passwdfile_value *value)
{
	enum passwdfile_fault fault = passwdfile_known_value(line, room, value);
	struct stored stored;

	if (fault != PASSWDFILE_FINE || value->hash.len == 0)
		return fault;
	scheme_classify(value->hash, &stored);
	return scheme_is_whole(&stored) ? PASSWDFILE_FINE : PASSWDFILE_BAD_HASH;
}

enum passwdfile_fault
passwdfile_known_value(const struct passwdfile_line *line, char *room,
    struct passwdfile_value *value)
{
	struct stored stored;

	*value = (struct passwdfile_value) { .kind = PASSWDFILE_NOTHING };
	if (line->secret.len == 0)
		return PASSWDFILE_FINE;
	if (is_b64(line->secret))
		return take_base64(
		    bytes_after(line->secret, strlen(b64)), room, value);
	if (is_bare(line->secret))
		return take_bare(line->secret, room, value);
	scheme_classify(line->secret, &stored);
	value->octets = stored.text;
	value->is_slow = scheme_is_slow(&stored);
	if (stored.kind == STORED_HASH || stored.kind == STORED_STATE)
		value->hash = stored.text;
	switch (stored.kind) {
	case STORED_HASH:
		value->kind = PASSWDFILE_HASH;
		return PASSWDFILE_FINE;
	case STORED_STATE:
		value->kind = PASSWDFILE_STATE;
		value->octets = stored.value;
		return stored.value.len > 0 ? PASSWDFILE_FINE
					    : PASSWDFILE_NO_SECRET;
	case STORED_PLAINTEXT: /* or a text that only begins like a scheme */
		value->kind = PASSWDFILE_PLAINTEXT;
		value->octets = stored.value;
		return stored.value.len < stored.text.len
			   ? PASSWDFILE_FINE
			   : PASSWDFILE_UNKNOWN_SCHEME;
	case STORED_LOCKED: /* after {CRYPT} */
		return PASSWDFILE_FINE;
	case STORED_NOTHING:
		return PASSWDFILE_NO_SECRET;
	default:
		return PASSWDFILE_UNKNOWN_SCHEME;
	}
}

bool
passwdfile_is_scram(struct bytes value)
{
	return bytes_begin(value, "{SCRAM-SHA-") ||
	       bytes_begin(value, "SCRAM-SHA-");
}

size_t
passwdfile_scram_line(struct bytes value, char *text)
{
	bool in_name = true;
	size_t i, n = 0;
	char c;

	if (value.len > 0 && value.data[0] != '{')
		text[n++] = '{';
	for (i = 0; i < value.len; i++) {
		c = value.data[i];
		if (in_name && (c == '$' || c == '}')) {
			c = '}';
			in_name = false;
		} else if (c == ':' || c == '$')
			c = ',';
		text[n++] = c;
	}
	return n;
}

size_t
passwdfile_scram_property(struct bytes value, char *text)
{
	static const char signs[] = ":$:";
	size_t i, n = 0;
	char c;

	if (!bytes_begin(value, "{SCRAM-SHA-"))
		return 0;
	for (i = 1; i < value.len; i++) {
		c = value.data[i];
		if (c == ',') {
			if (n == strlen(signs))
				return 0;
			c = signs[n++];
		}
		if (c == '}')
			c = '$';
		text[i - 1] = c;
	}
	return n == strlen(signs) ? value.len - 1 : 0;
}

const char *
passwdfile_label(const struct passwdfile_value *value)
{
	struct stored stored;

	switch (value->kind) {
	case PASSWDFILE_PLAINTEXT: /* it may look like a hash */
		return "plaintext";
	case PASSWDFILE_STATE:
		return "{CRAM-MD5}";
	case PASSWDFILE_HASH:
		scheme_classify(value->octets, &stored);
		return scheme_label(&stored);
	default:
		return "";
	}
}
