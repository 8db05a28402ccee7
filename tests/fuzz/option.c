/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Fuzz target: whatever an administrator writes behind an option. The first
 * octets choose the layout of the host and the option, the rest is its value.
 */
#include "config.h"

#include <strings.h>

#include "backend/option.h"
#include "fuzz.h"
#include "host/fake_host.h"

const bool fuzz_is_cheap = false;

enum { GETOPT = 4, LONGEST = 512 }; /* the word in both layouts */

/* A host that holds no secrets which an input might spell. */
static const struct fake_row no_rows[] = { { NULL, NULL, NULL, 0 } };
static const struct fake_answer no_answers[] = { { 0, NULL, BY_CALLBACK, 0 } };
static const struct fake_setup setup = {
	.rows = no_rows,
	.answers = no_answers,
};

static struct fake_host fake;
static struct host host;
static char *text; /* NULL: nobody has set the option */

/* Every option has the same value. */
static int
get_option(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len)
{
	(void)context;
	(void)plugin;
	assert_non_null(option);
	*result = text;
	if (len != NULL)
		*len = text == NULL ? 0 : (unsigned)strlen(text);
	return text == NULL ? SASL_FAIL : SASL_OK;
}

static void
open_host(const struct fake_layout *layout)
{
	fake_open(&fake, layout, &setup);
	fake_connect(&fake);
	fake.conn.words[GETOPT] = (uintptr_t)get_option;
	assert_int_equal(host_open(&host, fake_utils_of(&fake.conn)), SASL_OK);
}

static bool
is_number(int value)
{
	size_t zeros = strspn(text, "0");
	char digits[16];

	snprintf(digits, sizeof(digits), "%d", value);
	return !strcmp(text + zeros, digits);
}

/* One line for each option that does not take the text. */
static void
check_lines(void)
{
	unsigned i, count = 0;

	option_check(&host);
	for (i = 0; i < OPTION_COUNT; i++)
		count += !option_takes((enum option)i, text);
	assert_int_equal(fake.log_count, count);
	for (i = 0; i < count; i++) {
		assert_int_equal(fake.log[i].level, SASL_LOG_ERR);
		assert_memory_equal(fake.log[i].text, "classic_", 8);
	}
}

/* A value is the option's own or the default, and nothing is said of it. */
static void
check_value(enum option which, int otherwise)
{
	int value = option_value(&host, which);

	assert_in_range(value, 0, 86400);
	assert_int_equal(fake.log_count, 0);
	if (!option_takes(which, text)) {
		assert_int_equal(value, otherwise);
	} else if (which == OPTION_CHALLENGE_LIFETIME)
		assert_true(is_number(value));
	else if (which == OPTION_DECOY) /* a stored value: the text itself */
		assert_int_equal(option_decoy(&host).len, strlen(text));
	else
		assert_in_range(strlen(text), 1, 32);
}

enum { BOTH = PWCHECK_AUXPROP | PWCHECK_OTHERS };

static unsigned
pwcheck_of(char *list)
{
	unsigned found = 0;
	char *word;

	for (word = strtok(list, " \t\r\n"); word != NULL;
	     word = strtok(NULL, " \t\r\n"))
		found = strcasecmp(word, "auxprop")
			    ? (found | PWCHECK_OTHERS) & BOTH
			    : found | PWCHECK_AUXPROP | PWCHECK_AUXPROP_LAST;
	return found & PWCHECK_OTHERS ? found : found & PWCHECK_AUXPROP;
}

static void
check_pwcheck(void)
{
	unsigned found = option_pwcheck(&host);
	char copy[LONGEST + 1];

	strcpy(copy, text);
	assert_int_equal(found, pwcheck_of(copy));
	assert_int_equal(fake.log_count, 0);
}

void
fuzz_one(struct fuzz_input *in)
{
	const struct fake_layout *layout = fake_layouts[fuzz_octet(in) & 1];
	unsigned which = fuzz_octet(in) % (OPTION_COUNT + 1);
	struct bytes value = fuzz_rest(in);
	char string[LONGEST + 1] = "";
	int otherwise = 0;

	if (value.len > LONGEST)
		value.len = LONGEST;
	if (value.len > 0)
		memcpy(string, value.data, value.len);
	open_host(layout);
	if (which < OPTION_COUNT)
		otherwise = option_value(&host, (enum option)which);
	text = guarded_copy(string, strlen(string) + 1);
	if (which < OPTION_COUNT)
		check_value((enum option)which, otherwise);
	else
		check_pwcheck();
	check_lines();
	fake_close(&fake);
	guarded_free(text, strlen(string) + 1);
	text = NULL;
}
