/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One server before the doctor: what each check may look at, and where it
 * leaves what it has found. doctor.c has the table of the checks.
 */
#ifndef CLASSIC_DOCTOR_H
#define CLASSIC_DOCTOR_H

#include <limits.h>

#include "lib/cmdline.h"
#include "lib/process.h"
#include "lib/util.h"
#include "sasl/service.h"
#include "secrets/scheme.h"

/* --- Findings; findings.def is the table of all --------------------------- */

enum finding_level {
	FINDING_FAULT,	 /* logins fail, or will */
	FINDING_WARNING, /* it works, but not as one would want */
	FINDING_NOTE,	 /* worth knowing; nothing is wrong */
	FINDING_LEVELS
};

#define FINDING(id, ...) FIND_##id,
enum finding_id {
#include "doctor/findings.def"
	FIND_COUNT
};
#undef FINDING

enum { FINDING_ARGS = 6 };

struct findings {
	struct finding *list;
	size_t count;
};

/*
 * Add a finding, with the arguments of its row. These come from anywhere: in
 * the text and the advice their controls are escaped, in the command they are
 * quoted; but an argument that is all of a command is one already. An advice or
 * a command of which an argument is NULL is left out. What is found twice is
 * one finding.
 */
void finding_add(struct findings *f, enum finding_id id,
    const char *const args[FINDING_ARGS]);

/* Is there that one; or a fault of those rows? */
bool finding_has(
    const struct findings *f, enum finding_id first, enum finding_id last);

/* Those that are more than a note. */
size_t finding_count(const struct findings *f);

/* --- What is known of a server -------------------------------------------- */

/* A plugin file where libsasl2 looks for plugins. */
struct doctor_file {
	const char *path;
	bool trusted; /* nobody but root can change it; else it is not loaded */
};

/* One stored value of a user, without the value. */
struct doctor_secret {
	const char *property, *form; /* "userPassword", "{SSHA}" */
	const char *scheme;	     /* as hash --scheme has it, or "" */
	const char *weak;	     /* by doctor_weak_form(), or "" */
	bool password;		     /* PLAIN and LOGIN can use it */
	bool digest;		     /* CRAM-MD5 can */
	bool slow;		     /* a hash that is meant to take long */
	bool looks_hashed; /* plaintext that somebody meant to be a hash */
	unsigned work;	   /* what a check costs, by scheme_work() */
};

struct doctor_user {
	const char *name; /* canonical; NULL if it could not be looked up */
	struct doctor_secret *secrets;
	size_t count;
	bool others;	  /* saslauthd and the like are asked as well */
	bool transitions; /* a login that they accept stores secrets */
};

struct doctor {
	const struct cmdline *options;
	struct server_here here;
	struct run_as where; /* a password is checked there */
	bool as_we_are;	     /* or would be, if we were root */
	bool stopped;	     /* what is there must not be loaded */
	struct findings findings;

	/* libsasl2, as a process has seen it that has loaded nothing. */
	const char *layout, *version, *library; /* or NULL */
	bool unknown_layout;
	struct doctor_file *files; /* in libsasl2's order */
	size_t file_count;
	struct conf_file crashes; /* paths; how it ends who loads that */
	const char **configs;	  /* where it looks for the file */
	size_t config_count;
	const char *config;	   /* the one that is there, or NULL */
	struct conf_file settings; /* what it says */

	bool started; /* libsasl2 runs in this process, with all of it */
	char *offer;  /* the mechanisms of libsasl2, or NULL */
	struct doctor_user user; /* with --user */
	const char *sasldb;	 /* as it is called outside; or NULL */

	/* What the process that examines the server tells of itself. */
	const char *loading; /* the plugin file, or "" */
	int status;	     /* its exit status */
};

/* --- The checks; doctor.c has their order --------------------------------- */

/* Before libsasl2 is started with all that is there. */
void check_survey(struct doctor *d);
void check_config(struct doctor *d);
void check_server(struct doctor *d);
void check_plugins(struct doctor *d);

/* While it runs. */
void check_mechanisms(struct doctor *d);
void check_words(struct doctor *d);
void check_stores(struct doctor *d);
void check_logins(struct doctor *d);
void check_user(struct doctor *d);
void check_client_view(struct doctor *d);

/* How a file or a socket looks to the server's user, within its chroot. */
struct look {
	const char *path;
	bool is_socket;
	bool answered;
	int error;	    /* 0 if it can be used */
	bool is_closed;	    /* it may not write to the file */
	const char *closed; /* a directory that it cannot enter, or "" */
};

/* What the server calls `path`, as it is called outside of its chroot. */
const char *doctor_outside(const struct doctor *d, const char *path);

struct look doctor_look(struct doctor *d, const char *path, bool is_socket);

/* What is found of a file or socket that is not there, or out of reach. */
struct reachable {
	enum finding_id missing, unusable, outside;
	bool is_socket;
};

/* A look as the server, by its user and in its chroot; finds what fails. */
enum reach {
	REACH_NOTHING,
	REACH_READ,
	REACH_WRITE,
} check_reach(struct doctor *d, const struct reachable *store,
    const char *path);

/* --- The report ----------------------------------------------------------- */

/* For people or scripts: see json_want(). */
void report_print(const struct doctor *d);

/* --- For the checks ------------------------------------------------------- */

/* What a check makes lives as long as its process, and is not released. */

/* Is there the one of that name? */
#define FOUND(d, name) finding_has(&(d)->findings, FIND_##name, FIND_##name)

/* A finding with the arguments of its row; by name, or by a value. */
#define FIND(d, name, ...) FIND_ID(d, FIND_##name, __VA_ARGS__)
#define FIND_ID(d, id, ...) \
	finding_add(&(d)->findings, id, \
	    (const char *const[FINDING_ARGS]) { __VA_ARGS__ })

/* Are both there, and the same? */
bool doctor_same_file(const char *one, const char *other);

/* An option, or NULL. */
const char *doctor_option(const struct doctor *d, const char *name);

/* The file that an option stands in, or would; as server_spelt(), for that. */
const char *doctor_config(const struct doctor *d, const char *option);
const char *doctor_spelt(const struct doctor *d, const char *option);

/* Is pwcheck_method, or its default, to have that word? */
bool doctor_uses(const struct doctor *d, const char *pwcheck_method);

/* Does a login that saslauthd accepts store secrets? */
bool doctor_transitions(const struct doctor *d);

/* Is that auxprop plugin asked? */
bool doctor_asks(const struct doctor *d, const char *auxprop_plugin);

/* The mechanisms that should be offered, and those left by all filters. */
bool doctor_expects(const struct doctor *d, const char *mechanism);
bool doctor_offers(const struct doctor *d, const char *mechanism);

/*
 * The secrets of a sasldb, as lines; NULL if it cannot be read. And the next of
 * them: the user, "alice@realm", or NULL at the end; and the property.
 */
const char *doctor_secrets(const struct doctor *d, const char *file);
const char *doctor_next_secret(const char **lines, const char **property);

/*
 * Of a hash that is guessed fast: what it is, as "{MD5}" or "{CRYPT}$1$"; NULL
 * of any other value.
 */
const char *doctor_weak_form(const struct stored *value);

/* "Postfix", or "the server"; its user, or "root"; the group of that. */
const char *doctor_name(const struct doctor *d);
const char *doctor_account(const struct doctor *d);
const char *doctor_group(const struct doctor *d);

/*
 * The command that gives the server's user these rights of the group on a file.
 * A group that has them keeps the file: its members go on as before.
 */
const char *doctor_let_in(
    const struct doctor *d, const char *path, mode_t group);

#endif
