/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * free_shim: to be preloaded. A block that is freed with the text of SECRET in
 * it ends the process. So does what is left of it on stack and heap at its end.
 * The processes that it starts are other people's code: they do as they like,
 * unless there is SECRET_ELSEWHERE, for a command that looks in one of its own.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *secret;
static bool has_sanitizer;
static void (*real_free)(void *);

/* Early: where dlopen() has failed before, dlsym() frees what that said. */
static void
find_free(void)
{
	if (real_free == NULL)
		*(void **)&real_free = dlsym(RTLD_NEXT, "free");
}

static void
ignore(void)
{
	secret = NULL;
}

__attribute__((constructor)) static void
begin(void)
{
	find_free();
	if (strcmp(program_invocation_short_name, "sasl-classic") != 0)
		return;
	secret = getenv("SECRET");
	has_sanitizer = dlsym(RTLD_DEFAULT, "__asan_init") != NULL;
	if (getenv("SECRET_ELSEWHERE") == NULL)
		pthread_atfork(NULL, NULL, ignore);
}

static void
end(const char *message)
{
	(void)!write(STDERR_FILENO, message, strlen(message));
	abort();
}

/*
 * What is left below this frame. Nothing is called, which would write there.
 */
enum { STACK = 64 * 1024 };

static inline __attribute__((always_inline)) bool
stack_has_secret(const volatile char *end)
{
	const volatile char *at;
	size_t i;

	for (at = end - STACK; at < end; at++) {
		for (i = 0; secret[i] != '\0' && at[i] == secret[i]; i++)
			;
		if (i > 0 && secret[i] == '\0')
			return true;
	}
	return false;
}

__attribute__((noinline)) static bool
heap_has_secret(void)
{
	unsigned long low, high;
	char line[512];
	FILE *maps = fopen("/proc/self/maps", "re");

	while (maps != NULL && fgets(line, sizeof(line), maps) != NULL)
		if (strstr(line, "[heap]") != NULL &&
		    sscanf(line, "%lx-%lx rw", &low, &high) == 2)
			return memmem((const void *)low, high - low, secret,
				   strlen(secret)) != NULL;
	return false;
}

/* AddressSanitizer has both elsewhere. */
static inline __attribute__((always_inline, no_sanitize("address"))) void
scan_memory(void)
{
	if (secret != NULL && !has_sanitizer &&
	    (stack_has_secret(__builtin_frame_address(0)) || heap_has_secret()))
		end("a secret was left in memory\n");
}

__attribute__((destructor, no_sanitize("address"))) static void
finish(void)
{
	scan_memory();
}

/* As processes end that were started by fork(2) alone. */
__attribute__((no_sanitize("address"))) void
_exit(int status)
{
	scan_memory();
	for (;;)
		syscall(SYS_exit_group, status);
}

void
free(void *block)
{
	if (block != NULL && secret != NULL &&
	    memmem(block, malloc_usable_size(block), secret, strlen(secret)) !=
		NULL)
		end("a secret was freed\n");
	find_free();
	real_free(block);
}
