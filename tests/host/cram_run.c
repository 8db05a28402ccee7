/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Steps of CRAM-MD5: see cram_run.h.
 */
#include "config.h"

#include "host/cram_run.h"
#include "support/cram_answer.h"

void
cram_take(const struct run *r, char text[CRAM_TEXT])
{
	assert_in_range(r->server_len, 1, CRAM_TEXT - 1);
	memcpy(text, r->server_out, r->server_len);
	text[r->server_len] = '\0';
}

void
cram_begin(struct run *r, const struct fake_setup *setup, char text[CRAM_TEXT])
{
	run_open(r, &fake_layout_2_1, setup);
	assert_int_equal(run_server(r), SASL_OK);
	assert_int_equal(run_server_step(r, NULL, 0), SASL_CONTINUE);
	cram_take(r, text);
}

int
cram_answer(struct run *r, const char *text, const char *password)
{
	char message[64] = "alice ";

	cram_digest(text, strlen(text), password, message + strlen(message));
	return run_server_step(r, message, strlen(message));
}
