/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the doctor can find: one table of all that there is, and a list of what
 * was found.
 */
#ifndef CLASSIC_FINDING_H
#define CLASSIC_FINDING_H

#include <stdbool.h>
#include <stddef.h>

enum finding_level {
	FINDING_NOTE,	 /* worth knowing; nothing is wrong */
	FINDING_WARNING, /* it works, but not as one would want */
	FINDING_FAULT,	 /* logins fail, or will */
	FINDING_LEVELS
};

/* Each is a row of the table; some share a name and differ in the level. */
enum finding_id {
	/* plugins */
	FIND_NO_PLUGINS,
	FIND_NO_PLUGIN,
	FIND_NO_PLUGIN_DIRECTORY,
	FIND_WRONG_DIRECTORY,
	FIND_WRONG_NAME,
	FIND_DANGLING_LINK,
	FIND_PLUGIN_BROKEN,
	FIND_NOT_A_PLUGIN,
	FIND_PLUGIN_CRASH,
	FIND_PLUGIN_CRASH_LOGIN,
	FIND_PLUGIN_REFUSAL,
	FIND_PLUGIN_WRITABLE,
	FIND_PLUGIN_PATH,
	FIND_PLUGIN_LIST,
	FIND_UNKNOWN_LAYOUT,
	FIND_WRONG_LAYOUT,
	FIND_OLD_PLUGIN,
	FIND_DUPLICATE_PLUGIN,
	FIND_FOREIGN_PLUGIN,
	FIND_NOT_OFFERED,
	FIND_MECHANISM_FILTERED,
	FIND_CRAMMD5_HIDDEN,
	FIND_CRAMMD5_NO_AUXPROP,
	FIND_CRAMMD5_FIPS,
	/* configuration */
	FIND_NO_CONFIG,
	FIND_UNREADABLE_CONFIG,
	FIND_CONFIG_READABLE,
	FIND_CONFIG_UNTRUSTED,
	FIND_WRONG_CONFIG_DIRECTORY,
	FIND_SHADOWED_CONFIG,
	FIND_MALFORMED_LINE,
	FIND_NO_VALUE,
	FIND_LONG_LINE,
	FIND_PREFIXED_OPTION,
	FIND_UNKNOWN_OPTION,
	FIND_MISSPELT_OPTION,
	FIND_BAD_VALUE,
	FIND_REPEATED_OPTION,
	FIND_UNKNOWN_MECHANISM,
	FIND_UNKNOWN_METHOD,
	FIND_NO_AUXPROP_PLUGIN,
	FIND_LIBRARY_FAILURE,
	FIND_LOG_LEVEL,
	FIND_STALE_TRANSITION,
	FIND_OTHER_HASH_SCHEME,
	/* servers */
	FIND_NO_MAIN_CF,
	FIND_POSTFIX_BROKEN,
	FIND_NOT_CYRUS,
	FIND_AUTH_DISABLED,
	FIND_EXIM_NO_AUTHENTICATOR,
	FIND_OTHER_SERVICE,
	FIND_PLAINTEXT_FORBIDDEN,
	FIND_TLS_PLAINTEXT_FORBIDDEN,
	FIND_SLAPD_PLAINTEXT,
	FIND_NO_TLS,
	FIND_SERVER_FILTER,
	FIND_EHLO_DISCARDED,
	FIND_EXCEPTED_NETWORKS,
	FIND_LOGIN_USELESS,
	FIND_NOT_RUNNING,
	FIND_RELOAD,
	FIND_EHLO_DIFFERS,
	FIND_NO_RATE_LIMIT,
	FIND_UNKNOWN_USER,
	/* stores */
	FIND_NO_SASLDB,
	FIND_SASLDB_UNREADABLE,
	FIND_DIRECTORY_CLOSED,
	FIND_SASLDB_OUTSIDE,
	FIND_SASLDB_PATH_OUTSIDE,
	FIND_SASLDB_FORMAT,
	FIND_SASLDB_PATH_CRASH,
	FIND_TWO_SASLDBS,
	FIND_SASLDB_OPEN,
	FIND_TRANSITION_UNWRITABLE,
	FIND_NO_PASSWDFILE,
	FIND_PASSWDFILE_UNSOUND,
	FIND_PASSWDFILE_LINE,
	FIND_PASSWDFILE_LINES,
	FIND_PASSWDFILE_RELOAD,
	FIND_PASSWDFILE_OUTSIDE,
	FIND_PASSWDFILE_WEAK,
	FIND_SASLAUTHD_DOWN,
	FIND_SASLAUTHD_UNREACHABLE,
	FIND_SASLAUTHD_OUTSIDE,
	FIND_QUERY_FAILED,
	FIND_QUERY_COLUMN,
	FIND_QUERY_NOTE,
	FIND_LOGIN_TROUBLE,
	FIND_STORE_TIMEOUT,
	FIND_NO_PASSWORD_CHECK,
	/* users */
	FIND_NO_SECRET,
	FIND_NO_SECRET_OTHERS,
	FIND_OTHER_REALM,
	FIND_UNUSABLE_SECRET,
	FIND_UNUSABLE_SECRET_OTHERS,
	FIND_NULL_SECRET,
	FIND_USELESS_FOR,
	FIND_USELESS_FOR_YET,
	FIND_USELESS_FOR_OTHERS,
	FIND_OTHER_MECHANISM,
	FIND_TWO_TRUTHS,
	FIND_PLAINTEXT,
	FIND_HASH_AS_TEXT,
	FIND_WEAK_HASH,
	FIND_OTHER_HASH,
	FIND_NO_DECOY,
	/* what was not looked at */
	FIND_NOT_ROOT,
	FIND_NOT_REACHED,
	FIND_NOT_ASKED,
	FIND_NOT_TRIED,
	FIND_NO_CLIENT,
	FIND_COUNT
};

enum { FINDING_ARGS = 6 };

struct finding_row {
	const char *name; /* never changed; sasl-classic(8) lists all */
	enum finding_level level;
	/* {1} to {6} stand for the arguments: */
	const char *text;   /* what is told */
	const char *advice; /* what to do, in words; or NULL */
	const char *mend;   /* a command that cures it; or NULL */
};

extern const struct finding_row finding_rows[FIND_COUNT];
extern const char *const finding_levels[FINDING_LEVELS];

struct finding {
	enum finding_id id;
	char *text, *advice, *mend; /* the latter two may be NULL */
};

struct findings {
	struct finding *list;
	size_t count;
};

/*
 * One more, with the arguments of its row. Those come from anywhere: in the
 * text and the advice their controls are escaped, in the command they are
 * quoted. An advice or a command that wants a NULL is left out. What is found
 * twice is one finding.
 */
void finding_add(struct findings *f, enum finding_id id,
    const char *const args[FINDING_ARGS]);

bool finding_has(const struct findings *f, enum finding_id id);

/* Those that are more than a note. */
size_t finding_count(const struct findings *f);

/* On standard output, for people and for scripts; all that there can be. */
void finding_print(const struct findings *f);
void finding_print_json(const struct findings *f);
void finding_list(void);

void finding_free(struct findings *f);

#endif
