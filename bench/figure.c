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
	    .tool = TOOL_CALLGRIND, .exact = true },
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

const struct section sections[] = {
	{ "A login, the plugin alone", alone },
	{ "A login through libsasl2, users in memory", api },
	{ "A login through libsasl2, users in a sasldb", sasldb },
	{ "What a login takes besides time", counts },
	{ "Once a process (with libcrypto: it is loaded before)", once },
	{ "Logins at the same time, through libsasl2, users in memory", rate },
	{ .title = NULL },
};
