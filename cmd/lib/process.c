/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Other processes: see process.h.
 */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>

#include "base/secret.h"
#include "lib/process.h"
#include "lib/util.h"

enum {
	SECONDS = 30,	   /* for an answer, if nobody says otherwise */
	NOT_RUN = 125,	   /* exit status */
	EXITED = 256,	   /* more than any signal; the status is added */
	LONG_LINE = 32768, /* one that is longer leaves copies in memory */
};

/* The other end of a pipe to a new process, in which *pid is 0. */
static FILE *
open_process(pid_t *pid)
{
	int ends[2];
	FILE *stream;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return NULL;
	fflush(NULL);
	*pid = fork();
	stream =
	    *pid < 0 ? NULL : fdopen(ends[*pid == 0], *pid == 0 ? "w" : "r");
	if (*pid == 0 && stream == NULL)
		_exit(NOT_RUN);
	if (*pid != 0)
		close(ends[1]);
	if (stream == NULL || *pid == 0)
		close(ends[0]);
	return stream;
}

/* What they say may be secret. 0, or -1 with errno. */
static int
take_lines(FILE *in, process_line_fn *take, void *context)
{
	char room[BUFSIZ], *line = malloc(LONG_LINE);
	size_t size = line != NULL ? LONG_LINE : 0;
	int error;

	setvbuf(in, room, _IOFBF, sizeof(room));
	while (getline(&line, &size, in) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (take != NULL)
			take(context, line);
	}
	error = ferror(in) ? errno : 0;
	fclose(in);
	secret_wipe(room, sizeof(room));
	secret_wipe(line, size);
	free(line);
	errno = error;
	return error == 0 ? 0 : -1;
}

/* As waitpid() has it, or -1. */
static int
status_of(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

/* A pipe would be waited for. */
static FILE *
open_regular(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	FILE *in = NULL;
	struct stat st;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) < 0 || S_ISREG(st.st_mode))
		in = fdopen(fd, "r");
	else
		errno = S_ISDIR(st.st_mode) ? EISDIR : 0;
	if (in == NULL)
		close(fd);
	return in;
}

bool
process_file(const char *path, process_line_fn *take, void *context)
{
	FILE *in = open_regular(path);

	return in != NULL && take_lines(in, take, context) == 0;
}

/* --- As somebody else ----------------------------------------------------- */

/* The name is looked up before the chroot, where names are known. */
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
	if (who != NULL && setuid(who->pw_uid) < 0)
		return -1;
	alarm(where->seconds != 0 ? where->seconds : SECONDS);
	return 0;
}

static void
become_program(const struct run_as *where, const char *const argv[], FILE *out)
{
	const char *path = getenv("PATH");
	int nowhere = open("/dev/null", O_RDWR);

	setenv("PATH",
	    util_format(
		"%s:/usr/sbin:/sbin", path != NULL ? path : "/usr/bin:/bin"),
	    1);
	if (where != NULL && become(where) < 0)
		_exit(NOT_RUN);
	dup2(nowhere, STDIN_FILENO);
	dup2(nowhere, STDERR_FILENO);
	dup2(fileno(out), STDOUT_FILENO);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

int
process_run(const struct run_as *where, const char *const argv[],
    process_line_fn *take, void *context)
{
	pid_t pid;
	FILE *stream = open_process(&pid);
	int status;

	if (stream == NULL)
		return -1;
	if (pid == 0)
		become_program(where, argv, stream);
	(void)take_lines(stream, take, context);
	status = status_of(pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Where a process of run_as() writes what it tells. */
static FILE *answer;

int
run_as(const struct run_as *where, void (*ask)(void *), process_line_fn *take,
    void *context)
{
	pid_t pid;
	FILE *stream = open_process(&pid);
	int status;

	if (stream == NULL)
		return RUN_AS_IMPOSSIBLE;
	if (pid == 0) {
		if (answer != NULL) /* of the process that has started this */
			close(fileno(answer));
		if (become(where) < 0)
			_exit(NOT_RUN);
		answer = stream;
		ask(context);
		_exit(fclose(stream) == 0 ? 0 : NOT_RUN);
	}
	(void)take_lines(stream, take, context);
	status = status_of(pid);
	if (WIFSIGNALED(status))
		return WTERMSIG(status);
	if (status == 0)
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

/* A text may contain what separates texts and records; that is escaped. */
static const char frame[] = "\t\r\n\\", escaped[] = "trn\\";

void
run_as_tell(const char *text, ...)
{
	va_list args;
	const char *c;

	va_start(args, text);
	for (; text != NULL; text = va_arg(args, const char *)) {
		for (; *text != '\0'; text++)
			if ((c = strchr(frame, *text)) == NULL)
				fputc(*text, answer);
			else
				fprintf(answer, "\\%c", escaped[c - frame]);
		fputc('\t', answer);
	}
	va_end(args);
	fputc('\n', answer);
	fflush(answer); /* what comes next may crash */
}

char *
run_as_next(char **line)
{
	static char nothing[] = "";
	char *text = strsep(line, "\t"), *to, *from;
	const char *c;

	if (text == NULL)
		return nothing;
	for (to = from = text; *from != '\0'; from++)
		if (*from == '\\' && from[1] != '\0' &&
		    (c = strchr(escaped, from[1])) != NULL) {
			*to++ = frame[c - escaped];
			from++;
		} else
			*to++ = *from;
	*to = '\0';
	return text;
}
