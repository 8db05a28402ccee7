/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The user store of a pair: an auxprop plugin that is part of the program.
 */
#ifndef CLASSIC_PAIR_STORE_H
#define CLASSIC_PAIR_STORE_H

/* Its name for the option auxprop_plugin. */
#define PAIR_STORE "pairstore"

/* Add it to the server's side, which has been initialised. */
void pair_add_store(void);

#endif
