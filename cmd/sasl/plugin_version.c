/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The notes of an ELF file: see mark.h. Only files of this machine's own class
 * can be loaded, so only those are read.
 */
#include "config.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/elf_note.h"
#include "sasl/plugin_version.h"

/* `size` octets at `offset`, copied, since nothing is aligned for certain. */
static bool
copy_at(struct bytes file, uint64_t offset, void *to, size_t size)
{
	if (offset > file.len || size > file.len - offset)
		return false;
	memcpy(to, file.data + offset, size);
	return true;
}

static bool
find_ours(struct bytes notes, char version[MARK_VERSION])
{
	struct bytes text;

	if (!note_find(notes, &text) || text.len > MARK_VERSION)
		return false;
	memcpy(version, text.data, text.len);
	return true;
}

static bool
read_notes(struct bytes file, char version[MARK_VERSION])
{
	ElfW(Ehdr) header;
	ElfW(Phdr) part;
	struct bytes notes;
	size_t i;

	if (!copy_at(file, 0, &header, sizeof(header)) ||
	    memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
	    header.e_ident[EI_CLASS] !=
		(sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32) ||
	    header.e_phentsize != sizeof(part))
		return false;
	for (i = 0; i < header.e_phnum; i++) {
		if (!copy_at(file, header.e_phoff + i * sizeof(part), &part,
			sizeof(part)))
			return false;
		if (part.p_type != PT_NOTE || part.p_offset > file.len ||
		    part.p_filesz > file.len - part.p_offset)
			continue;
		notes = bytes_of(file.data + part.p_offset, part.p_filesz);
		if (find_ours(notes, version))
			return true;
	}
	return false;
}

bool
mark_read(const char *path, char version[MARK_VERSION])
{
	bool found = false;
	struct stat st;
	void *data;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
		data = mmap(
		    NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (data != MAP_FAILED) {
			found = read_notes(
			    bytes_of(data, (size_t)st.st_size), version);
			munmap(data, (size_t)st.st_size);
		}
	}
	close(fd);
	return found;
}
