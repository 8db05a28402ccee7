/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The plugin files: what libsasl2 finds in them, and which libraries they agree
 * to serve. How they are linked is seen by tools/rules_binary.sh.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_host.h"
#include "support/plugin_file.h"
#include "support/test.h"

/* The state of each test is the plugin's name. */

static struct fake_host host;

/* What the library is told, of which it offers and refuses mechanisms. */
static const struct record {
	const char *name;
	unsigned security, server, client; /* features of the two sides */
} records[] = {
	{ "PLAIN", SASL_SEC_NOANONYMOUS | SASL_SEC_PASS_CREDENTIALS,
	    SASL_FEAT_WANT_CLIENT_FIRST | SASL_FEAT_ALLOWS_PROXY,
	    SASL_FEAT_WANT_CLIENT_FIRST | SASL_FEAT_ALLOWS_PROXY },
	/* A server takes a name that is sent ahead; many do not. */
	{ "LOGIN", SASL_SEC_NOANONYMOUS | SASL_SEC_PASS_CREDENTIALS, 0,
	    SASL_FEAT_SERVER_FIRST },
	{ "CRAM-MD5", SASL_SEC_NOANONYMOUS | SASL_SEC_NOPLAINTEXT,
	    SASL_FEAT_SERVER_FIRST, SASL_FEAT_SERVER_FIRST },
};

/* Both sides hand over one record, of the one version that there is. */
static const struct record *
one_record(int version, int count, const char *plugin, const char *name)
{
	const struct record *r = records;

	assert_int_equal(version, 4);
	assert_int_equal(count, 1);
	r += !strcmp(plugin, "login") ? 1 : !strcmp(plugin, "crammd5") ? 2 : 0;
	assert_string_equal(name, r->name);
	return r;
}

static int
init_server(const char *plugin, const struct sasl_utils *utils, int version)
{
	sasl_server_plug_t *list = NULL;
	int out = -1, count = -1, result;
	const struct record *r;

	result =
	    plugin_server_init(plugin)(utils, version, &out, &list, &count);
	if (result == SASL_OK) {
		r = one_record(out, count, plugin, list->mech_name);
		assert_int_equal(list->max_ssf, 0);
		assert_int_equal(list->security_flags, r->security);
		assert_int_equal(list->features, r->server);
		list->mech_free(list->glob_context, utils);
	}
	return result;
}

static int
init_client(const char *plugin, const struct sasl_utils *utils, int version)
{
	sasl_client_plug_t *list = NULL;
	int out = -1, count = -1, result;
	const struct record *r;

	result =
	    plugin_client_init(plugin)(utils, version, &out, &list, &count);
	if (result == SASL_OK) {
		r = one_record(out, count, plugin, list->mech_name);
		assert_int_equal(list->max_ssf, 0);
		assert_int_equal(list->security_flags, r->security);
		assert_int_equal(list->features, r->client);
	}
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
	assert_int_equal(fake_alloc_count(), result == SASL_OK);
	assert_int_equal(init_client(plugin, utils, version), result);
	assert_int_equal(fake_alloc_count(), result == SASL_OK);
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

PLUGIN_TEST(load__no_memory_for_the_record__is_said)
{
	sasl_server_plug_t *list;
	int out, count;

	fake_open(&host, &fake_layout_2_1, NULL);
	fake_alloc_fail_at(1);
	assert_int_equal(plugin_server_init(*state)(fake_utils_of(&host.global),
			     4, &out, &list, &count),
	    SASL_NOMEM);
	fake_close(&host);
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
	sasl_server_plug_init_t *server = plugin_server_init(*state);
	sasl_client_plug_init_t *client = plugin_client_init(*state);
	const struct sasl_utils *utils;
	sasl_server_plug_t *servers;
	sasl_client_plug_t *clients;
	int out, count, missing;

	fake_open(&host, &fake_layout_2_1, NULL);
	utils = fake_utils_of(&host.global);
	for (missing = 0; missing < 3; missing++) {
		assert_int_equal(server(utils, 4, missing == 0 ? NULL : &out,
				     missing == 1 ? NULL : &servers,
				     missing == 2 ? NULL : &count),
		    SASL_BADPARAM);
		assert_int_equal(client(utils, 4, missing == 0 ? NULL : &out,
				     missing == 1 ? NULL : &clients,
				     missing == 2 ? NULL : &count),
		    SASL_BADPARAM);
	}
	fake_close(&host);
}
