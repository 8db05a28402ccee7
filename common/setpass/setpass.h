/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password for a user: saslpasswd2, and auto_transition. libsasl2 writes
 * the plaintext by itself if it is wanted; the rest is ours.
 */
#ifndef CLASSIC_SETPASS_H
#define CLASSIC_SETPASS_H

#include "base/host.h"

/* What a mechanism can check that is not the password itself. */
enum setpass_secret {
	SETPASS_HASH,	/* userPasswordHash */
	SETPASS_STATE,	/* cramMd5State */
	SETPASS_PLAIN,	/* userPassword, which the library writes */
	SETPASS_LEGACY, /* what old Cyrus wrote for CRAM-MD5; only deleted */
	SETPASS_SECRETS
};

/*
 * For the plugin's record. libsasl2 calls it for every mechanism in turn; the
 * first one does the work for all plugins of the pack that are at work, in one
 * store operation, so that there is no moment in which one mechanism knows the
 * new password and another the old one. The later ones find it done.
 *
 * With SASL_SET_NOPLAIN the one-way secrets of those plugins are written and
 * all else that is stored for the user is deleted. Without it the library
 * stores the plaintext, and our secrets are deleted if there is one then: the
 * hooks are called also if it failed. With SASL_SET_DISABLE all that is stored
 * is deleted, the plaintext too: the library has done that by a name ("*") that
 * not every store takes. A plaintext that could be the text of a hash gets
 * {PLAIN} before it, or it would let nobody in. What old Cyrus wrote is deleted
 * each time, where classic_legacy_secrets has CRAM-MD5 take it, and is not
 * touched elsewhere.
 *
 * SASL_OK; SASL_NOCHANGE if the store holds just that already, or if there is
 * no auxprop plugin and hence no store of ours, unless secrets were to go there
 * and the application has no store of its own. Otherwise the log says what went
 * wrong, and the old secrets are as they were or have been written back, unless
 * the library has stored a plaintext beside them: SASL_BADPARAM (no such
 * password can be sent), SASL_NOMEM, SASL_UNAVAIL, SASL_FAIL, or what the store
 * said.
 */
int setpass_hook(void *glob_context, sasl_server_params_t *params,
    const char *user, const char *password, unsigned password_len,
    const char *old_password, unsigned old_password_len, unsigned flags);

#endif
