/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5, to be linked into a program that has the other plugins as well.
 */
#include "config.h"

#define sasl_server_plug_init static_crammd5_server
#define sasl_client_plug_init static_crammd5_client

/* The plugin's clock is the fuzzed one, and nobody else's. */
#include "tame.h"
#define clock_gettime fuzz_clock_gettime

#include "crammd5.c"
