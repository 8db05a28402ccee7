/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Changing a passwdfile (of the format PASSWDFILE_DOVECOT): under a lock, in
 * memory, and then as a new file that takes the place of the old one, or not at
 * all. Lines that are not concerned stay as they are to the last octet.
 *
 * Nothing here needs libsasl2. Functions return SASL's codes, and what a person
 * should know is in `why`.
 */
#ifndef CLASSIC_PASSWDFILE_WRITE_H
#define CLASSIC_PASSWDFILE_WRITE_H

#include "passwdfile/open.h"
#include "passwdfile/parse.h"

struct passwdfile_edit;

enum passwdfile_missing {
	PASSWDFILE_MUST_BE,
	PASSWDFILE_MAY_BE_MISSING,
	PASSWDFILE_MUST_BE_MISSING
};

/*
 * Lock the file, which PATH or a symbolic link of that name leads to, and read
 * it. Waits some seconds for another writer. Refused if file or directory are
 * not sound: see passwdfile_is_sound(); a directory is, if it belongs to root
 * or to the process's user, and nobody else can write to it. Those above it may
 * have the sticky bit instead. SASL_OK;
 * SASL_NOUSER if there is none and there must be; SASL_UNAVAIL, also if there
 * is one and must not be; SASL_NOMEM.
 */
int passwdfile_edit_open(const char *path, enum passwdfile_missing missing,
    struct passwdfile_edit **edit, char why[PASSWDFILE_WHY]);

/* Forget what was not committed, wipe it, and give the lock back. */
void passwdfile_edit_close(struct passwdfile_edit *edit);

/*
 * The line after the one at `*at`, which begins as 0: its octets without its
 * end, and taken apart; `line` is of no use after a fault. They stay until the
 * next change. False after the last.
 */
bool passwdfile_edit_next(const struct passwdfile_edit *edit, size_t *at,
    struct bytes *text, struct passwdfile_line *line,
    enum passwdfile_fault *fault);

/* Which lines? */
typedef bool passwdfile_which_fn(
    void *context, const struct passwdfile_line *line);

/*
 * Put `count` lines, without their end, in the place of the first line that is
 * concerned, or at the end of the file; the others that are concerned go.
 * Returns how many did, or -1 without memory: nothing has changed.
 */
long passwdfile_edit_replace(struct passwdfile_edit *edit,
    passwdfile_which_fn *which, void *context, const struct bytes *lines,
    size_t count);

/*
 * A '!' before the secrets of those lines, or none. The same result. A sign
 * after {CRYPT} stays, as another program has written it.
 */
long passwdfile_edit_disable(struct passwdfile_edit *edit,
    passwdfile_which_fn *which, void *context, bool disable);

/* One line more at the end. 0, or -1 without memory. */
int passwdfile_edit_append(struct passwdfile_edit *edit, struct bytes line);

/*
 * Make it the file: new file, owner, mode, ACL and label of the old one, fsync,
 * rename. SASL_OK; SASL_CONTINUE if somebody else has written it meanwhile
 * without the lock: close, and begin again; SASL_UNAVAIL, and the file is as it
 * was; SASL_OK without a write if nothing has changed.
 */
int passwdfile_edit_commit(
    struct passwdfile_edit *edit, char why[PASSWDFILE_WHY]);

/*
 * Could it be written? SASL_OK, or SASL_UNAVAIL. Nothing is changed but for a
 * moment's lock.
 */
int passwdfile_can_write(const char *path, char why[PASSWDFILE_WHY]);

/*
 * What a new line says; empty where it says nothing. With `rest`, data of NULL
 * leaves a key as it is there, and an empty value takes it away.
 */
struct passwdfile_new {
	struct bytes name;   /* with its realm, if it has one */
	struct bytes secret; /* as passwdfile_secret() has it, or a hash */
	struct bytes label, expires, allow_nets;

	/*
	 * That of the line that it replaces, which was FINE: all of it stays
	 * but for those of the three keys that are not NULL.
	 */
	struct bytes rest;
	bool is_disabled;
};

/*
 * Such a line, in a block of malloc() that ends with a NUL; `len` without it.
 * NULL and 0 octets with errno ENOMEM, or EINVAL if such a line would not be
 * read as that.
 */
char *passwdfile_print(const struct passwdfile_new *new, size_t *len);

/*
 * The secret of a password in plaintext: {PLAIN}password; {PLAIN.b64} and
 * base64 if it has a colon, a control character, or a blank at its end. A block
 * as above; NULL without memory.
 */
char *passwdfile_secret(struct bytes password, size_t *len);

/* Wipe and free a block of these two, which may be NULL. */
void passwdfile_free_text(char *text, size_t len);

#endif
