/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Running the measuring programs, see run.h.
 */
#include "config.h"

#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fail.h"
#include "trace.h"

enum { ARGS_MAX = 16, LINE_SIZE = 512, STATUS_CANNOT = 3 };

/* What callgrind.sh is told to count; nothing where it is not the tool. */
static const char *const counts[] = {
	[TOOL_MEASURE] = "",
	[TOOL_TRACE] = "",
	[TOOL_OWN] = "--own",
	[TOOL_HASHING] = "--hashing",
	[TOOL_ALL] = "--all",
};

/* A command line, cut at its blanks. */
struct command {
	char line[LINE_SIZE];
	char *argv[ARGS_MAX];
};

static void
command_init(struct command *c, const struct runner *r, const char *words,
    enum tool tool)
{
	const char *count = counts[tool];
	unsigned n = 0;
	int len;

	len = snprintf(c->line, sizeof c->line, "%s %s %s %s",
	    *count != '\0' ? r->callgrind : "", count, r->program, words);
	if (len >= LINE_SIZE)
		fail("too many words: %s", words);
	c->argv[n] = strtok(c->line, " ");
	while (c->argv[n] != NULL && n + 1 < ARGS_MAX)
		c->argv[++n] = strtok(NULL, " ");
}

/* Both names for each, as libsasl2 2.1 and 2.2 want them. */
static void
set_environment(const struct runner *r)
{
	if (r->plugins == NULL)
		return;
	setenv("SASL_PATH", r->plugins, 1);
	setenv("SASL_PLUGINDIR", r->plugins, 1);
	setenv("SASL_CONF_PATH", r->plugins, 1);
	setenv("SASL_CONFDIR", r->plugins, 1);
}

static void
become(const struct runner *r, const struct command *c, int out, bool traced)
{
	set_environment(r);
	dup2(out, STDOUT_FILENO);
	if (traced)
		trace_me();
	execv(c->argv[0], c->argv);
	fail("%s cannot be run", c->argv[0]);
}

static pid_t
start(const struct runner *r, const struct command *c, int *in, bool traced)
{
	int ends[2];
	pid_t pid;

	fflush(stdout);
	if (pipe(ends) < 0 || (pid = fork()) < 0)
		fail("no process for %s", c->argv[0]);
	if (pid == 0)
		become(r, c, ends[1], traced);
	close(ends[1]);
	*in = ends[0];
	return pid;
}

static bool
read_number(int in, double *value)
{
	FILE *file = fdopen(in, "r");
	bool got = file != NULL && fscanf(file, "%lf", value) == 1;

	if (file != NULL)
		fclose(file);
	return got;
}

int
run_words(
    const struct runner *r, const char *words, enum tool tool, double *value)
{
	bool traced = tool == TOOL_TRACE, got;
	struct command command;
	unsigned long calls = 0;
	int in, status;
	pid_t pid;

	command_init(&command, r, words, tool);
	pid = start(r, &command, &in, traced);
	if (traced)
		status = trace_calls(pid, &calls);
	got = read_number(in, value);
	if (!traced)
		waitpid(pid, &status, 0);
	if (traced)
		*value = (double)calls;
	return status == 0 && !got ? -1 : status;
}

bool
run_figure(const struct runner *r, const struct figure *f, double *value)
{
	char words[LINE_SIZE], store[LINE_SIZE] = "";
	int status;

	if (*counts[f->tool] != '\0' && r->callgrind == NULL)
		return false;
	if (f->users > 0)
		snprintf(store, sizeof store, " sasldb=%s/users.%lu users=%lu",
		    r->users_dir, f->users, f->users);
	snprintf(words, sizeof words, "%s%s", f->words, store);
	status = run_words(r, words, f->tool, value);
	*value /= f->scale;
	if (status == 0)
		return true;
	if (WIFEXITED(status) && WEXITSTATUS(status) == STATUS_CANNOT)
		return false;
	if (!f->alone)
		fail("%s %s has failed", r->program, f->words);
	fprintf(stderr, "no figure for \"%s\"\n", f->title);
	return false;
}
