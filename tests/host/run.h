/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One plugin on a fake host, step by step: what the transcripts of talk.h are
 * made of, for tests that need more than a transcript.
 */
#ifndef CLASSIC_RUN_H
#define CLASSIC_RUN_H

#include "host/fake_host.h"

/* The plugin that this program's runs are about: "login" for liblogin.so. */
extern const char *run_plugin;

struct run {
	struct fake_host host;

	const sasl_server_plug_t *server;
	void *server_context;
	const char *server_out; /* of the last step, owned by the plugin */
	unsigned server_len;

	const sasl_client_plug_t *client;
	void *client_context;
	const char *client_out;
	unsigned client_len;
	sasl_out_params_t client_result;
	sasl_interact_t *prompts;
};

/* A host without a plugin. run_close() ends all, and fails if any is left. */
void run_open(struct run *r, const struct fake_layout *layout,
    const struct fake_setup *setup);
void run_close(struct run *r);

/*
 * Load the plugin, connect, make a context: SASL_OK, or what the plugin said.
 * A second call makes another context on the same connection, and first
 * disposes of the one that was there.
 */
int run_server(struct run *r);
int run_client(struct run *r);

/*
 * One step. The input is copied to where one octet more cannot be read, and it
 * is gone when this returns. What holds for each answer is checked here: the
 * code is a documented one, output goes with SASL_CONTINUE alone, the result
 * is filled in on success only, a failure has left one line in the log and no
 * more than the permitted text for the peer, no secret stays on the stack,
 * and, when all is over, neither on the heap nor among the properties.
 * A NULL `in` is no message.
 */
int run_server_step(struct run *r, const void *in, size_t len);

/*
 * The same for a client. Prompts are answered and the step is made again;
 * what the application lent for the step is gone when this returns.
 */
int run_client_step(struct run *r, const void *in, size_t len);

/* CRAM-MD5 step by step, for tests that look at the challenge. */
enum { CRAM_TEXT = 1024 };

/* A server that has sent its challenge, of which `text` gets a copy. */
void cram_begin(
    struct run *r, const struct fake_setup *setup, char text[CRAM_TEXT]);

/* Take the challenge of the step that was just made. */
void cram_take(const struct run *r, char text[CRAM_TEXT]);

/* Answer the challenge `text` as alice: the code of the step. */
int cram_answer(struct run *r, const char *text, const char *password);

#endif
