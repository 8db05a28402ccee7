/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The two functions that libsasl2 looks for in a plugin file.
 */
#ifndef CLASSIC_PLUGIN_H
#define CLASSIC_PLUGIN_H

#include "base/plugin_version.h"
#include "client/engine.h"
#include "server/offer.h"

/* An ELF note: no linker drops it, and no symbol is needed for it. */
#define PLUGIN_NOTE \
	__asm__(".pushsection .note.sasl-classic, \"a\", %note\n" \
		"\t.balign 4\n" \
		"\t.long 2f - 1f, 4f - 3f, 1\n" \
		"1:\t.asciz \"sasl-classic\"\n" \
		"2:\t.balign 4\n" \
		"3:\t.asciz \"" PLUGIN_VERSION_TEXT PACKAGE_VERSION "\"\n" \
		"4:\t.balign 4\n" \
		"\t.popsection");

/*
 * plugins.map exports them, or one of them if the other was disabled; then the
 * linker drops what only that one needed.
 */
#define PLUGIN_VISIBLE __attribute__((visibility("default")))
#define PLUGIN_EXPORTS(server_record, server_mechanism, client_record) \
	PLUGIN_NOTE \
\
	PLUGIN_VISIBLE sasl_server_plug_init_t sasl_server_plug_init; \
	PLUGIN_VISIBLE sasl_client_plug_init_t sasl_client_plug_init; \
\
	int sasl_server_plug_init(const struct sasl_utils *utils, \
	    int max_version, int *out_version, sasl_server_plug_t **list, \
	    int *count) \
	{ \
		return server_export(&server_record, &server_mechanism, utils, \
		    max_version, out_version, list, count); \
	} \
\
	int sasl_client_plug_init(const struct sasl_utils *utils, \
	    int max_version, int *out_version, sasl_client_plug_t **list, \
	    int *count) \
	{ \
		return client_export(&client_record, utils, max_version, \
		    out_version, list, count); \
	}

#endif
