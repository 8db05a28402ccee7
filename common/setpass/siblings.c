/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The pack's own files among the objects of the process.
 */
#include "config.h"

#include <dlfcn.h>
#include <link.h>

#include "base/bytes.h"
#include "base/plugin_version.h"
#include "setpass/siblings.h"

struct search {
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
is_it(struct dl_phdr_info *object, size_t size, void *context)
{
	const struct search *search = context;
	struct bytes name = bytes_str(object->dlpi_name);

	(void)size;
	return name.len > search->directory.len &&
	       bytes_equal(bytes_of(name.data, search->directory.len),
		   search->directory) &&
	       !strcmp(name.data + search->directory.len, search->file) &&
	       is_ours(object);
}

bool
siblings_loaded(const char *file)
{
	static const char here = 0; /* an address in this plugin */
	struct search search = { .file = file };
	const char *slash;
	Dl_info us;

	if (dladdr(&here, &us) == 0 || us.dli_fname == NULL)
		return false;
	slash = strrchr(us.dli_fname, '/');
	if (slash == NULL)
		return false;
	search.directory =
	    bytes_of(us.dli_fname, (size_t)(slash + 1 - us.dli_fname));
	return dl_iterate_phdr(is_it, &search) != 0;
}
