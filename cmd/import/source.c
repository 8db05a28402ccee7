/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Sources of users: see source.h.
 */
#include "config.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "backend/lookup.h"
#include "base/name.h"
#include "base/secret.h"
#include "import/source.h"
#include "lib/file.h"
#include "lib/process.h"
#include "lib/text.h"
#include "lib/util.h"
#include "passwdfile/parse.h"
#include "sasl/library.h"
#include "secrets/scheme.h"

enum { SECONDS_A_DAY = 86400, SASLDB_SECONDS = 600 };

const char *const source_kinds[SOURCE_KINDS + 1] = {
	[SOURCE_DOVECOT] = "dovecot",
	[SOURCE_EXIM] = "exim",
	[SOURCE_HTPASSWD] = "htpasswd",
	[SOURCE_SHADOW] = "shadow",
	[SOURCE_TEXT] = "text",
	[SOURCE_SASLDB] = "sasldb",
	[SOURCE_KINDS] = NULL,
};

static struct entry *
add_entry(struct source *s, struct bytes name)
{
	struct entry *entry;

	if ((s->count & (s->count - 1)) == 0 ||
	    s->entries == NULL) /* it doubles */
		s->entries = util_grow(s->entries,
		    s->count == 0 ? 1 : 2 * s->count, sizeof(*s->entries));
	entry = &s->entries[s->count++];
	memset(entry, 0, sizeof(*entry));
	entry->name = util_format("%.*s", (int)name.len, name.data);
	return entry;
}

static void
add_value(struct entry *entry, struct bytes octets, bool is_plaintext)
{
	char *copy;

	if (entry->count == ENTRY_VALUES || octets.len == 0)
		return;
	copy = util_alloc(octets.len + 1);
	memcpy(copy, octets.data, octets.len);
	entry->values[entry->count++] =
	    (struct entry_value) { .octets = bytes_of(copy, octets.len),
		    .is_plaintext = is_plaintext };
}

static void
leave_out(struct source *s, struct bytes name, const char *why)
{
	char *shown = text_printable(name);

	util_complain("%s is left out: %s", shown, why);
	free(shown);
	s->left_out++;
}

void
source_free(struct source *s)
{
	struct entry *entry;
	size_t i;

	for (; s->count > 0; s->count--) {
		entry = &s->entries[s->count - 1];
		for (i = 0; i < entry->count; i++) {
			secret_wipe((char *)entry->values[i].octets.data,
			    entry->values[i].octets.len);
			free((char *)entry->values[i].octets.data);
			secrets_free(&entry->values[i].made);
		}
		free(entry->name);
		free(entry->rest);
		free(entry->expires);
	}
	free(s->entries);
	s->entries = NULL;
}

/* --- Files of lines ------------------------------------------------------- */

static char *
date_of(int day)
{
	time_t seconds = (time_t)day * SECONDS_A_DAY;
	char date[sizeof("YYYY-MM-DD")];
	struct tm tm;

	if (day == PASSWDFILE_FOR_EVER)
		return NULL;
	if (day < 0)
		seconds = 0;
	if (gmtime_r(&seconds, &tm) == NULL ||
	    strftime(date, sizeof(date), "%Y-%m-%d", &tm) == 0)
		return NULL;
	return util_copy(date);
}

static void
add_line(struct source *s, const struct passwdfile_line *line,
    const struct passwdfile_value *value)
{
	struct entry *entry = add_entry(s, line->name);

	entry->is_disabled = line->is_disabled;
	if (s->kind == SOURCE_DOVECOT)
		entry->rest = util_format("%.*s", (int)line->rest.len,
		    line->rest.len > 0 ? line->rest.data : "");
	else
		entry->expires = date_of(line->last_day);
	if (value->kind == PASSWDFILE_PLAINTEXT)
		add_value(entry, value->octets, true);
	else if (value->kind != PASSWDFILE_NOTHING)
		add_value(entry, line->secret, false);
	add_value(entry, line->plaintext, true);
}

static void
take_line(struct source *s, struct bytes text, const char *where)
{
	char room[PASSWDFILE_VALUE];
	struct passwdfile_value value = { .kind = PASSWDFILE_NOTHING };
	struct passwdfile_line line;
	enum passwdfile_fault fault;

	fault = passwdfile_parse((enum passwdfile_format)s->kind, text, &line);
	if (fault == PASSWDFILE_BLANK)
		return;
	if (fault == PASSWDFILE_FINE && line.secret.len > 0)
		fault = passwdfile_value(&line, room, &value);
	if (fault != PASSWDFILE_FINE)
		leave_out(s, bytes_str(where), passwdfile_fault_text(fault));
	else if (value.kind == PASSWDFILE_NOTHING && line.plaintext.len == 0)
		leave_out(s, line.name, "it has no secret");
	else
		add_line(s, &line, &value);
	secret_wipe(room, sizeof(room));
}

static void
take_password(struct source *s, struct bytes text, const char *where)
{
	const char *colon = memchr(text.data, ':', text.len), *fault;
	size_t len;

	if (text.len > 0 && text.data[text.len - 1] == '\r')
		text.len--;
	if (text.len == 0 || text.data[0] == '#')
		return;
	len = colon == NULL ? 0 : (size_t)(colon - text.data);
	if (colon == NULL || name_fault(bytes_of(text.data, len)) != NULL)
		leave_out(s, bytes_str(where), "it is no user:password");
	else if ((fault = name_password_fault(bytes_after(text, len + 1))) !=
		 NULL)
		leave_out(s, bytes_of(text.data, len), fault);
	else
		add_value(add_entry(s, bytes_of(text.data, len)),
		    bytes_after(text, len + 1), true);
}

static void
take_lines(struct source *s, struct bytes rest)
{
	static const char bom[] = "\xef\xbb\xbf";
	unsigned long number = 0;
	struct bytes line;
	char where[64];

	if (rest.len >= 3 && !memcmp(rest.data, bom, 3))
		rest = bytes_after(rest, 3);
	while (text_next_line(&rest, &line)) {
		snprintf(where, sizeof(where), "line %lu", ++number);
		if (s->kind == SOURCE_TEXT)
			take_password(s, line, where);
		else
			take_line(s, line, where);
	}
}

/* --- A sasldb ------------------------------------------------------------- */

/* What is taken over; sasldblistusers2 has the names without the '*'. */
static lookup_names asked[] = {
	{ PROPERTY_PASSWORD },
	{ PROPERTY_HASH },
	{ PROPERTY_STATE },
	{ PROPERTY_SCRAM },
};

struct reading {
	struct source *source;
	const char *plugin_path;
	bool by_environment; /* libsasl2 2.2: sasldb_path crashes it */
	FILE *answer;
	char **listed; /* "alice@realm: userPassword" */
	size_t count;
	const char *trouble;
};

/* A value ends at a NUL: one that has a NUL within is not handed over. */
static void
tell_value(struct reading *r, const char *name, const struct propval *p)
{
	struct bytes octets = lookup_octets(p, 0);
	char *text;

	if (octets.len == 0)
		return;
	text = util_format("%.*s", (int)octets.len, octets.data);
	if (strlen(text) == octets.len)
		run_as_tell(r->answer, "value", name, p->name, text, NULL);
	else
		run_as_tell(r->answer, "failed", name, NULL);
	secret_wipe(text, strlen(text));
	free(text);
}

/* sasldb opens its file for each property, so none is asked for in vain. */
static void
look_up(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *identity, void *context)
{
	struct reading *r = context;
	struct lookup found;
	char *property;
	size_t i, k;
	int result;

	for (i = 0; i < r->count; i++) {
		property = strrchr(r->listed[i], ':');
		if (property == NULL)
			continue;
		*property++ = '\0';
		property += strspn(property, " ");
		for (k = 0; k < sizeof(asked) / sizeof(asked[0]); k++) {
			if (strcasecmp(asked[k][0] + 1, property) != 0)
				continue;
			result = lookup_fetch(h, params, identity,
			    bytes_str(r->listed[i]), &asked[k], SASL_CU_AUTHID,
			    &found);
			if (result == SASL_OK && found.values[0].values != NULL)
				tell_value(r, r->listed[i], &found.values[0]);
			lookup_forget(h, params);
			if (result != SASL_OK && result != SASL_NOUSER)
				run_as_tell(
				    r->answer, "failed", r->listed[i], NULL);
		}
	}
}

static void
take_listed(void *context, char *line)
{
	struct reading *r = context;

	if ((r->count & (r->count - 1)) == 0) /* it doubles */
		r->listed = util_grow(r->listed,
		    r->count == 0 ? 1 : 2 * r->count, sizeof(r->listed[0]));
	r->listed[r->count++] = util_copy(line);
}

/* The file has no order; all of one user shall stand together. */
static int
compare_listed(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In a process of its own, as the owner of the file. */
static void
ask_sasldb(FILE *answer, void *context)
{
	struct reading *r = context;
	const char *const with_path[] = { "sasldblistusers2", "-f",
		r->source->path, NULL };
	const char *const bare[] = { "sasldblistusers2", NULL };
	const struct probe_option settings[] = {
		{ "auxprop_plugin", "sasldb" },
		{ r->by_environment ? "x-none" : "sasldb_path",
		    r->source->path },
		{ NULL, NULL },
	};
	const struct library_options library = {
		.app = "sasl-classic-import",
		.plugin_path = r->plugin_path,
		.settings = settings,
		.no_config = true,
		.trusted = true,
	};
	const struct probe where = { .service = "import" };

	r->answer = answer;
	setenv("SASL_DBNAME", r->source->path, 1);
	if (process_run(r->by_environment ? bare : with_path, take_listed, r) !=
	    0) {
		run_as_tell(answer, "trouble",
		    "sasldblistusers2 cannot list its users", NULL);
		return;
	}
	if (r->count > 0)
		qsort(
		    r->listed, r->count, sizeof(r->listed[0]), compare_listed);
	if (library_start(&library) != SASL_OK ||
	    probe_run(&where, look_up, r) != SASL_OK)
		run_as_tell(answer, "trouble", "libsasl2 cannot read it", NULL);
}

/* RFC 5803 has ':' and '$' where a line of a passwdfile cannot. */
static void
add_scram(struct entry *entry, struct bytes octets)
{
	char *text, *c;
	size_t brace;

	if (octets.len < 6 || memcmp(octets.data, "SCRAM-", 6) != 0)
		return;
	text = util_format("{%.*s", (int)octets.len, octets.data);
	brace = strcspn(text, "$");
	if (text[brace] == '$') {
		text[brace] = '}';
		for (c = text + brace; *c != '\0'; c++)
			if (*c == ':' || *c == '$')
				*c = ',';
		add_value(entry, bytes_str(text), false);
	}
	secret_wipe(text, strlen(text));
	free(text);
}

static void
add_property(struct source *s, const char *name, const char *property,
    struct bytes octets)
{
	struct entry *entry = s->count > 0 ? &s->entries[s->count - 1] : NULL;
	struct stored stored;
	char *text;

	if (entry == NULL || strcmp(entry->name, name) != 0)
		entry = add_entry(s, bytes_str(name));
	if (!strcmp(property, PROPERTY_SCRAM)) {
		add_scram(entry, octets);
	} else if (!strcmp(property, PROPERTY_STATE)) {
		text =
		    util_format("{CRAM-MD5}%.*s", (int)octets.len, octets.data);
		add_value(entry, bytes_str(text), false);
		secret_wipe(text, strlen(text));
		free(text);
	} else if (!strncmp(property, "*userPassword", 13)) {
		scheme_classify(octets, &stored);
		if (stored.kind == STORED_PLAINTEXT)
			add_value(entry, stored.value, true);
		else if (stored.kind != STORED_NOTHING)
			add_value(entry, stored.text, false);
	}
}

static void
take_answer(void *context, char *line)
{
	struct reading *r = context;
	const char *what = run_as_next(&line), *name = run_as_next(&line);
	const char *property;

	if (!strcmp(what, "trouble"))
		r->trouble = util_copy(name);
	else if (!strcmp(what, "failed"))
		leave_out(r->source, bytes_str(name), "it cannot be read");
	if (strcmp(what, "value") != 0)
		return;
	property = run_as_next(&line);
	add_property(r->source, name, property, bytes_str(run_as_next(&line)));
}

static int
read_sasldb(struct source *s, const char *plugin_path)
{
	struct reading r = { .source = s, .plugin_path = plugin_path };
	struct run_as where = { .seconds = SASLDB_SECONDS };
	struct passwd *owner;
	struct stat st;
	int end, fd;

	fd = file_open(s->path, &st);
	if (fd < 0)
		return -1;
	close(fd);
	if (geteuid() == 0 && st.st_uid != 0 &&
	    (owner = getpwuid(st.st_uid)) != NULL)
		where.user = owner->pw_name;
	r.by_environment = library_is_2_2();
	end = run_as(&where, ask_sasldb, take_answer, &r);
	if (end == RUN_AS_DONE && r.trouble == NULL)
		return 0;
	util_complain("%s cannot be read: %s", s->path,
	    r.trouble != NULL	       ? r.trouble
	    : end == RUN_AS_IMPOSSIBLE ? "no process for it"
				       : run_as_end(end));
	return -1;
}

/* --- What it is ----------------------------------------------------------- */

static int
find_kind(const char *name)
{
	int i;

	for (i = 0; source_kinds[i] != NULL; i++)
		if (!strcasecmp(source_kinds[i], name))
			return i;
	return -1;
}

/* By the first line that is one; -1 if that tells nothing. */
static int
guess_kind(struct bytes data)
{
	const char *line = data.data, *secret, *end = data.data + data.len;
	size_t colons = 0;

	if (memchr(data.data, '\0', data.len < 4096 ? data.len : 4096))
		return SOURCE_SASLDB;
	while (line < end && (*line == '#' || *line == '\n')) {
		line = memchr(line, '\n', (size_t)(end - line));
		line = line == NULL ? end : line + 1;
	}
	secret = memchr(line, ':', (size_t)(end - line));
	if (secret == NULL)
		return -1;
	for (; line < end && *line != '\n'; line++)
		colons += *line == ':';
	secret++;
	if (secret == end || strchr("${!*", *secret) == NULL)
		return -1;
	return colons == 8 && *secret != '{' ? SOURCE_SHADOW
	       : colons == 2		     ? SOURCE_EXIM
					     : SOURCE_DOVECOT;
}

int
source_read(struct source *s, const char *path, const char *kind,
    const char *plugin_path)
{
	int found = kind == NULL ? -1 : find_kind(kind);
	char *data = NULL;
	size_t len = 0;

	memset(s, 0, sizeof(*s));
	s->path = path;
	if (kind != NULL && found < 0) {
		util_complain("there is no format %s: see --help", kind);
		return -1;
	}
	if (found != SOURCE_SASLDB) {
		data = file_read(path, &len);
		if (data == NULL)
			return -1;
	}
	if (found < 0)
		found = guess_kind(bytes_of(data, len));
	if (found < 0)
		util_complain("%s: what it is cannot be told, so say it with "
			      "--format; `text' is for lines of user:password",
		    path);
	s->kind = (enum source_kind)found;
	if (found >= 0 && found != SOURCE_SASLDB)
		take_lines(s, bytes_of(data, len));
	if (data != NULL)
		secret_wipe(data, len);
	free(data);
	if (found == SOURCE_SASLDB)
		return read_sasldb(s, plugin_path);
	return found < 0 ? -1 : 0;
}
