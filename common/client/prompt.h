/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Asking the application who logs in: by its callbacks, or by prompts that it
 * fills in between two calls of the same step.
 */
#ifndef CLASSIC_PROMPT_H
#define CLASSIC_PROMPT_H

struct client_session;

/*
 * Fill s->authcid, s->password and, if the mechanism sends one, s->authzid;
 * what is there already is not asked for again. What the callbacks gave as
 * authcid and password stays the application's; all else is copied. SASL_OK;
 * SASL_INTERACT with *s->prompts naming all that is still missing (ours, from
 * the application's allocator, released by the next call); or client_fail().
 */
int prompt_collect(struct client_session *s);

/* Wipe and release the three, and prompts that nobody has answered. */
void prompt_forget(struct client_session *s);

#endif
