/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Where there is no Berkeley DB: what of sasldb.h cannot be done.
 */
#include "config.h"

#include "lib/util.h"
#include "sasl/sasldb.h"

bool
sasldb_is_berkeley(const char *file)
{
	(void)file;
	return false;
}

int
sasldb_list(const char *file, struct sasldb_users *users)
{
	(void)users;
	tool_complain("this build cannot list the users of %s by itself: "
		      "sasldblistusers2 -f FILE | sasl-classic migrate "
		      "-f FILE --users-from-input",
	    file);
	return -1;
}

bool
sasldb_same_but(
    const char *one, const char *other, const struct sasldb_users *except)
{
	(void)one;
	(void)other;
	(void)except;
	return false;
}

void
sasldb_wait_for_disk(bool wait)
{
	(void)wait;
}

const char *
sasldb_rewrite(const char *from, const char *to)
{
	(void)from;
	(void)to;
	return "this build has no Berkeley DB";
}
