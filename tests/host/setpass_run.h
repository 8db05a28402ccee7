/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * New passwords on the fake host, set by the plugins that are loaded as
 * sasl_setpass() sets them, and logins by all of them afterwards. The store is
 * watched while it is written, and fails as planned: before or after some of
 * the properties, once or for good, openly or not.
 */
#ifndef CLASSIC_SETPASS_RUN_H
#define CLASSIC_SETPASS_RUN_H

#include "host/fake_host.h"
#include "support/plugin_file.h"
#include "host/run.h"

enum { STORE_TEXT = 512 };

struct store_watch {
	struct fake_host *host;

	/* The plan. All zeros: it does what it is told. */
	unsigned fail_from, fail_to; /* these operations fail, from 1 */
	unsigned fail_after; /* those of its properties are stored before */
	unsigned fail_after_last; /* the same, of operation `fail_to` */
	int code;		  /* with this one */
	bool silent;		  /* says SASL_OK, and stores nothing */
	const char *ignored;	  /* a property that it drops without a word */

	/* What was seen. */
	unsigned operations;
	/* In order: "+name" for a value, "-name" for none; ';' between them. */
	char seen[STORE_TEXT];
};

struct setpass {
	struct run run;
	struct store_watch store;
	unsigned set;	/* of the plugins */
	unsigned first; /* the one that is asked first */
	const sasl_server_plug_t *plug[SET_COUNT]; /* NULL: not loaded */
	int result[SET_COUNT]; /* of each hook in the last setpass_call() */
};

/* What saslpasswd2 says: with -n, without, with -d. */
enum {
	FLAGS_ONE_WAY = SASL_SET_CREATE | SASL_SET_NOPLAIN,
	FLAGS_PLAINTEXT = SASL_SET_CREATE,
	FLAGS_DELETE = SASL_SET_DISABLE,
};

/* Properties, as the store names them. */
#define PASSWORD "userPassword"
#define HASH	 "userPasswordHash"
#define STATE	 "cramMd5State"
#define LEGACY	 "cmusaslsecretCRAM-MD5"
#define SCRAM	 "authPassword"

/* Of the password wonderland. */
#define OLD_HASH "{SSHA}XcU7ZD+ozcY0NqLtsKNvy+uzXtpzYWx0c2FsdA=="
#define OLD_STATE \
	"721a2df79bd8bf7cff39c4914f8c49b8" \
	"979ad5122813c64e75f91b8a6a09b88a"
/* As old versions of Cyrus SASL wrote it. */
#define OLD_LEGACY \
	"12d59a974ec613288a1bf9758ab8096a" \
	"f72d1a727cbfd89b91c439ffb8498c4f"

/*
 * What was stored for alice before, besides her quota and for bob the same
 * again; her password is wonderland. New hashes are {SSHA}, which is cheap.
 * `legacy` is everything and LEGACY, with classic_legacy_secrets: yes.
 */
extern const struct fake_option setpass_options[], setpass_legacy_options[];
extern const struct fake_setup setpass_had_plaintext, setpass_had_one_way,
    setpass_had_everything, setpass_had_nothing, setpass_had_legacy;

/* Open a host with a connection; setpass_close() fails if anything is left. */
void setpass_open(struct setpass *p, const struct fake_layout *layout,
    const struct fake_setup *setup, unsigned set);
void setpass_close(struct setpass *p);

/* The same with the plugins in $OUR_PLUGINDIR as it stands. */
void setpass_open_here(struct setpass *p, const struct fake_layout *layout,
    const struct fake_setup *setup, unsigned set);

/*
 * One plugin's hook. Fails the test if, afterwards, a block, the stack or a
 * property context still holds the password or something stored, or if a
 * failure has left no line in the log and no text for the application.
 */
int setpass_hook_of(struct setpass *p, unsigned which, const char *user,
    const char *password, unsigned len, unsigned flags);

/*
 * All of sasl_setpass() for alice: the plaintext is stored, or all of hers is
 * deleted, as `flags` say; then one hook after the other. The first result that
 * is neither SASL_OK nor SASL_NOCHANGE, or SASL_OK if one was, or
 * SASL_NOCHANGE.
 */
int setpass_call(struct setpass *p, const char *password, unsigned flags);

/*
 * The usual change: from wonderland to caterpillar or, with FLAGS_DELETE, to
 * nothing. By the first plugin's hook alone, or by all of sasl_setpass().
 */
enum { SETPASS_WAYS = 3 };
extern const unsigned setpass_ways[SETPASS_WAYS]; /* the flags above */
int setpass_hook(struct setpass *p, unsigned flags);
int setpass_set(struct setpass *p, unsigned flags);

/* The plugin whose hook does the work for all, without a mech_list. */
unsigned setpass_speaker(const struct setpass *p);

/* The code of a login as alice, by the plugin's mechanism. */
int setpass_login(struct setpass *p, unsigned which, const char *password);

/* Every mechanism that is there lets alice in with it, or none does. */
void expect_valid(struct setpass *p, const char *password);
void expect_invalid(struct setpass *p, const char *password);

/* Of wonderland and caterpillar the new one is valid, or still the old one. */
void expect_changed(struct setpass *p);
void expect_unchanged(struct setpass *p);

/* What is stored for alice; NULL: nothing. */
void expect_stored(
    const struct setpass *p, const char *property, const char *value);

/* It is the state of that password. */
void expect_state(const struct setpass *p, const char *password);

/* It begins like this, and is not the password. */
void expect_hash(const struct setpass *p, const char *prefix);

#endif
