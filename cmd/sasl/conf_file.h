/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A configuration file of libsasl2, read as the library reads it, but with a
 * word about each line that it does not like.
 */
#ifndef CLASSIC_CONF_FILE_H
#define CLASSIC_CONF_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

enum conf_fault {
	CONF_SEPARATOR, /* a blank before the colon, or '=' in its place */
	CONF_NO_COLON,	/* libsasl2 then refuses all of the file */
	CONF_NO_VALUE,	/* so it does here */
	CONF_BAD_KEY,	/* the characters before the colon; refused, too */
	CONF_TOO_LONG,	/* it takes the rest for a line of its own */
	CONF_REPEATED,	/* the first one counts */
	CONF_NO_FAULT,
};

struct conf_line {
	char *name; /* in lower case; "" if there is none */
	char *value;
	int line;
	enum conf_fault fault;
};

struct conf_file {
	struct conf_line *list;
	size_t count;
};

/* 0, or -1, and why is told after it; what was read before is kept. */
int conf_file_read(struct conf_file *s, const char *file);
const char *conf_file_trouble(void);

/* The value that counts, or NULL. */
const char *conf_file_get(const struct conf_file *s, const char *name);

/* Give an option that value, whatever it had. */
void conf_file_set(struct conf_file *s, const char *name, const char *value);

/*
 * Take the next word off a list, which may be NULL, with blanks between, or
 * commas where the servers take these, too. NULL at the end.
 */
#define CONF_BLANKS " \t\n\v\f\r"
#define CONF_COMMAS CONF_BLANKS ","
char *conf_next_word(const char **rest, const char *separators);

/* Is `word` one of the value's, in any case; or with blanks between? */
bool conf_has(const char *value, const char *word, const char *separators);
#define conf_has_word(value, word) conf_has(value, word, CONF_BLANKS)

/* Does libsasl2 refuse the file? */
bool conf_file_refused(const struct conf_file *s);

#endif
