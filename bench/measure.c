/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Measures one number with the plugins of one directory (SASL_PATH) and prints
 * it: the first word on the command line says what, the others which login, as
 *
 *	time server plugin CRAM-MD5
 *	time server PLAIN wrong auxprop_plugin=sasldb sasldb_path=FILE users=10
 *
 * Logins go by the batch, side by side from phase to phase, and only the phases
 * in which the side under test works are timed.
 */
#include "config.h"

#include <dlfcn.h>
#include <err.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "login.h"

enum { BATCH_MAX = 32, TRIALS = 12, TRIAL_NS = 1500000, BATCHES = 400 };
enum { THREADS = 2 };

#define EACH(s, b) \
	struct session *s = (b)->session; \
	s < (b)->session + (b)->size; \
	s++

/* Nanoseconds so far: of this thread's CPU time, and on the wall. */
struct stopwatch {
	double cpu;
	double wall;
};

struct batch {
	unsigned long serial; /* of the next login */
	unsigned size;
	double held; /* octets a session, amid the last login */
	struct session session[BATCH_MAX];
};

static const struct side *side;
static int last_result; /* that a login shall have */

static double
read_clock(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

/* All that counts runs in here: compare has callgrind look for this name. */
__attribute__((noinline)) static void
stopwatch_run(
    struct stopwatch *watch, void (*work)(struct batch *), struct batch *b)
{
	double wall = read_clock(CLOCK_MONOTONIC);
	double cpu = read_clock(CLOCK_THREAD_CPUTIME_ID);

	work(b);
	watch->cpu += read_clock(CLOCK_THREAD_CPUTIME_ID) - cpu;
	watch->wall += read_clock(CLOCK_MONOTONIC) - wall;
}

static void
take(struct session *s, unsigned n)
{
	need("a step", side->step(s, n),
	    n + 1 < mech->steps ? SASL_CONTINUE : last_result);
}

/* All but the last, which LOGIN's and CRAM-MD5's servers then wait for. */
static void
begin(struct batch *b)
{
	for (EACH(s, b))
		for (unsigned n = 0; n + 1 < mech->steps; n++)
			take(s, n);
}

static void
finish(struct batch *b)
{
	for (EACH(s, b))
		take(s, mech->steps - 1);
}

static void
close_all(struct batch *b)
{
	for (EACH(s, b))
		side->close(s);
}

/* Without a watch where it does not count. */
static void
run(struct stopwatch *watch, void (*work)(struct batch *), struct batch *b)
{
	if (watch != NULL)
		stopwatch_run(watch, work, b);
	else
		work(b);
}

/* One batch of logins; what it took is added to *watch. */
static void
batch_run(struct batch *b, struct stopwatch *watch)
{
	size_t before;

	for (EACH(s, b)) {
		session_fill(s, b->serial++);
		if (side->prepare != NULL)
			side->prepare(s);
	}
	before = mallinfo2().uordblks;
	run(watch, begin, b);
	b->held = (double)(mallinfo2().uordblks - before) / b->size;
	if (mech->challenged && word("server"))
		for (EACH(s, b))
			session_answer(s);
	run(watch, finish, b);
	if (last_result == SASL_OK)
		for (EACH(s, b))
			side->check(s);
	run(watch, close_all, b);
	if (side->release != NULL)
		for (EACH(s, b))
			side->release(s);
}

static void
no_work(struct batch *b)
{
	(void)b;
}

/* What the clock itself adds to a batch, at the least. */
static struct stopwatch
overhead(void)
{
	struct stopwatch least = { 1e9, 1e9 };

	for (int i = 0; i < BATCHES; i++) {
		struct stopwatch w = { 0, 0 };

		for (int phase = 0; phase < 3; phase++)
			stopwatch_run(&w, no_work, NULL);
		if (w.cpu < least.cpu)
			least.cpu = w.cpu;
		if (w.wall < least.wall)
			least.wall = w.wall;
	}
	return least;
}

/* Many programs that use libsasl2 have it in memory for TLS anyway. */
static void
load_libcrypto(void)
{
	if (word("libcrypto") &&
	    dlopen("libcrypto.so.3", RTLD_NOW | RTLD_GLOBAL) == NULL)
		errx(1, "%s", dlerror());
}

/*
 * A batch of connections is freed at once, which no server does: malloc would
 * give memory back each time, and fetch it again.
 */
static struct batch *
batch_new(void)
{
	static struct batch b;

	mallopt(M_TRIM_THRESHOLD, 64 << 20);
	mallopt(M_TOP_PAD, 1 << 20);
	b.size = BATCH_MAX;
	last_result = word("wrong") || word("wrong-last") || word("unknown")
			  ? SASL_BADAUTH
			  : SASL_OK;
	load_libcrypto();
	if (word("client"))
		side = word("plugin") ? &plugin_client : &library_client;
	else
		side = word("plugin") ? &plugin_server : &library_server;
	side->load();
	return &b;
}

/* At least so many logins. Returns how many. */
static unsigned long
log_in(struct batch *b, unsigned long logins, struct stopwatch *watch)
{
	unsigned long done;

	for (done = 0; done < logins; done += b->size)
		batch_run(b, watch);
	return done;
}

/* The quietest of some trials. */
static double
time_logins(void)
{
	struct batch *b = batch_new();
	double off = overhead().cpu, least = 1e18, ns;

	log_in(b, word_number("logins", 1), NULL);
	for (int i = 0; i < TRIALS; i++) {
		struct stopwatch watch = { 0, 0 };
		unsigned batches;

		for (batches = 0; watch.cpu < TRIAL_NS; batches++)
			batch_run(b, &watch);
		ns = (watch.cpu / batches - off) / b->size;
		least = ns < least ? ns : least;
	}
	return least;
}

/* The mean of the first ones of the process. */
static double
time_first(void)
{
	unsigned long logins = word_number("logins", 1);
	struct stopwatch watch = { 0, 0 };
	struct batch *b = batch_new();

	b->size = 1;
	log_in(b, logins, &watch);
	return watch.cpu / (double)logins - overhead().cpu;
}

static double
count_held(void)
{
	struct batch *b = batch_new();

	batch_run(b, NULL);
	batch_run(b, NULL);
	return b->held;
}

static void
list_mechs(void)
{
	const char *list;
	sasl_conn_t *conn;

	need("sasl_server_new",
	    sasl_server_new(
		LOGIN_SERVICE, LOGIN_HOST, NULL, NULL, NULL, NULL, 0, &conn),
	    SASL_OK);
	sasl_listmech(conn, NULL, "", " ", "", &list, NULL, NULL);
	sasl_dispose(&conn);
}

static void
start_and_end(struct batch *b)
{
	(void)b;
	library_start();
	list_mechs();
	sasl_done();
}

static double
time_start(void)
{
	struct stopwatch watch = { 0, 0 };

	load_libcrypto();
	stopwatch_run(&watch, start_and_end, NULL);
	return watch.cpu;
}

/* What it cannot share with other processes that run the same programs. */
static double
private_kib(void)
{
	FILE *file = fopen("/proc/self/smaps_rollup", "r");
	double sum = 0, kib;
	char line[256];

	if (file == NULL)
		errx(1, "no /proc/self/smaps_rollup");
	while (fgets(line, sizeof line, file) != NULL)
		if (sscanf(line, "Private_Dirty: %lf", &kib) == 1)
			sum += kib;
	fclose(file);
	return sum;
}

static double
measure_memory(void)
{
	unsigned long logins = word_number("logins", 0);
	double before;

	load_libcrypto();
	private_kib();
	before = private_kib();
	if (logins > 0)
		log_in(batch_new(), logins, NULL);
	else
		library_start();
	list_mechs();
	return private_kib() - before;
}

/* Warm at first: callgrind sees only what every login costs. */
static double
run_loop(void)
{
	struct stopwatch watch;
	struct batch *b = batch_new();

	batch_run(b, NULL);
	return (double)log_in(b, word_number("logins", 1), &watch);
}

static pthread_barrier_t start;
static atomic_bool over; /* the first thread is through */

/* Logins a second of one thread, without the time of their clients. */
static void *
work(void *rate)
{
	struct batch b = { .size = BATCH_MAX };
	struct stopwatch watch = { 0, 0 };
	double off = overhead().wall, n = 0;

	batch_run(&b, NULL);
	pthread_barrier_wait(&start);
	for (; n < BATCHES && !over; n++)
		batch_run(&b, &watch);
	over = true;
	*(double *)rate = n * b.size * 1e9 / (watch.wall - n * off);
	return NULL;
}

static double
measure_rate(void)
{
	double rate[THREADS], sum = 0;
	pthread_t thread[THREADS];

	batch_new();
	pthread_barrier_init(&start, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, work, &rate[i]) != 0)
			errx(1, "no thread");
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], NULL);
		sum += rate[i];
	}
	return sum;
}

static const struct {
	const char *word;
	double (*measure)(void);
} measures[] = {
	{ "time", time_logins },      /* ns of CPU a login, after logins=N */
	{ "first", time_first },      /* the same, as a mean of the first N */
	{ "start", time_start },      /* ns of CPU for init, listmech, done */
	{ "memory", measure_memory }, /* private KiB more after N logins */
	{ "rate", measure_rate },     /* logins a second by two threads */
	{ "held", count_held },	      /* octets, amid a login */
	{ "loop", run_loop },	      /* N logins, for callgrind */
};

enum { MEASURES = sizeof measures / sizeof measures[0] };

int
main(int argc, char *argv[])
{
	const char *known[] = { "server", "client", "plugin", "libcrypto",
		"wrong", "wrong-last", "unknown", argv[1], NULL };
	unsigned i = 0;

	while (argc > 1 && i < MEASURES && strcmp(argv[1], measures[i].word))
		i++;
	if (argc < 2 || i == MEASURES)
		errx(1, "say what to measure");
	words_read(argv + 1, known);
	printf("%.6g\n", measures[i].measure());
	return 0;
}
