/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The figures, see figure.h. The limits are those the project has set itself
 * against the stock plugins of libsasl2 2.1.28.
 */
#include "config.h"

#include "figure.h"

#include <stddef.h>

/* In what measure prints, and in what is to be read. */
#define NANOSECONDS	.unit = "ns", .scale = 1
#define MICROSECONDS	.unit = "us", .scale = 1e3
#define KIBIBYTES	.unit = "KiB", .scale = 1
#define BYTES		.unit = "B", .scale = 1
#define COUNT		.unit = "", .scale = 1
#define PER_MILLISECOND .unit = "1/ms", .scale = 1e3

#define HASHED(mech, value) \
	.words = "time server api " mech " stored=" value, MICROSECONDS, \
	.alone = true, .exact = true

#define RATIO(most)    .target = TARGET_RATIO, .limit = (most)
#define SPEEDUP(least) .target = TARGET_SPEEDUP, .limit = (least)
#define VALUE(most)    .target = TARGET_VALUE, .limit = (most)
#define USERS(n)       .users = (n)

static const struct figure alone[] = {
	{ "PLAIN server", "time server plugin PLAIN", NANOSECONDS },
	{ "LOGIN server", "time server plugin LOGIN", NANOSECONDS },
	{ "CRAM-MD5 server", "time server plugin CRAM-MD5", NANOSECONDS,
	    RATIO(0.20) },
	{ "PLAIN client", "time client plugin PLAIN", NANOSECONDS },
	{ "LOGIN client", "time client plugin LOGIN", NANOSECONDS },
	{ "CRAM-MD5 client", "time client plugin CRAM-MD5", NANOSECONDS,
	    RATIO(0.80) },
	{ "CRAM-MD5 server, own instructions",
	    "loop server plugin CRAM-MD5 logins=640", COUNT, RATIO(0.50),
	    .tool = TOOL_OWN, .exact = true },
	{ "CRAM-MD5 server, the same with hashing",
	    "loop server plugin CRAM-MD5 logins=640", COUNT,
	    .tool = TOOL_HASHING, .exact = true },
	{ "CRAM-MD5 server, the same with libc, too",
	    "loop server plugin CRAM-MD5 logins=640", COUNT, .tool = TOOL_ALL,
	    .exact = true },
	{ .title = NULL },
};

static const struct figure api[] = {
	{ "PLAIN server", "time server api PLAIN", NANOSECONDS, RATIO(0.85) },
	{ "LOGIN server", "time server api LOGIN", NANOSECONDS, RATIO(0.85) },
	{ "CRAM-MD5 server", "time server api CRAM-MD5", NANOSECONDS,
	    RATIO(0.35) },
	{ "PLAIN server, classic_secrets: plaintext",
	    "time server api PLAIN secrets=plaintext", NANOSECONDS },
	{ "LOGIN server, classic_secrets: plaintext",
	    "time server api LOGIN secrets=plaintext", NANOSECONDS },
	{ "CRAM-MD5 server, classic_secrets: plaintext",
	    "time server api CRAM-MD5 secrets=plaintext", NANOSECONDS },
	{ "PLAIN client", "time client api PLAIN", NANOSECONDS },
	{ "LOGIN client", "time client api LOGIN", NANOSECONDS },
	{ "CRAM-MD5 client", "time client api CRAM-MD5", NANOSECONDS },
	{ .title = NULL },
};

static const struct figure sasldb[] = {
	{ "PLAIN, sasldb of 10", "time server api PLAIN", MICROSECONDS,
	    RATIO(1.00), USERS(10) },
	{ "PLAIN, sasldb of 10, plaintext",
	    "time server api PLAIN secrets=plaintext", MICROSECONDS,
	    RATIO(0.60), USERS(10) },
	{ "LOGIN, sasldb of 10", "time server api LOGIN", MICROSECONDS,
	    RATIO(1.00), USERS(10) },
	{ "LOGIN, sasldb of 10, plaintext",
	    "time server api LOGIN secrets=plaintext", MICROSECONDS,
	    RATIO(0.60), USERS(10) },
	{ "CRAM-MD5, sasldb of 10", "time server api CRAM-MD5", MICROSECONDS,
	    RATIO(1.00), USERS(10) },
	{ "CRAM-MD5, sasldb of 10, plaintext",
	    "time server api CRAM-MD5 secrets=plaintext", MICROSECONDS,
	    RATIO(0.60), USERS(10) },
	{ "PLAIN, sasldb of 10,000", "time server api PLAIN", MICROSECONDS,
	    RATIO(1.00), USERS(10000) },
	{ "PLAIN, sasldb of 10,000, plaintext",
	    "time server api PLAIN secrets=plaintext", MICROSECONDS,
	    RATIO(0.60), USERS(10000) },
	{ "LOGIN, sasldb of 10,000", "time server api LOGIN", MICROSECONDS,
	    RATIO(1.00), USERS(10000) },
	{ "LOGIN, sasldb of 10,000, plaintext",
	    "time server api LOGIN secrets=plaintext", MICROSECONDS,
	    RATIO(0.60), USERS(10000) },
	{ "CRAM-MD5, sasldb of 10,000", "time server api CRAM-MD5",
	    MICROSECONDS, RATIO(1.00), USERS(10000) },
	{ "CRAM-MD5, sasldb of 10,000, plaintext",
	    "time server api CRAM-MD5 secrets=plaintext", MICROSECONDS,
	    RATIO(0.60), USERS(10000) },
	{ "PLAIN, sasldb of 1,000,000", "time server api PLAIN", MICROSECONDS,
	    RATIO(1.00), USERS(1000000) },
	{ "PLAIN, sasldb of 1,000,000, plaintext",
	    "time server api PLAIN secrets=plaintext", MICROSECONDS,
	    RATIO(0.60), USERS(1000000) },
	{ "LOGIN, sasldb of 1,000,000", "time server api LOGIN", MICROSECONDS,
	    RATIO(1.00), USERS(1000000) },
	{ "LOGIN, sasldb of 1,000,000, plaintext",
	    "time server api LOGIN secrets=plaintext", MICROSECONDS,
	    RATIO(0.60), USERS(1000000) },
	{ "CRAM-MD5, sasldb of 1,000,000", "time server api CRAM-MD5",
	    MICROSECONDS, RATIO(1.00), USERS(1000000) },
	{ "CRAM-MD5, sasldb of 1,000,000, plaintext",
	    "time server api CRAM-MD5 secrets=plaintext", MICROSECONDS,
	    RATIO(0.60), USERS(1000000) },
	{ .title = NULL },
};

static const struct figure counts[] = {
	{ "PLAIN server, allocations", "allocations server plugin PLAIN", COUNT,
	    VALUE(1), .exact = true },
	{ "LOGIN server, allocations", "allocations server plugin LOGIN", COUNT,
	    VALUE(2), .exact = true },
	{ "CRAM-MD5 server, allocations", "allocations server plugin CRAM-MD5",
	    COUNT, VALUE(3), .exact = true },
	{ "PLAIN client, allocations", "allocations client plugin PLAIN", COUNT,
	    .exact = true },
	{ "LOGIN client, allocations", "allocations client plugin LOGIN", COUNT,
	    .exact = true },
	{ "CRAM-MD5 client, allocations", "allocations client plugin CRAM-MD5",
	    COUNT, .exact = true },
	{ "LOGIN server, held amid exchange", "held server plugin LOGIN", BYTES,
	    .exact = true },
	{ "CRAM-MD5 server, held amid exchange", "held server plugin CRAM-MD5",
	    BYTES, .exact = true },
	{ "PLAIN server, auxprop lookups", "lookups server api PLAIN", COUNT,
	    .exact = true },
	{ "LOGIN server, auxprop lookups", "lookups server api LOGIN", COUNT,
	    .exact = true },
	{ "CRAM-MD5 server, auxprop lookups", "lookups server api CRAM-MD5",
	    COUNT, .exact = true },
	{ "PLAIN server, system calls", "loop server api PLAIN logins=320",
	    .unit = "", .scale = 320, VALUE(0), .tool = TOOL_TRACE,
	    .exact = true },
	{ "LOGIN server, system calls", "loop server api LOGIN logins=320",
	    .unit = "", .scale = 320, VALUE(0), .tool = TOOL_TRACE,
	    .exact = true },
	{ "CRAM-MD5 server, system calls",
	    "loop server api CRAM-MD5 logins=320", .unit = "", .scale = 320,
	    VALUE(1), .tool = TOOL_TRACE, .exact = true },
	{ .title = NULL },
};

static const struct figure once[] = {
	{ "init + listmech + done", "start", MICROSECONDS },
	{ "init + listmech + done, with libcrypto", "start libcrypto",
	    MICROSECONDS, RATIO(1.25) },
	{ "private memory", "memory", KIBIBYTES },
	{ "private memory, with libcrypto", "memory libcrypto", KIBIBYTES },
	{ "first PLAIN login", "first server api PLAIN", MICROSECONDS },
	{ "first LOGIN login", "first server api LOGIN", MICROSECONDS },
	{ "first CRAM-MD5 login", "first server api CRAM-MD5", MICROSECONDS,
	    RATIO(1.10) },
	{ .title = NULL },
};

static const struct figure rate[] = {
	{ "PLAIN, 1 thread", "rate server api PLAIN threads=1",
	    PER_MILLISECOND },
	{ "PLAIN, 2 threads", "rate server api PLAIN threads=2",
	    PER_MILLISECOND },
	{ "PLAIN, 2 processes", "rate server api PLAIN processes=2",
	    PER_MILLISECOND },
	{ "LOGIN, 1 thread", "rate server api LOGIN threads=1",
	    PER_MILLISECOND },
	{ "LOGIN, 2 threads", "rate server api LOGIN threads=2",
	    PER_MILLISECOND },
	{ "LOGIN, 2 processes", "rate server api LOGIN processes=2",
	    PER_MILLISECOND },
	{ "CRAM-MD5, 1 thread", "rate server api CRAM-MD5 threads=1",
	    PER_MILLISECOND },
	{ "CRAM-MD5, 2 threads", "rate server api CRAM-MD5 threads=2",
	    PER_MILLISECOND, SPEEDUP(2.2) },
	{ "CRAM-MD5, 2 processes", "rate server api CRAM-MD5 processes=2",
	    PER_MILLISECOND, SPEEDUP(2.2) },
	{ .title = NULL },
};

/*
 * Their cost is their purpose. The values are of LOGIN_PASSWORD, made by
 * slappasswd, doveadm pw, mkpasswd, argon2 and Python's hashlib.
 */
static const struct figure stored[] = {
	{ "PLAIN, {SSHA}",
	    HASHED("PLAIN", "{SSHA}ntrI4gBCPbwyTzu3rGkqSxNgI3lV5p7h") },
	{ "PLAIN, {SSHA256}",
	    HASHED("PLAIN",
		"{SSHA256}APahfhbe5hfUkUBlVkB2HU3TzSXaEmQSo7dXnCvWOJhw3wFD") },
	{ "PLAIN, {SSHA512}",
	    HASHED("PLAIN",
		"{SSHA512}ovcJAHVRU4u/"
		"gRbFtujwVbdcdec+BeAuIAi979G9dQtIbRXm5SJTrjWhpJtbe8Rua/"
		"x78hiZef5yyCg4vHLoKs1Sxe8=") },
	{ "PLAIN, {PBKDF2-SHA256}, 10,000 rounds",
	    HASHED("PLAIN", "{PBKDF2-SHA256}10000$AQIDBAUGBwgJCgsMDQ4PEA$"
			    "yTJ9Uc4si6trbIbbCx8LY1h6KJ2IrKY4iYNX1GdVQJU") },
	{ "PLAIN, {SCRAM-SHA-256}, 4,096 rounds",
	    HASHED("PLAIN",
		"{SCRAM-SHA-256}4096,AQIDBAUGBwgJCgsMDQ4PEA==,"
		"ZxXSTdjkENrltVASC62pU0Gj7qPkNVsBv4B9/"
		"ZjhXY8=,Ma2JkKLzn6iRm2DgbxAz2jemqxphuyDeTA9l6gr59G0=") },
	{ "PLAIN, yescrypt, $y$j9T$",
	    HASHED("PLAIN", "$y$j9T$l9jq8/elTIG2r44Mob7mN/"
			    "$6pFvAu.CVMb2LkxSYJIC/CAvoB.SHpe2S5gTN.Ppdh1") },
	{ "PLAIN, bcrypt, cost 10",
	    HASHED("PLAIN", "$2b$10$iaBr6MkpHIC55n5ou.j6/"
			    "e08.uax4482mslBiQIHZ7hldnG.CMCMu") },
	{ "PLAIN, SHA-512 crypt, 5,000 rounds",
	    HASHED("PLAIN", "$6$H28mqMw/KPbtxmUs$ncBa8bRSeQyoG8ty5vrLNycp2/"
			    "KgFiJDY8f5Q50zkL2nn3GyPECK1YVvfIRF81hnW9nbcyJY3JhU"
			    "VI3GQ/eFv/") },
	{ "PLAIN, {ARGON2}, 64 MiB, 2 passes",
	    HASHED("PLAIN",
		"{ARGON2}$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0$"
		"A0OWSNJyke4FzCO/IthV5uiHnj3sR8/EPIVDSkMjjDE") },
	{ "PLAIN, {CRAM-MD5}",
	    HASHED("PLAIN", "{CRAM-MD5}"
			    "d06d4e1b26fccaa4b0b61801132340a354b21152711fb604ca"
			    "3e035e7015116b") },
	{ "CRAM-MD5, {CRAM-MD5}",
	    HASHED("CRAM-MD5", "{CRAM-MD5}"
			       "d06d4e1b26fccaa4b0b61801132340a354b21152711fb60"
			       "4ca3e035e7015116b") },
	{ .title = NULL },
};

const struct section sections[] = {
	{ "A login, the plugin alone", alone },
	{ "A login through libsasl2, users in memory", api },
	{ "A login through libsasl2, users in a sasldb", sasldb },
	{ "What a login takes besides time", counts },
	{ "Once a process (with libcrypto: it is loaded before)", once },
	{ "Logins at the same time, through libsasl2, users in memory", rate },
	{ "A login with a hashed password in memory, ours alone", stored },
	{ .title = NULL },
};
