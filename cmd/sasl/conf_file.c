/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A configuration file: see conf_file.h.
 */
#include "config.h"

#include <ctype.h>

#include "lib/process.h"
#include "lib/util.h"
#include "sasl/conf_file.h"

enum { LINE_MOST = 4095 }; /* octets without the newline, to libsasl2 */

/* The line that counts, or NULL. */
static struct conf_line *
find(const struct conf_file *s, const char *name)
{
	struct conf_line *l;

	for (l = s->list; l < s->list + s->count; l++)
		if (!strcasecmp(l->name, name) && l->value != NULL)
			return l;
	return NULL;
}

const char *
conf_file_get(const struct conf_file *s, const char *name)
{
	const struct conf_line *l = find(s, name);

	return l != NULL ? l->value : NULL;
}

/* The next word of a list; empty at its end. */
static struct bytes
take_word(const char **rest, const char *separators)
{
	struct bytes word = bytes_of(NULL, 0);

	if (*rest == NULL)
		return word;
	*rest += strspn(*rest, separators);
	word = bytes_of(*rest, strcspn(*rest, separators));
	*rest += word.len;
	return word;
}

char *
conf_next_word(const char **rest, const char *separators)
{
	struct bytes word = take_word(rest, separators);

	return word.len > 0 ? util_text(word) : NULL;
}

bool
conf_has(const char *value, const char *word, const char *separators)
{
	struct bytes each;

	while ((each = take_word(&value, separators)).len > 0)
		if (each.len == strlen(word) &&
		    !strncasecmp(each.data, word, each.len))
			return true;
	return false;
}

bool
conf_file_refused(const struct conf_file *s)
{
	size_t i;

	for (i = 0; i < s->count; i++)
		if (s->list[i].fault <= CONF_BAD_KEY)
			return true;
	return false;
}

static void
add(struct conf_file *s, struct conf_line setting)
{
	s->list = util_grow(s->list, s->count, sizeof(s->list[0]));
	s->list[s->count++] = setting;
}

void
conf_file_set(struct conf_file *s, const char *name, const char *value)
{
	struct conf_line *l = find(s, name);

	if (l != NULL)
		l->value = util_copy(value);
	else
		add(s, (struct conf_line) { util_copy(name), util_copy(value),
			   0, CONF_NO_FAULT });
}

/* The name in lower case, and where it ends. */
static char *
take_name(const char *line, const char **end)
{
	char *name, *c;

	*end = line;
	while (isalnum((unsigned char)**end) || **end == '-' || **end == '_')
		++*end;
	name = util_text(bytes_of(line, (size_t)(*end - line)));
	for (c = name; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	return name;
}

/* `line` is not empty and no comment. */
static void
take_setting(struct conf_file *s, const char *line, int number)
{
	struct conf_line setting = { .line = number, .fault = CONF_NO_FAULT };
	const char *end, *next;

	setting.name = take_name(line, &end);
	next = end + strspn(end, CONF_BLANKS);
	if (end > line && (*next == '=' || (next > end && *next == ':')))
		setting.fault = CONF_SEPARATOR;
	else if (strchr(line, ':') == NULL)
		setting.fault = CONF_NO_COLON;
	else if (*end != ':')
		setting.fault = CONF_BAD_KEY;
	else if (*(end += 1 + strspn(end + 1, CONF_BLANKS)) == '\0')
		setting.fault = CONF_NO_VALUE;
	else {
		if (conf_file_get(s, setting.name) != NULL)
			setting.fault = CONF_REPEATED;
		setting.value = util_copy(end);
	}
	add(s, setting);
}

struct reading {
	struct conf_file *to;
	int number; /* of the line */
};

static void
take_line(void *context, char *line)
{
	struct reading *r = context;
	size_t len = strlen(line);

	r->number++;
	if (len > LINE_MOST)
		add(r->to, (struct conf_line) {
			       util_copy(""), NULL, r->number, CONF_TOO_LONG });
	while (len > 0 && strchr(CONF_BLANKS, line[len - 1]) != NULL)
		len--;
	line[len] = '\0';
	line += strspn(line, CONF_BLANKS);
	if (*line != '\0' && *line != '#')
		take_setting(r->to, line, r->number);
}

const char *
conf_file_trouble(void)
{
	return errno != 0 ? strerror(errno) : "it is no regular file";
}

int
conf_file_read(struct conf_file *s, const char *file)
{
	struct reading r = { s, 0 };

	return process_file(file, take_line, &r) ? 0 : -1;
}
