/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The built plugins, loaded as libsasl2 loads them: the very files that will
 * be installed are tested.
 */
#ifndef CLASSIC_PLUGIN_FILE_H
#define CLASSIC_PLUGIN_FILE_H

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

/*
 * The path of $OUR_PLUGINDIR/lib`name`.so, valid until the next call; without
 * the variable the test fails.
 */
const char *plugin_path(const char *name);

/* Its entry points; a missing one fails the test. */
sasl_server_plug_init_t *plugin_server_init(const char *name);
sasl_client_plug_init_t *plugin_client_init(const char *name);

#endif
