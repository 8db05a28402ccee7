/*
 * What other programs stored: the right password is taken, and neither another
 * one nor any value that is nearly the same.
 */
#include "config.h"

#include "module.h"
#include "mask.h"
#include "scheme.h"
#include "secret.h"
#include "stack_scan.h"
#include "vectors_scheme.h"

typedef void vector_fn(struct module *m, const struct scheme_vector *v);

static void
each_vector(struct module *m, vector_fn *check)
{
	size_t i;

	for (i = 0; i < COUNT_OF(crypt_vectors); i++)
		check(m, &crypt_vectors[i]);
	for (i = 0; i < COUNT_OF(scheme_vectors); i++)
		check(m, &scheme_vectors[i]);
}

/* As verify.c asks; what is plaintext by its look is compared as such. */
static __attribute__((noinline)) enum scheme_result
ask(struct module *m, struct bytes value, const char *password)
{
	STACK_SCAN_MARGIN;

	(void)margin;
	module_forget(m);
	if (scheme_plaintext(&value))
		return (enum scheme_result)secret_equal(
		    value, bytes_str(password));
	return scheme_check(&m->host, value, bytes_str(password));
}

static void
expect(struct module *m, enum scheme_result wanted, const char *value,
    const char *password)
{
	enum scheme_result got = ask(m, bytes_str(value), password);

	if (got != wanted)
		fail_msg("%d instead of %d for %s", got, wanted, value);
	assert_int_equal(m->fake.log_count, wanted == SCHEME_UNUSABLE);
}

static void
right_password(struct module *m, const struct scheme_vector *v)
{
	fake_secret(v->password, strlen(v->password));
	stack_paint();
	expect(m, SCHEME_MATCHES, v->value, v->password);
	stack_expect_no_secret();
}

/* Nor is it left in memory that is released: the fake host looks for it. */
static void
scheme_check__right_password__matches_and_is_forgotten(void **state)
{
	each_vector(*state, right_password);
}

/* One octet away, in the part that the oldest kinds look at too. */
static void
wrong_password(struct module *m, const struct scheme_vector *v)
{
	char *wrong = strdup(v->password);

	wrong[strlen(wrong) - 3] ^= 1;
	expect(m, SCHEME_DIFFERS, v->value, wrong);
	wrong[strlen(wrong) - 3] ^= 1;
	wrong[0] ^= 0x20;
	expect(m, SCHEME_DIFFERS, v->value, wrong);
	expect(m, SCHEME_DIFFERS, v->value, wrong + 1);
	free(wrong);
	expect(m, SCHEME_DIFFERS, v->value, "");
}

static void
scheme_check__wrong_password__differs(void **state)
{
	each_vector(*state, wrong_password);
}

static void
text_of_the_hash(struct module *m, const struct scheme_vector *v)
{
	const char *brace = strchr(v->value, '}');

	expect(m, SCHEME_DIFFERS, v->value, v->value);
	if (brace != NULL)
		expect(m, SCHEME_DIFFERS, v->value, brace + 1);
}

static void
scheme_check__text_of_the_hash__differs(void **state)
{
	each_vector(*state, text_of_the_hash);
}

static void
expect_refusal(struct module *m, const struct scheme_vector *v,
    struct bytes value, size_t at)
{
	enum scheme_result got = ask(m, value, v->password);

	if (got != SCHEME_DIFFERS && got != SCHEME_UNUSABLE)
		fail_msg("%d for %.*s\nchanged at %zu from %s", got,
		    (int)value.len, value.data, at, v->value);
	assert_int_equal(m->fake.log_count, got == SCHEME_UNUSABLE);
}

static void
cut(struct module *m, const struct scheme_vector *v)
{
	size_t len = strlen(v->value), left;
	char *value = guarded_copy(v->value, len);

	for (left = len - 1; left > 0 && v->sweep != SWEEP_NONE; left--) {
		memmove(value + len - left, v->value, left);
		expect_refusal(m, v, bytes_of(value + len - left, left), left);
	}
	guarded_free(value, len);
}

static void
scheme_check__every_truncation__is_refused(void **state)
{
	each_vector(*state, cut);
}

/*
 * All that does not matter is the case of letters in a scheme's name, and in
 * hex digits, which only {CRAM-MD5}, its kin and Dovecot's {PBKDF2} have.
 */
static bool
is_the_same(const struct scheme_vector *v, size_t at, char changed)
{
	static const char *const in_hex[] = { "{CRAM-MD5}", "{HMAC-MD5}",
		"{PBKDF2}$1$" };
	const char *end = strpbrk(v->value, "}$");
	size_t i;

	if ((v->value[at] ^ changed) != 0x20 ||
	    !mask_between(changed | 0x20, 'a', 'z'))
		return false;
	for (i = 0; i < COUNT_OF(in_hex); i++)
		if (!strncmp(v->value, in_hex[i], strlen(in_hex[i])))
			end = v->value + strlen(v->value);
	return v->value + at < end;
}

/* The n-th change of an octet, or the octet itself at the end. */
static char
change(const struct scheme_vector *v, size_t at, unsigned n)
{
	if (v->sweep == SWEEP_ALL)
		return (char)(v->value[at] + (char)(n + 1));
	if (v->sweep == SWEEP_BITS)
		return (char)(v->value[at] ^ (n < 8 ? 1 << n : 0));
	return (char)(v->value[at] ^ (n == 0 ? 1 << at % 8 : 0));
}

static void
changed(struct module *m, const struct scheme_vector *v)
{
	size_t len = strlen(v->value), at;
	char *value = guarded_copy(v->value, len);
	unsigned n;

	for (at = 0; at < len && v->sweep != SWEEP_NONE; at++) {
		for (n = 0;
		     value[at] = change(v, at, n), value[at] != v->value[at];
		     n++)
			if (!is_the_same(v, at, value[at]))
				expect_refusal(m, v, bytes_of(value, len), at);
	}
	guarded_free(value, len);
}

static void
scheme_check__every_change_of_an_octet__is_refused(void **state)
{
	each_vector(*state, changed);
}

/* Behind the value nothing may stand either. */
static void
longer(struct module *m, const struct scheme_vector *v)
{
	static const char more[] = { '\0', '=', 'A', '$', ',', ':', '\n' };
	size_t len = strlen(v->value), i;
	char *value = strdup(v->value); /* has room for one more */

	for (i = 0; i < sizeof(more); i++) {
		value[len] = more[i];
		expect_refusal(m, v, bytes_of(value, len + 1), len);
	}
	free(value);
}

static void
scheme_check__value_with_more_behind_it__is_refused(void **state)
{
	each_vector(*state, longer);
}

static void
no_memory(struct module *m, const struct scheme_vector *v)
{
	unsigned before = fake_alloc_count();

	right_password(m, v);
	assert_int_equal(fake_alloc_count(), before + 1);
	fake_alloc_fail_at(fake_alloc_count() + 1);
	expect(m, SCHEME_NO_MEMORY, v->value, v->password);
	fake_alloc_fail_at(0);
}

/* What is allocated is seen to be released by the end of each test. */
static void
scheme_check__no_memory__is_said(void **state)
{
	each_vector(*state, no_memory);
}

#define ONCE(f) \
	ON_LAYOUT(f, module_setup, module_teardown, fake_layout_2_1, "2.1")

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		MODULE_TEST(
		    scheme_check__right_password__matches_and_is_forgotten),
		ONCE(scheme_check__wrong_password__differs),
		ONCE(scheme_check__text_of_the_hash__differs),
		ONCE(scheme_check__every_truncation__is_refused),
		ONCE(scheme_check__every_change_of_an_octet__is_refused),
		ONCE(scheme_check__value_with_more_behind_it__is_refused),
		ONCE(scheme_check__no_memory__is_said),
	};

	return cmocka_run_group_tests_name("scheme vectors", tests, NULL, NULL);
}
