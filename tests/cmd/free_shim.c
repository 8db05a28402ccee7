/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * free_shim: to be preloaded. A block that is freed with the text of SECRET in
 * it ends the process.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *secret;

__attribute__((constructor)) static void
begin(void)
{
	secret = getenv("SECRET");
}

void
free(void *block)
{
	static const char message[] = "a secret was freed\n";
	static void (*real)(void *);

	if (block != NULL && secret != NULL &&
	    memmem(block, malloc_usable_size(block), secret, strlen(secret)) !=
		NULL) {
		(void)!write(STDERR_FILENO, message, sizeof(message) - 1);
		abort();
	}
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "free");
	real(block);
}
