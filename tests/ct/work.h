/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the programs of tools/equal-work share: marks for callgrind, and stored
 * values. Each way in which a login fails leaves callgrind's counts with a
 * name: how many logins, the configuration, the scheme and the way, with a '|'
 * after each. tools/equal-work compares the ways of one configuration and
 * scheme.
 */
#ifndef CLASSIC_CT_WORK_H
#define CLASSIC_CT_WORK_H

#ifdef HAVE_VALGRIND_MEMCHECK_H
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_TOGGLE_COLLECT
#define CALLGRIND_DUMP_STATS
#define CALLGRIND_DUMP_STATS_AT(name) (void)(name)
#endif

#include "support/test.h"

#define RIGHT "wonderland"
#define WRONG "wonderlanx"
#define STATE_OF_RIGHT \
	"721a2df79bd8bf7cff39c4914f8c49b8" \
	"979ad5122813c64e75f91b8a6a09b88a"

/* Of each form a value as cheap as it may be; test_scheme_vectors has more. */
static const char *const forms[] = {
	"{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4",
	"{SHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=",
	"{SMD5}wosh2MXrVgMfkbPbYwHwqS+ydXc=",
	"{PLAIN-MD5}4cecaff2b30bbe75ce7322109164cfb5",
	"{SSHA512}X53ETu1Q6TWRmIWAaqA8Q3bLJlBbOBtOlfIJc2umFud2aQig9Q4tGIYj"
	"GhEOHlgC2UUsY4wH9RmkMPukKWQDTDmg6z9+KXcA",
	"{PBKDF2-SHA256}7$8PHy8/T19vf4.fr7/P3./w$"
	"GlxhE3EE619VME40koCcGpJOkS9V9x5FktNekKqIE8k",
	"{SCRAM-SHA-256}7,MyjnTwPYSDOloHjG,"
	"i6ZNSOGomXQ8dISc/6uIrE4BEulb8AWXHs35TKg2ESs=,"
	"XKUIjUyxypAt4lfGMHlmgCGF2HEOD9mi0a6ivvIrQ9Q=",
	"$apr1$saltsalt$WoESZIlCyPaOHxFHP.vy51",
	"$y$j75$jejsXmZ4JszZ5VIjVFkkd/$"
	"lC1fMB9WRw6c98kYAC.9WzRIgn7qoET3C3U5hOU2cV1",
	"{ARGON2}$argon2i$v=19$m=8,t=1,p=1$IUnDAlDkE7Ftk+e+uhhswA$"
	"KtLNsuTVGrGdRQtPNhCj9yO+HR3OH49cb4eoUBqYvYc",
};

/* What was counted until now is none: CALLGRIND_ZERO_STATS leaves some. */
static inline void
begin_count(void)
{
	CALLGRIND_DUMP_STATS;
}

static inline void
dump(size_t count, const char *configuration, const char *scheme,
    const char *way)
{
	char name[256];

	snprintf(name, sizeof(name), "%zu|%s|%s|%s|", count, configuration,
	    scheme, way);
	CALLGRIND_DUMP_STATS_AT(name);
}

#endif
