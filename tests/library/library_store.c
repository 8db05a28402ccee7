/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Users in memory, of the real library: see library_store.h.
 */
#include "config.h"

#include <sys/stat.h>
#include <unistd.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#include "support/plugin_file.h"
#include "library/library.h"
#include "support/test.h"

enum { MOST_ROWS = 4000, TEXT = 256 };

static const char plugin_name[] = "libpasswdfile.so";

struct library_store library_store;

const struct library_row library_store_usual[] = {
	{ "alice", PASSWORD, "wonderland" },
	{ "bob", HASH, WONDERLAND_HASH },
	{ "bob", STATE, WONDERLAND_STATE },
	{ NULL, NULL, NULL },
};

/* Constants stay where they are; what was written since is in a block. */
static struct {
	struct library_row row;
	char *own;
} held[MOST_ROWS];
static unsigned held_count;

static void
hold(struct library_row row, char *own)
{
	assert_true(held_count < MOST_ROWS);
	held[held_count].row = row;
	held[held_count++].own = own;
}

static void
hold_copy(const char *user, const char *property, const char *value)
{
	char *own = malloc(3 * TEXT);

	assert_non_null(own);
	snprintf(own, TEXT, "%s", user);
	snprintf(own + TEXT, TEXT, "%s", property);
	snprintf(own + 2 * TEXT, TEXT, "%s", value);
	hold((struct library_row) { own, own + TEXT, own + 2 * TEXT }, own);
}

/* "*" stands for all properties. */
static bool
is(unsigned i, const char *user, const char *property)
{
	return !strcmp(held[i].row.user, user) &&
	       (!strcmp(property, "*") ||
		   !strcmp(held[i].row.property, property));
}

static void
drop(const char *user, const char *property)
{
	unsigned i, kept = 0;

	for (i = 0; i < held_count; i++)
		if (is(i, user, property))
			free(held[i].own);
		else
			held[kept++] = held[i];
	held_count = kept;
}

/* --- A passwdfile --------------------------------------------------------- */

static char file[SET_PATH + 32];
static ino_t filled; /* the file that library_store_fill() has made */

bool
library_store_is_file(void)
{
	const char *which = getenv("LIBRARY_STORE");

	return which != NULL && !strcmp(which, "passwdfile");
}

static ino_t
file_number(void)
{
	struct stat st;

	assert_int_equal(stat(file, &st), 0);
	return st.st_ino;
}

/* What a value has before it in the file. */
static const char *
prefix_of(const char *property)
{
	return !strcmp(property, PASSWORD) ? "{PLAIN}"
	       : !strcmp(property, STATE)  ? "{CRAM-MD5}"
					   : "";
}

static void
fill_file(const struct library_row *rows)
{
	static char buffer[4096]; /* some tests look for what is left of it */
	char new[sizeof(file) + 4];
	FILE *out;

	snprintf(new, sizeof(new), "%s.new", file);
	out = fopen(new, "w");
	assert_non_null(out);
	setvbuf(out, buffer, _IOFBF, sizeof(buffer));
	fputs("# users\n", out);
	for (; rows->user != NULL; rows++)
		fprintf(out, "%s:%s%s\n", rows->user, prefix_of(rows->property),
		    rows->value);
	assert_int_equal(fclose(out), 0);
	explicit_bzero(buffer, sizeof(buffer));
	assert_int_equal(chmod(new, 0600), 0);
	assert_int_equal(rename(new, file), 0);
	filled = file_number();
}

static bool
is_line_of(const char *line, const char *user)
{
	static const char realm[] = "@" LIBRARY_HOST;
	size_t len = strlen(user);

	if (strncmp(line, user, len) != 0)
		return false;
	if (!strncmp(line + len, realm, strlen(realm)))
		len += strlen(realm);
	return line[len] == ':';
}

static const char *
value_of_file(const char *user, const char *property)
{
	static char lines[4][3 * TEXT]; /* for so many calls */
	static unsigned next;
	char *line = lines[next++ % 4], *value = NULL;
	const char *prefix = prefix_of(property);
	FILE *in = fopen(file, "r");
	bool found = false;

	assert_non_null(in);
	while (!found && fgets(line, sizeof(lines[0]), in) != NULL) {
		if (!is_line_of(line, user))
			continue;
		line[strcspn(line, "\n")] = '\0';
		value = strchr(line, ':') + 1;
		found =
		    !strcmp(property, "*") ||
		    (*prefix != '\0' ? !strncmp(value, prefix, strlen(prefix))
				     : !strcmp(property, HASH) &&
					   strncmp(value, "{PLAIN", 6) != 0 &&
					   strncmp(value, "{CRAM", 5) != 0);
	}
	fclose(in);
	return found ? value + strlen(prefix) : NULL;
}

void
library_store_make(const char *directory)
{
	char to[SET_PATH + 32], from[1024];

	if (!library_store_is_file())
		return;
	snprintf(file, sizeof(file), "%s/passwd", directory);
	snprintf(to, sizeof(to), "%s/%s", directory, plugin_name);
	snprintf(
	    from, sizeof(from), "%s/%s", getenv("OUR_PLUGINDIR"), plugin_name);
	if (access(to, F_OK) < 0)
		plugin_copy_file(from, to);
}

void
library_store_remove(const char *directory)
{
	char path[SET_PATH + 32];

	if (!library_store_is_file())
		return;
	snprintf(path, sizeof(path), "%s/passwd", directory);
	unlink(path);
	snprintf(path, sizeof(path), "%s/%s", directory, plugin_name);
	unlink(path);
}

const char *
library_store_option(const char *name)
{
	if (!strcmp(name, "auxprop_plugin"))
		return library_store_is_file() ? "passwdfile" : LIBRARY_STORE;
	return library_store_is_file() && !strcmp(name, "passwdfile_path")
		   ? file
		   : NULL;
}

void
library_store_expect(unsigned operations)
{
	if (library_store_is_file())
		assert_int_equal(file_number() != filled, operations > 0);
	else
		assert_int_equal(library_store.operations, operations);
}

/* --- In memory ------------------------------------------------------------ */

void
library_store_fill(const struct library_row *rows)
{
	memset(&library_store, 0, sizeof(library_store));
	while (held_count > 0)
		free(held[--held_count].own);
	if (library_store_is_file())
		fill_file(rows);
	else
		for (; rows->user != NULL; rows++)
			hold(*rows, NULL);
}

const char *
library_store_value(const char *user, const char *property)
{
	unsigned i;

	if (library_store_is_file())
		return value_of_file(user, property);
	for (i = 0; i < held_count; i++)
		if (is(i, user, property))
			return held[i].row.value;
	return NULL;
}

/* One of the authcid's properties, which have a '*' before their name. */
static void
fetch(struct propctx *context, const char *user, const char *name)
{
	unsigned i;

	for (i = 0; i < held_count; i++)
		if (is(i, user, name + 1))
			prop_set(context, name, held[i].row.value, 0);
}

static int
look_up(void *context, sasl_server_params_t *params, unsigned flags,
    const char *user, unsigned len)
{
	const struct propval *p = prop_get(params->propctx);

	(void)context;
	assert_int_equal(strlen(user), len);
	for (; p->name != NULL; p++)
		if (p->name[0] == '*' && !(flags & SASL_AUXPROP_AUTHZID)) {
			/* The sql plugin asks PostgreSQL for no column. */
			assert_string_not_equal(p->name, "*");
			fetch(params->propctx, user, p->name);
		}
	return library_store_value(user, "*") == NULL ? SASL_NOUSER : SASL_OK;
}

/*
 * One property; what has a list with nothing in it is deleted. The sql plugin
 * looks into that list, and has one there must be.
 */
static void
keep(const char *user, const struct propval *p)
{
	unsigned i;

	assert_non_null(p->values);
	drop(user, p->name);
	for (i = 0; p->values[i] != NULL; i++)
		hold_copy(user, p->name, p->values[i]);
	if (i == 0 && strcmp(p->name, "*") != 0 && library_store.null != NULL)
		hold_copy(user, p->name, library_store.null);
}

/* Those of a lookup, which have a '*' before their name, are none to store. */
static bool
is_to_store(const struct propval *p)
{
	return p->name[0] != '*' || p->name[1] == '\0';
}

static int
store(void *context, sasl_server_params_t *params, struct propctx *values,
    const char *user, unsigned len)
{
	unsigned left = library_store.fail_after;
	const struct propval *p;
	bool fails;

	(void)context;
	(void)params;
	(void)len;
	if (values == NULL) /* can it be written at all? */
		return SASL_OK;
	fails = ++library_store.operations == library_store.fail_at;
	for (p = prop_get(values); p->name != NULL; p++) {
		if (fails && left-- == 0)
			break;
		if (is_to_store(p) && !library_store.silent)
			keep(user, p);
	}
	library_store.failed |= fails;
	return fails ? SASL_FAIL : SASL_OK;
}

static int
init(const sasl_utils_t *utils, int max_version, int *version,
    sasl_auxprop_plug_t **plugin, const char *name)
{
	static char own_name[] = LIBRARY_STORE;
	static sasl_auxprop_plug_t record;

	(void)utils;
	(void)name;
	assert_true(max_version >= SASL_AUXPROP_PLUG_VERSION);
	record.auxprop_lookup = look_up;
	record.auxprop_store = store;
	record.name = own_name;
	*version = SASL_AUXPROP_PLUG_VERSION;
	*plugin = &record;
	return SASL_OK;
}

void
library_store_add(void)
{
	assert_int_equal(sasl_auxprop_add_plugin(LIBRARY_STORE, init), SASL_OK);
}
