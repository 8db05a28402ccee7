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

struct batch {
	unsigned long serial; /* of the next login */
	unsigned size;
	double held; /* octets a session, amid the last login */
	struct session session[BATCH_MAX];
};

static const struct side *side;
static int last_result; /* that a login shall have */

/* What counts is this thread's CPU time, or, with threads, what all see. */
static clockid_t clock_id = CLOCK_THREAD_CPUTIME_ID;

static double
now(void)
{
	struct timespec t;

	clock_gettime(clock_id, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

/*
 * Adds what the work took to *ns. All that counts runs in here: compare has
 * callgrind look for this name.
 */
__attribute__((noinline)) static void
stopwatch_run(double *ns, void (*work)(struct batch *), struct batch *b)
{
	double begin = now();

	work(b);
	*ns += now() - begin;
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

/* ns is NULL where it does not count. */
static void
run(double *ns, void (*work)(struct batch *), struct batch *b)
{
	if (ns != NULL)
		stopwatch_run(ns, work, b);
	else
		work(b);
}

/* Octets that are in use; 0 where malloc() does not tell. */
static size_t
heap_in_use(void)
{
#ifdef HAVE_MALLINFO2
	return mallinfo2().uordblks;
#else
	return 0;
#endif
}

/* One batch of logins; what it took is added to *ns, unless that is NULL. */
static void
batch_run(struct batch *b, double *ns)
{
	size_t before;

	for (EACH(s, b)) {
		session_fill(s, b->serial++);
		if (side->prepare != NULL)
			side->prepare(s);
	}
	before = heap_in_use();
	run(ns, begin, b);
	b->held = (double)(heap_in_use() - before) / b->size;
	if (mech->challenged && word("server"))
		for (EACH(s, b))
			session_answer(s);
	run(ns, finish, b);
	if (last_result == SASL_OK)
		for (EACH(s, b))
			side->check(s);
	run(ns, close_all, b);
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
static double
overhead(void)
{
	double least = 1e9;

	for (int i = 0; i < BATCHES; i++) {
		double ns = 0;

		for (int phase = 0; phase < 3; phase++)
			stopwatch_run(&ns, no_work, NULL);
		least = ns < least ? ns : least;
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

#ifdef HAVE_MALLOPT
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
	mallopt(M_TOP_PAD, 1 << 20);
#endif
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
log_in(struct batch *b, unsigned long logins, double *ns)
{
	unsigned long done;

	for (done = 0; done < logins; done += b->size)
		batch_run(b, ns);
	return done;
}

/* The quietest of some trials, one by one where a login is slow. */
static double
time_logins(void)
{
	struct batch *b = batch_new();
	double off = overhead(), least = 1e18, first = 0;

	b->size = 1;
	batch_run(b, &first);
	b->size = first > TRIAL_NS ? 1 : BATCH_MAX;
	log_in(b, word_number("logins", 1), NULL);
	for (int i = 0; i < TRIALS; i++) {
		double ns = 0;
		unsigned batches;

		for (batches = 0; ns < TRIAL_NS; batches++)
			batch_run(b, &ns);
		ns = (ns / batches - off) / b->size;
		least = ns < least ? ns : least;
	}
	return least;
}

/* The mean of the first ones of the process. */
static double
time_first(void)
{
	unsigned long logins = word_number("logins", 1);
	struct batch *b = batch_new();
	double ns = 0;

	b->size = 1;
	log_in(b, logins, &ns);
	return ns / (double)logins - overhead();
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
	double ns = 0;

	load_libcrypto();
	stopwatch_run(&ns, start_and_end, NULL);
	return ns;
}

/* What it does not share with other processes that run the same programs. */
static double
private_kib(void)
{
	FILE *file = fopen("/proc/self/smaps_rollup", "r");
	double kib = 0;
	char line[256];

	if (file == NULL)
		errx(1, "no /proc/self/smaps_rollup");
	while (fgets(line, sizeof line, file) != NULL)
		sscanf(line, "Anonymous: %lf", &kib);
	fclose(file);
	return kib;
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
	struct batch *b = batch_new();
	double ns = 0;

	batch_run(b, NULL);
	return (double)log_in(b, word_number("logins", 1), &ns);
}

static pthread_barrier_t start;
static atomic_bool over; /* the first thread is through */

/* Logins a second of one thread, without the time of their clients. */
static void *
work(void *rate)
{
	struct batch b = { .size = BATCH_MAX };
	double off = overhead(), ns = 0, n = 0;

	batch_run(&b, NULL);
	pthread_barrier_wait(&start);
	for (; n < BATCHES && !over; n++)
		batch_run(&b, &ns);
	over = true;
	*(double *)rate = n * b.size * 1e9 / (ns - n * off);
	return NULL;
}

static double
measure_rate(void)
{
	double rate[THREADS], sum = 0;
	pthread_t thread[THREADS];

	clock_id = CLOCK_MONOTONIC;
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
	unsigned i = 0;

	while (argc > 1 && i < MEASURES && strcmp(argv[1], measures[i].word))
		i++;
	if (argc < 2 || i == MEASURES)
		errx(1, "say what to measure");
	words_read(argv + 1);
	printf("%.6g\n", measures[i].measure());
	return 0;
}
