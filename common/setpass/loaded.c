/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Other plugins among the objects of the process: see loaded.h.
 */
#include "config.h"

#include <link.h>
#include <string.h>

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

static bool
lacks_berkeley_db(const struct dl_phdr_info *object)
{
	const ElfW(Dyn) *entry = dynamic_of(object);
	const char *strings;

	if (entry == NULL)
		return false;
	strings = strings_of(object, entry);
	for (; strings != NULL && entry->d_tag != DT_NULL; entry++)
		if (entry->d_tag == DT_NEEDED &&
		    !strncmp(strings + entry->d_un.d_val, "libdb", 5))
			return false;
	return strings != NULL;
}

bool
loaded_sasldb_wants_write_first(void)
{
	struct search search = { "libsasldb", lacks_berkeley_db };

	return dl_iterate_phdr(look_at, &search) != 0;
}
