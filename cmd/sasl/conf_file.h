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

enum settings_fault {
	SETTINGS_NO_COLON, /* libsasl2 then refuses all of the file */
	SETTINGS_NO_VALUE, /* so it does here */
	SETTINGS_TOO_LONG, /* it takes the rest for a line of its own */
	SETTINGS_REPEATED, /* the first one counts */
	SETTINGS_BAD_KEY,  /* the characters before the colon; refused, too */
	SETTINGS_NO_FAULT,
};

struct setting {
	char *name; /* in lower case; "" if there is none */
	char *value;
	int line;
	enum settings_fault fault;
};

struct settings {
	struct setting *list;
	size_t count;
};

/* 0, or -1 with errno; what was read before is kept. Ended by settings_free. */
int settings_read(struct settings *s, const char *file);
void settings_free(struct settings *s);

/* The value that counts, or NULL. */
const char *settings_get(const struct settings *s, const char *name);

/* Is `word` one of the value's, which has blanks between? In either case. */
bool settings_has_word(const char *value, const char *word);

/* Does libsasl2 refuse the file? */
bool settings_refused(const struct settings *s);

#endif
