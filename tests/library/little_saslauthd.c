/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The protocol of saslauthd: four strings, each with its length before it, for
 * user, password, service and realm; and a string that begins with OK or NO.
 */
#include "config.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <arpa/inet.h>
#include <pthread.h>
#include <unistd.h>

#include "library/little_saslauthd.h"
#include "support/test.h"

enum { STRINGS = 4, TEXT = 256 };

static struct little_saslauthd *served;
static pthread_t thread;
static int listener = -1;
static char path[64];

/* False at the end of the stream. */
static bool
read_all(int fd, void *to, size_t len)
{
	ssize_t n;

	while (len > 0 && (n = read(fd, to, len)) > 0) {
		to = (char *)to + n;
		len -= (size_t)n;
	}
	return len == 0;
}

static bool
read_string(int fd, char text[TEXT])
{
	uint16_t len;

	if (!read_all(fd, &len, sizeof(len)))
		return false;
	len = ntohs(len);
	if (len >= TEXT || !read_all(fd, text, len))
		return false;
	text[len] = '\0';
	return true;
}

static void
answer(int fd)
{
	char text[STRINGS][TEXT], reply[] = "\0\2NO";
	size_t i;

	for (i = 0; i < STRINGS; i++)
		if (!read_string(fd, text[i]))
			return;
	served->asked++;
	if (!strcmp(text[0], served->user) &&
	    !strcmp(text[1], served->password))
		memcpy(reply + 2, "OK", 2);
	if (write(fd, reply, 4) != 4)
		perror("little saslauthd");
}

/* Until the socket is shut down. */
static void *
serve(void *context)
{
	int fd;

	(void)context;
	while ((fd = accept(listener, NULL, NULL)) >= 0) {
		answer(fd);
		close(fd);
	}
	return NULL;
}

const char *
little_saslauthd_start(struct little_saslauthd *daemon)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	served = daemon;
	snprintf(
	    path, sizeof(path), "/tmp/sasl-classic-mux.%ld", (long)getpid());
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	unlink(path);
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(listener >= 0);
	assert_int_equal(
	    bind(listener, (const struct sockaddr *)&address, sizeof(address)),
	    0);
	assert_int_equal(listen(listener, 4), 0);
	assert_int_equal(pthread_create(&thread, NULL, serve, NULL), 0);
	return path;
}

void
little_saslauthd_stop(void)
{
	shutdown(listener, SHUT_RDWR);
	assert_int_equal(pthread_join(thread, NULL), 0);
	close(listener);
	unlink(path);
}
