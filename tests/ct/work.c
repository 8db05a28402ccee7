/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Failing logins for tools/equal-work to count the instructions of:
 *
 *	work PLUGIN SCHEME [SLOW...]
 *
 * For each configuration, with SCHEME as classic_hash_scheme where hashes are
 * told of, and for each way in which a login can be refused: one that is not
 * counted, in which libraries start, and then COUNT of which callgrind counts
 * the steps, and no more: what the server does with the plugin before them is
 * the same for all. With a value of each form, as cheap as it may be, in fewer
 * ways; with each of the SLOW schemes once, and in few ways.
 */
#include "config.h"

#include "base/host.h"
#include "base/secret.h"
#include "ct/work.h"
#include "host/run.h"
#include "secrets/scheme.h"
#include "support/cram_answer.h"

#define PASSWORD "userPassword"
#define HASH	 "userPasswordHash"
#define STATE	 "cramMd5State"
#define LEGACY	 "cmusaslsecretCRAM-MD5"

enum { COUNT = 4 };

const char *run_plugin;

static struct run r;

/* What is configured, of which a refusal's cost is decided. */
enum { OPTIONS = 4 };
enum {
	FOR_PASSWORDS = 1,
	FOR_CRAMMD5 = 2,
	WITH_HASHES = 4,
	WITH_STATES = 8,
	STORE_TELLS = 16,
	STORE_BARS = 32, /* it may have an opinion of the user */
	IMPORTED = 64,	 /* classic_decoy is like the hashes */
};

static const struct configuration {
	const char *name;
	unsigned what;
	struct fake_option options[OPTIONS]; /* but for the scheme */
} configurations[] = {
	{ "nothing set", FOR_PASSWORDS | FOR_CRAMMD5 | WITH_STATES | STORE_BARS,
	    { { NULL, NULL } } },
	{ "plaintext", FOR_PASSWORDS | FOR_CRAMMD5 | STORE_BARS,
	    { { "classic_secrets", "plaintext" } } },
	{ "scheme", FOR_PASSWORDS | WITH_HASHES | STORE_BARS,
	    { { NULL, NULL } } },
	{ "decoy", FOR_PASSWORDS | WITH_HASHES | STORE_BARS | IMPORTED,
	    { { NULL, NULL } } },
	{ "scheme, hashed", FOR_PASSWORDS | WITH_HASHES | STORE_BARS,
	    { { "classic_secrets", "hashed" } } },
	{ "store tells",
	    FOR_PASSWORDS | FOR_CRAMMD5 | WITH_HASHES | WITH_STATES |
		STORE_TELLS,
	    { { NULL, NULL } } },
	{ "hashed", FOR_CRAMMD5 | WITH_STATES | STORE_BARS,
	    { { "classic_secrets", "hashed" } } },
	{ "legacy", FOR_CRAMMD5 | WITH_STATES | STORE_BARS,
	    { { "classic_legacy_secrets", "yes" } } },
};

/*
 * How it fails. $H is a hash of the scheme; $C is one that was cut short by
 * some octets, and $D one by half, as by a column that is too narrow.
 */
enum claim { PLAIN_CLAIM, LONG, AUTHZID, RIGHT_AUTHZID };

static const struct way {
	const char *name;
	unsigned what; /* of the configurations, at least */
	const char *property, *value;
	const char *property2, *value2;
	enum claim claim;
	int lookup_code;
} ways[] = {
	/* The first of a claim is what the others are compared with. */
	{ "unknown user", 0, NULL, NULL, NULL, NULL, PLAIN_CLAIM, 0 },
	{ "wrong, plaintext", 0, PASSWORD, RIGHT, NULL, NULL, PLAIN_CLAIM, 0 },
	{ "wrong, hash", WITH_HASHES | FOR_PASSWORDS, HASH, "$H", NULL, NULL,
	    PLAIN_CLAIM, 0 },
	{ "wrong, hash in userPassword", WITH_HASHES | FOR_PASSWORDS, PASSWORD,
	    "$H", NULL, NULL, PLAIN_CLAIM, 0 },
	{ "wrong, plaintext and hash", WITH_HASHES | FOR_PASSWORDS, PASSWORD,
	    RIGHT, HASH, "$H", PLAIN_CLAIM, 0 },
	{ "wrong, state", 0, STATE, STATE_OF_RIGHT, NULL, NULL, PLAIN_CLAIM,
	    0 },
	{ "wrong, state in userPassword", FOR_CRAMMD5 | WITH_STATES, PASSWORD,
	    "{HMAC-MD5}" STATE_OF_RIGHT, NULL, NULL, PLAIN_CLAIM, 0 },
	{ "wrong, old Cyrus state", FOR_CRAMMD5, LEGACY,
	    "12d59a974ec613288a1bf9758ab8096a"
	    "f72d1a727cbfd89b91c439ffb8498c4f",
	    NULL, NULL, PLAIN_CLAIM, 0 },
	{ "wrong, plaintext that begins like a hash", 0, PASSWORD,
	    "{Looking}glass", NULL, NULL, PLAIN_CLAIM, 0 },
	{ "wrong, plaintext that is said to be", 0, PASSWORD,
	    "{PLAIN}wonderland", NULL, NULL, PLAIN_CLAIM, 0 },
	{ "two plaintexts", 0, PASSWORD, RIGHT, PASSWORD, "white-rabbit",
	    PLAIN_CLAIM, 0 },
	{ "a hash for PLAIN alone", FOR_CRAMMD5, HASH,
	    "{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4", NULL, NULL, PLAIN_CLAIM,
	    0 },
	{ "a hash for PLAIN alone, in userPassword", FOR_CRAMMD5, PASSWORD,
	    "{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4", NULL, NULL, PLAIN_CLAIM,
	    0 },
	{ "a hash in userPassword", FOR_CRAMMD5, PASSWORD, "$H", NULL, NULL,
	    PLAIN_CLAIM, 0 },
	{ "malformed", 0, PASSWORD, "{SSHA}pHm9Nx7mEJ0Z6yTpmFBAJ0gc3sG5b", NULL,
	    NULL, PLAIN_CLAIM, 0 },
	{ "malformed in userPasswordHash", FOR_PASSWORDS, HASH,
	    "{SSHA}pHm9Nx7mEJ0Z6yTpmFBAJ0gc3sG5b", NULL, NULL, PLAIN_CLAIM, 0 },
	{ "cut short", 0, PASSWORD, "$C", NULL, NULL, PLAIN_CLAIM, 0 },
	{ "cut short in userPasswordHash", FOR_PASSWORDS, HASH, "$C", NULL,
	    NULL, PLAIN_CLAIM, 0 },
	{ "cut by half", 0, PASSWORD, "$D", NULL, NULL, PLAIN_CLAIM, 0 },
	{ "nobody's scheme", 0, PASSWORD, "{X-FOO}I5WKotre0k5ikBIpkfz76teW",
	    NULL, NULL, PLAIN_CLAIM, 0 },
	{ "unknown scheme", 0, PASSWORD, "{NT}0123456789abcdef0123456789abcdef",
	    NULL, NULL, PLAIN_CLAIM, 0 },
	{ "unknown scheme in userPasswordHash", FOR_PASSWORDS, HASH,
	    "{NT}0123456789abcdef0123456789abcdef", NULL, NULL, PLAIN_CLAIM,
	    0 },
	{ "locked", 0, PASSWORD, "!$H", NULL, NULL, PLAIN_CLAIM, 0 },
	{ "locked in userPasswordHash", FOR_PASSWORDS, HASH, "!$H", NULL, NULL,
	    PLAIN_CLAIM, 0 },
	{ "a lock alone", 0, PASSWORD, "!", NULL, NULL, PLAIN_CLAIM, 0 },
	{ "NULL of SQL", 0, PASSWORD, "NULL", NULL, NULL, PLAIN_CLAIM, 0 },
	{ "expired", STORE_TELLS, NULL, "expired-secret", NULL, NULL,
	    PLAIN_CLAIM, 0 },
	{ "barred", STORE_BARS, NULL, NULL, NULL, NULL, PLAIN_CLAIM,
	    SASL_DISABLED },
	{ "long password, unknown user", FOR_PASSWORDS, NULL, NULL, NULL, NULL,
	    LONG, 0 },
	{ "long password, plaintext", FOR_PASSWORDS, PASSWORD, RIGHT, NULL,
	    NULL, LONG, 0 },
	{ "long password, hash", WITH_HASHES | FOR_PASSWORDS, HASH, "$H", NULL,
	    NULL, LONG, 0 },
	{ "foreign authzid, unknown user", FOR_PASSWORDS, NULL, NULL, NULL,
	    NULL, AUTHZID, 0 },
	{ "foreign authzid, wrong", FOR_PASSWORDS, PASSWORD, RIGHT, NULL, NULL,
	    AUTHZID, 0 },
	{ "foreign authzid, right", FOR_PASSWORDS, PASSWORD, RIGHT, NULL, NULL,
	    RIGHT_AUTHZID, 0 },
	{ "foreign authzid, right hash", WITH_HASHES | FOR_PASSWORDS, HASH,
	    "$H", NULL, NULL, RIGHT_AUTHZID, 0 },
};

/* A value as setpass would write it. */
static char *
hash_of(const char *scheme)
{
	struct secret made = { NULL, 0 };
	struct fake_host fake;
	struct host host;
	char *copy;
	int i = 0;

	fake_open(&fake, &fake_layout_2_1, NULL);
	fake_connect(&fake);
	assert_int_equal(host_open(&host, fake_utils_of(&fake.conn)), SASL_OK);
	while (
	    scheme_choices[i] != NULL && strcmp(scheme_choices[i], scheme) != 0)
		i++;
	assert_non_null(scheme_choices[i]);
	assert_int_equal(
	    scheme_make(&host, i, bytes_str(RIGHT), &made), SASL_OK);
	copy = strdup(made.data);
	secret_free(&host, &made);
	fake_close(&fake);
	return copy;
}

/* One step that is counted. */
static int
step(const void *in, size_t len)
{
	int result;

	CALLGRIND_TOGGLE_COLLECT;
	result = run_server_step(&r, in, len);
	CALLGRIND_TOGGLE_COLLECT;
	return result;
}

static int
say_password(const char *user, const char *authzid, const char *password)
{
	char text[1024];
	int len;

	if (!strcmp(run_plugin, "plain")) {
		len = snprintf(text, sizeof(text), "%s%c%s%c%s", authzid, '\0',
		    user, '\0', password);
		return step(text, (size_t)len);
	}
	step(NULL, 0);
	step(user, strlen(user));
	return step(password, strlen(password));
}

static int
say_digest(const char *user)
{
	char text[128];
	int len;

	step(NULL, 0);
	len = snprintf(text, sizeof(text), "%s ", user);
	cram_digest(r.server_out, r.server_len, WRONG, text + len);
	return step(text, strlen(text));
}

static void
log_in(const struct fake_setup *setup, const struct way *way)
{
	const char *user = way->property == NULL ? "robin" : "alice";
	const char *authzid =
	    way->claim == AUTHZID || way->claim == RIGHT_AUTHZID ? "robert"
								 : "";
	char password[601] = WRONG;

	if (way->claim == LONG)
		memset(password, 'x', sizeof(password) - 1);
	else if (way->claim == RIGHT_AUTHZID)
		snprintf(password, sizeof(password), "%s", RIGHT);
	run_open(&r, &fake_layout_2_1, setup);
	assert_int_equal(run_server(&r), SASL_OK);
	assert_int_equal(!strcmp(run_plugin, "crammd5")
			     ? say_digest(user)
			     : say_password(user, authzid, password),
	    SASL_BADAUTH);
	run_close(&r);
}

/* With the hash in place of its sign; to be freed. */
static char *
value_of(const char *value, const char *hash)
{
	const char *sign = value != NULL ? strchr(value, '$') : NULL;
	size_t len = strlen(hash);
	char *text = NULL;

	if (value == NULL)
		return NULL;
	if (sign == NULL)
		return strdup(value);
	if (sign[1] == 'C')
		len -= 5;
	else if (sign[1] == 'D')
		len /= 2;
	assert_true(asprintf(&text, "%.*s%.*s", (int)(sign - value), value,
			(int)len, hash) >= 0);
	return text;
}

/* As passwdfile gives them: the reason, and what is missing. */
static void
add_decoys(struct fake_row *row, const struct way *way, const char *hash)
{
	static char reason[64], hash_text[512];
	const char *user = way->property == NULL ? "robin" : "alice";

	snprintf(reason, sizeof(reason), "{DECOY}%s:",
	    way->property != NULL ? ""
	    : way->value != NULL  ? way->value
				  : "unknown-user");
	*row++ = (struct fake_row) { user, HASH, reason, 0 };
	*row++ = (struct fake_row) { user, STATE, reason, 0 };
	snprintf(hash_text, sizeof(hash_text), "{DECOY}:%s", hash);
	if ((way->value == NULL || strcmp(way->value, "$H") != 0) &&
	    (way->value2 == NULL || strcmp(way->value2, "$H") != 0))
		*row = (struct fake_row) { user, HASH, hash_text, 0 };
}

static void
measure(const struct configuration *c, const struct way *way,
    const char *scheme, const char *hash, size_t count)
{
	struct fake_row rows[6] = { { NULL, NULL, NULL, 0 } };
	struct fake_option options[OPTIONS + 1];
	const struct fake_setup setup = {
		.rows = rows,
		.options = options,
		.proxy_code = SASL_NOAUTHZ,
		.lookup_code = way->lookup_code,
	};
	char *first = value_of(way->value, hash),
	     *second = value_of(way->value2, hash);
	size_t i = 0, n = 0;

	for (; c->options[n].name != NULL; n++)
		options[n] = c->options[n];
	if (c->what & IMPORTED)
		options[n++] = (struct fake_option) { "classic_decoy", hash };
	else if ((c->what & (WITH_HASHES | STORE_TELLS)) == WITH_HASHES)
		options[n++] =
		    (struct fake_option) { "classic_hash_scheme", scheme };
	options[n].name = NULL;
	if (way->property != NULL)
		rows[i++] =
		    (struct fake_row) { "alice", way->property, first, 0 };
	if (way->property2 != NULL)
		rows[i++] =
		    (struct fake_row) { "alice", way->property2, second, 0 };
	if (c->what & STORE_TELLS)
		add_decoys(&rows[i], way, hash);
	if (count > 1)
		log_in(&setup, way);
	begin_count();
	for (n = 0; n < count; n++)
		log_in(&setup, way);
	dump(count, c->name, scheme, way->name);
	free(first);
	free(second);
}

/* LOGIN has no authzid. */
static bool
can_say(const struct way *way)
{
	return strcmp(run_plugin, "login") != 0 ||
	       (way->claim != AUTHZID && way->claim != RIGHT_AUTHZID);
}

/*
 * In the ways in which a store may have it: passwdfile tells of locks and of
 * what has been cut.
 */
static void
measure_form(const char *value)
{
	static const struct {
		const char *way;
		unsigned where;
	} some[] = { { "unknown user", IMPORTED | STORE_TELLS | WITH_STATES },
		{ "a hash in userPassword", WITH_STATES },
		{ "wrong, plaintext", IMPORTED | STORE_TELLS },
		{ "wrong, hash", IMPORTED | STORE_TELLS },
		{ "wrong, hash in userPassword", IMPORTED },
		{ "a hash for PLAIN alone", STORE_TELLS },
		{ "cut short", IMPORTED | WITH_STATES },
		{ "cut short in userPasswordHash", IMPORTED },
		{ "cut by half", IMPORTED | WITH_STATES },
		{ "unknown scheme", IMPORTED | STORE_TELLS },
		{ "nobody's scheme", IMPORTED | STORE_TELLS },
		{ "locked", IMPORTED | WITH_STATES },
		{ "locked in userPasswordHash", IMPORTED },
		{ "expired", STORE_TELLS } };
	bool is_cram = !strcmp(run_plugin, "crammd5");
	unsigned mine = is_cram ? FOR_CRAMMD5 : FOR_PASSWORDS;
	/* Nothing set: a hash costs PLAIN what it costs. */
	unsigned not_mine = is_cram ? 0 : WITH_STATES;
	const struct configuration *c;
	char name[16];
	size_t i, n, k;

	snprintf(name, sizeof(name), "%s", value);
	for (i = 0; i < COUNT_OF(configurations); i++)
		for (k = 0; k < COUNT_OF(some); k++)
			for (n = 0; n < COUNT_OF(ways); n++) {
				c = &configurations[i];
				if ((c->what & mine) &&
				    (c->what & some[k].where & ~not_mine) &&
				    !strcmp(ways[n].name, some[k].way) &&
				    !(ways[n].what &
					(FOR_PASSWORDS | FOR_CRAMMD5) & ~mine))
					measure(c, &ways[n], name, value, 2);
			}
}

/* By the first of the claims and configurations that are about hashes. */
static void
measure_slow(const char *scheme)
{
	static const char *const some[] = { "unknown user", "wrong, hash",
		"locked" };
	char *hash = hash_of(scheme);
	size_t i = 0, n, k;

	while (!(configurations[i].what & WITH_HASHES))
		i++;
	for (k = 0; k < COUNT_OF(some); k++)
		for (n = 0; n < COUNT_OF(ways); n++)
			if (!strcmp(ways[n].name, some[k]))
				measure(&configurations[i], &ways[n], scheme,
				    hash, 1);
	free(hash);
}

static void
measure_all(const char *scheme)
{
	unsigned mine =
	    strcmp(run_plugin, "crammd5") ? FOR_PASSWORDS : FOR_CRAMMD5;
	char *hash = hash_of(scheme);
	const struct configuration *c;
	unsigned has;
	size_t i, n;

	for (i = 0; i < COUNT_OF(configurations); i++) {
		c = &configurations[i];
		if (!(c->what & mine))
			continue;
		has =
		    (c->what & ~(unsigned)(FOR_PASSWORDS | FOR_CRAMMD5)) | mine;
		for (n = 0; n < COUNT_OF(ways); n++)
			if ((ways[n].what & has) == ways[n].what &&
			    can_say(&ways[n]))
				measure(c, &ways[n], scheme, hash, COUNT);
	}
	free(hash);
}

int
main(int argc, char **argv)
{
	size_t n;
	int i;

	if (argc < 3) {
		fputs("usage: work PLUGIN SCHEME [SLOW...]\n", stderr);
		return 2;
	}
	run_plugin = argv[1];
	measure_all(argv[2]);
	for (n = 0; n < COUNT_OF(forms); n++)
		measure_form(forms[n]);
	for (i = 3; i < argc; i++)
		measure_slow(argv[i]);
	return 0;
}
