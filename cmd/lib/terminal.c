/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The terminal: see terminal.h.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <time.h>

#include "base/secret.h"
#include "lib/terminal.h"
#include "lib/util.h"

const char *
colour(enum colour which)
{
	static const char *const escapes[] = {
		[COLOUR_PLAIN] = "\033[0m",
		[COLOUR_BOLD] = "\033[1m",
		[COLOUR_DIM] = "\033[2m",
		[COLOUR_GOOD] = "\033[32m",
		[COLOUR_BAD] = "\033[31m",
		[COLOUR_SERVER] = "\033[32m",
		[COLOUR_CLIENT] = "\033[36m",
	};
	const char *off = getenv("NO_COLOR"), *term = getenv("TERM");

	if (!isatty(STDOUT_FILENO) || (off != NULL && *off != '\0') ||
	    term == NULL || !strcmp(term, "dumb"))
		return "";
	return escapes[which];
}

/* --- The bar -------------------------------------------------------------- */

static const char *current; /* what the bar on the screen is about */

void
progress_show(const char *what, size_t done, size_t all)
{
	enum { WIDTH = 30, PER_SECOND = 8 };
	static const char full[WIDTH + 1] = "##############################";
	static long drawn; /* in which eighth of a second */
	struct timespec t;
	long now;

	if (!isatty(STDERR_FILENO) || all == 0)
		return;
	clock_gettime(CLOCK_MONOTONIC, &t);
	now = t.tv_sec * PER_SECOND + t.tv_nsec * PER_SECOND / 1000000000;
	if (current == what && now == drawn && done < all)
		return;
	current = what;
	drawn = now;
	fprintf(stderr, "\r%s [%-*.*s] %zu of %zu\033[K", what, WIDTH,
	    (int)(done * WIDTH / all), full, done, all);
	fflush(stderr);
}

void
progress_end(void)
{
	if (current != NULL)
		fputs("\r\033[K", stderr);
	current = NULL;
}

/* --- A password ----------------------------------------------------------- */

enum { ROOM = MAX_PASSWORD + 3 }; /* one too many, and the end of the line */

static volatile sig_atomic_t caught;

static void catch (int sig)
{
	caught = sig;
}

/* These would leave the terminal without its echo. */
static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP };

enum { SIGNALS = sizeof(signals) / sizeof(signals[0]) };

/* One line, or all there is, up to ROOM: the number of octets, or -1. */
static ssize_t
read_some(int fd, char *to, bool one_line)
{
	ssize_t n;
	size_t len = 0;

	while (len < ROOM && caught == 0) {
		n = read(fd, to + len, ROOM - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		len += (size_t)n;
		if (n == 0 || (one_line && to[len - 1] == '\n'))
			break;
	}
	return caught != 0 ? -1 : (ssize_t)len;
}

static ssize_t
read_hidden(int tty, const char *prompt, char *to)
{
	struct sigaction old[SIGNALS], ours = { .sa_handler = catch };
	struct termios before, hidden;
	ssize_t len = -1;
	size_t i;

	caught = 0;
	for (i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &ours, &old[i]);
	if (tcgetattr(tty, &before) == 0) {
		hidden = before;
		hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
		dprintf(tty, "%s: ", prompt);
		if (tcsetattr(tty, TCSAFLUSH, &hidden) == 0)
			len = read_some(tty, to, true);
		tcsetattr(tty, TCSAFLUSH, &before);
		dprintf(tty, "\n");
	}
	for (i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &old[i], NULL);
	if (caught != 0)
		raise(caught);
	return len;
}

/* Without the end of the line; -1 after a complaint. */
static int
take(struct ask_password *password, const char *line, ssize_t len)
{
	const char *fault;

	if (len < 0)
		return util_complain("no password could be read");
	if (len > 0 && line[len - 1] == '\n')
		len--;
	if (len > 0 && line[len - 1] == '\r')
		len--;
	fault = name_password_fault(bytes_of(line, (size_t)len));
	if (fault != NULL)
		return util_complain("that cannot be a password: %s", fault);
	password->len = (size_t)len;
	memcpy(password->data, line, password->len);
	password->data[len] = '\0';
	return 0;
}

static int
ask_terminal(const char *whom, bool twice, struct ask_password *password)
{
	char first[ROOM], second[ROOM], prompt[128];
	ssize_t len, again;
	int tty, result;

	tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (tty < 0)
		tty = STDIN_FILENO;
	snprintf(prompt, sizeof(prompt), "Password%s%s",
	    whom != NULL ? " of " : "", whom != NULL ? whom : "");
	len = read_hidden(tty, prompt, first);
	result = take(password, first, len);
	if (result == 0 && twice) {
		again = read_hidden(tty, "The same once more", second);
		if (again != len || memcmp(first, second, (size_t)len) != 0)
			result = util_complain("the two are not the same");
	}
	if (tty != STDIN_FILENO)
		close(tty);
	secret_wipe(first, sizeof(first));
	secret_wipe(second, sizeof(second));
	return result;
}

int
ask_password(const char *whom, bool twice, struct ask_password *password)
{
	char line[ROOM];
	int result;

	if (isatty(STDIN_FILENO))
		return ask_terminal(whom, twice, password);
	result = take(password, line, read_some(STDIN_FILENO, line, false));
	secret_wipe(line, sizeof(line));
	return result;
}
