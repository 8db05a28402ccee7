/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One server before the doctor: what each check may look at, and where it
 * leaves what it has found. doctor.c has the table of the checks.
 */
#ifndef CLASSIC_DOCTOR_H
#define CLASSIC_DOCTOR_H

#include "doctor/finding.h"
#include "lib/cmdline.h"
#include "lib/process.h"
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

/* One stored value of a user, without the value. */
struct doctor_secret {
	char *property, *form; /* "userPassword", "{SSHA}" */
	bool password;	       /* PLAIN and LOGIN can use it */
	bool digest;	       /* CRAM-MD5 can */
	bool alike; /* by PLAIN and LOGIN it costs what an unknown user does */
	bool slow;  /* a hash that is meant to take long */
	bool weak;  /* a thief of the store would soon guess it */
	bool looks_hashed; /* plaintext that somebody meant to be a hash */
};

struct doctor_user {
	char *name; /* canonical; NULL if it could not be looked up */
	struct doctor_secret *secrets;
	size_t count;
	bool password, digest; /* some secret has it */
	bool others;	       /* saslauthd and the like are asked as well */
	bool transitions;      /* a login that they accept stores secrets */
};

struct doctor {
	const struct cmdline *options;
	struct daemon_here here;
	struct run_as where; /* a password is judged there */
	bool as_we_are;	     /* or would be, if we were root */
	bool not_tried;	     /* what is there must not be loaded */
	struct findings findings;

	/* libsasl2, as a process was told that has loaded nothing. */
	char *layout, *version, *library;
	char *plugin_path;	   /* directories, ':' between, or NULL */
	struct doctor_file *files; /* in libsasl2's order */
	size_t file_count;
	char **configs; /* where it looks for the configuration */
	size_t config_count;
	const char *config;	   /* the one that is there, or NULL */
	char *saslpasswd;	   /* what saslpasswd2 reads, there or not */
	struct conf_file settings; /* what it says, the server's own first */
	struct probe_option *own;  /* the server's, for libsasl2; or NULL */

	bool started; /* libsasl2 runs in this process, with all of it */
	char *offer;  /* the mechanisms of libsasl2, or NULL */
	struct doctor_user user; /* with --user */
	char *sasldb;		 /* the file, if it is asked; or NULL */
	char *store;		 /* what there is to say of a passwdfile */
};

/* The mechanisms of the pack; ended by a NULL. */
extern const char *const doctor_mechanisms[];

/* --- The checks, in their order ------------------------------------------- */

/* What libsasl2 would look for; nothing is loaded. */
void check_survey(struct doctor *d);
/* The configuration file, line by line. */
void check_config(struct doctor *d);
/* The configuration of the server itself, as far as it is about SASL. */
void check_server(struct doctor *d);
/* The directories of plugins, and each file in them. */
void check_plugins(struct doctor *d);

/* From here on libsasl2 runs, with all that is there. */
void check_mechanisms(struct doctor *d);
/* The words of options that are lists. */
void check_words(struct doctor *d);
/* Can the server reach what checks passwords? Does an unknown user log in? */
void check_stores(struct doctor *d);
void check_logins(struct doctor *d);
/* What is stored for one user, and who can use it? */
void check_user(struct doctor *d);
/* What does a client see? */
void check_client_view(struct doctor *d);

/* --- The report ----------------------------------------------------------- */

void report_print(const struct doctor *d);
void report_print_json(const struct doctor *d);

/* --- For the checks ------------------------------------------------------- */

/* A finding with the arguments of its row. */
#define FIND(d, id, ...) \
	finding_add(&(d)->findings, id, \
	    (const char *const[FINDING_ARGS]) { __VA_ARGS__ })

/* As the server would open a connection. */
struct probe doctor_probe(const struct doctor *d);

/* How libsasl2 is started for this server. */
struct library_options doctor_library(const struct doctor *d);

/* An option, or NULL; and does the list in it have the word? */
const char *doctor_option(const struct doctor *d, const char *name);

/* The file that the options stand in, or would, for people. */
const char *doctor_config(const struct doctor *d);

/* Is a password judged by the properties of the user? By saslauthd? */
bool doctor_uses(const struct doctor *d, const char *pwcheck_method);

/* Is that store asked? */
bool doctor_asks(const struct doctor *d, const char *auxprop_plugin);

/* The mechanisms that should be offered, and those left by all filters. */
bool doctor_expects(const struct doctor *d, const char *mechanism);
bool doctor_offers(const struct doctor *d, const char *mechanism);

/* The users of a sasldb, one a line, to be freed; NULL: nobody can tell. */
char *doctor_users(const char *file);

/* Is a form of secrets, as scheme_label() has it, soon guessed? */
bool doctor_is_weak(const char *form);

/* "Postfix", or "the server". */
const char *doctor_name(const struct doctor *d);

#endif
