/*
 * PLAIN and LOGIN: which stored values are compared, and what a login costs.
 * The hashes are counted, since this program stands in for libcrypt.
 */
#include "config.h"

#include "cheap_crypt.h"
#include "lookup.h"
#include "module.h"
#include "verify.h"

enum { VALUES = 4 };

#define PASSWORD "userPassword"
#define HASH	 "userPasswordHash"

#define CHOICE "$6$rounds=100000$saltsalt$" /* as sha512-crypt makes it */
#define OTHER  "$5$rounds=100000$saltsalt$" /* another one */

#define OPTIONS(name, ...) \
	static const struct fake_option name[] = { \
		{ "classic_hash_scheme", "sha512-crypt" }, \
		__VA_ARGS__, \
		{ NULL, NULL }, \
	}
OPTIONS(auxprop, { "pwcheck_method", "auxprop" });
OPTIONS(others, { "pwcheck_method", "saslauthd" });
OPTIONS(both, { "pwcheck_method", "auxprop saslauthd" });
OPTIONS(plaintext, { "classic_secrets", "plaintext" });
OPTIONS(hashed, { "classic_secrets", "hashed" });
OPTIONS(hashed_and_others, { "classic_secrets", "hashed" },
    { "pwcheck_method", "auxprop saslauthd" });

static struct module *m;

/* The store of alice, of at most VALUES values; they end with a NULL. */
static struct fake_row rows[VALUES + 2];
static struct fake_setup setup;

static void
begin(void **state, const struct fake_option *options)
{
	m = *state;
	memset(rows, 0, sizeof(rows));
	memset(&setup, 0, sizeof(setup));
	rows[0] = (struct fake_row) { "bob", PASSWORD, "builder-of-it", 0 };
	setup.rows = rows;
	setup.options = options;
}

static void
add(const char *property, const char *value)
{
	struct fake_row *row = rows;

	while (row->user != NULL)
		row++;
	assert_true(row < rows + VALUES + 1);
	*row = (struct fake_row) { "alice", property, value, 0 };
}

static void
add_hash(const char *property, const char *setting, const char *password)
{
	static char hashes[VALUES][CHEAP_HASH];
	static unsigned next;
	char *hash = hashes[next++ % VALUES];

	cheap_crypt_hash(setting, password, hash);
	add(property, hash);
}

/* What alice is told, and the hashes that it cost. */
static void
expect_login(const char *password, int code, const char *cost)
{
	struct claim claim = { bytes_str("alice"), bytes_str(NULL),
		bytes_str(password) };
	struct server_session s;

	module_reopen(m, &setup);
	module_server(m, &s);
	cheap_crypt_seen[0] = '\0';
	assert_int_equal(verify_claim(&s, claim), code);
	assert_string_equal(cheap_crypt_seen, cost);
	lookup_forget(&m->host, &m->fake.server);
	assert_int_equal(fake_alloc_live(), 0);
	module_reopen(m, &module_usual_setup);
}

static const char *const passwords[VALUES] = { "white-rabbit", "caterpillar",
	"march-hare", "wonderland" };

/* No value is passed over when one of them has matched. */
static void
verify__several_hashes__all_are_checked_wherever_it_matches(void **state)
{
	size_t i;

	begin(state, auxprop);
	for (i = 0; i < VALUES; i++)
		add_hash(PASSWORD, CHOICE, passwords[i]);
	for (i = 0; i < VALUES; i++)
		expect_login(passwords[i], SASL_OK, "$6$$6$$6$$6$");
	expect_login("looking-glass", SASL_BADAUTH, "$6$$6$$6$$6$");
}

static void
verify__several_forms__all_are_checked_wherever_it_matches(void **state)
{
	size_t i;

	begin(state, auxprop);
	add(PASSWORD, passwords[0]);
	add_hash(PASSWORD, OTHER, passwords[1]);
	add_hash(HASH, CHOICE, passwords[2]);
	add(PASSWORD, passwords[3]);
	for (i = 0; i < VALUES; i++)
		expect_login(passwords[i], SASL_OK, "$5$$6$");
	expect_login("looking-glass", SASL_BADAUTH, "$5$$6$");
}

/* One value that nobody can use does not spoil the others. */
static void
verify__unusable_values_around__the_good_one_is_found(void **state)
{
	begin(state, auxprop);
	add(PASSWORD, "{ROT13}jbaqreynaq");
	add_hash(PASSWORD, CHOICE, "wonderland");
	add(HASH, "mock-turtle");
	add(PASSWORD, "");
	expect_login("wonderland", SASL_OK, "$6$");
	expect_login("mock-turtle", SASL_BADAUTH, "$6$");
	expect_login("jbaqreynaq", SASL_BADAUTH, "$6$");
}

/* What setpass would have written is one hash; so is any other failure. */
static void
verify__nobody_is_let_in__costs_one_hash_of_the_scheme(void **state)
{
	begin(state, auxprop);
	expect_login("looking-glass", SASL_BADAUTH, "$6$"); /* no such user */
	add(NULL, NULL);
	expect_login("looking-glass", SASL_BADAUTH, "$6$"); /* no secret */
	begin(state, auxprop);
	add(PASSWORD, "wonderland");
	expect_login("looking-glass", SASL_BADAUTH, "$6$");
	begin(state, auxprop);
	add_hash(HASH, CHOICE, "wonderland");
	expect_login("looking-glass", SASL_BADAUTH, "$6$");
	begin(state, auxprop);
	add_hash(PASSWORD, OTHER, "wonderland");
	expect_login("looking-glass", SASL_BADAUTH, "$5$$6$");
	begin(state, auxprop);
	add(PASSWORD, "{SSHA}?xyzzy");
	expect_login("looking-glass", SASL_BADAUTH, "$6$");
	begin(state, auxprop);
	add(HASH, "mock-turtle");
	expect_login("looking-glass", SASL_BADAUTH, "$6$");
	expect_login("mock-turtle", SASL_BADAUTH, "$6$");
	setup.lookup_code = SASL_DISABLED;
	expect_login("looking-glass", SASL_BADAUTH, "$6$");
}

static void
verify__hashed_secrets_alone__cost_the_same(void **state)
{
	begin(state, hashed);
	expect_login("looking-glass", SASL_BADAUTH, "$6$");
	add(PASSWORD, "wonderland");
	expect_login("wonderland", SASL_BADAUTH, "$6$");
	add_hash(HASH, CHOICE, "caterpillar");
	expect_login("wonderland", SASL_BADAUTH, "$6$");
	expect_login("caterpillar", SASL_OK, "$6$");
}

/* Where there are no hashes there is nothing to hide. */
static void
verify__plaintext_secrets_alone__cost_no_hash(void **state)
{
	begin(state, plaintext);
	expect_login("looking-glass", SASL_BADAUTH, "");
	add(PASSWORD, "wonderland");
	add_hash(HASH, CHOICE, "caterpillar");
	expect_login("looking-glass", SASL_BADAUTH, "");
	expect_login("caterpillar", SASL_BADAUTH, "");
	expect_login("wonderland", SASL_OK, "");
}

/* Where others judge, nothing of the store is hidden behind a hash. */
static void
verify__refused_by_others_alone__costs_no_hash(void **state)
{
	begin(state, others);
	add_hash(HASH, CHOICE, "wonderland");
	setup.checkpass_password = "caterpillar";
	expect_login("wonderland", SASL_BADAUTH, "");
	expect_login("caterpillar", SASL_OK, "");
	expect_login("{not}stored", SASL_BADAUTH, "$6$");
}

/* It was looked at since its text may have been sent; it is not judged by. */
static void
verify__userPassword_where_only_hashes_count__is_not_compared(void **state)
{
	begin(state, hashed_and_others);
	add_hash(PASSWORD, OTHER, "{looks}stored");
	setup.checkpass_code = SASL_BADAUTH;
	expect_login("{looks}stored", SASL_BADAUTH, "$6$");
}

/* A login that succeeds by plaintext, or is not judged, costs none. */
static void
verify__success_or_trouble__costs_no_hash_beside(void **state)
{
	begin(state, auxprop);
	add(PASSWORD, "wonderland");
	expect_login("wonderland", SASL_OK, "");
	setup.lookup_code = SASL_UNAVAIL;
	expect_login("wonderland", SASL_UNAVAIL, "");
	begin(state, others);
	setup.checkpass_code = SASL_UNAVAIL;
	expect_login("wonderland", SASL_UNAVAIL, "");
}

static void
verify__others_refuse_after_us__costs_one_hash_as_well(void **state)
{
	begin(state, both);
	add(PASSWORD, "wonderland");
	setup.checkpass_password = "caterpillar";
	expect_login("looking-glass", SASL_BADAUTH, "$6$");
	expect_login("caterpillar", SASL_OK, "");
}

static void
verify__no_choice__costs_yescrypt(void **state)
{
	begin(state, NULL);
	expect_login("looking-glass", SASL_BADAUTH, "$y$");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		MODULE_TEST(
		    verify__several_hashes__all_are_checked_wherever_it_matches),
		MODULE_TEST(
		    verify__several_forms__all_are_checked_wherever_it_matches),
		MODULE_TEST(
		    verify__unusable_values_around__the_good_one_is_found),
		MODULE_TEST(
		    verify__nobody_is_let_in__costs_one_hash_of_the_scheme),
		MODULE_TEST(verify__hashed_secrets_alone__cost_the_same),
		MODULE_TEST(verify__plaintext_secrets_alone__cost_no_hash),
		MODULE_TEST(verify__success_or_trouble__costs_no_hash_beside),
		MODULE_TEST(verify__refused_by_others_alone__costs_no_hash),
		MODULE_TEST(
		    verify__userPassword_where_only_hashes_count__is_not_compared),
		MODULE_TEST(
		    verify__others_refuse_after_us__costs_one_hash_as_well),
		MODULE_TEST(verify__no_choice__costs_yescrypt),
	};

	return cmocka_run_group_tests_name("verify work", tests, NULL, NULL);
}
