/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Where the passwords are: an auxprop plugin of the benchmark's own that
 * knows every user of login_user by heart, or a sasldb that is filled once.
 */
#ifndef BENCH_STORE_H
#define BENCH_STORE_H

#include "scenario.h"

/* The memory's name for the option auxprop_plugin. */
#define STORE_MEMORY "benchmemory"

/* Registers it. libsasl2's server side is initialised before. */
void store_add_memory(const struct scenario *);

/* How often this thread has asked the memory. */
unsigned long store_lookups(void);

/*
 * Writes the users of the scenario to its sasldb through libsasl2. The
 * server side is initialised, with that sasldb configured, before.
 */
void store_fill(const struct scenario *);

#endif
