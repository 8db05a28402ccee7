/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A reader of ELF notes: see note.h.
 */
#include "config.h"

#include <link.h>

#include "base/elf_note.h"

enum { NOTE_ALIGN = 4 };

static size_t
padded(size_t len)
{
	return (len + NOTE_ALIGN - 1) / NOTE_ALIGN * NOTE_ALIGN;
}

/* Take one note off; false if there is none that is whole. */
static bool
next_note(struct bytes *rest, struct bytes *name, struct bytes *text)
{
	ElfW(Nhdr) note;
	size_t name_room, text_room;

	if (rest->len < sizeof(note))
		return false;
	memcpy(&note, rest->data, sizeof(note)); /* it may not be aligned */
	*rest = bytes_after(*rest, sizeof(note));
	name_room = padded(note.n_namesz);
	text_room = padded(note.n_descsz);
	if (note.n_namesz > rest->len || name_room > rest->len ||
	    note.n_descsz > rest->len - name_room)
		return false;
	*name = bytes_of(rest->data, note.n_namesz);
	*text = bytes_of(rest->data + name_room, note.n_descsz);
	if (text_room > rest->len - name_room)
		text_room = rest->len - name_room;
	*rest = bytes_after(*rest, name_room + text_room);
	return true;
}

bool
note_find(struct bytes notes, struct bytes *version)
{
	static const char ours[] = NOTE_NAME; /* its NUL is part of it */
	struct bytes name, text;

	while (next_note(&notes, &name, &text)) {
		if (!bytes_equal(name, bytes_of(ours, sizeof(ours))) ||
		    text.len == 0 || text.data[text.len - 1] != '\0')
			continue;
		*version = text;
		return true;
	}
	return false;
}
