/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Somebody else's eyes: see run_as.h.
 */
#include "config.h"

#include <sys/types.h>
#include <sys/wait.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/run_as.h"
#include "lib/util.h"

enum {
	SECONDS = 30,  /* for an answer, if nobody says otherwise */
	NOT_RUN = 125, /* exit status */
	EXITED = 256,  /* more than any signal; the status is added */
};

/* Whose name it is, looked up where names are known. */
static int
become(const struct run_as *where)
{
	struct passwd *who = NULL;

	if (where->user != NULL) {
		who = getpwnam(where->user);
		if (who == NULL || setgid(who->pw_gid) < 0 ||
		    initgroups(where->user, who->pw_gid) < 0)
			return -1;
	}
	if (where->chroot != NULL &&
	    (chroot(where->chroot) < 0 || chdir("/") < 0))
		return -1;
	return who != NULL && setuid(who->pw_uid) < 0 ? -1 : 0;
}

static void
answer(const struct run_as *where, void (*ask)(FILE *, void *), int fd,
    void *context)
{
	FILE *out = fdopen(fd, "w");

	if (out == NULL || become(where) < 0)
		_exit(NOT_RUN);
	alarm(where->seconds != 0 ? where->seconds : SECONDS);
	ask(out, context);
	fclose(out);
	_exit(0);
}

static int
outcome(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return RUN_AS_IMPOSSIBLE;
	if (WIFSIGNALED(status))
		return WTERMSIG(status);
	if (WEXITSTATUS(status) == 0)
		return RUN_AS_DONE;
	errno = EPERM;
	return WEXITSTATUS(status) == NOT_RUN ? RUN_AS_IMPOSSIBLE
					      : EXITED + WEXITSTATUS(status);
}

char *
run_as_end(int end)
{
	if (end >= EXITED)
		return util_format("with exit status %d", end - EXITED);
	return util_format("by signal %d (%s)", end, strsignal(end));
}

bool
run_as_hangs(int end)
{
	return end == SIGALRM;
}

int
run_as(const struct run_as *where, void (*ask)(FILE *, void *),
    void (*take)(void *, char *), void *context)
{
	size_t size = 0;
	char *line = NULL;
	int ends[2];
	FILE *in;
	pid_t pid;

	if (pipe(ends) < 0)
		return RUN_AS_IMPOSSIBLE;
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		answer(where, ask, ends[1], context);
	}
	close(ends[1]);
	in = pid < 0 ? NULL : fdopen(ends[0], "r");
	if (in == NULL) {
		close(ends[0]);
		return RUN_AS_IMPOSSIBLE;
	}
	while (getline(&line, &size, in) > 0) {
		line[strcspn(line, "\n")] = '\0';
		take(context, line);
	}
	free(line);
	fclose(in);
	return outcome(pid);
}

/* A text may contain anything: tabs and ends of lines are the frame's. */
static void
put(FILE *answer, const char *text)
{
	for (; *text != '\0'; text++)
		switch (*text) {
		case '\t':
			fputs("\\t", answer);
			break;
		case '\n':
			fputs("\\n", answer);
			break;
		case '\\':
			fputs("\\\\", answer);
			break;
		default:
			fputc(*text, answer);
		}
}

void
run_as_tell(FILE *answer, const char *text, ...)
{
	va_list args;

	va_start(args, text);
	for (; text != NULL; text = va_arg(args, const char *)) {
		put(answer, text);
		fputc('\t', answer);
	}
	va_end(args);
	fputc('\n', answer);
	/* What comes next may crash. */
	fflush(answer);
}

char *
run_as_next(char **line)
{
	static char nothing[] = "";
	char *text = strsep(line, "\t"), *to, *from;

	if (text == NULL)
		return nothing;
	for (to = from = text; *from != '\0'; from++)
		if (*from != '\\')
			*to++ = *from;
		else if (*++from == 't')
			*to++ = '\t';
		else
			*to++ = (char)(*from == 'n' ? '\n' : *from);
	*to = '\0';
	return text;
}
