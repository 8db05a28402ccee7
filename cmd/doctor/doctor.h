/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor's patient: what each check may look at, and where it leaves what
 * it has found. The checks are made in the order in which they stand here.
 */
#ifndef CLASSIC_DOCTOR_H
#define CLASSIC_DOCTOR_H

#include "doctor/finding.h"
#include "lib/cmdline.h"
#include "lib/run_as.h"
#include "sasl/conf_file.h"
#include "sasl/daemon.h"
#include "sasl/library.h"

/* A plugin file where libsasl2 looks for plugins. */
struct doctor_file {
	char *path;
	bool ours;
	char version[MAX_PLUGIN_VERSION];
	bool
	    trusted; /* nobody but root has a say in it; else it is not tried */
	bool loads;  /* libsasl2 can make something of it */
	bool crashes; /* and must not try */
};

struct doctor {
	const struct cmdline *options;
	struct daemon_here here;
	struct run_as where; /* a password is judged there */
	bool as_we_are;	      /* or would be, if we were root */
	struct findings findings;

	char *plugin_path;	   /* directories, ':' between, or NULL */
	struct doctor_file *files; /* in libsasl2's order */
	size_t file_count;
	char **configs; /* where it looks for the configuration */
	size_t config_count;
	const char *config;	  /* the one that is there, or NULL */
	char *saslpasswd;	  /* what saslpasswd2 reads, there or not */
	struct conf_file settings; /* what it says */

	bool started; /* libsasl2 runs in this process, with all of it */
	char *offer;  /* the mechanisms of the service, or NULL */
	struct doctor_user *user; /* with --user */
};

/* The mechanisms of the pack; ended by a NULL. */
extern const char *const doctor_mechanisms[];

/* --- Before libsasl2 is started with what is there ------------------------ */

/* Which files would be looked for; nothing is loaded. */
void doctor_survey(struct doctor *d);

/* Each of those files: does it load? */
void doctor_check_files(struct doctor *d);

/* The directories, and files of ours where nobody looks. */
void doctor_check_places(struct doctor *d);

/* The configuration file, line by line. */
void doctor_check_config(struct doctor *d);

/* What the daemon's own configuration says about SASL. */
void doctor_check_daemon(struct doctor *d);

/* --- Afterwards ----------------------------------------------------------- */

/* Who answers to each mechanism, and whether it is offered. */
void doctor_check_mechanisms(struct doctor *d);

/* The words of options that are lists. */
void doctor_check_words(struct doctor *d);

/* Can the daemon reach what judges passwords? */
void doctor_check_stores(struct doctor *d);

/* What becomes of a login by somebody who does not exist? */
void doctor_check_logins(struct doctor *d);

/* Does saslpasswd2 make what the service takes a stranger's for? */
void doctor_check_scheme(struct doctor *d);

/* What is stored for one user, and who can use it? */
void doctor_check_user(struct doctor *d);

/* --- The report ----------------------------------------------------------- */

void doctor_print(const struct doctor *d);
void doctor_print_json(const struct doctor *d);

/* --- For the checks ------------------------------------------------------- */

#define DOCTOR_FAULT(d, name, text, advice) \
	finding_add(&(d)->findings, FINDING_FAULT, name, text, advice)
#define DOCTOR_WARN(d, name, text, advice) \
	finding_add(&(d)->findings, FINDING_WARNING, name, text, advice)
#define DOCTOR_NOTE(d, name, text, advice) \
	finding_add(&(d)->findings, FINDING_NOTE, name, text, advice)

/* As the daemon would open a connection. */
struct probe doctor_inside(const struct doctor *d);

/* Is a password judged by the properties of the user? By saslauthd? */
bool doctor_uses(const struct doctor *d, const char *pwcheck_method);

/* classic_hash_scheme, as `settings` have it. */
const char *doctor_scheme(const struct conf_file *settings);

/* What to do if it is not the same everywhere; release it with free(). */
char *doctor_scheme_advice(const struct doctor *d);

/* Does classic_secrets say that nothing but plaintext is stored? */
bool doctor_keeps_plaintext(const struct doctor *d);

/* The mechanisms that ought to be offered. */
bool doctor_expects(const struct doctor *d, const char *mechanism);

#endif
