/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Lines of SMTP: see wire.h.
 */
#include "config.h"

#include <sasl/sasl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/base64.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "lib/colour.h"
#include "lib/smtp_transcript.h"
#include "lib/util.h"

enum { COLUMN = 44 }; /* where the decoded text begins, if there is room */

static const char stars[] = "********";

/* Where the secret begins in a message of the client; its end if nowhere. */
static size_t
secret_at(const char *mechanism, const struct exchange_message *m)
{
	const char *at = NULL;
	size_t i, nuls = 0;

	if (!strcasecmp(mechanism, "LOGIN"))
		return m->number < 2 ? m->data.len : 0;
	if (!strcasecmp(mechanism, "CRAM-MD5"))
		at = memrchr(m->data.data, ' ', m->data.len);
	else if (!strcasecmp(mechanism, "PLAIN"))
		for (i = 0; i < m->data.len && nuls < 2; i++)
			if (m->data.data[i] == '\0' && ++nuls == 2)
				at = m->data.data + i;
	return at == NULL ? 0 : (size_t)(at + 1 - m->data.data);
}

/* What is shown of a message, with a NUL behind it. */
static char *
mask(const char *mechanism, const struct exchange_message *m, bool show_secrets,
    size_t *len)
{
	size_t shown = m->data.len, masked = 0;
	char *copy;

	if (m->from == EXCHANGE_CLIENT && !show_secrets && m->data.len > 0)
		shown = secret_at(mechanism, m);
	if (shown < m->data.len)
		masked = strlen(stars);
	copy = tool_alloc(shown + masked + 1);
	if (shown > 0)
		memcpy(copy, m->data.data, shown);
	memcpy(copy + shown, stars, masked);
	*len = shown + masked;
	return copy;
}

/* NUL is shown as \0; controls, and what is not UTF-8, as \xHH. */
static char *
printable(struct bytes b)
{
	char *text = tool_alloc(4 * b.len + 1), *to = text;
	size_t n, i;

	for (; b.len > 0; b = bytes_after(b, n)) {
		n = utf8_length(b);
		if (n > 0 && !utf8_is_control(b)) {
			memcpy(to, b.data, n);
			to += n;
			continue;
		}
		n = n > 0 ? n : 1;
		for (i = 0; i < n; i++)
			to += b.data[i] == '\0' ? sprintf(to, "\\0")
						: sprintf(to, "\\x%02X",
						      (unsigned char)b.data[i]);
	}
	return text;
}

static char *
encoded(struct bytes b)
{
	char *text;

	text = tool_alloc(base64_encoded(BASE64_PADDED, b.len) + 1);
	base64_encode(BASE64_PADDED, b, text);
	return text;
}

static void
wipe(char *text, size_t len)
{
	secret_wipe(text, len);
	free(text);
}

void
wire_message(struct wire_line *to, const char *mechanism,
    const struct exchange_message *m, bool show_secrets)
{
	bool first = m->from == EXCHANGE_CLIENT && m->number == 0;
	char *shown, *code;
	size_t len;

	shown = mask(mechanism, m, show_secrets, &len);
	code = encoded(bytes_of(shown, len));
	to->from = m->from;
	to->text = len > 0 ? printable(bytes_of(shown, len)) : NULL;
	if (m->from == EXCHANGE_SERVER)
		to->line = tool_format("334 %s", code);
	else if (!first)
		to->line = tool_format("%s", code);
	else if (m->data.data == NULL)
		to->line = tool_format("AUTH %s", mechanism);
	else /* RFC 4954: an empty initial response is "=" */
		to->line =
		    tool_format("AUTH %s %s", mechanism, len > 0 ? code : "=");
	wipe(code, strlen(code));
	wipe(shown, len);
}

void
wire_verdict(struct wire_line *to, const struct exchange_outcome *o)
{
	to->from = o->side;
	to->text = NULL;
	if (o->code == SASL_OK)
		to->line = tool_copy("235 2.7.0 Authentication successful");
	else if (o->side == EXCHANGE_CLIENT)
		to->line = tool_copy("*");
	else if (o->code == SASL_FAIL || o->code == SASL_NOMEM ||
		 o->code == SASL_TRYAGAIN || o->code == SASL_UNAVAIL)
		to->line = tool_copy("454 4.7.0 Temporary authentication "
				     "failure");
	else if (o->code == SASL_NOMECH)
		to->line = tool_copy("535 5.7.8 no mechanism available");
	else
		to->line = tool_copy("535 5.7.8 authentication failure");
}

void
wire_free(struct wire_line *line)
{
	if (line->line != NULL)
		wipe(line->line, strlen(line->line));
	if (line->text != NULL)
		wipe(line->text, strlen(line->text));
	line->line = line->text = NULL;
}

void
wire_print(const struct wire_line *line)
{
	bool server = line->from == EXCHANGE_SERVER;
	const char *end = paint(PAINT_PLAIN);

	printf("  %s%c: ", paint(server ? PAINT_SERVER : PAINT_CLIENT),
	    server ? 'S' : 'C');
	if (line->text == NULL)
		printf("%s%s\n", line->line, end);
	else if (strlen(line->line) <= COLUMN)
		printf("%-*s%s  %s%s%s\n", COLUMN, line->line, end,
		    paint(PAINT_DIM), line->text, end);
	else
		printf("%s%s\n     %*s%s%s%s\n", line->line, end, 4, "",
		    paint(PAINT_DIM), line->text, end);
}
