/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What hosts and machines do to a process before its first login: Postfix
 * shuts it into a directory without any file, FIPS takes digests away.
 */
#include "config.h"

#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/secret.h"
#include "host/module.h"
#include "secrets/scheme.h"
#include "support/stored.h"
#include "support/vectors_crypt.h"
#include "support/vectors_scheme.h"

enum { NOT_ALLOWED = 1, WRONG = 2 };

static bool
all_match(struct module *m, const struct scheme_vector *vectors, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (stored_check(&m->host, bytes_str(vectors[i].value),
			bytes_str(vectors[i].password)) != VERDICT_MATCHES)
			return false;
	return true;
}

static bool
change_root(const char *directory)
{
	return (geteuid() == 0 || unshare(CLONE_NEWUSER) == 0) &&
	       chroot(directory) == 0 && chdir("/") == 0;
}

/* In a process of its own, which has not used any library yet. */
static int
work_in(struct module *m, const char *directory)
{
	struct secret stored = { NULL, 0 };
	struct stat nothing;

	if (!change_root(directory))
		return NOT_ALLOWED;
	if (stat("/etc", &nothing) == 0 || stat("/dev", &nothing) == 0)
		return WRONG;
	if (!all_match(m, crypt_vectors, COUNT_OF(crypt_vectors)) ||
	    !all_match(m, scheme_vectors, COUNT_OF(scheme_vectors)))
		return WRONG;
	if (scheme_make(&m->host, 0, bytes_str("wonderland"), &stored) !=
	    SASL_OK)
		return WRONG;
	secret_free(&m->host, &stored);
	return 0;
}

/* Root always may; others may where they can be root of something. */
static bool
may_change_root(void)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0)
		_exit(change_root("/") ? 0 : 1);
	return waitpid(pid, &status, 0) == pid && status == 0;
}

/* This one must be the first. */
LAYOUT_TEST_ONCE(may_change_root, scheme__first_use_in_an_empty_root__works,
    module_setup, module_teardown)
{
	char directory[] = "/tmp/classic-root-XXXXXX";
	int status;
	pid_t pid;

	assert_non_null(mkdtemp(directory));
	pid = fork();
	assert_int_not_equal(pid, -1);
	if (pid == 0)
		_exit(work_in(*state, directory));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(rmdir(directory), 0);
	assert_int_equal(status, 0);
}

/* As on a machine that wants a FIPS provider, and has none. */
static int
without_digests(void **state)
{
	if (EVP_set_default_properties(NULL, "fips=yes") != 1)
		return -1;
	return module_setup(state);
}

static int
with_digests(void **state)
{
	if (EVP_set_default_properties(NULL, "") != 1)
		return -1;
	return module_teardown(state);
}

LAYOUT_TEST_WITH(scheme_check__digest_refused_by_openssl__is_unusable,
    without_digests, with_digests)
{
	static const char *const values[] = {
		"{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4",
		"{MD5}TOyv8rMLvnXOcyIQkWTPtQ==",
		"{PBKDF2}7$c2FsdA$0yYXYA.PD8skli/YiI8lSIDemZM",
		("{SCRAM-SHA-1}7:c2FsdHNhbHQ="
		 "$t/oP1FnJHTr4Kc6GhydHA4c0beE=:xSUaRr5bjBfPxeQMotyWJKPhirA="),
	};
	struct module *m = *state;
	struct stored stored;
	const char *why;
	size_t i;

	for (i = 0; i < COUNT_OF(values); i++) {
		stored = stored_of(bytes_str(values[i]));
		assert_int_equal(scheme_check(&m->host, &stored,
				     bytes_str("wonderland"), &why),
		    VERDICT_UNUSABLE);
		assert_string_equal(
		    why, "this build or its libraries do not have it");
	}
	assert_int_equal(ERR_peek_error(), 0);
}

LAYOUT_TEST_WITH(scheme_make__digest_refused_by_openssl__is_unavailable,
    without_digests, with_digests)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;
	unsigned refused = 0;
	bool needs_openssl;
	int i;

	for (i = 0; scheme_choices[i] != NULL; i++) {
		needs_openssl = !strncmp(scheme_choices[i], "pbkdf2", 6) ||
				!strncmp(scheme_choices[i], "scram", 5) ||
				!strncmp(scheme_choices[i], "ssha", 4);
		if (!needs_openssl)
			continue;
		module_forget(m);
		assert_int_equal(
		    scheme_make(&m->host, i, bytes_str("wonderland"), &stored),
		    SASL_UNAVAIL);
		assert_null(stored.data);
		expect_one_line(m, SASL_LOG_ERR, scheme_choices[i]);
		refused++;
	}
	assert_int_equal(refused, 7);
}
