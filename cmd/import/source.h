/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Where users come from: a sasldb, a file of one of passwdfile's formats, or
 * lines of user:password. A source is read and never written.
 */
#ifndef CLASSIC_SOURCE_H
#define CLASSIC_SOURCE_H

#include "lib/secrets.h"

enum source_kind {
	SOURCE_DOVECOT, /* in the order of enum passwdfile_format */
	SOURCE_EXIM,
	SOURCE_HTPASSWD,
	SOURCE_SHADOW,
	SOURCE_TEXT, /* user:password */
	SOURCE_SASLDB,
	SOURCE_KINDS
};

extern const char *const source_kinds[SOURCE_KINDS + 1]; /* ends with NULL */

enum { ENTRY_VALUES = 8 };

/* One secret of a user. */
struct entry_value {
	struct bytes octets; /* the password, or the secret of a line; owned */
	bool is_plaintext;
	struct secrets made; /* of it, by whoever wants to */
};

/* A user; or one line of him, where a source has lines. All texts are owned. */
struct entry {
	char *name;
	char *rest; /* what follows the secret in Dovecot's format, or NULL */
	char *expires; /* YYYY-MM-DD, or NULL */
	bool is_disabled;
	struct entry_value values[ENTRY_VALUES];
	size_t count;
};

struct source {
	const char *path;
	enum source_kind kind;
	struct entry *entries;
	size_t count;
	size_t left_out; /* users or lines that cannot be taken over; named */
};

/*
 * Read it. `kind` is a name of source_kinds[], or NULL: by its looks. A sasldb
 * is read by libsasl2 in a process of its own, as the owner of the file;
 * `plugin_path` is where its plugins are, or NULL. 0, or -1 after a complaint.
 * End with source_free() either way, which wipes it.
 */
int source_read(struct source *s, const char *path, const char *kind,
    const char *plugin_path);
void source_free(struct source *s);

#endif
