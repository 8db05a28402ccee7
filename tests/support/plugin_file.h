/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The built plugins, loaded as libsasl2 loads them: the very files that will
 * be installed are tested. And some of them, as if no others had been
 * installed: copies in a directory of their own, since the linker knows files
 * and not names.
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

enum {
	SET_PLAIN = 1,
	SET_LOGIN = 2,
	SET_CRAMMD5 = 4,
	SET_ALL = 7,
	SET_COUNT = 3, /* plugins that there are */
	SET_PATH = 128,
};

/* By bit: "plain", "login", "crammd5". */
extern const char *const plugin_set_names[SET_COUNT];

/* Copies a plugin; `to` must not exist. */
void plugin_copy_file(const char *from, const char *to);

/* A new directory that holds the plugins of `set`, and its removal. */
void plugin_set_make(unsigned set, char directory[SET_PATH]);
void plugin_set_remove(const char *directory);

/*
 * Load just these; $OUR_PLUGINDIR is where they were loaded from. Their files
 * are removed at once, as if a chroot(2) had hidden them. A second call for the
 * same set finds them loaded.
 */
void plugin_set_use(unsigned set);

#endif
