/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * passwdfile: users in a plain file, for libsasl2 as an auxiliary property
 * plugin. passwdfile(5) says what is in the file and who gets what of it.
 *
 *	a line's secret		property
 *	plaintext		userPassword
 *	hash			userPasswordHash
 *	{SCRAM-SHA-1 or -256}	authPassword, too, for the stock SCRAM plugins
 *	state of CRAM-MD5	cramMd5State, userPasswordHash
 *
 * It adds decoys, so that every refusal costs the same.
 */
#include "config.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "backend/lookup.h"
#include "backend/option.h"
#include "base/name.h"
#include "base/secret.h"
#include "passwdfile/find_user.h"
#include "passwdfile/nets.h"
#include "passwdfile/write.h"
#include "plugin.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"

#define PROPERTY_AUTH "*authPassword"

enum {
	MAX_FILES = 8, /* different ones that connections of a process name */
	MAX_NAMES = 2, /* by which a user may stand in the file */
	NAME_ROOM = 2 * 1024 + 2,
	DATE = sizeof("expires=2027-12-31"), /* octets, with a blank */
	TEXT_ROOM = sizeof("{PLAIN}") + PASSWDFILE_VALUE,
};

/* One load of the plugin by one library. */
struct store {
	sasl_auxprop_plug_t plug; /* first: the library frees the whole by it */
	const struct sasl_utils *utils;
	pthread_mutex_t lock; /* of the list */
	struct passwdfile *files[MAX_FILES];
	size_t count;
	bool has_told; /* that the file cannot be written */
};

static const char store_name[] = "passwdfile";

/* --- Options -------------------------------------------------------------- */

static bool
has_word(const char *list, const char *word)
{
	size_t len;

	for (; list != NULL && *list != '\0'; list += len) {
		list += strspn(list, " \t");
		len = strcspn(list, " \t");
		if (len == strlen(word) && !strncasecmp(list, word, len))
			return true;
	}
	return false;
}

/* Is this the store that was meant, or is it only installed? */
static bool
is_configured(const struct host *h)
{
	return host_option(h, "passwdfile_path") != NULL ||
	       has_word(host_option(h, "auxprop_plugin"), store_name);
}

static const char *
option_path(const struct host *h)
{
	const char *path = host_option(h, "passwdfile_path");

	return path == NULL || *path == '\0' ? PASSWDFILE_DEFAULT : path;
}

/* PASSWDFILE_FORMATS if it is none. */
static enum passwdfile_format
option_format(const struct host *h)
{
	enum passwdfile_format format =
	    passwdfile_format_named(host_option(h, "passwdfile_format"));

	if (format == PASSWDFILE_FORMATS)
		host_log(h, SASL_LOG_ERR,
		    "passwdfile_format: not one of dovecot, exim, htpasswd, "
		    "shadow");
	return format;
}

/* The file that this connection's options name. NULL: the log says why. */
static struct passwdfile *
file_of(struct store *store, const struct host *h)
{
	const char *path = option_path(h);
	enum passwdfile_format format = option_format(h);
	struct passwdfile *file = NULL;
	size_t i;

	if (format == PASSWDFILE_FORMATS)
		return NULL;
	pthread_mutex_lock(&store->lock);
	for (i = 0; i < store->count && file == NULL; i++)
		if (passwdfile_is(store->files[i], path, format))
			file = store->files[i];
	if (file == NULL && store->count < MAX_FILES) {
		file = passwdfile_new(h, path, format);
		if (file != NULL)
			store->files[store->count++] = file;
	}
	pthread_mutex_unlock(&store->lock);
	if (file == NULL)
		host_log(h, SASL_LOG_ERR,
		    "passwdfile: out of memory, or too many different files");
	return file;
}

/* --- Names ---------------------------------------------------------------- */

/* By which names the user may stand in the file; they need `room`. */
struct names {
	struct bytes name[MAX_NAMES];
	size_t count;
	char room[NAME_ROOM];
};

static struct bytes
default_realm(const sasl_server_params_t *params)
{
	if (params->user_realm != NULL && params->user_realm[0] != '\0')
		return bytes_str(params->user_realm);
	return bytes_str(params->serverFQDN);
}

/*
 * A name without a realm is one of the service's own realm, in a question and
 * in the file. The first is the one that a new line gets.
 */
static void
find_names(
    const sasl_server_params_t *params, struct bytes user, struct names *names)
{
	struct bytes realm = default_realm(params);
	const char *at = memchr(user.data, '@', user.len);
	struct bytes bare = user;

	names->name[0] = user;
	names->count = 1;
	if (at != NULL) {
		bare.len = (size_t)(at - user.data);
		if (bare.len > 0 &&
		    bytes_equal(bytes_after(user, bare.len + 1), realm))
			names->name[names->count++] = bare;
		return;
	}
	if (realm.len == 0 || user.len + 1 + realm.len > NAME_ROOM)
		return;
	memcpy(names->room, user.data, user.len);
	names->room[user.len] = '@';
	memcpy(names->room + user.len + 1, realm.data, realm.len);
	names->name[names->count++] =
	    bytes_of(names->room, user.len + 1 + realm.len);
}

/* --- Properties ----------------------------------------------------------- */

enum property { TEXT, HASH, STATE, AUTH, PROPERTIES };

static const char *const property_names[PROPERTIES] = {
	[TEXT] = PROPERTY_PASSWORD,
	[HASH] = PROPERTY_HASH,
	[STATE] = PROPERTY_STATE,
	[AUTH] = PROPERTY_AUTH,
};

/* One lookup. */
struct answer {
	const struct host *h;
	sasl_server_params_t *params;
	const char *wanted[PROPERTIES]; /* as the library has the name */
	bool is_for_storing; /* all that is stored is asked for: no login */
	bool has_labelled;   /* what has a label, too */
	bool is_silent;	     /* nothing of this line is handed out */
	bool has_usable;
	const char *reason;	    /* why a line is not usable */
	unsigned used[INDEX_KINDS]; /* values that were handed out */
	unsigned texts;		    /* of them in plaintext */
	int result;
};

/* The authcid's have a '*' before the name, the authzid's have not. */
static void
find_wanted(struct answer *a, unsigned flags)
{
	bool authzid = (flags & SASL_AUXPROP_AUTHZID) != 0;
	const struct propval *p = host_prop_all(a->h, a->params->propctx);
	size_t i;

	for (; p != NULL && p->name != NULL; p++) {
		for (i = 0; i < PROPERTIES; i++)
			if (!strcmp(property_names[i] + authzid, p->name))
				break;
		if (i == PROPERTIES ||
		    (p->values != NULL && !(flags & SASL_AUXPROP_OVERRIDE)))
			continue;
		if (p->values != NULL)
			host_prop_erase(a->h, a->params->propctx, p);
		a->wanted[i] = p->name;
	}
	/*
	 * Not told by the names that are asked for: those of all mechanisms
	 * that a client has tried in a connection are in its context.
	 */
	a->is_for_storing = (flags & LOOKUP_STORED) != 0;
	a->has_labelled = !a->is_for_storing || (flags & LOOKUP_LABELLED) != 0;
}

static void
give(struct answer *a, enum property which, struct bytes value)
{
	/* Of no octets, the library would look for a NUL after them. */
	if (a->is_silent || a->wanted[which] == NULL || a->result != SASL_OK ||
	    value.len == 0)
		return;
	a->result =
	    host_prop_set(a->h, a->params->propctx, a->wanted[which], value);
}

/* Seldom, and not where each login would have its room on the stack. */
__attribute__((noinline)) static void
give_marked(struct answer *a, struct bytes password)
{
	static const char prefix[] = "{PLAIN}";
	char text[TEXT_ROOM];
	size_t len = strlen(prefix);

	memcpy(text, prefix, len);
	memcpy(text + len, password.data, password.len);
	give(a, TEXT, bytes_of(text, len + password.len));
	secret_wipe(text, len + password.len);
}

/* A password that looks like a hash is told from one by {PLAIN}. */
static void
give_plaintext(struct answer *a, struct bytes password)
{
	if (scheme_resembles(password))
		give_marked(a, password);
	else
		give(a, TEXT, password);
}

/* For the stock SCRAM plugins. */
static void
give_scram(struct answer *a, struct bytes value)
{
	char text[INDEX_SAMPLE];
	size_t len;

	if (a->wanted[AUTH] == NULL || value.len >= sizeof(text))
		return;
	len = passwdfile_scram_property(value, text);
	give(a, AUTH, bytes_of(text, len));
	secret_wipe(text, value.len); /* also of what is none in the end */
}

/* The third field of Exim's: CRAM-MD5 is computed with it. */
static void
give_third_field(struct answer *a, struct bytes password)
{
	char hex[HMAC_MD5_STORED_HEX];
	struct hmac_md5_key key;

	if (password.len == 0)
		return;
	if (a->wanted[STATE] == NULL && a->wanted[HASH] == NULL)
		give_plaintext(a, password);
	if (a->wanted[STATE] == NULL)
		return;
	a->texts += !a->is_silent;
	hmac_md5_key(&key, password);
	hmac_md5_key_print(&key, hex);
	give(a, STATE, bytes_of(hex, sizeof(hex)));
	secret_wipe(&key, sizeof(key));
	secret_wipe(hex, sizeof(hex));
}

static void
give_value(struct answer *a, const struct found_lines *found,
    const struct passwdfile_value *value)
{
	size_t i;

	if (value->kind == PASSWDFILE_PLAINTEXT) {
		give_plaintext(a, value->octets);
		a->texts += !a->is_silent;
	}
	if (value->kind == PASSWDFILE_STATE)
		give(a, STATE, value->octets);
	/* A password can be checked against a state, too. */
	if (value->kind == PASSWDFILE_HASH || !a->is_for_storing)
		give(a, HASH, value->hash);
	give_scram(a, value->hash);
	i = index_kind_number(found->kinds, found->kind_count, value->hash);
	if (i < found->kind_count)
		a->used[i] += !a->is_silent;
}

/*
 * NULL, or the word for the log. All is looked at, whatever comes of the first.
 * What this line has less than the one with the most is read of that one, so
 * that both take as long: octets, but no second date; and its networks.
 */
static const char *
why_unusable(const struct answer *a, const struct found_lines *found,
    const struct passwdfile_line *line, enum passwdfile_kind kind)
{
	bool is_dated = line->last_day != PASSWDFILE_FOR_EVER;
	bool is_bound = line->allow_nets.len > 0, is_over, is_outside;
	struct bytes nets = is_bound ? line->allow_nets : found->nets;
	struct bytes limits = found->limits;
	size_t own = line->rest.len + (is_dated ? DATE : 0);
	int last_day = line->last_day;
	struct passwdfile_line other;

	if (limits.len > own) {
		limits.len -= own;
		passwdfile_parse_rest(PASSWDFILE_DOVECOT, limits, &other);
		last_day = is_dated ? last_day : other.last_day;
	}
	is_over = (is_dated || found->limits.len > 0) &&
		  time(NULL) / (24 * 60 * 60) > last_day;
	is_outside =
	    nets.len > 0 && !nets_contain(nets, a->params->ipremoteport);
	if (line->is_disabled ||
	    (kind == PASSWDFILE_NOTHING && line->plaintext.len == 0))
		return "disabled";
	if (a->is_for_storing)
		return NULL;
	if (is_dated && is_over)
		return "expired-secret";
	return is_bound && is_outside ? "wrong-network" : NULL;
}

/*
 * False if the value is malformed. What is done for a line that is handed out
 * is done for all.
 */
static bool
give_in_room(struct answer *a, const struct found_lines *found,
    const struct passwdfile_line *line, bool is_own, char *room)
{
	struct passwdfile_value value;
	const char *reason;

	if (passwdfile_known_value(line, room, &value) != PASSWDFILE_FINE)
		return false;
	reason = why_unusable(a, found, line, value.kind);
	if (is_own)
		a->reason = reason;
	a->is_silent = !is_own || reason != NULL ||
		       (!a->has_labelled && line->label.len > 0);
	a->has_usable |= !a->is_silent;
	give_value(a, found, &value);
	give_third_field(a, line->plaintext);
	a->is_silent = false;
	if (room != NULL && value.octets.data == room)
		secret_wipe(room, value.octets.len);
	return true;
}

__attribute__((noinline)) static bool
give_coded(struct answer *a, const struct found_lines *found,
    const struct passwdfile_line *line, bool is_own)
{
	char room[PASSWDFILE_VALUE];
	bool good = give_in_room(a, found, line, is_own, room);

	secret_leave(); /* below this room */
	return good;
}

/* One line, the user's own or another's. False if it is malformed. */
static bool
give_line(struct answer *a, const struct found_lines *found, struct bytes text,
    bool is_own, enum passwdfile_format format)
{
	struct passwdfile_line line;

	if (passwdfile_parse_known(format, text, &line) != PASSWDFILE_FINE)
		return false;
	return passwdfile_is_coded(&line)
		   ? give_coded(a, found, &line, is_own)
		   : give_in_room(a, found, &line, is_own, NULL);
}

/* --- Decoys --------------------------------------------------------------- */

static void
give_decoy(struct answer *a, enum property which, const char *reason,
    struct bytes stored)
{
	static const char prefix[] = "{DECOY}";
	char text[64 + INDEX_SAMPLE], *end = text;

	if (*reason == '\0' && stored.len == 0) {
		give(a, which, bytes_str(INDEX_DECOY));
		return;
	}
	/* snprintf(3) would cost more than all else that is done for it. */
	end = mempcpy(end, prefix, strlen(prefix));
	end = mempcpy(end, reason, strlen(reason));
	*end++ = ':';
	end = mempcpy(end, stored.data, stored.len);
	give(a, which, bytes_of(text, (size_t)(end - text)));
	secret_wipe(text, (size_t)(end - text));
}

/*
 * First the reason, and then as many of one property as are missing. If there
 * was none, a mechanism by itself compares one password, and CRAM-MD5 one
 * state.
 */
static void
give_decoys_of(struct answer *a, enum property which,
    const struct found_lines *found, const char *reason)
{
	const struct index_kind *kind = found->kinds;
	unsigned used;
	size_t i;

	give_decoy(a, which, reason, bytes_str(""));
	for (i = 0; i < found->kind_count; i++, kind++)
		for (used = a->used[i]; used < kind->times; used++) {
			if (which == HASH)
				give(a, which,
				    bytes_of((const char *)kind,
					sizeof(kind->prefix) +
					    kind->decoy_len));
			else if (kind->state > 0 && used > 0)
				give_decoy(a, which, "",
				    bytes_of(kind->decoy + kind->state,
					kind->decoy_len - kind->state));
		}
	for (used = a->texts + !a->texts; used < found->texts; used++)
		give_decoy(a, which, "", bytes_str("-"));
}

/*
 * Of each form the user gets as many as the one with the most has. So all
 * refusals cost the same, and little if nobody has a slow hash. One with
 * nothing stored gives the reason, if there is one, and says that the store
 * tells all.
 */
static void
give_decoys(struct answer *a, const struct found_lines *found, bool is_known)
{
	const char *reason = "";

	if (!is_known)
		reason = "unknown-user";
	else if (!a->has_usable && a->reason != NULL)
		reason = a->reason;
	if (a->wanted[HASH] != NULL)
		give_decoys_of(a, HASH, found, reason);
	if (a->wanted[STATE] != NULL)
		give_decoys_of(a, STATE, found, reason);
}

/* --- The lookup ----------------------------------------------------------- */

static int
give_all(struct answer *a, const struct found_lines *found,
    enum passwdfile_format format)
{
	bool is_known = false, is_own;
	size_t i;

	for (i = 0; i < found->total; i++) {
		is_own = i < found->count;
		is_known |=
		    give_line(a, found, found->lines[i], is_own, format) &
		    is_own;
	}
	if (!a->is_for_storing)
		give_decoys(a, found, is_known);
	if (a->result != SASL_OK)
		return a->result;
	return is_known ? SASL_OK : SASL_NOUSER;
}

static bool
asks_for_nothing(const struct answer *a)
{
	size_t i = 0;

	while (i < PROPERTIES && a->wanted[i] == NULL)
		i++;
	return i == PROPERTIES;
}

/* There is no file. Without options for it, the store was not set up. */
static int
missing(const struct answer *a, const struct passwdfile *file)
{
	char why[PASSWDFILE_WHY];

	if (!is_configured(a->h))
		return SASL_NOMECH;
	if (a->is_for_storing || asks_for_nothing(a))
		return SASL_NOUSER; /* it is about to be made */
	passwdfile_say(passwdfile_path(file), ENOENT, why);
	host_log(a->h, SASL_LOG_ERR, "%s", why);
	return SASL_UNAVAIL;
}

static int
look_up(void *context, sasl_server_params_t *params, unsigned flags,
    const char *user, unsigned len)
{
	struct answer a = { .params = params, .result = SASL_OK };
	struct found_lines found;
	struct passwdfile *file;
	struct names names;
	struct host h;
	int result;

	if (params == NULL || user == NULL || len == 0)
		return SASL_BADPARAM;
	result = host_open(&h, params->utils);
	if (result != SASL_OK)
		return result;
	a.h = &h;
	file = file_of(context, &h);
	if (file == NULL)
		return SASL_UNAVAIL;
	find_wanted(&a, flags);
	find_names(params, bytes_of(user, len), &names);
	result = passwdfile_find(file, &h, names.name, names.count, &found);
	if (result == SASL_OK)
		result = give_all(&a, &found, passwdfile_format(file));
	else if (result == SASL_NOUSER)
		result = missing(&a, file);
	found_free(&h, &found);
	secret_leave();
	/* Nothing is compared here: that is for the mechanism. */
	if (result == SASL_OK && (flags & SASL_AUXPROP_VERIFY_AGAINST_HASH))
		return SASL_NOVERIFY;
	return result;
}

/* --- Storing -------------------------------------------------------------- */

enum { MAX_VALUES = 64 }; /* that are stored at once */

/* One question to store. */
struct order {
	const struct names *names;
	bool all;		   /* the user goes */
	bool concerns[PROPERTIES]; /* are replaced */
	/* Secrets of lines to be written. */
	char *secrets[MAX_VALUES];
	size_t lens[MAX_VALUES], count;
	bool is_transition;	 /* the user has logged in elsewhere */
	struct bytes new_name;	 /* of a user who has no line */
	struct bytes name, rest; /* of the user's line in the file, or that */
};

static bool
is_of_user(const struct order *o, struct bytes name)
{
	size_t i;

	for (i = 0; i < o->names->count; i++)
		if (bytes_equal(name, o->names->name[i]))
			return true;
	return false;
}

/* A line with a label is a password of an application, which stays. */
static bool
is_replaced(void *context, const struct passwdfile_line *line)
{
	const struct order *o = context;
	struct passwdfile_value value;
	char room[PASSWDFILE_VALUE];
	bool result = false, good;

	if (!is_of_user(o, line->name))
		return false;
	if (o->all)
		return true;
	good = line->label.len == 0 &&
	       passwdfile_known_value(line, room, &value) == PASSWDFILE_FINE;
	secret_leave(); /* below this room */
	if (!good)
		return false;
	if (value.octets.data == room)
		secret_wipe(room, value.octets.len);
	switch (value.kind) {
	case PASSWDFILE_PLAINTEXT:
		return o->concerns[TEXT];
	case PASSWDFILE_HASH:
		result = o->concerns[AUTH] && passwdfile_is_scram(value.octets);
		return result || o->concerns[HASH];
	case PASSWDFILE_STATE:
		return o->concerns[STATE];
	default: /* disabled, and without a secret */
		return o->count > 0;
	}
}

/* PREFIX before a value that stands in the file without colons. */
static char *
prefixed(const char *prefix, struct bytes value, size_t *len)
{
	char *text = malloc(strlen(prefix) + value.len + 2);

	if (text == NULL)
		return NULL;
	if (passwdfile_is_scram(value))
		*len = passwdfile_scram_line(value, text);
	else {
		strcpy(text, prefix);
		memcpy(text + strlen(prefix), value.data, value.len);
		*len = strlen(prefix) + value.len;
	}
	text[*len] = '\0';
	return text;
}

/* How a value of that property stands in the file. NULL without memory. */
static char *
secret_of(enum property which, struct bytes value, size_t *len)
{
	struct stored stored;

	scheme_classify(value, &stored);
	switch (which) {
	case TEXT: /* all of it is the password, but for a {PLAIN} */
		if (stored.kind == STORED_PLAINTEXT)
			value = stored.value;
		return passwdfile_secret(value, len);
	case STATE:
		return prefixed("{CRAM-MD5}", value, len);
	default:
		return prefixed("", value, len);
	}
}

/* SASL_OK, SASL_NOMEM, or SASL_BADPARAM for what cannot stand in the file. */
static int
add_secret(struct order *o, enum property which, struct bytes value)
{
	struct stored stored;
	char *text;
	size_t len;

	scheme_classify(value, &stored);
	if (value.len == 0 || stored.kind == STORED_DECOY)
		return SASL_OK;
	if (o->count == MAX_VALUES)
		return SASL_BADPARAM;
	text = secret_of(which, value, &len);
	if (text == NULL)
		return SASL_NOMEM;
	o->lens[o->count] = len;
	o->secrets[o->count++] = text;
	return len > PASSWDFILE_LINE || strpbrk(text, ":\n\r") != NULL ||
		       strlen(text) != len
		   ? SASL_BADPARAM
		   : SASL_OK;
}

/* A property of the question: "*" is all of the user. */
static int
add_property(struct order *o, const struct propval *p)
{
	int result = SASL_OK;
	size_t i, k;

	if (!strcmp(p->name, "*")) {
		o->all = true;
		return SASL_OK;
	}
	for (i = 0; i < PROPERTIES; i++)
		if (!strcmp(property_names[i] + 1, p->name))
			break;
	if (i == PROPERTIES)
		return p->name[0] == '*' || p->nvalues == 0
			   ? SASL_OK
			   : SASL_CONSTRAINT_VIOLAT;
	o->concerns[i] = true;
	for (k = 0; k < p->nvalues && result == SASL_OK; k++)
		if (p->values[k] != NULL)
			result = add_secret(
			    o, (enum property)i, lookup_octets(p, k));
	return result;
}

static struct bytes
name_of(struct bytes text)
{
	const char *colon = memchr(text.data, ':', text.len);

	if (colon != NULL)
		text.len = (size_t)(colon - text.data);
	return text;
}

static bool
has_good_secret(const struct passwdfile_line *line)
{
	char room[PASSWDFILE_VALUE];
	struct passwdfile_value value;
	bool good = passwdfile_value(line, room, &value) == PASSWDFILE_FINE;

	if (good && value.octets.data == room)
		secret_wipe(room, value.octets.len);
	secret_leave(); /* below this room */
	return good;
}

/*
 * A new line has the name, and what follows the secret, of the line whose place
 * it takes: networks, a date, fields of Dovecot's. SASL_DISABLED if the user is
 * disabled, which a login elsewhere does not undo, or may be, by a line that is
 * malformed; SASL_BADPARAM if it is not clear which networks and date hold.
 */
static int
find_former(
    const struct passwdfile_edit *edit, struct order *o, const char **why)
{
	struct passwdfile_line line, former = { .last_day = 0 };
	enum passwdfile_fault fault;
	struct bytes text;
	size_t at = 0;
	bool found = false, disabled = false, differ = false;

	/* What an attempt before has found is gone with its text. */
	o->name = o->new_name;
	o->rest = bytes_of(NULL, 0);
	while (passwdfile_edit_next(edit, &at, &text, &line, &fault)) {
		if (!is_of_user(o, name_of(text)))
			continue;
		disabled |= fault != PASSWDFILE_FINE || line.is_disabled ||
			    !has_good_secret(&line);
		if (fault != PASSWDFILE_FINE)
			continue;
		if (!found)
			o->name = line.name;
		if (line.label.len > 0)
			continue;
		differ |= found &&
			  (line.last_day != former.last_day ||
			      !bytes_equal(line.allow_nets, former.allow_nets));
		if (!found)
			o->rest = line.rest;
		former = line;
		found = true;
	}
	if (disabled && o->is_transition) {
		*why = "auto_transition stores nothing for a user who is "
		       "disabled in the file, or who has a line there that is "
		       "malformed";
		return SASL_DISABLED;
	}
	*why = "the lines of this user differ in expires= or allow_nets=, so "
	       "that it is not clear which shall hold: make them equal";
	return differ && o->count > 0 ? SASL_BADPARAM : SASL_OK;
}

static int
replace_lines(struct passwdfile_edit *edit, struct order *o, const char **why)
{
	struct bytes lines[MAX_VALUES];
	int result = find_former(edit, o, why);
	size_t i, made;

	for (made = 0; made < o->count && result == SASL_OK; made++) {
		const struct passwdfile_new new = { .name = o->name,
			.secret = bytes_of(o->secrets[made], o->lens[made]),
			.rest = o->rest };

		lines[made].data = passwdfile_print(&new, &lines[made].len);
		if (lines[made].data == NULL)
			result = errno == EINVAL ? SASL_BADPARAM : SASL_NOMEM;
	}
	if (result == SASL_OK &&
	    passwdfile_edit_replace(edit, is_replaced, o, lines, made) < 0)
		result = SASL_NOMEM;
	if (result == SASL_NOMEM)
		*why = "out of memory";
	else if (result == SASL_BADPARAM && made > 0)
		*why = "such a line cannot stand in the file";
	for (i = 0; i < made; i++)
		passwdfile_free_text((char *)lines[i].data, lines[i].len);
	return result;
}

static int
change_file(const char *path, struct order *o, char why[PASSWDFILE_WHY])
{
	struct passwdfile_edit *edit;
	const char *reason;
	int result, i;

	for (i = 0; i < 5; i++) {
		result = passwdfile_edit_open(
		    path, PASSWDFILE_MAY_BE_MISSING, &edit, why);
		if (result != SASL_OK)
			return result;
		result = replace_lines(edit, o, &reason);
		if (result == SASL_OK)
			result = passwdfile_edit_commit(edit, why);
		else
			snprintf(why, PASSWDFILE_WHY, "passwdfile: %s", reason);
		passwdfile_edit_close(edit);
		if (result != SASL_CONTINUE)
			return result;
	}
	return SASL_UNAVAIL;
}

static int
complain(const struct host *h, int result, const char *why)
{
	host_log(h, SASL_LOG_ERR, "%s", why);
	if (host_connection(h) != NULL)
		host_error(h, why);
	return result;
}

/* May this store write that file? */
static int
check_writable(const struct host *h, char why[PASSWDFILE_WHY])
{
	const char *path = option_path(h);
	struct stat st;

	if (!is_configured(h) && stat(path, &st) < 0)
		return SASL_CONSTRAINT_VIOLAT; /* it is for others to store */
	if (option_format(h) != PASSWDFILE_DOVECOT) {
		snprintf(why, PASSWDFILE_WHY,
		    "passwdfile: %.256s is only read, as it is of another "
		    "program: change it by that",
		    path);
		return SASL_UNAVAIL;
	}
	return passwdfile_can_write(path, why);
}

/*
 * The library asks whether it may store at all. Before auto_transition that is
 * found out, or each login would fail to; and told once. saslpasswd2 shall go
 * on, as it reports what the store says, and nothing of what is said here.
 */
static int
answer_whether(struct store *store, const struct host *h)
{
	char why[PASSWDFILE_WHY] = "passwdfile: out of memory";
	int result = check_writable(h, why);
	bool tell;

	if (result == SASL_CONSTRAINT_VIOLAT || !option_transitions(h))
		return result == SASL_CONSTRAINT_VIOLAT ? result : SASL_OK;
	pthread_mutex_lock(&store->lock);
	tell = result != SASL_OK && !store->has_told;
	store->has_told |= tell;
	pthread_mutex_unlock(&store->lock);
	return tell ? complain(h, result, why) : result;
}

/* The name of a user who is new in the file. */
static struct bytes
new_name(const sasl_server_params_t *params, const struct names *names)
{
	const struct bytes *name = names->name;

	if (names->count > 1 && params->user_realm != NULL &&
	    params->user_realm[0] != '\0' && name[1].len > name[0].len)
		return name[1];
	return name[0];
}

static int
change(const struct host *h, const sasl_server_params_t *params,
    struct propctx *values, struct names *names, char why[PASSWDFILE_WHY])
{
	struct order o = { .names = names };
	const struct propval *p = host_prop_all(h, values);
	int result = SASL_OK;
	size_t i;

	o.new_name = new_name(params, names);
	o.is_transition = option_transitions(h);
	for (; p != NULL && p->name != NULL && result == SASL_OK; p++)
		result = add_property(&o, p);
	if (result == SASL_BADPARAM)
		snprintf(why, PASSWDFILE_WHY,
		    "passwdfile: such a secret cannot stand in the file");
	if (name_fault(o.new_name) != NULL ||
	    memchr(o.new_name.data, ':', o.new_name.len) != NULL ||
	    o.new_name.data[0] == '#') {
		snprintf(why, PASSWDFILE_WHY,
		    "passwdfile: such a name cannot stand in the file");
		result = SASL_BADPARAM;
	}
	if (result == SASL_OK)
		result = change_file(option_path(h), &o, why);
	for (i = 0; i < o.count; i++)
		passwdfile_free_text(o.secrets[i], o.lens[i]);
	return result;
}

static int
store_values(void *context, sasl_server_params_t *params,
    struct propctx *values, const char *user, unsigned len)
{
	struct store *store = context;
	char why[PASSWDFILE_WHY] = "passwdfile: out of memory";
	struct names names;
	struct host h;
	int result;

	result = host_open(&h, params != NULL ? params->utils : store->utils);
	if (result != SASL_OK)
		return result;
	if (values == NULL)
		return answer_whether(store, &h);
	if (params == NULL || user == NULL || len == 0)
		return SASL_BADPARAM;
	result = check_writable(&h, why);
	if (result == SASL_OK) {
		find_names(params, bytes_of(user, len), &names);
		result = change(&h, params, values, &names, why);
	}
	if (result != SASL_OK && result != SASL_CONSTRAINT_VIOLAT)
		result = complain(&h, result, why);
	secret_leave();
	return result;
}

/* --- The plugin ----------------------------------------------------------- */

static void
release(void *context, const struct sasl_utils *utils)
{
	struct store *store = context;
	struct host h;
	size_t i;

	if (store == NULL || host_open(&h, utils) != SASL_OK)
		return;
	for (i = 0; i < store->count; i++)
		passwdfile_free(&h, store->files[i]);
	pthread_mutex_destroy(&store->lock);
	host_free(&h, store);
}

PLUGIN_NOTE

PLUGIN_VISIBLE sasl_auxprop_init_t sasl_auxprop_plug_init;

int
sasl_auxprop_plug_init(const struct sasl_utils *utils, int max_version,
    int *out_version, sasl_auxprop_plug_t **plug, const char *plugname)
{
	struct store *new;
	struct host h;
	int result;

	(void)plugname;
	if (plug == NULL)
		return SASL_BADPARAM;
	result = host_introduce(
	    &h, utils, max_version, SASL_AUXPROP_PLUG_VERSION, out_version);
	if (result != SASL_OK)
		return result;
	new = host_alloc_zeroed(&h, sizeof(*new));
	if (new == NULL)
		return SASL_NOMEM;
	if (pthread_mutex_init(&new->lock, NULL) != 0) {
		host_free(&h, new);
		return SASL_NOMEM;
	}
	new->utils = utils;
	new->plug.glob_context = new;
	new->plug.auxprop_free = release;
	new->plug.auxprop_lookup = look_up;
	new->plug.auxprop_store = store_values;
	new->plug.name = (char *)store_name;
	*plug = &new->plug;
	/* Before a chroot(2), and with the rights of the start. */
	if (host_option(&h, "auxprop_plugin") == NULL || is_configured(&h))
		(void)file_of(new, &h);
	return SASL_OK;
}
