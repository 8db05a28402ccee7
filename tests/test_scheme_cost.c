/*
 * The costs of crypt(3)'s strings.
 */
#include "config.h"

#include <crypt.h>

#include "test.h"
#include "fake_alloc.h"
#include "scheme_cost.h"

#define MEBI ((size_t)1 << 20)

static const struct {
	const char *crypt;
	size_t memory; /* octets, if it is fair */
	bool fair;
} costs[] = {
	{ "s6wIRSixUZJBU", 0, true },
	{ "_zzzzsaltNIAhpZUxv9w", 0, true },
	{ "$1$saltstri$x", 0, true },
	{ "$3$$x", 0, true },
	{ "$2b$04$x", 0, true },
	{ "$2b$16$x", 0, true },
	{ "$2b$17$x", 0, false },
	{ "$2a$31$x", 0, false },
	{ "$2x$17$x", 0, false },
	{ "$2y$99$x", 0, false },
	{ "$2b$", 0, false },
	{ "$2b$+5$x", 0, false },
	{ "$2b$0:$x", 0, false },
	{ "$5$salt$x", 0, true },
	{ "$5$rounds=10000000$salt$x", 0, true },
	{ "$5$rounds=10000001$salt$x", 0, false },
	{ "$6$rounds=999999999$salt$x", 0, false },
	{ "$6$rounds=5000", 0, false },
	{ "$6$rounds=", 0, false },
	{ "$6$rounds=+5000$salt$x", 0, false },
	{ "$sha1$10000000$x", 0, true },
	{ "$sha1$4294967295$x", 0, false },
	{ "$sha1$+30000000$x", 0, false },
	{ "$sha1$ 30000000$x", 0, false },
	{ "$sha1$030000000$x", 0, false },
	{ "$md5,rounds=2000000$x", 0, true },
	{ "$md5,rounds=2000001$x", 0, false },
	{ "$md5$rounds=2000000$x", 0, true },
	{ "$md5$rounds=2000001$x", 0, false },
	{ "$md5$x", 0, true },
	{ "$nosuch$x", 0, false },
	{ "$", 0, false },
	{ "", 0, false },
	{ "x", 0, false },
	{ "x:xxxxxxxxxxx", 0, false },

	/* Flavour, log2 N less 1, r less 1; r of 32 is a T. */
	{ "$y$j9T$x", 16 * MEBI, true },
	{ "$y$jFT$x", 1024 * MEBI, true },
	{ "$y$jGT$x", 0, false },
	{ "$y$jF.$x", 32 * MEBI, true },
	{ "$y$jzT$x", 0, false }, /* more digits than it needs */
	{ "$y$j9z$x", 0, false },
	{ "$y$z9T$x", 0, false },
	/* Then '.' and p less 2, '/' and t less 1, '0' and both. */
	{ "$y$jFT.0$x", 1024 * MEBI, true }, /* p of 4: 4 GiB in all */
	{ "$y$jFT.1$x", 0, false },
	{ "$y$jFT/0$x", 1024 * MEBI, true }, /* t of 3 */
	{ "$y$jFT/1$x", 0, false },
	{ "$y$jFT0..$x", 1024 * MEBI, true }, /* p of 2, t of 1 */
	{ "$y$jFT0./$x", 0, false },
	{ "$y$jFT0/.$x", 0, false },
	{ "$y$jFT0.i$x", 0, false },
	{ "$y$j9T0.w.$x", 0, false },
	{ "$y$j9T0.$x", 0, false },
	{ "$y$j9T.z$x", 0, false },
	{ "$y$j9T1.$x", 0, false }, /* what crypt(3) has no use for */
	{ "$y$j9T..", 0, false },
	{ "$gy$jGT$x", 0, false },
	{ "$y$", 0, false },
	{ "$y$j9!$x", 0, false },

	/* log2 N, then r and p of five digits. */
	{ "$7$CU..../....x", 64 * MEBI, true },
	{ "$7$GU..../....x", 1024 * MEBI, true },
	{ "$7$HU..../....x", 0, false },
	{ "$7$GU....2....x", 1024 * MEBI, true }, /* p of 4: 4 GiB in all */
	{ "$7$GU....3....x", 0, false },	  /* p of 5 */
	{ "$7$S/..../....x", 0, false },	  /* N of 2^30 */
	{ "$7$zzzzzzzzzzzx", 0, false },
	{ "$7$.zzzzz/....x", 0, false }, /* r of 2^30 less 1 */
	{ "$7$C...../....x", 0, false },
	{ "$7$CU....", 0, false },
};

static void
scheme_cost__string_of_crypt__is_judged_by_its_cost(void **state)
{
	size_t i, len, memory;
	char *exact;

	(void)state;
	for (i = 0; i < COUNT_OF(costs); i++) {
		len = strlen(costs[i].crypt);
		exact = guarded_copy(costs[i].crypt, len);
		if ((scheme_cost(bytes_of(exact, len), &memory) == 0) !=
		    costs[i].fair)
			fail_msg("wrong about %s", costs[i].crypt);
		if (costs[i].fair && memory != costs[i].memory)
			fail_msg("%s wants not %zu", costs[i].crypt, memory);
		guarded_free(exact, len);
	}
}

/* What libcrypt takes, and is cheap, is fair: it is read as libcrypt does. */
static const char *const cheap[] = { "$y$.5T$salt", "$y$/5T$salt",
	"$y$/5T/.$salt", "$y$j5T$salt", "$y$j5T..$salt", "$y$j5T.H$salt",
	"$y$j5T/.$salt", "$y$j5T/9$salt", "$y$j5T0./$salt", "$y$j5T0/9$salt",
	"$gy$j5T$salt", "$7$6U..../....salt", "$2b$04$abcdefghijklmnopqrstuu",
	"$sha1$100$salt", "$md5$salt", "$md5,rounds=100$salt",
	"$md5$rounds=100$salt", "$5$rounds=1000$salt", "$6$salt", "$1$salt",
	"$3$", "_zz..salt", "ab" };

static void
scheme_cost__what_libcrypt_takes__is_fair(void **state)
{
	static struct crypt_data data;
	size_t i, memory;

	(void)state;
	for (i = 0; i < COUNT_OF(cheap); i++) {
		memset(&data, 0, sizeof(data));
		if (crypt_rn("wonderland", cheap[i], &data, sizeof(data)) ==
		    NULL)
			fail_msg("libcrypt does not take %s", cheap[i]);
		if (scheme_cost(bytes_str(data.output), &memory) < 0)
			fail_msg("not fair: %s", data.output);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    scheme_cost__string_of_crypt__is_judged_by_its_cost),
		cmocka_unit_test(scheme_cost__what_libcrypt_takes__is_fair),
	};

	return cmocka_run_group_tests_name("scheme cost", tests, NULL, NULL);
}
