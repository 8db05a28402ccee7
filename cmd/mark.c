/*
 * A reader of ELF notes: see mark.h. Only files of this machine's own class
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

#include "bytes.h"
#include "mark.h"
#include "plugin.h"

enum { NOTE_ALIGN = 4 };

/* `size` octets at `offset`, copied, since nothing is aligned for certain. */
static bool
copy_at(struct bytes file, uint64_t offset, void *to, size_t size)
{
	if (offset > file.len || size > file.len - offset)
		return false;
	memcpy(to, file.data + offset, size);
	return true;
}

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

	if (!copy_at(*rest, 0, &note, sizeof(note)))
		return false;
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

static bool
find_ours(struct bytes notes, char version[MARK_VERSION])
{
	static const char ours[] = PLUGIN_NOTE; /* its NUL is part of it */
	struct bytes name, text;

	while (next_note(&notes, &name, &text)) {
		if (!bytes_equal(name, bytes_of(ours, sizeof(ours))) ||
		    text.len == 0 || text.len > MARK_VERSION ||
		    text.data[text.len - 1] != '\0')
			continue;
		memcpy(version, text.data, text.len);
		return true;
	}
	return false;
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
