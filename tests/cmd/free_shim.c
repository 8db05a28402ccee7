/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * free_shim: to be preloaded. A block that is freed with the text of SECRET in
 * it ends the process, or one that grows, as it may leave a copy where it was.
 * So does what is left of it on the stack, on the heap and in the program's own
 * variables at its end; and the same for the octets that SECRET_HEX has in hex.
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
static unsigned char octets[64];
static size_t octet_count;
static bool has_sanitizer;
static void (*real_free)(void *);
static void *(*real_realloc)(void *, size_t);

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

static void
take_octets(const char *hex)
{
	unsigned octet;

	while (hex != NULL && octet_count < sizeof(octets) &&
	       sscanf(hex, "%2x", &octet) == 1) {
		octets[octet_count++] = (unsigned char)octet;
		hex += 2;
	}
}

static bool
has_secret(const void *memory, size_t size)
{
	return memmem(memory, size, secret, strlen(secret)) != NULL ||
	       (octet_count > 0 &&
		   memmem(memory, size, octets, octet_count) != NULL);
}

__attribute__((constructor)) static void
begin(void)
{
	find_free();
	if (strcmp(program_invocation_short_name, "sasl-classic") != 0)
		return;
	secret = getenv("SECRET");
	take_octets(getenv("SECRET_HEX"));
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
		for (i = 0;
		     i < octet_count && (unsigned char)at[i] == octets[i]; i++)
			;
		if (i > 0 && i == octet_count)
			return true;
	}
	return false;
}

/* The program's variables are mapped from its file, or come right after it. */
__attribute__((noinline)) static bool
memory_has_secret(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned long low, high, last = 0;
	char line[512];
	bool found = false;

	while (maps != NULL && !found && fgets(line, sizeof(line), maps)) {
		if (sscanf(line, "%lx-%lx", &low, &high) != 2)
			continue;
		if (strstr(line, "/sasl-classic\n") != NULL)
			last = high;
		if (strstr(line, " rw-p ") != NULL &&
		    (strstr(line, "[heap]") != NULL || last == high ||
			last == low))
			found = has_secret((const void *)low, high - low);
	}
	return found;
}

/* AddressSanitizer has both elsewhere. */
static inline __attribute__((always_inline, no_sanitize("address"))) void
scan_memory(void)
{
	if (secret != NULL && !has_sanitizer &&
	    (stack_has_secret(__builtin_frame_address(0)) ||
		memory_has_secret()))
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
	    has_secret(block, malloc_usable_size(block)))
		end("a secret was freed\n");
	find_free();
	real_free(block);
}

void *
realloc(void *block, size_t size)
{
	if (block != NULL && secret != NULL &&
	    malloc_usable_size(block) < size &&
	    has_secret(block, malloc_usable_size(block)))
		end("a secret was moved\n");
	if (real_realloc == NULL)
		*(void **)&real_realloc = dlsym(RTLD_NEXT, "realloc");
	return real_realloc(block, size);
}
