/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is stored for a password, as secrets of a passwdfile's lines.
 */
#ifndef CLASSIC_LIB_SECRETS_H
#define CLASSIC_LIB_SECRETS_H

#include "base/host.h"
#include "lib/terminal.h"

enum {
	SECRETS_MAX = 4,
	SECRETS_CRAM_MD5 = -1,
	SECRETS_PLAIN = -2,
	SECRETS_UNKNOWN = -3
};

/* What is wanted: indexes of scheme_name(), SECRETS_CRAM_MD5, SECRETS_PLAIN. */
struct secrets_wanted {
	int forms[SECRETS_MAX];
	size_t count;
};

/* Once each; what does not fit any more is left out. */
void secrets_want(struct secrets_wanted *wanted, int form);

/* The name of one, as hash --scheme has it. */
const char *secrets_name(int form);

/*
 * The mechanisms of ours, and SCRAM, that can use a secret, blanks between. It
 * is called as secrets_name() or scheme_label() has it.
 */
const char *secrets_serve(const char *name);

/* How many secrets there are of a form, as scheme_label() has it. */
struct secrets_count {
	const char *label;
	size_t count;
};

enum { SECRETS_FORMS = 32 }; /* the last one counts all that come after it */

/* One more of that; begin with zeros. */
void secrets_tally(
    struct secrets_count counts[SECRETS_FORMS], const char *label);

/* The form called `name`, in braces or not; SECRETS_UNKNOWN if there is
 * none, or this build cannot make it. */
int secrets_find(const char *name);

/* What was made. Begin with zeros. */
struct secrets {
	struct bytes texts[SECRETS_MAX];
	size_t count;
};

/*
 * Make them. 0, or -1 after a complaint (by `h`'s log, but for memory). End
 * with secrets_wipe() either way. May run in several threads.
 */
int secrets_make(const struct host *h, const struct secrets_wanted *wanted,
    struct bytes password, struct secrets *made);
void secrets_wipe(struct secrets *made);

/*
 * A secret that one can type on the panel of a printer: 17 of 31 characters,
 * a-z and 2-9 without i, l and o, which is 84 bits. 0, or -1 after a complaint.
 * The caller wipes it.
 */
int secrets_generate(struct ask_password *password);

#endif
