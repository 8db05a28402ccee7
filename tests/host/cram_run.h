/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5 logins step by step, for tests that look at the challenge.
 */
#ifndef CLASSIC_CRAM_RUN_H
#define CLASSIC_CRAM_RUN_H

#include "host/talk.h"

enum { CRAM_TEXT = 1024 };

/* A server that has sent its challenge, of which `text` gets a copy. */
void cram_begin(
    struct run *r, const struct fake_setup *setup, char text[CRAM_TEXT]);

/* Take the challenge of the step that was just made. */
void cram_take(const struct run *r, char text[CRAM_TEXT]);

/* Answer the challenge `text` as alice: the code of the step. */
int cram_answer(struct run *r, const char *text, const char *password);

#endif
