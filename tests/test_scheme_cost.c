/*
 * The costs of crypt(3)'s strings.
 */
#include "config.h"

#include "test.h"
#include "fake_alloc.h"
#include "scheme_cost.h"

static const struct {
	const char *crypt;
	bool fair;
} costs[] = {
	{ "s6wIRSixUZJBU", true },
	{ "$1$saltstri$x", true },
	{ "$2b$04$x", true },
	{ "$2b$16$x", true },
	{ "$2b$17$x", false },
	{ "$2a$31$x", false },
	{ "$2x$17$x", false },
	{ "$2y$99$x", false },
	{ "$2b$", true },
	{ "$5$salt$x", true },
	{ "$5$rounds=10000000$salt$x", true },
	{ "$5$rounds=10000001$salt$x", false },
	{ "$6$rounds=999999999$salt$x", false },
	{ "$6$rounds=", true },
	{ "$6$rounds=x", true },
	{ "$sha1$10000000$x", true },
	{ "$sha1$4294967295$x", false },
	{ "$md5,rounds=2000000$x", true },
	{ "$md5,rounds=2000001$x", false },
	{ "$md5$x", true },

	/* Flavour, log2 N less 1, r less 1; r of 32 is a T. */
	{ "$y$j9T$x", true },
	{ "$y$jFT$x", true },  /* 2^18 of 4 KiB: 1 GiB */
	{ "$y$jGT$x", false }, /* 2 GiB */
	{ "$y$jF.$x", true },  /* r of 1 */
	{ "$y$jzT$x", false }, /* more digits than it needs */
	{ "$y$j9z$x", false },
	{ "$y$z9T$x", false },
	{ "$y$jFT0/$x", true }, /* t of 2: 3 GiB in all */
	{ "$y$jFT0.$x", true },
	{ "$y$jFT00$x", true },
	{ "$y$jFT01$x", false },
	{ "$y$jFT/0$x", true }, /* p of 4 */
	{ "$y$jFT/1$x", false },
	{ "$y$j9T/z$x", false },
	{ "$gy$jGT$x", false },
	{ "$y$", true },
	{ "$y$j9!$x", true },

	/* log2 N, then r and p of five digits. */
	{ "$7$CU..../....x", true },
	{ "$7$GU..../....x", true }, /* 2^18 of 4 KiB */
	{ "$7$HU..../....x", false },
	{ "$7$GU....2....x", true },  /* p of 4: 4 GiB in all */
	{ "$7$GU....3....x", false }, /* p of 5 */
	{ "$7$S/..../....x", false }, /* N of 2^30 */
	{ "$7$zzzzzzzzzzzx", false },
	{ "$7$.zzzzz/....x", false }, /* r of 2^30 less 1 */
	{ "$7$C...../....x", true },
	{ "$7$CU....", true },
};

static void
scheme_cost_is_fair__string_of_crypt__is_judged_by_its_cost(void **state)
{
	size_t i, len;
	char *exact;

	(void)state;
	for (i = 0; i < COUNT_OF(costs); i++) {
		len = strlen(costs[i].crypt);
		exact = guarded_copy(costs[i].crypt, len);
		if (scheme_cost_is_fair(bytes_of(exact, len)) != costs[i].fair)
			fail_msg("wrong about %s", costs[i].crypt);
		guarded_free(exact, len);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    scheme_cost_is_fair__string_of_crypt__is_judged_by_its_cost),
	};

	return cmocka_run_group_tests_name("scheme cost", tests, NULL, NULL);
}
