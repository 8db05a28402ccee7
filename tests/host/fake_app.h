/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The application of a client, as the fake host plays it: it answers callbacks
 * and prompts from the setup's list. What it gives is its own, and it wipes
 * and unmaps it as soon as the step is over.
 */
#ifndef CLASSIC_FAKE_APP_H
#define CLASSIC_FAKE_APP_H

#include <sasl/sasl.h>

#include "host/fake_host.h"

/* The setup's answer for SASL_CB_`id`, or NULL. */
const struct fake_answer *fake_answer_for(
    const struct fake_host *h, unsigned long id);

/* getcallback() for the client's callbacks. */
int fake_client_callback(const struct fake_host *h, unsigned long id,
    int (**function)(void), void **context);

/* Fill in all the prompts; one that nobody has an answer for fails the test. */
void fake_answer_prompts(struct fake_host *h, sasl_interact_t *prompts);

/*
 * Take back what was lent: answers to prompts when the step is over; what a
 * callback gave when one of its kind is called again, as sasl.h has it, or in
 * the end.
 */
void fake_take_back(struct fake_host *h, enum fake_loan loan);

#endif
