/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * LOGIN, to be linked into a program that has the other plugins as well.
 */
#include "config.h"

#define sasl_server_plug_init static_login_server
#define sasl_client_plug_init static_login_client

#include "login.c"
