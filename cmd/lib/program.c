/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Another program: see program.h.
 */
#include "config.h"

#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/program.h"
#include "lib/util.h"

static void
become(const char *const argv[], int out)
{
	const char *path = getenv("PATH");
	char *wider;
	int nowhere;

	wider = util_format(
	    "%s:/usr/sbin:/sbin", path != NULL ? path : "/usr/bin:/bin");
	setenv("PATH", wider, 1);
	nowhere = open("/dev/null", O_RDWR);
	dup2(nowhere, STDIN_FILENO);
	dup2(nowhere, STDERR_FILENO);
	dup2(out, STDOUT_FILENO);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

FILE *
program_open(const char *const argv[], pid_t *pid)
{
	int ends[2];
	FILE *stream;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return NULL;
	*pid = fork();
	if (*pid == 0)
		become(argv, ends[1]);
	close(ends[1]);
	stream = *pid < 0 ? NULL : fdopen(ends[0], "r");
	if (stream == NULL)
		close(ends[0]);
	return stream;
}

int
program_close(FILE *stream, pid_t pid)
{
	int status;

	fclose(stream);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
