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
	const char *directory; /* with the slash, `len` octets; NULL: any */
	size_t len;
	const char *name; /* of a file; before ".so..." without a directory */
	const char *text; /* is in it, or not; NULL: does not matter */
	bool is_in;
};

static bool
is_named(const char *path, const struct search *search)
{
	const char *slash = strrchr(path, '/');
	const char *file = slash == NULL ? path : slash + 1;
	size_t len = strlen(search->name);

	if (search->directory != NULL)
		return (size_t)(file - path) == search->len &&
		       !memcmp(path, search->directory, search->len) &&
		       !strcmp(file, search->name);
	return !strncmp(file, search->name, len) &&
	       !strncmp(file + len, ".so", 3);
}

/* Notes and names of libraries are in the first part, beside the headers. */
static bool
holds(const struct dl_phdr_info *object, const char *text)
{
	const ElfW(Phdr) *part = object->dlpi_phdr;
	const ElfW(Phdr) *end = part + object->dlpi_phnum;

	for (; part < end; part++)
		if (part->p_type == PT_LOAD && part->p_offset == 0)
			return memmem((const char *)object->dlpi_addr +
					  part->p_vaddr,
				   part->p_filesz, text, strlen(text)) != NULL;
	return false;
}

static int
is_it(struct dl_phdr_info *object, size_t size, void *context)
{
	const struct search *search = context;

	(void)size;
	return is_named(object->dlpi_name, search) &&
	       (search->text == NULL ||
		   holds(object, search->text) == search->is_in);
}

bool
loaded_plugin(const char *name)
{
	struct search search = { .name = name };

	return dl_iterate_phdr(is_it, &search) != 0;
}

bool
loaded_sasldb_wants_write_first(void)
{
	struct search search = { .name = "libsasldb", .text = "libdb" };

	return dl_iterate_phdr(is_it, &search) != 0;
}

bool
loaded_sasldb_is_lmdb(void)
{
	struct search search = {
		.name = "libsasldb", .text = "liblmdb", .is_in = true
	};

	return dl_iterate_phdr(is_it, &search) != 0;
}

bool
loaded_sibling(const char *file)
{
	static const char here = 0; /* an address in this plugin */
	struct search search = {
		.name = file, .text = PLUGIN_VERSION_TEXT, .is_in = true
	};
	const char *slash;
	Dl_info us;

	if (dladdr(&here, &us) == 0 || us.dli_fname == NULL)
		return false;
	slash = strrchr(us.dli_fname, '/');
	if (slash == NULL)
		return false;
	search.directory = us.dli_fname;
	search.len = (size_t)(slash + 1 - us.dli_fname);
	return dl_iterate_phdr(is_it, &search) != 0;
}
