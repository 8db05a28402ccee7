/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Lines of SMTP: see smtp_transcript.h.
 */
#include "config.h"

#include <sasl/sasl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/base64.h"
#include "base/secret.h"
#include "lib/colour.h"
#include "lib/text.h"
#include "try/smtp_transcript.h"
#include "lib/util.h"

enum { COLUMN = 44 }; /* where the decoded text begins, if there is room */

static const char stars[] = "********";

/* Where the secret begins in a message of the client; its end if nowhere. */
static size_t
secret_at(const char *mechanism, const struct login_message *m)
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

/* What is shown of a message, with a NUL after it. */
static char *
mask(const char *mechanism, const struct login_message *m, bool show_secrets,
    size_t *len)
{
	size_t shown = m->data.len, masked = 0;
	char *copy;

	if (m->from == LOGIN_CLIENT && !show_secrets && m->data.len > 0)
		shown = secret_at(mechanism, m);
	if (shown < m->data.len)
		masked = strlen(stars);
	copy = util_alloc(shown + masked + 1);
	if (shown > 0)
		memcpy(copy, m->data.data, shown);
	memcpy(copy + shown, stars, masked);
	*len = shown + masked;
	return copy;
}

static char *
encoded(struct bytes b)
{
	char *text;

	text = util_alloc(base64_encoded(BASE64_PADDED, b.len) + 1);
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
transcript_message(struct transcript_line *to, const char *mechanism,
    const struct login_message *m, bool show_secrets)
{
	bool first = m->from == LOGIN_CLIENT && m->number == 0;
	char *shown, *code;
	size_t len;

	shown = mask(mechanism, m, show_secrets, &len);
	code = encoded(bytes_of(shown, len));
	to->from = m->from;
	to->text = len > 0 ? text_printable(bytes_of(shown, len)) : NULL;
	if (m->from == LOGIN_SERVER)
		to->line = util_format("334 %s", code);
	else if (!first)
		to->line = util_format("%s", code);
	else if (m->data.data == NULL)
		to->line = util_format("AUTH %s", mechanism);
	else /* RFC 4954: an empty initial response is "=" */
		to->line =
		    util_format("AUTH %s %s", mechanism, len > 0 ? code : "=");
	wipe(code, strlen(code));
	wipe(shown, len);
}

void
transcript_verdict(struct transcript_line *to, const struct login_outcome *o)
{
	to->from = o->side;
	to->text = NULL;
	if (o->code == SASL_OK)
		to->line = util_copy("235 2.7.0 Authentication successful");
	else if (o->side == LOGIN_CLIENT)
		to->line = util_copy("*");
	else if (o->code == SASL_FAIL || o->code == SASL_NOMEM ||
		 o->code == SASL_TRYAGAIN || o->code == SASL_UNAVAIL)
		to->line = util_copy("454 4.7.0 Temporary authentication "
				     "failure");
	else if (o->code == SASL_NOMECH)
		to->line = util_copy("535 5.7.8 no mechanism available");
	else
		to->line = util_copy("535 5.7.8 authentication failure");
}

void
transcript_free(struct transcript_line *line)
{
	if (line->line != NULL)
		wipe(line->line, strlen(line->line));
	if (line->text != NULL)
		wipe(line->text, strlen(line->text));
	line->line = line->text = NULL;
}

void
transcript_print(const struct transcript_line *line)
{
	bool server = line->from == LOGIN_SERVER;
	const char *end = colour(COLOUR_PLAIN);

	printf("  %s%c: ", colour(server ? COLOUR_SERVER : COLOUR_CLIENT),
	    server ? 'S' : 'C');
	if (line->text == NULL)
		printf("%s%s\n", line->line, end);
	else if (strlen(line->line) <= COLUMN)
		printf("%-*s%s  %s%s%s\n", COLUMN, line->line, end,
		    colour(COLOUR_DIM), line->text, end);
	else
		printf("%s%s\n     %*s%s%s%s\n", line->line, end, 4, "",
		    colour(COLOUR_DIM), line->text, end);
}
