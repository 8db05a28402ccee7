/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Workers side by side, see rate.h.
 */
#include "config.h"

#include "rate.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fail.h"

enum { WORKERS_MAX = 16, BATCHES = 400 };

/* Seen by all workers, processes too. */
struct work {
	pthread_barrier_t start;
	atomic_bool over; /* the first of them is through */
	const struct exchange *exchange;
	const struct scenario *scenario;
	double rate[WORKERS_MAX];
};

struct worker {
	struct work *work;
	unsigned number;
	struct batch batch;
};

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
time_batch(struct batch *b, double overhead)
{
	struct stopwatch watch = { 0, 0 };

	batch_run(b, &watch);
	return (watch.wall - overhead) / b->size;
}

/*
 * The lower quartile: a noisy neighbour takes time from some batches, but the
 * least may come from a moment when the other workers did not run.
 */
static void *
work(void *arg)
{
	struct worker *w = arg;
	double ns[BATCHES], overhead = batch_overhead(&w->batch).wall;
	unsigned n = 0;

	batch_warm(&w->batch);
	pthread_barrier_wait(&w->work->start);
	while (n < BATCHES && !atomic_load(&w->work->over))
		ns[n++] = time_batch(&w->batch, overhead);
	atomic_store(&w->work->over, true);
	qsort(ns, n, sizeof ns[0], compare);
	w->work->rate[w->number] = n == 0 ? 0 : 1e9 / ns[n / 4];
	return NULL;
}

static void
run_threads(struct worker worker[], unsigned n)
{
	pthread_t thread[WORKERS_MAX];

	for (unsigned i = 0; i < n; i++)
		if (pthread_create(&thread[i], NULL, work, &worker[i]) != 0)
			fail("no thread %u", i);
	for (unsigned i = 0; i < n; i++)
		pthread_join(thread[i], NULL);
}

static void
run_processes(struct worker worker[], unsigned n)
{
	int status;

	for (unsigned i = 0; i < n; i++)
		switch (fork()) {
		case -1:
			fail("no process %u", i);
		case 0:
			work(&worker[i]);
			_exit(0);
		}
	for (unsigned i = 0; i < n; i++)
		if (wait(&status) < 0 || status != 0)
			fail("a worker has failed");
}

static struct work *
work_new(unsigned workers)
{
	pthread_barrierattr_t shared;
	struct work *new = mmap(NULL, sizeof *new, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (new == MAP_FAILED)
		fail("no shared memory");
	pthread_barrierattr_init(&shared);
	pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
	pthread_barrier_init(&new->start, &shared, workers);
	return new;
}

double
rate_run(const struct scenario *s, const struct exchange *exchange)
{
	unsigned n = s->threads + s->processes;
	struct worker *worker = calloc(WORKERS_MAX, sizeof *worker);
	struct work *all;
	double sum = 0;

	if (n == 0 || n > WORKERS_MAX || worker == NULL)
		fail("%u workers", n);
	all = work_new(n);
	for (unsigned i = 0; i < n; i++) {
		worker[i].work = all;
		worker[i].number = i;
		batch_init(&worker[i].batch, exchange, s);
	}
	if (s->threads > 0)
		run_threads(worker, n);
	else
		run_processes(worker, n);
	for (unsigned i = 0; i < n; i++)
		sum += all->rate[i];
	free(worker);
	return sum;
}
