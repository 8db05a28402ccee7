/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * PLAIN, to be linked into a program that has the other plugins as well.
 */
#include "config.h"

#define sasl_server_plug_init static_plain_server
#define sasl_client_plug_init static_plain_client

#include "plain.c"
