/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A sasldb that is not Berkeley DB, for tests on systems that have no other: an
 * auxprop plugin that answers as libsasl2's own does when it keeps its file in
 * gdbm or, with -DLMDB, in lmdb.
 *
 *	gdbm	a lookup in a file that is not there is SASL_FAIL
 *	lmdb	such a lookup is SASL_NOUSER. The first access opens the file
 *		for as long as the process lives: a lookup opens it for reading,
 *		a store after that is SASL_FAIL and leaves a pointer to nowhere,
 *		and the next access of any kind is a crash. To be linked to a
 *		library named liblmdb (see little_sasldb() in lib.sh)
 *
 * To delete what is not there is SASL_OK in both, for who stores, and a line in
 * the log with lmdb. A file that is empty, damaged or not for this user to read
 * is SASL_FAIL in both; a store makes a database of an empty one. (So do gdbm
 * 1.23 and lmdb 0.9.24.) The file is text: MAGIC, and then a line for each
 * value, "user realm property value".
 *
 * With -DFREES a lookup ends by freeing the value of sasldb_path, which belongs
 * to the library: so does that of libsasl2 2.2.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#define MAGIC "little-sasldb\n"

enum { LINE = 4096, NAME = 512 };

/* What a line is about. */
struct key {
	char user[NAME], realm[NAME];
	const char *property;
};

static const char *
path_of(const sasl_utils_t *utils)
{
	const char *path = NULL;

	if (utils->getopt(utils->getopt_context, NULL, "sasldb_path", &path,
		NULL) != SASL_OK ||
	    path == NULL)
		abort();
	return path;
}

/* Can the file be opened as a database? */
static int
is_database(const char *path, int writing)
{
	char line[LINE];
	FILE *file = fopen(path, "r");
	int result;

	if (file == NULL)
		return writing && errno == ENOENT;
	result = fgets(line, LINE, file) ? !strcmp(line, MAGIC) : writing;
	fclose(file);
	return result;
}

#ifdef LMDB
/* What a real one crashes on has no meaning after it either. */
static int
enter(const sasl_utils_t *utils, int writing)
{
	static int held = -1, nowhere;

	if (nowhere)
		abort();
	if (held < 0 && !writing && access(path_of(utils), F_OK) < 0)
		return SASL_NOUSER;
	if (held < 0 && is_database(path_of(utils), writing))
		held = open(path_of(utils),
		    writing ? O_RDWR | O_CREAT : O_RDONLY, 0600);
	if (held < 0)
		return SASL_FAIL;
	if (writing && (fcntl(held, F_GETFL) & O_ACCMODE) == O_RDONLY) {
		nowhere = 1;
		return SASL_FAIL;
	}
	return SASL_OK;
}
#else
static int
enter(const sasl_utils_t *utils, int writing)
{
	return is_database(path_of(utils), writing) ? SASL_OK : SASL_FAIL;
}
#endif

static void
split(const sasl_server_params_t *params, const char *user, struct key *key)
{
	const char *at = strchr(user, '@');

	snprintf(key->realm, NAME, "%s",
	    at			 ? at + 1
	    : params->user_realm ? params->user_realm
				 : params->serverFQDN);
	snprintf(key->user, NAME, "%.*s",
	    (int)(at ? (size_t)(at - user) : strlen(user)), user);
}

/* The value in that line, or NULL if it is of another. */
static char *
value_in(char *line, const struct key *key)
{
	const char *user = strsep(&line, " "), *realm = strsep(&line, " "),
		   *property = strsep(&line, " ");

	if (line == NULL || strcmp(user, key->user) != 0 ||
	    strcmp(realm, key->realm) != 0 ||
	    strcmp(property, key->property) != 0)
		return NULL;
	line[strcspn(line, "\n")] = '\0';
	return line;
}

static int
get(const sasl_server_params_t *params, const struct key *key, char *out)
{
	char line[LINE], *value = NULL;
	int result = enter(params->utils, 0);
	FILE *file;

	if (result != SASL_OK)
		return result;
	file = fopen(path_of(params->utils), "r");
	while (file && value == NULL && fgets(line, LINE, file))
		value = value_in(line, key);
	if (file)
		fclose(file);
	if (value == NULL)
		return SASL_NOUSER;
	strcpy(out, value);
	return SASL_OK;
}

/* All lines but that of `key`, and a new one. SASL_NOUSER: no such line. */
static int
put(const sasl_server_params_t *params, const struct key *key,
    const char *value)
{
	char line[LINE], copy[LINE], *lines = NULL;
	int result = enter(params->utils, 1), found = 0;
	size_t size = 0;
	FILE *file, *after;

	if (result != SASL_OK)
		return result;
	after = open_memstream(&lines, &size);
	fputs(MAGIC, after);
	file = fopen(path_of(params->utils), "r");
	while (file && fgets(line, LINE, file)) {
		strcpy(copy, line);
		if (!strcmp(line, MAGIC))
			continue;
		if (value_in(copy, key) == NULL)
			fputs(line, after);
		else
			found = 1;
	}
	if (file)
		fclose(file);
	if (value)
		fprintf(after, "%s %s %s %s\n", key->user, key->realm,
		    key->property, value);
	fclose(after);
	file = fopen(path_of(params->utils), "w");
	if (file == NULL || fwrite(lines, 1, size, file) != size)
		result = SASL_FAIL;
	if (file)
		fclose(file);
	free(lines);
	return result != SASL_OK || value || found ? result : SASL_NOUSER;
}

/* The code of a property joins that of those before it, as in libsasl2. */
static int
join(int before, int now)
{
	if (before == SASL_CONTINUE || before == SASL_NOUSER)
		return now;
	return before == SASL_OK && now != SASL_NOUSER ? now : before;
}

static int
look_up(void *context, sasl_server_params_t *params, unsigned flags,
    const char *user, unsigned len)
{
	const struct propval *p = params->utils->prop_get(params->propctx);
	int result = SASL_CONTINUE, now, saw_password = 0;
	struct key key;
	char value[LINE];

	(void)context;
	(void)len;
	split(params, user, &key);
	for (; p->name; p++) {
		if ((flags & SASL_AUXPROP_AUTHZID) ? p->name[0] == '*'
						   : p->name[0] != '*')
			continue;
		if (p->values && !(flags & SASL_AUXPROP_OVERRIDE))
			continue;
		if (p->values)
			params->utils->prop_erase(params->propctx, p->name);
		key.property = p->name + (p->name[0] == '*');
		saw_password |= !strcasecmp(key.property, "userPassword");
		now = get(params, &key, value);
		result = join(result, now);
		if (now == SASL_OK)
			params->utils->prop_set(
			    params->propctx, p->name, value, 0);
		else if (now != SASL_NOUSER)
			break;
	}
#ifdef FREES
	free((void *)path_of(params->utils));
#endif
	if (result == SASL_CONTINUE)
		return SASL_OK;
	if (result != SASL_NOUSER)
		return result;
	if (flags & SASL_AUXPROP_AUTHZID)
		return SASL_OK;
	key.property = "userPassword";
	return saw_password ? result : get(params, &key, value);
}

static int
store(void *context, sasl_server_params_t *params, struct propctx *values,
    const char *user, unsigned len)
{
	const struct propval *p;
	struct key key;
	int result = SASL_OK;

	(void)context;
	(void)len;
	if (values == NULL) /* can it be written at all? */
		return SASL_OK;
	split(params, user, &key);
	for (p = params->utils->prop_get(values); p->name && result == SASL_OK;
	     p++) {
		if (p->name[0] == '*')
			continue;
		key.property = p->name;
		result = put(params, &key,
		    p->values && p->values[0] ? p->values[0] : NULL);
		if (result == SASL_NOUSER) /* nothing to be deleted */
			result = SASL_OK;
	}
	return result;
}

int sasl_auxprop_plug_init(const sasl_utils_t *utils, int max_version,
    int *version, sasl_auxprop_plug_t **plugin, const char *name);

int
sasl_auxprop_plug_init(const sasl_utils_t *utils, int max_version, int *version,
    sasl_auxprop_plug_t **plugin, const char *name)
{
	static char own_name[] = "sasldb";
	static sasl_auxprop_plug_t record = { .auxprop_lookup = look_up,
		.auxprop_store = store,
		.name = own_name };

	(void)utils;
	(void)name;
	if (max_version < SASL_AUXPROP_PLUG_VERSION)
		return SASL_BADVERS;
	*version = SASL_AUXPROP_PLUG_VERSION;
	*plugin = &record;
	return SASL_OK;
}
