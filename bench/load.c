/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Load for a mail server: some clients log in again and again, each in one
 * session at a time, and the server's processes are asked for their CPU
 * time. Prints sessions a second, CPU microseconds a session, and the median
 * and the 99th percentile of AUTH in microseconds.
 */
#include "config.h"

#include <dirent.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>

#include "api.h"
#include "fail.h"
#include "smtp.h"
#include "stopwatch.h"

enum { CLIENTS = 2, PIDS_MAX = 8, ANCESTORS_MAX = 16, PATH_SIZE = 64 };

struct load {
	unsigned port;
	const char *mech;
	unsigned sessions; /* of each client */
	double *ns;	   /* that each AUTH took */
	pid_t pid[PIDS_MAX];
	unsigned pids;
};

struct client {
	const struct load *load;
	double *ns; /* its part of them */
};

static void *
log_in_often(void *arg)
{
	struct client *c = arg;

	for (unsigned i = 0; i < c->load->sessions; i++)
		c->ns[i] = smtp_session(c->load->port, c->load->mech);
	return NULL;
}

static pid_t
parent_of(pid_t pid)
{
	char path[PATH_SIZE];
	int parent = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	if ((file = fopen(path, "r")) == NULL)
		return 0;
	if (fscanf(file, "%*d (%*[^)]) %*c %d", &parent) != 1)
		parent = 0;
	fclose(file);
	return parent;
}

/* Does it descend from one of the server's processes, or is it one? */
static bool
belongs(const struct load *l, pid_t pid)
{
	for (int i = 0; i < ANCESTORS_MAX && pid > 1; i++) {
		for (unsigned n = 0; n < l->pids; n++)
			if (l->pid[n] == pid)
				return true;
		pid = parent_of(pid);
	}
	return false;
}

static double
cpu_of(pid_t pid)
{
	char path[PATH_SIZE];
	double ns = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
	if ((file = fopen(path, "r")) == NULL)
		return 0;
	if (fscanf(file, "%lf", &ns) != 1)
		ns = 0;
	fclose(file);
	return ns;
}

/* Nanoseconds so far of all processes of the server that are there. */
static double
cpu_of_server(const struct load *l)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	double ns = 0;
	pid_t pid;

	if (dir == NULL)
		fail("no /proc");
	while ((entry = readdir(dir)) != NULL)
		if ((pid = (pid_t)atoi(entry->d_name)) > 0 && belongs(l, pid))
			ns += cpu_of(pid);
	closedir(dir);
	return ns;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
run(const struct load *l)
{
	struct client client[CLIENTS];
	pthread_t thread[CLIENTS];

	for (unsigned i = 0; i < CLIENTS; i++) {
		client[i].load = l;
		client[i].ns = l->ns + i * l->sessions;
		if (pthread_create(
			&thread[i], NULL, log_in_often, &client[i]) != 0)
			fail("no thread %u", i);
	}
	for (unsigned i = 0; i < CLIENTS; i++)
		pthread_join(thread[i], NULL);
}

static void
print(const struct load *l, double wall, double cpu)
{
	unsigned n = CLIENTS * l->sessions;

	qsort(l->ns, n, sizeof l->ns[0], compare);
	printf("%.1f %.1f %.1f %.1f\n", n * 1e9 / wall, cpu / n / 1e3,
	    l->ns[n / 2] / 1e3, l->ns[n * 99 / 100] / 1e3);
}

int
main(int argc, char *argv[])
{
	struct load l = { .pids = 0 };
	double wall, cpu;

	if (argc < 4 || argc - 4 > PIDS_MAX)
		fail("usage: load PORT MECHANISM SESSIONS [PID...]");
	l.port = (unsigned)strtoul(argv[1], NULL, 10);
	l.mech = argv[2];
	l.sessions = (unsigned)strtoul(argv[3], NULL, 10) / CLIENTS;
	for (int i = 4; i < argc; i++)
		l.pid[l.pids++] = (pid_t)strtol(argv[i], NULL, 10);
	l.ns = calloc(CLIENTS * (size_t)l.sessions, sizeof l.ns[0]);
	if (l.sessions == 0 || l.ns == NULL)
		fail("no sessions");
	api_start_client();
	cpu = cpu_of_server(&l);
	wall = stopwatch_now();
	run(&l);
	wall = stopwatch_now() - wall;
	print(&l, wall, cpu_of_server(&l) - cpu);
	free(l.ns);
	return 0;
}
