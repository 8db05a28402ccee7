/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Plugins among the objects of the process: see loaded.h.
 */
#include "config.h"

#include <dlfcn.h>
#include <link.h>

#include "base/bytes.h"
#include "base/plugin_version.h"
#include "setpass/loaded.h"

struct search {
	const char *name;
	bool (*is_it)(const struct dl_phdr_info *object);
};

static bool
is_named(const struct dl_phdr_info *object, const char *name)
{
	const char *slash = strrchr(object->dlpi_name, '/');
	const char *file = slash == NULL ? object->dlpi_name : slash + 1;
	size_t len = strlen(name);

	return !strncmp(file, name, len) && !strncmp(file + len, ".so", 3);
}

static int
look_at(struct dl_phdr_info *object, size_t size, void *context)
{
	const struct search *search = context;

	(void)size;
	return is_named(object, search->name) &&
	       (search->is_it == NULL || search->is_it(object));
}

bool
loaded_plugin(const char *name)
{
	struct search search = { name, NULL };

	return dl_iterate_phdr(look_at, &search) != 0;
}

static const ElfW(Dyn) * dynamic_of(const struct dl_phdr_info *object)
{
	size_t i;

	for (i = 0; i < object->dlpi_phnum; i++)
		if (object->dlpi_phdr[i].p_type == PT_DYNAMIC)
			return (
			    const ElfW(Dyn) *)(object->dlpi_addr +
					       object->dlpi_phdr[i].p_vaddr);
	return NULL;
}

/* The table of names. glibc has made an address of it, musl has not. */
static const char *
strings_of(const struct dl_phdr_info *object, const ElfW(Dyn) * dynamic)
{
	for (; dynamic->d_tag != DT_NULL; dynamic++)
		if (dynamic->d_tag == DT_STRTAB)
			return (const char *)(dynamic->d_un.d_ptr <
						      object->dlpi_addr
						  ? object->dlpi_addr +
							dynamic->d_un.d_ptr
						  : dynamic->d_un.d_ptr);
	return NULL;
}

/* Is it linked to a library whose name begins like that? */
static bool
needs(const struct dl_phdr_info *object, const char *library, bool unknown)
{
	const ElfW(Dyn) *entry = dynamic_of(object);
	const char *strings;

	strings = entry != NULL ? strings_of(object, entry) : NULL;
	if (strings == NULL)
		return unknown;
	for (; entry->d_tag != DT_NULL; entry++)
		if (entry->d_tag == DT_NEEDED &&
		    !strncmp(
			strings + entry->d_un.d_val, library, strlen(library)))
			return true;
	return false;
}

static bool
lacks_berkeley_db(const struct dl_phdr_info *object)
{
	return !needs(object, "libdb", true);
}

static bool
has_lmdb(const struct dl_phdr_info *object)
{
	return needs(object, "liblmdb", false);
}

bool
loaded_sasldb_wants_write_first(void)
{
	struct search search = { "libsasldb", lacks_berkeley_db };

	return dl_iterate_phdr(look_at, &search) != 0;
}

bool
loaded_sasldb_is_lmdb(void)
{
	struct search search = { "libsasldb", has_lmdb };

	return dl_iterate_phdr(look_at, &search) != 0;
}

struct sibling {
	struct bytes directory; /* with the slash */
	const char *file;
};

/* Is it a file of the pack, and not somebody else's of that name? */
static bool
is_ours(const struct dl_phdr_info *object)
{
	const ElfW(Phdr) * part;
	size_t i;

	for (i = 0; i < object->dlpi_phnum; i++) {
		part = &object->dlpi_phdr[i];
		if (part->p_type == PT_NOTE &&
		    plugin_version_find(bytes_of(
			(const char *)object->dlpi_addr + part->p_vaddr,
			part->p_memsz)) != NULL)
			return true;
	}
	return false;
}

static int
is_sibling(struct dl_phdr_info *object, size_t size, void *context)
{
	const struct sibling *sibling = context;
	struct bytes name = bytes_str(object->dlpi_name);

	(void)size;
	return name.len > sibling->directory.len &&
	       bytes_equal(bytes_of(name.data, sibling->directory.len),
		   sibling->directory) &&
	       !strcmp(name.data + sibling->directory.len, sibling->file) &&
	       is_ours(object);
}

bool
loaded_sibling(const char *file)
{
	static const char here = 0; /* an address in this plugin */
	struct sibling sibling = { .file = file };
	const char *slash;
	Dl_info us;

	if (dladdr(&here, &us) == 0 || us.dli_fname == NULL)
		return false;
	slash = strrchr(us.dli_fname, '/');
	if (slash == NULL)
		return false;
	sibling.directory =
	    bytes_of(us.dli_fname, (size_t)(slash + 1 - us.dli_fname));
	return dl_iterate_phdr(is_sibling, &sibling) != 0;
}
