/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * When CRAM-MD5 is offered: as the options say, where it can succeed, and not
 * in FIPS mode; and what the log is told, once.
 */
#include "config.h"

#include <unistd.h>

#include "host/fake_alloc.h"
#include "host/fake_host.h"
#include "host/fake_utils.h"
#include "support/child.h"
#include "support/plugin_file.h"
#include "support/stand_in.h"

#define BY_METHOD "pwcheck_method does not name auxprop"
#define BY_OPTION "classic_crammd5_advertise says no"
#define BY_FIPS	  "the kernel is in FIPS mode"

/* NULL: not set; or why it is not offered, NULL if it is. */
static const struct row {
	const char *method, *transition, *advertise;
	const char *why, *why_in_fips;
} table[] = {
	/* As far as it can succeed. */
	{ NULL, NULL, NULL, NULL, BY_FIPS },
	{ "auxprop", NULL, NULL, NULL, BY_FIPS },
	{ "auxprop", "no", "auto", NULL, BY_FIPS },
	{ "saslauthd auxprop", NULL, NULL, NULL, BY_FIPS },
	{ "saslauthd", NULL, NULL, BY_METHOD, BY_FIPS },
	{ "saslauthd", "no", "auto", BY_METHOD, BY_FIPS },
	{ "saslauthd authdaemond", NULL, "AUTO", BY_METHOD, BY_FIPS },
	{ "nonesuch SASLAUTHD", NULL, NULL, BY_METHOD, BY_FIPS },
	{ "pwcheck", NULL, NULL, BY_METHOD, BY_FIPS },
	{ "alwaystrue", NULL, NULL, BY_METHOD, BY_FIPS },
	/* These are no methods: it is all that works. */
	{ "sasldb", NULL, NULL, NULL, BY_FIPS },
	{ "auxprop,saslauthd", NULL, NULL, NULL, BY_FIPS },
	{ "auxprop-hashed", NULL, NULL, NULL, BY_FIPS },
	{ "", NULL, NULL, NULL, BY_FIPS },
	{ "saslauthd", "yes", NULL, NULL, BY_FIPS },
	{ "saslauthd", "noplain", NULL, NULL, BY_FIPS },
	{ "auxprop", "noplain", "auto", NULL, BY_FIPS },

	/* As somebody wants it. */
	{ NULL, NULL, "yes", NULL, NULL },
	{ "saslauthd", NULL, "yes", NULL, NULL },
	{ "saslauthd", "no", "YES", NULL, NULL },
	{ NULL, NULL, "no", BY_OPTION, BY_FIPS },
	{ "auxprop", "noplain", "no", BY_OPTION, BY_FIPS },
	{ "saslauthd", NULL, "no", BY_OPTION, BY_FIPS },
};

static struct fake_host host;
static struct fake_setup setup;
static struct fake_option options[4];

static void
open_with(const struct fake_layout *layout, const struct row *row)
{
	size_t n = 0;

	memset(options, 0, sizeof(options));
	if (row->method != NULL)
		options[n++] =
		    (struct fake_option) { "pwcheck_method", row->method };
	if (row->transition != NULL)
		options[n++] =
		    (struct fake_option) { "auto_transition", row->transition };
	if (row->advertise != NULL)
		options[n++] =
		    (struct fake_option) { "classic_crammd5_advertise",
			    row->advertise };
	setup.options = options;
	fake_open(&host, layout, &setup);
}

static sasl_server_plug_t *loaded;

/* How many records it gives. */
static int
load(const char *plugin, sasl_server_plug_t **list)
{
	int version = 0, count = -1;

	assert_int_equal(plugin_server_init(plugin)(fake_utils_of(&host.global),
			     SASL_SERVER_PLUG_VERSION, &version, list, &count),
	    SASL_OK);
	assert_int_equal(*list != NULL, count);
	loaded = *list;
	return count;
}

static void
close_host(void)
{
	if (loaded != NULL)
		loaded->mech_free(
		    loaded->glob_context, fake_utils_of(&host.global));
	loaded = NULL;
	fake_close(&host);
}

static void
expect_log(const char *why)
{
	assert_int_equal(host.log_count, why != NULL);
	if (why == NULL)
		return;
	assert_int_equal(host.log[0].level, SASL_LOG_WARN);
	assert_non_null(fake_log_find(&host, "CRAM-MD5 is not offered: "));
	if (fake_log_find(&host, why) == NULL)
		fail_msg("not %s but %s", why, host.log[0].text);
}

/* As often as libsasl2 asks: the same, and no word in the log. */
static void
expect_available(const sasl_server_plug_t *plug, int code)
{
	void *context = NULL;
	int turn;

	fake_connect(&host);
	host.log_count = 0;
	for (turn = 0; turn < 3; turn++)
		assert_int_equal(plug->mech_avail(plug->glob_context,
				     &host.server, &context),
		    code);
	assert_null(context);
	assert_int_equal(host.log_count, 0);
	assert_int_equal(fake_alloc_count(), 1); /* the record */
}

LAYOUT_TEST_WITH(crammd5_offer__each_configuration__is_as_it_can_succeed,
    stand_in_reset, NULL)
{
	sasl_server_plug_t *list;
	size_t i;

	for (i = 0; i < COUNT_OF(table); i++) {
		open_with(*state, &table[i]);
		assert_int_equal(load("crammd5", &list), 1);
		expect_log(table[i].why);
		expect_available(
		    list, table[i].why == NULL ? SASL_OK : SASL_NOTDONE);
		close_host();
	}
}

LAYOUT_TEST_WITH(
    crammd5_offer__fips_mode__is_off_unless_it_is_wanted, stand_in_reset, NULL)
{
	sasl_server_plug_t *list;
	size_t i;

	stand_in.fips_content = "1\n";
	for (i = 0; i < COUNT_OF(table); i++) {
		open_with(*state, &table[i]);
		assert_int_equal(load("crammd5", &list),
		    table[i].why_in_fips == NULL ? 1 : 0);
		expect_log(table[i].why_in_fips);
		if (table[i].why_in_fips == NULL)
			expect_available(list, SASL_OK);
		close_host();
	}
	stand_in_expect_closed();
}

/* What OpenSSL's configuration file says, and who asks OpenSSL then. */
static const struct {
	const char *file;
	int offered;
} openssl_files[] = {
	{ "", 1 },
	{ "# fips = fips_sect\n", 1 },
	{ "openssl_conf = a\n[a]\nalg_section = b\n[b]\n"
	  "default_properties = fips=yes\n",
	    0 },
	{ "openssl_conf = a\n[a]\nalg_section = b\n[b]\n"
	  "default_properties = fips=no\n",
	    1 },
	{ "openssl_conf = a\n[a]\nalg_section = b\n[b]\n"
	  "\t default_properties = FIPS=yes\n",
	    0 },
	{ "openssl_conf = a\n[a]\nalg_section = b\n[b]\n"
	  "default_properties=fips",
	    0 },
};
static size_t openssl_file;
static bool is_included; /* by the file that OpenSSL reads */

/* A file of its own, whose name comes into `path`. */
static void
put_file(char *path, const char *before, const char *text)
{
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	dprintf(fd, "%s%s", before, text);
	close(fd);
	setenv("OPENSSL_CONF", path, 1);
}

/* In a process of its own: OpenSSL reads its configuration once. */
static void
load_with_openssl_file(void *data)
{
	char path[] = "/tmp/test_crammd5_offer.XXXXXX";
	char outer[] = "/tmp/test_crammd5_offer.XXXXXX";
	sasl_server_plug_t *list;

	put_file(path, "", openssl_files[openssl_file].file);
	if (is_included)
		put_file(outer, ".include ", path);
	*(int *)data = load("crammd5", &list);
	unlink(path);
	unlink(outer);
	expect_log(
	    *(int *)data == 1 ? NULL : "OpenSSL's configuration asks for FIPS");
}

LAYOUT_TEST_WITH(
    crammd5_offer__fips_by_openssl_alone__is_off, stand_in_reset, NULL)
{
	int offered;
	size_t i;

	for (i = 0; i < 2 * COUNT_OF(openssl_files); i++) {
		openssl_file = i / 2;
		is_included = i % 2;
		open_with(*state, &table[0]);
		child_fill(load_with_openssl_file, &offered, sizeof(offered));
		assert_int_equal(offered, openssl_files[openssl_file].offered);
		close_host();
	}
}

/* After a chroot(2) nobody could look any more. */
LAYOUT_TEST_WITH(crammd5_offer__connections__do_not_look_for_fips_again,
    stand_in_reset, NULL)
{
	sasl_server_plug_t *list;

	open_with(*state, &table[0]);
	stand_in.fips_content = "0\n";
	assert_int_equal(load("crammd5", &list), 1);
	assert_int_equal(stand_in.fips_opened, 1);
	stand_in.fips_content = "1\n";
	expect_available(list, SASL_OK);
	assert_int_equal(stand_in.fips_opened, 1);
	close_host();
}

/* They do without MD5, and go with any method. */
LAYOUT_TEST_WITH(
    crammd5_offer__other_mechanisms__are_always_offered, stand_in_reset, NULL)
{
	static const char *const others[] = { "plain", "login" };
	sasl_server_plug_t *list;
	size_t i, k;

	stand_in.fips_content = "1\n";
	for (i = 0; i < COUNT_OF(table); i++)
		for (k = 0; k < COUNT_OF(others); k++) {
			open_with(*state, &table[i]);
			assert_int_equal(load(others[k], &list), 1);
			expect_log(NULL);
			assert_null(list->mech_avail); /* nobody is asked */
			assert_int_equal(stand_in.fips_opened, 0);
			close_host();
		}
}

/* Hidden for now, not for the rest of the connection. */
LAYOUT_TEST_WITH(
    crammd5_offer__configuration_changes__is_as_it_stands, stand_in_reset, NULL)
{
	sasl_server_plug_t *list;
	void *context = NULL;

	open_with(*state, &table[0]);
	assert_int_equal(load("crammd5", &list), 1);
	expect_available(list, SASL_OK);
	options[0] = (struct fake_option) { "classic_crammd5_advertise", "no" };
	assert_int_equal(
	    list->mech_avail(list->glob_context, &host.server, &context),
	    SASL_NOTDONE);
	options[0].name = NULL;
	assert_int_equal(
	    list->mech_avail(list->glob_context, &host.server, &context),
	    SASL_OK);
	host.server.utils = NULL;
	assert_int_equal(
	    list->mech_avail(list->glob_context, &host.server, &context),
	    SASL_BADPARAM);
	close_host();
}

/* A stored hash outlives what the other method says. */
LAYOUT_TEST_WITH(
    password_offer__stored_beside_another_judge__is_told, stand_in_reset, NULL)
{
	static const struct {
		struct row row;
		unsigned lines;
	} starts[] = {
		{ { "auxprop saslauthd", "noplain", NULL, NULL, NULL }, 1 },
		{ { "saslauthd auxprop", "yes", NULL, NULL, NULL }, 1 },
		{ { "saslauthd", "noplain", NULL, NULL, NULL }, 0 },
		{ { "auxprop", "yes", NULL, NULL, NULL }, 0 },
		{ { "auxprop saslauthd", "no", NULL, NULL, NULL }, 0 },
	};
	sasl_server_plug_t *list;
	size_t i;

	for (i = 0; i < COUNT_OF(starts); i++) {
		open_with(*state, &starts[i].row);
		assert_int_equal(load("plain", &list), 1);
		assert_int_equal(host.log_count, starts[i].lines);
		assert_int_equal(
		    fake_log_find(&host, "auto_transition is on") != NULL,
		    starts[i].lines);
		close_host();
		open_with(*state, &starts[i].row);
		assert_int_equal(load("crammd5", &list), 1);
		expect_log(NULL);
		close_host();
	}
}

/* A word that nobody knows is `auto`, and is named. */
LAYOUT_TEST_WITH(crammd5_offer__unknown_word__is_auto, stand_in_reset, NULL)
{
	static const struct row row = { "saslauthd", NULL, "maybe", NULL,
		NULL };
	sasl_server_plug_t *list;

	open_with(*state, &row);
	assert_int_equal(load("crammd5", &list), 1);
	assert_non_null(fake_log_find(&host, "classic_crammd5_advertise: "));
	assert_non_null(fake_log_find(&host, BY_METHOD));
	close_host();
}
