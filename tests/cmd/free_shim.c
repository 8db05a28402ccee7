/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * free_shim: to be preloaded. A block that is freed with the text of SECRET in
 * it ends the process. So does what is left of it on stack and heap at its end.
 * The processes that it starts are other people's code: they do as they like.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *secret;
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
	pthread_atfork(NULL, NULL, ignore);
}

static void
end(const char *message)
{
	(void)!write(STDERR_FILENO, message, strlen(message));
	abort();
}

/*
 * Below this frame, where all others were; and on the heap. AddressSanitizer
 * has both elsewhere.
 */
__attribute__((destructor, no_sanitize("address"))) static void
scan_memory(void)
{
	unsigned long low, high,
	    frame = (unsigned long)__builtin_frame_address(0);
	char line[512];
	FILE *maps;

	if (dlsym(RTLD_DEFAULT, "__asan_init") != NULL)
		return;
	maps = secret != NULL ? fopen("/proc/self/maps", "re") : NULL;
	while (maps != NULL && fgets(line, sizeof(line), maps) != NULL) {
		if (sscanf(line, "%lx-%lx rw", &low, &high) != 2)
			continue;
		if (low <= frame && frame < high)
			high = frame - sizeof(line) - 256;
		else if (strstr(line, "[heap]") == NULL)
			continue;
		if (memmem((const void *)low, high - low, secret,
			strlen(secret)) != NULL)
			end("a secret was left in memory\n");
	}
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
