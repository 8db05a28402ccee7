/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * name_shim: to be preloaded. The machine has a short name, no name service
 * answers, and each question for a name is a line in the file SHIM_ASKED.
 */
#define _GNU_SOURCE
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
gethostname(char *name, size_t len)
{
	strncpy(name, "printserver", len);
	return 0;
}

int
getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
    struct addrinfo **found)
{
	FILE *asked = fopen(getenv("SHIM_ASKED"), "ae");

	(void)service;
	(void)hints;
	*found = NULL;
	if (asked != NULL) {
		fprintf(asked, "%s\n", name);
		fclose(asked);
	}
	return EAI_AGAIN;
}
