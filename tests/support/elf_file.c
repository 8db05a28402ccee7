/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A reader of ELF files of this machine's own class.
 */
#include "config.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <link.h>
#include <unistd.h>

#include "support/elf_file.h"
#include "support/test.h"

#define ELF_ST_BIND_OF(info) ((info) >> 4) /* the same in both classes */

static const void *
at(const struct elf_file *f, size_t offset, size_t size)
{
	assert_true(offset <= f->size && size <= f->size - offset);
	return f->data + offset;
}

static const ElfW(Ehdr) * header(const struct elf_file *f)
{
	return at(f, 0, sizeof(ElfW(Ehdr)));
}

void
elf_open(struct elf_file *f, const char *path)
{
	struct stat st;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0)
		fail_msg("cannot read %s", path);
	f->size = (size_t)st.st_size;
	f->data = mmap(NULL, f->size, PROT_READ, MAP_PRIVATE, fd, 0);
	assert_ptr_not_equal(f->data, MAP_FAILED);
	close(fd);
	assert_memory_equal(header(f)->e_ident, ELFMAG, SELFMAG);
	assert_int_equal(header(f)->e_type, ET_DYN);
	assert_int_equal(header(f)->e_shentsize, sizeof(ElfW(Shdr)));
	assert_int_equal(header(f)->e_phentsize, sizeof(ElfW(Phdr)));
}

void
elf_close(struct elf_file *f)
{
	munmap((void *)(uintptr_t)f->data, f->size);
}

static const ElfW(Shdr) * section(const struct elf_file *f, size_t i)
{
	const ElfW(Ehdr) *h = header(f);

	assert_true(i < h->e_shnum);
	return at(f, h->e_shoff + i * sizeof(ElfW(Shdr)), sizeof(ElfW(Shdr)));
}

/* The one section of a type, which every shared object has. */
static const ElfW(Shdr) * section_of(const struct elf_file *f, unsigned type)
{
	size_t i;

	for (i = 0; i < header(f)->e_shnum; i++)
		if (section(f, i)->sh_type == type)
			return section(f, i);
	fail_msg("no section of type %u", type);
	return NULL;
}

/* A string of the table that belongs to a section. */
static const char *
text(const struct elf_file *f, const ElfW(Shdr) * user, size_t offset)
{
	const ElfW(Shdr) *table = section(f, user->sh_link);

	assert_true(offset < table->sh_size);
	return at(f, table->sh_offset + offset, 1);
}

void
elf_exports(
    const struct elf_file *f, void (*see)(const char *, void *), void *context)
{
	const ElfW(Shdr) *s = section_of(f, SHT_DYNSYM);
	const ElfW(Sym) *symbol = at(f, s->sh_offset, s->sh_size);
	size_t n = s->sh_size / sizeof(*symbol);

	for (; n > 0; n--, symbol++)
		if (symbol->st_shndx != SHN_UNDEF &&
		    ELF_ST_BIND_OF(symbol->st_info) != STB_LOCAL)
			see(text(f, s, symbol->st_name), context);
}

void
elf_needs(
    const struct elf_file *f, void (*see)(const char *, void *), void *context)
{
	const ElfW(Shdr) *s = section_of(f, SHT_DYNAMIC);
	const ElfW(Dyn) *entry = at(f, s->sh_offset, s->sh_size);

	for (; entry->d_tag != DT_NULL; entry++)
		if (entry->d_tag == DT_NEEDED)
			see(text(f, s, entry->d_un.d_val), context);
}

bool
elf_has(const struct elf_file *f, long tag, unsigned long bits)
{
	const ElfW(Shdr) *s = section_of(f, SHT_DYNAMIC);
	const ElfW(Dyn) *entry = at(f, s->sh_offset, s->sh_size);

	for (; entry->d_tag != DT_NULL; entry++)
		if (entry->d_tag == tag &&
		    (bits == 0 || entry->d_un.d_val & bits))
			return true;
	return false;
}

long
elf_segment_flags(const struct elf_file *f, unsigned type)
{
	const ElfW(Ehdr) *h = header(f);
	const ElfW(Phdr) *p =
	    at(f, h->e_phoff, h->e_phnum * sizeof(ElfW(Phdr)));
	size_t n;

	for (n = h->e_phnum; n > 0; n--, p++)
		if (p->p_type == type)
			return p->p_flags;
	return -1;
}
