/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One line of a passwdfile, taken apart. passwdfile(5) describes the formats
 * for administrators. Nothing here allocates, reads a file or knows SASL.
 */
#ifndef CLASSIC_PASSWDFILE_PARSE_H
#define CLASSIC_PASSWDFILE_PARSE_H

#include <limits.h>

#include "base/bytes.h"

enum {
	PASSWDFILE_LINE = 8192, /* octets of a line, at most, without its end */

	/* Octets that the value of a secret can have more than the secret. */
	PASSWDFILE_PREFIX = 7, /* of "{CRYPT}" */
	PASSWDFILE_VALUE = PASSWDFILE_PREFIX + PASSWDFILE_LINE,
};

enum passwdfile_format {
	PASSWDFILE_DOVECOT, /* name:secret[:uid:gid:gecos:home:shell:keys] */
	PASSWDFILE_EXIM,    /* name:crypt:plaintext */
	PASSWDFILE_HTPASSWD,
	PASSWDFILE_SHADOW,
	PASSWDFILE_FORMATS
};

/*
 * The one that the option passwdfile_format names, in any case of letters; the
 * first without a name, PASSWDFILE_FORMATS for one that there is not.
 */
enum passwdfile_format passwdfile_format_named(const char *name);

/* What is wrong with a line. Only a line that is FINE is used. */
enum passwdfile_fault {
	PASSWDFILE_FINE,
	PASSWDFILE_BLANK, /* a comment, or nothing */
	PASSWDFILE_NUL,
	PASSWDFILE_TOO_LONG,
	PASSWDFILE_NO_COLON,
	PASSWDFILE_BAD_NAME,
	PASSWDFILE_NO_SECRET,
	PASSWDFILE_NO_SCHEME,
	PASSWDFILE_UNKNOWN_SCHEME,
	PASSWDFILE_BAD_HASH,
	PASSWDFILE_BAD_BASE64,
	PASSWDFILE_BAD_DATE,
	PASSWDFILE_BAD_NETS,
	PASSWDFILE_TWICE,   /* a key that may be there only once */
	PASSWDFILE_BAD_KEY, /* one of ours, misspelt or in the wrong field */
	PASSWDFILE_DUPLICATE,
	PASSWDFILE_TOO_MANY, /* lines of one name: see INDEX_LINES */
	PASSWDFILE_FAULTS
};

/* What it is, and what to do, for the log: no part of the line is in it. */
const char *passwdfile_fault_text(enum passwdfile_fault fault);

enum { PASSWDFILE_FOR_EVER = INT_MAX };

/* All of these point into the line, and are empty where there is none. */
struct passwdfile_line {
	struct bytes name;	/* with its realm, if it has one */
	struct bytes secret;	/* as it is stored, without a '!' before it */
	struct bytes plaintext; /* third field of Exim's format */
	struct bytes rest;	/* what follows the secret, from its colon on */
	struct bytes label;
	struct bytes allow_nets; /* see nets.h */
	int last_day; /* since 1970-01-01, UTC; or PASSWDFILE_FOR_EVER */
	bool is_disabled;
};

/* Octets before the first line: those of a byte order mark, or 0. */
size_t passwdfile_bom(struct bytes file);

/*
 * Take `text` apart, a line without its LF; a CR before that is no part of it.
 * What is in `line` after a fault is of no use.
 */
enum passwdfile_fault passwdfile_parse(enum passwdfile_format format,
    struct bytes text, struct passwdfile_line *line);

/* The same of a line that was FINE before: its networks are not read again. */
enum passwdfile_fault passwdfile_parse_known(enum passwdfile_format format,
    struct bytes text, struct passwdfile_line *line);

/* Of such a line the `rest` alone: what is before it is empty in `line`. */
void passwdfile_parse_rest(enum passwdfile_format format, struct bytes rest,
    struct passwdfile_line *line);

enum passwdfile_kind {
	PASSWDFILE_NOTHING, /* disabled: no secret, or one that is locked */
	PASSWDFILE_PLAINTEXT,
	PASSWDFILE_HASH,
	PASSWDFILE_STATE, /* of CRAM-MD5 */
};

struct passwdfile_value {
	enum passwdfile_kind kind;
	struct bytes octets; /* as userPassword and so on would hold it */
	struct bytes hash;   /* what PLAIN can check: a hash, a state */
	bool is_slow;	     /* meant to take long */
};

/* Does passwdfile_value() need room for the value? It may be NULL if not. */
bool passwdfile_is_coded(const struct passwdfile_line *line);

/*
 * The value of a line's secret. It points into the line or into `room`, of
 * PASSWDFILE_VALUE octets; secret_wipe(room, value->octets.len) when done.
 * PASSWDFILE_FINE, or the fault of the secret.
 */
enum passwdfile_fault passwdfile_value(const struct passwdfile_line *line,
    char *room, struct passwdfile_value *value);

/*
 * The same of a line whose secret was found FINE before: it is not seen again
 * whether its hash is damaged, which takes as long as to read it.
 */
enum passwdfile_fault passwdfile_known_value(const struct passwdfile_line *line,
    char *room, struct passwdfile_value *value);

/*
 * SCRAM has two spellings: in a line "{SCRAM-SHA-256}4096,salt,stored,server",
 * and as authPassword "SCRAM-SHA-256$4096:salt$stored:server" (RFC 5803), which
 * has colons. Is it one of them?
 */
bool passwdfile_is_scram(struct bytes value);

/*
 * The one from any of them, and the other from the first. Octets put into
 * `text`, which has room for value.len plus one; without a NUL. 0 if there is
 * no such.
 */
size_t passwdfile_scram_line(struct bytes value, char *text);
size_t passwdfile_scram_property(struct bytes value, char *text);

/* For people, as scheme_label() has it: "plaintext", "{CRAM-MD5}"; or "". */
const char *passwdfile_label(const struct passwdfile_value *value);

/* Days since 1970-01-01 of YYYY-MM-DD. 0, or -1 if that is no date. */
int passwdfile_date(struct bytes text, int *day);

#endif
