/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Many threads log in at once, by all mechanisms, on one initialised library.
 * Built with -fsanitize=thread it finds races in our plugins; built plainly it
 * sees that everybody gets his own answer.
 *
 * THREADS_ROUNDS says how often each thread goes round (20).
 */
#include "config.h"

#include <pthread.h>

#include "library/library.h"
#include "support/test.h"

enum { THREADS = 8, ROUNDS = 20 };

static void *
new_mutex(void)
{
	pthread_mutex_t *mutex = malloc(sizeof(*mutex));

	if (mutex != NULL && pthread_mutex_init(mutex, NULL) != 0) {
		free(mutex);
		mutex = NULL;
	}
	return mutex;
}

static int
lock_mutex(void *mutex)
{
	return pthread_mutex_lock(mutex) == 0 ? SASL_OK : SASL_FAIL;
}

static int
unlock_mutex(void *mutex)
{
	return pthread_mutex_unlock(mutex) == 0 ? SASL_OK : SASL_FAIL;
}

static void
free_mutex(void *mutex)
{
	pthread_mutex_destroy(mutex);
	free(mutex);
}

struct worker {
	pthread_t thread;
	unsigned number, rounds;
	unsigned right, wrong; /* answers */
};

static void
log_in(struct worker *w, const char *mechanism, unsigned round)
{
	const struct library_attempt *a =
	    &library_attempts[(w->number + round) % LIBRARY_ATTEMPTS];

	if (library_login(mechanism, a->user, a->password) == a->code)
		w->right++;
	else
		w->wrong++;
}

static void *
work(void *argument)
{
	struct worker *w = argument;
	unsigned round, i;

	for (round = 0; round < w->rounds; round++)
		for (i = 0; i < SET_COUNT; i++)
			log_in(w, library_mechanisms[i], round);
	return NULL;
}

static unsigned
rounds(void)
{
	const char *text = getenv("THREADS_ROUNDS");

	return text == NULL ? ROUNDS : (unsigned)strtoul(text, NULL, 10);
}

TEST(threads__all_mechanisms_at_once__each_gets_its_answer)
{
	struct worker workers[THREADS] = { { .number = 0 } };
	unsigned i;

	sasl_set_mutex(new_mutex, lock_mutex, unlock_mutex, free_mutex);
	library_open_usual();
	for (i = 0; i < THREADS; i++) {
		workers[i].number = i;
		workers[i].rounds = rounds();
		assert_int_equal(
		    pthread_create(&workers[i].thread, NULL, work, &workers[i]),
		    0);
	}
	for (i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
		assert_int_equal(workers[i].wrong, 0);
		assert_int_equal(workers[i].right, 3 * rounds());
	}
	library_close();
}
