/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The options of the pack, read from the service's configuration file or from
 * the application's getopt callback. doc/mechanisms.md says what they mean.
 */
#ifndef CLASSIC_OPTION_H
#define CLASSIC_OPTION_H

#include "base/host.h"

enum option {
	OPTION_SECRETS,		   /* enum option_secrets */
	OPTION_HASH_SCHEME,	   /* an index of scheme_choices[] */
	OPTION_DECOY,		   /* 1 if option_decoy() has one, or 0 */
	OPTION_LEGACY_SECRETS,	   /* yes or no */
	OPTION_CRAMMD5_ADVERTISE,  /* enum option_advertise */
	OPTION_CRAMMD5_STATE,	   /* yes or no */
	OPTION_CHALLENGE_LIFETIME, /* seconds */
	OPTION_PLAIN_TRAILING_NUL, /* yes or no */
	OPTION_PASSWORD_NEWLINE,   /* yes or no */
	OPTION_COUNT
};

/* Which properties are asked for: each costs a question to the store. */
enum option_secrets {
	OPTION_SECRETS_BOTH,
	OPTION_SECRETS_PLAINTEXT, /* userPassword alone */
	OPTION_SECRETS_HASHED,	  /* what setpass writes, alone */
};

enum option_advertise {
	OPTION_ADVERTISE_AUTO, /* if it can succeed */
	OPTION_ADVERTISE_YES,
	OPTION_ADVERTISE_NO,
};

/*
 * The value of an option: the number, 0 or 1, or the index of the word. One
 * that nobody set has its default, and so has one that makes no sense or that
 * is not to be had here, of which option_check() has told.
 */
int option_value(const struct host *h, enum option which);

/* Has somebody set it, to whatever? */
bool option_is_set(const struct host *h, enum option which);

/* classic_decoy: a stored value that can be checked, or nothing. */
struct bytes option_decoy(const struct host *h);

/*
 * When a plugin is loaded: a line in the log for each option that makes no
 * sense or is not to be had here, and what is used instead.
 */
void option_check(const struct host *h);

/* For a caller that reads the configuration by other means: its name. */
const char *option_name(enum option which);

/* Does it take `text`? As a text, cut to `size` octets, what it takes. */
bool option_takes(enum option which, const char *text);
void option_choices(enum option which, char *text, size_t size);

/* Who is to check a password, by libsasl2's own option `pwcheck_method`. */
enum {
	PWCHECK_AUXPROP = 1,	  /* we, by the properties of the user */
	PWCHECK_OTHERS = 2,	  /* sasl_checkpass(): saslauthd and the like */
	PWCHECK_AUXPROP_LAST = 4, /* after the others: it has the last word */
};

/* The set of the above that the configuration asks for. */
unsigned option_pwcheck(const struct host *h);

/*
 * Is one of PWCHECK_OTHERS a method that libsasl2 may have? "sasldb", which old
 * guides have, is none, and can check nothing.
 */
bool option_names_other(const struct host *h);

/* The next word of a list, which moves on; empty at its end. */
struct bytes option_next_word(const char **list);

/* Does an option of libsasl2 say yes, as it reads them itself? */
bool option_is_yes(const struct host *h, const char *name);

/* Does libsasl2's option `auto_transition` make a login store secrets? */
bool option_transitions(const struct host *h);

#endif
