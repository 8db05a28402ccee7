/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * JSON (RFC 8259) on standard output, for scripts.
 */
#ifndef CLASSIC_JSON_H
#define CLASSIC_JSON_H

#include <stdbool.h>

/*
 * All keys of all subcommands. Scripts rely on them: a key is never renamed,
 * and sasl-classic(8) lists each.
 */
/* clang-format off */
#define JSON_KEYS(X) \
	X(accepted) X(advice) X(client) X(code) X(configuration) \
	X(conversation) X(cram_md5) X(detail) X(expires) X(file) \
	X(findings) X(form) X(from) X(label) X(layout) X(level) X(library) \
	X(libsasl2) X(line) X(log) X(mechanism) X(mechanisms) X(command) \
	X(name) X(nets) X(offered) X(ours) X(plain_login) X(property) \
	X(secrets) X(server) X(service) X(services) X(side) X(state) \
	X(text) X(user) X(version) X(well)
/* clang-format on */

#define JSON_KEY_ENUM(name) KEY_##name,
enum json_key {
	KEY_NONE, /* within an array, and at the top */
	JSON_KEYS(JSON_KEY_ENUM)
};
#undef JSON_KEY_ENUM

/*
 * Is it a script that reads what is printed? If not, which is the default,
 * json_else() prints as printf() does and the others print nothing. If so, it
 * is the other way round. So what is printed for either stands together.
 */
void json_want(bool wanted);
void json_else(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Everything has a key within an object. Controls are escaped; what is not
 * UTF-8 in a text is U+FFFD.
 */
void json_open(enum json_key key, char bracket);     /* '{' or '[' */
void json_close(void);				     /* what was opened last */
void json_text(enum json_key key, const char *text); /* null if NULL */
void json_bool(enum json_key key, bool value);

#endif
