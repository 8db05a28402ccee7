/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The line that a failed login leaves in the log: whatever stands in the name,
 * a program that reads the line sees what really happened.
 */
#include "config.h"

#include "host/module.h"
#include "server/report.h"

enum { SHOWN = 96 }; /* octets of a name in the log */

static const struct report_fault no_fault = { NULL, NULL };

static const char *
line_of(struct module *m, int code, const char *reason, struct bytes name)
{
	char *exact = guarded_copy(name.data, name.len);

	module_forget(m);
	report_failure(&m->host, "TEST", &m->fake.server, code, reason,
	    bytes_of(exact, name.len), &no_fault);
	guarded_free(exact, name.len);
	assert_int_equal(m->fake.log_count, 1);
	return m->fake.log[0].text;
}

#define NAMED(text, shown) \
	{ \
		text, sizeof(text) - 1, shown \
	}

static const struct named {
	const char *name;
	size_t len;
	const char *shown;
} names[] = {
	NAMED("alice", "\"alice\""),
	NAMED("", "\"\""),
	NAMED("alice smith", "\"alice smith\""),
	NAMED("a\" rhost=10.0.0.1 user=\"b",
	    "\"a\\x22 rhost=10.0.0.1 user=\\x22b\""),
	NAMED("a\\x22", "\"a\\x5cx22\""),
	NAMED("a\\", "\"a\\x5c\""),
	NAMED("a\r\nPLAIN: ok", "\"a\\x0d\\x0aPLAIN: ok\""),
	NAMED("a\0b", "\"a\\x00b\""),
	NAMED("\t\x1b[2J\x7f", "\"\\x09\\x1b[2J\\x7f\""),
	NAMED("\xc3\xa9\xff\x80", "\"\\xc3\\xa9\\xff\\x80\""),
	NAMED("%s%n%m'$(id)`", "\"%s%n%m'$(id)`\""),
};

MODULE_TEST(report_failure__any_name__is_quoted)
{
	char want[256];
	const char *line;
	size_t i;

	for (i = 0; i < COUNT_OF(names); i++) {
		line = line_of(*state, SASL_BADAUTH, "some-reason",
		    bytes_of(names[i].name, names[i].len));
		snprintf(want, sizeof(want),
		    "TEST: authentication failed: reason=some-reason rhost=- "
		    "user=%s",
		    names[i].shown);
		assert_string_equal(line, want);
	}
}

static unsigned
hex_value(char digit)
{
	static const char digits[] = "0123456789abcdef";

	assert_non_null(strchr(digits, digit));
	assert_int_not_equal(digit, '\0');
	return (unsigned)(strchr(digits, digit) - digits);
}

/*
 * Read the quoted name as a program would that knows report.h alone. Returns
 * what follows the closing quote.
 */
static const char *
read_name(const char *line, char *name, size_t *len)
{
	static const char opening[] = " user=\"";
	const char *c = strstr(line, opening);

	assert_non_null(c);
	assert_null(strstr(c + 1, opening));
	*len = 0;
	for (c += sizeof(opening) - 1; *c != '"'; c++) {
		assert_in_range(*c, 0x20, 0x7e);
		if (*c == '\\') {
			assert_int_equal(c[1], 'x');
			name[(*len)++] =
			    (char)(hex_value(c[2]) << 4 | hex_value(c[3]));
			c += 3;
		} else
			name[(*len)++] = *c;
	}
	return c + 1;
}

static void
check_reading(struct module *m, const char *name, size_t len)
{
	char again[4 * SHOWN];
	size_t again_len;
	const char *line, *rest;

	line = line_of(m, SASL_BADAUTH, "some-reason", bytes_of(name, len));
	rest = read_name(line, again, &again_len);
	assert_int_equal(again_len, len > SHOWN ? SHOWN : len);
	if (again_len > 0)
		assert_memory_equal(again, name, again_len);
	assert_string_equal(rest, len > SHOWN ? "..." : "");
}

MODULE_TEST(report_failure__any_octet_anywhere__can_be_read_again)
{
	char name[3];
	int octet;
	size_t at;

	for (octet = 0; octet < 256; octet++)
		for (at = 0; at < sizeof(name); at++) {
			memset(name, 'a', sizeof(name));
			name[at] = (char)octet;
			check_reading(*state, name, sizeof(name));
		}
}

/* Of octets that take one place, and of such that take four. */
MODULE_TEST(report_failure__long_name__is_cut_and_says_so)
{
	static const size_t lens[] = { 95, 96, 97, 98, 1024, 1099 };
	char name[1099];
	size_t i;

	for (i = 0; i < COUNT_OF(lens); i++) {
		memset(name, 'a', sizeof(name));
		check_reading(*state, name, lens[i]);
		memset(name, '"', sizeof(name));
		check_reading(*state, name, lens[i]);
	}
}

/* The longest of all lines still has its closing quote. */
MODULE_TEST(report_failure__longest_line__is_whole)
{
	struct module *m = *state;
	char name[1024];
	const char *line;

	memset(name, 0xff, sizeof(name));
	m->fake.server.ipremoteport =
	    "fe80:1111:2222:3333:4444:5555:6666:7777%enp0s31f6.4094;65535";
	check_reading(m, name, sizeof(name));
	line = line_of(m, SASL_BADPROT, "a-reason-of-twenty-eight-oct",
	    bytes_of(name, sizeof(name)));
	assert_string_equal(line + strlen(line) - 4, "\"...");
	assert_in_range(strlen(line), 384, 600);
}

/* No library gives such an address, but an application may. */
MODULE_TEST(report_failure__endless_address__is_cut)
{
	static char address[HOST_LOG_LINE + 128];
	struct module *m = *state;
	const char *line;
	size_t len;

	m->fake.server.ipremoteport = address;
	for (len = 1; len < sizeof(address); len++) {
		address[len - 1] = '1';
		line = line_of(m, SASL_BADAUTH, "some-reason", bytes_str("a"));
		assert_in_range(strlen(line), len < HOST_LOG_LINE ? len : 500,
		    HOST_LOG_LINE - 1);
	}
}

MODULE_TEST(report_failure__each_form_of_address__is_shown_without_port)
{
	static const struct {
		const char *given, *shown;
	} hosts[] = {
		{ NULL, " rhost=- " },
		{ "", " rhost=- " },
		{ ";25", " rhost=- " },
		{ "192.0.2.7;4711", " rhost=192.0.2.7 " },
		{ "192.0.2.7", " rhost=192.0.2.7 " },
		{ "2001:db8::1;4711", " rhost=2001:db8::1 " },
		{ "::ffff:192.0.2.7;4711", " rhost=::ffff:192.0.2.7 " },
		{ "fe80::1%eth0;4711", " rhost=fe80::1%eth0 " },
		{ "192.0.2.7 user=\"root\";1", " rhost=192.0.2.7 user=\"a\"" },
	};
	struct module *m = *state;
	const char *line;
	size_t i;

	for (i = 0; i < COUNT_OF(hosts); i++) {
		m->fake.server.ipremoteport = hosts[i].given;
		line = line_of(m, SASL_BADAUTH, "some-reason", bytes_str("a"));
		if (strstr(line, hosts[i].shown) == NULL)
			fail_msg("%s: %s", hosts[i].given, line);
	}
}

/* What the peer is told depends on the code alone. */
MODULE_TEST(report_failure__each_code__has_its_level_and_its_text)
{
	static const struct {
		int code, level;
		const char *word, *error;
	} codes[] = {
		{ SASL_BADAUTH, SASL_LOG_FAIL,
		    "TEST: authentication failed: ", "authentication failed" },
		{ SASL_BADPROT, SASL_LOG_FAIL,
		    "TEST: authentication failed: ", "malformed message" },
		{ SASL_UNAVAIL, SASL_LOG_ERR,
		    "TEST: authentication unavailable: ",
		    "authentication is unavailable, try later" },
		{ SASL_NOMEM, SASL_LOG_ERR,
		    "TEST: authentication unavailable: ", "out of memory" },
	};
	static const char *const reasons[] = { "no-usable-secret",
		"wrong-password" };
	struct module *m = *state;
	size_t i;

	for (i = 0; i < 2 * COUNT_OF(codes); i++) {
		line_of(m, codes[i / 2].code, reasons[i % 2],
		    bytes_of(reasons[i % 2], 7));
		expect_one_line(m, codes[i / 2].level, codes[i / 2].word);
		expect_one_line(m, codes[i / 2].level, reasons[i % 2]);
		assert_int_equal(m->fake.error_count, 1);
		assert_string_equal(m->fake.error, codes[i / 2].error);
	}
}
