/*
 * Who judges a password: libsasl2's own option pwcheck_method, read as
 * libsasl2 reads it.
 */
#include "config.h"

#include "module.h"
#include "option.h"

enum { NOBODY = 0, BOTH = PWCHECK_AUXPROP | PWCHECK_OTHERS };

static const struct list {
	const char *text; /* NULL: not set */
	unsigned judges;
} lists[] = {
	{ NULL, PWCHECK_AUXPROP },
	{ "auxprop", PWCHECK_AUXPROP },
	{ "saslauthd", PWCHECK_OTHERS },
	{ "authdaemond", PWCHECK_OTHERS },
	{ "alwaystrue", PWCHECK_OTHERS },
	{ "auxprop saslauthd", BOTH },
	{ "saslauthd auxprop", BOTH },
	{ "saslauthd pwcheck auxprop", BOTH },
	{ "auxprop auxprop", PWCHECK_AUXPROP },
	{ "  auxprop\t", PWCHECK_AUXPROP },
	{ "\tsaslauthd \t  auxprop", BOTH },
	/* libsasl2 compares these words without case. */
	{ "AUXPROP", PWCHECK_AUXPROP },
	{ "Auxprop SaslAuthd", BOTH },
	/* Those that only look like it are for libsasl2 to refuse. */
	{ "auxprop-hashed", PWCHECK_OTHERS },
	{ "auxprops", PWCHECK_OTHERS },
	{ "auxpro", PWCHECK_OTHERS },
	{ "auxprop,saslauthd", PWCHECK_OTHERS },
	{ "", NOBODY },
	{ " \t", NOBODY },
};

static void
check_lists(struct module *m, bool userdb_checkpass, unsigned at_least)
{
	struct fake_option options[] = { { "pwcheck_method", NULL },
		{ NULL, NULL } };
	struct fake_setup setup = { .userdb_checkpass = userdb_checkpass };
	unsigned got;
	size_t i;

	for (i = 0; i < COUNT_OF(lists); i++) {
		options[0].value = lists[i].text;
		setup.options = lists[i].text == NULL ? NULL : options;
		m->fake.setup = &setup;
		got = option_pwcheck(&m->host);
		m->fake.setup = &module_usual_setup;
		if (got != (lists[i].judges | at_least))
			fail_msg("pwcheck_method: %s gave %u, not %u",
			    lists[i].text == NULL ? "(not set)" : lists[i].text,
			    got, lists[i].judges | at_least);
	}
	assert_int_equal(m->fake.log_count, 0);
}

static void
option_pwcheck__each_list__is_understood(void **state)
{
	check_lists(*state, false, NOBODY);
}

static void
option_pwcheck__the_application_judges__others_are_asked_as_well(void **state)
{
	check_lists(*state, true, PWCHECK_OTHERS);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		MODULE_TEST(option_pwcheck__each_list__is_understood),
		MODULE_TEST(
		    option_pwcheck__the_application_judges__others_are_asked_as_well),
	};

	return cmocka_run_group_tests_name("option pwcheck", tests, NULL, NULL);
}
