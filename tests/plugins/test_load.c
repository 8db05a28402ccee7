/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The plugin files: what libsasl2 finds in them, which libraries they agree to
 * serve, and what they bring into a process.
 */
#include "config.h"

#include <dlfcn.h>
#include <elf.h>

#include "host/fake_alloc.h"
#include "host/fake_host.h"
#include "support/elf_file.h"
#include "support/plugin_file.h"
#include "support/test.h"

/* The state of each test is the plugin's name. */

static struct fake_host host;

/* Both sides hand over one record, of the one version that there is. */
static void
one_record(int version, int count, const char *name)
{
	assert_int_equal(version, 4);
	assert_int_equal(count, 1);
	assert_non_null(name);
}

static int
init_server(const char *plugin, const struct sasl_utils *utils, int version)
{
	sasl_server_plug_t *list = NULL;
	int out = -1, count = -1, result;

	result =
	    plugin_server_init(plugin)(utils, version, &out, &list, &count);
	if (result == SASL_OK)
		one_record(out, count, list->mech_name);
	return result;
}

static int
init_client(const char *plugin, const struct sasl_utils *utils, int version)
{
	sasl_client_plug_t *list = NULL;
	int out = -1, count = -1, result;

	result =
	    plugin_client_init(plugin)(utils, version, &out, &list, &count);
	if (result == SASL_OK)
		one_record(out, count, list->mech_name);
	return result;
}

/* What both say of a layout. */
static int
verdict(const char *plugin, const struct fake_layout *layout, int version)
{
	const struct sasl_utils *utils;
	int result;

	fake_open(&host, layout, NULL);
	utils = fake_utils_of(&host.global);
	result = init_server(plugin, utils, version);
	assert_int_equal(init_client(plugin, utils, version), result);
	assert_int_equal(fake_alloc_count(), 0);
	fake_close(&host);
	return result;
}

/* Three tests of one body; their state is the name of the plugin. */
#define PLUGIN_TEST(f) \
	TEST_BODY(f, ADD_FOR("plain", f); ADD_FOR("login", f); \
		  ADD_FOR("crammd5", f))
#define ADD_FOR(plugin, f) test_add(NULL, plugin "_" #f, f, NULL, NULL, plugin)

PLUGIN_TEST(load__both_layouts__are_served)
{
	size_t i;

	for (i = 0; i < COUNT_OF(fake_layouts); i++) {
		assert_int_equal(verdict(*state, fake_layouts[i], 4), SASL_OK);
		assert_int_equal(verdict(*state, fake_layouts[i], 9), SASL_OK);
	}
}

PLUGIN_TEST(load__library_too_old__is_bad_version)
{
	assert_int_equal(verdict(*state, &fake_layout_2_1, 3), SASL_BADVERS);
	assert_int_equal(verdict(*state, &fake_layout_2_2, 0), SASL_BADVERS);
}

PLUGIN_TEST(load__unknown_layout__is_bad_version)
{
	const struct fake_layout *l;

	for (l = fake_unknown_layouts; l->name != NULL; l++)
		if (verdict(*state, l, 4) != SASL_BADVERS)
			fail_msg("served: %s", l->name);
}

/* One is served and the other refused, in any order: nothing is remembered. */
PLUGIN_TEST(load__layouts_in_turn__are_told_apart_each_time)
{
	assert_int_equal(verdict(*state, &fake_layout_2_2, 4), SASL_OK);
	assert_int_equal(
	    verdict(*state, &fake_unknown_layouts[0], 4), SASL_BADVERS);
	assert_int_equal(verdict(*state, &fake_layout_2_1, 4), SASL_OK);
	assert_int_equal(
	    verdict(*state, &fake_unknown_layouts[1], 4), SASL_BADVERS);
	assert_int_equal(verdict(*state, &fake_layout_2_2, 4), SASL_OK);
}

PLUGIN_TEST(load__no_utils__is_bad_parameter)
{
	assert_int_equal(init_server(*state, NULL, 4), SASL_BADPARAM);
	assert_int_equal(init_client(*state, NULL, 4), SASL_BADPARAM);
}

PLUGIN_TEST(load__nowhere_to_put_the_record__is_bad_parameter)
{
	const struct sasl_utils *utils;
	int out, count;

	fake_open(&host, &fake_layout_2_1, NULL);
	utils = fake_utils_of(&host.global);
	assert_int_equal(
	    plugin_server_init(*state)(utils, 4, &out, NULL, &count),
	    SASL_BADPARAM);
	assert_int_equal(
	    plugin_client_init(*state)(utils, 4, &out, NULL, &count),
	    SASL_BADPARAM);
	fake_close(&host);
}

static void
see_export(const char *name, void *context)
{
	unsigned *seen = context;

	if (!strcmp(name, "sasl_server_plug_init"))
		*seen |= 1;
	else if (!strcmp(name, "sasl_client_plug_init"))
		*seen |= 2;
	else
		fail_msg("exported: %s", name);
}

PLUGIN_TEST(load__symbols__are_the_two_entry_points)
{
	struct elf_file f;
	unsigned seen = 0;

	elf_open(&f, plugin_path(*state));
	elf_exports(&f, see_export, &seen);
	elf_close(&f);
	assert_int_equal(seen, 3);
}

static void
see_need(const char *name, void *context)
{
	(void)context;
	if (strstr(name, "sasl") != NULL)
		fail_msg("needs %s", name);
}

/* A plugin that is linked to one libsasl2 brings it into the other's process.
 */
PLUGIN_TEST(load__libsasl2__is_not_linked)
{
	struct elf_file f;

	elf_open(&f, plugin_path(*state));
	elf_needs(&f, see_need, NULL);
	elf_close(&f);
	plugin_server_init(*state);
	assert_null(dlopen("libsasl2.so.2", RTLD_NOW | RTLD_NOLOAD));
	assert_null(dlopen("libsasl2.so.3", RTLD_NOW | RTLD_NOLOAD));
}

PLUGIN_TEST(load__file__is_hardened)
{
	struct elf_file f;

	elf_open(&f, plugin_path(*state));
	assert_false(elf_has(&f, DT_TEXTREL, 0));
	assert_false(elf_has(&f, DT_FLAGS, DF_TEXTREL));
	assert_false(elf_has(&f, DT_RPATH, 0));
	assert_false(elf_has(&f, DT_RUNPATH, 0));
	assert_true(elf_has(&f, DT_FLAGS, DF_BIND_NOW) ||
		    elf_has(&f, DT_FLAGS_1, DF_1_NOW));
	assert_int_not_equal(elf_segment_flags(&f, PT_GNU_RELRO), -1);
	assert_int_not_equal(elf_segment_flags(&f, PT_GNU_STACK), -1);
	assert_false(elf_segment_flags(&f, PT_GNU_STACK) & PF_X);
	elf_close(&f);
}

/* libsasl2 keeps names of properties by pointer after it has let go of us. */
PLUGIN_TEST(load__file__stays_after_dlclose)
{
	struct elf_file f;

	elf_open(&f, plugin_path(*state));
	assert_true(elf_has(&f, DT_FLAGS_1, DF_1_NODELETE));
	elf_close(&f);
}
