/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password for a user: saslpasswd2, and auto_transition. libsasl2 writes
 * the plaintext by itself if it is wanted; the rest is ours.
 */
#ifndef CLASSIC_SETPASS_H
#define CLASSIC_SETPASS_H

#include "base/host.h"

/* What may be stored for a user, in the order in which it is written. */
enum setpass_secret {
	SETPASS_HASH,	/* userPasswordHash */
	SETPASS_STATE,	/* cramMd5State */
	SETPASS_PLAIN,	/* userPassword, which the library writes */
	SETPASS_LEGACY, /* what old Cyrus wrote for CRAM-MD5; only deleted */
	SETPASS_SCRAM,	/* what the stock SCRAM plugins write; only deleted */
	SETPASS_SECRETS
};

/* What a call is about, besides the parameters of libsasl2. */
struct setpass_call {
	const char *mechanism;	 /* whose hook it is */
	enum setpass_secret own; /* what that mechanism can check */
	const char *user;
	struct bytes password; /* empty with SASL_SET_DISABLE */
	unsigned flags;	       /* SASL_SET_* */
};

/*
 * libsasl2 calls the hook of every mechanism. One of the pack does the
 * work for all of its plugins that are loaded, in one store operation, so that
 * there is no moment in which one mechanism knows the new password and another
 * the old one. It is the first of PLAIN, LOGIN and CRAM-MD5 that is loaded and
 * that mech_list, if it is set, names; with SASL_SET_CURMECH_ONLY it is the one
 * that is called. The others return SASL_NOCHANGE.
 *
 * With SASL_SET_NOPLAIN the one-way secrets of those plugins are written and
 * all else that is stored for the user is deleted. classic_crammd5_state: no
 * leaves out the state, where a hash is stored. Without SASL_SET_NOPLAIN the
 * library stores the plaintext, and our secrets are deleted if there is one
 * then: the hooks are called also if it failed. With SASL_SET_DISABLE all that
 * is stored is deleted, the plaintext too: the library has done that by a name
 * ("*") that not every store takes. A plaintext that could be the text of a
 * hash gets {PLAIN} before it, or no password would match it.
 *
 * What old Cyrus wrote is deleted each time, and so is an authPassword that is
 * not of the new password, unless the stock SCRAM plugins are loaded, listed
 * and told to make a new one (scram_secret_generate).
 *
 * SASL_OK; SASL_NOCHANGE if the store holds just that already, or if there is
 * no auxprop plugin and hence no store of ours, unless secrets were to go there
 * and the application has no store of its own. Otherwise the log says what went
 * wrong, and the old secrets are as they were or have been written back, unless
 * the library has stored a plaintext beside them: SASL_BADPARAM (no such
 * password can be sent), SASL_NOMEM, SASL_UNAVAIL, SASL_FAIL, or what the store
 * said.
 */
int setpass(sasl_server_params_t *params, const struct setpass_call *call);

/*
 * Before the first lookup of a login that may store secrets (auto_transition).
 * If the store is a sasldb in lmdb that is not open yet, it is written to,
 * without a change: after a lookup it could not be written to in this process,
 * and the attempt would end it.
 */
void setpass_prepare(const struct host *h);

#endif
