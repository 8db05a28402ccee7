/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is written in a shared object: just enough of ELF to see what a plugin
 * exports, needs and asks of the loader.
 */
#ifndef CLASSIC_ELF_FILE_H
#define CLASSIC_ELF_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct elf_file {
	const char *data; /* the whole file */
	size_t size;
};

/* Map a file; what is no shared object of this machine fails the test. */
void elf_open(struct elf_file *f, const char *path);
void elf_close(struct elf_file *f);

/*
 * Call `see` for the name of each symbol that others can link to, or of each
 * library that it needs (DT_NEEDED).
 */
void elf_exports(
    const struct elf_file *f, void (*see)(const char *, void *), void *context);
void elf_needs(
    const struct elf_file *f, void (*see)(const char *, void *), void *context);

/*
 * Does an entry of the dynamic section have this tag (DT_TEXTREL), and is one
 * of these bits set in its value; 0: whatever its value?
 */
bool elf_has(const struct elf_file *f, long tag, unsigned long bits);

/* The flags (PF_X) of the first program header of this type, or -1. */
long elf_segment_flags(const struct elf_file *f, unsigned type);

#endif
