/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Notes of ELF files, good ones and all kinds that are not. Each run of notes
 * ends where memory ends.
 */
#include "config.h"

#include <link.h>

#include "base/bytes.h"
#include "base/elf_note.h"
#include "host/fake_alloc.h"
#include "support/test.h"

enum {
	NAME = sizeof(NOTE_NAME), /* with its NUL */
	ROOM = 1024,
};

static const char version[] = "12.34"; /* its NUL leaves two octets over */

static char notes[ROOM];
static size_t notes_len;

/* Begin anew with the next note. */
static int
setup(void **state)
{
	(void)state;
	memset(notes, 0, sizeof(notes));
	notes_len = 0;
	return 0;
}

static void
put(const void *data, size_t len)
{
	memcpy(notes + notes_len, data, len);
	notes_len += (len + 3) / 4 * 4;
	assert_true(notes_len <= ROOM);
}

/* A note, of which the header may lie. */
static void
add_lying(uint32_t name_size, struct bytes name, uint32_t text_size,
    struct bytes text)
{
	ElfW(Nhdr) header = {
		.n_namesz = name_size, .n_descsz = text_size, .n_type = 1
	};

	put(&header, sizeof(header));
	put(name.data, name.len);
	put(text.data, text.len);
}

static void
add(const char *name, size_t name_len, const char *text, size_t text_len)
{
	add_lying((uint32_t)name_len, bytes_of(name, name_len),
	    (uint32_t)text_len, bytes_of(text, text_len));
}

static void
add_ours(const char *text)
{
	add(NOTE_NAME, NAME, text, strlen(text) + 1);
}

/* What is found in the first `len` octets is `want`; NULL: nothing. */
static void
expect_in(size_t len, const char *want)
{
	char *exact = guarded_copy(notes, len);
	struct bytes found = bytes_of(NULL, 0);
	bool is_there = note_find(bytes_of(exact, len), &found);

	if (is_there != (want != NULL))
		fail_msg("%zu octets: %s", len, is_there ? "found" : "missed");
	if (is_there) {
		assert_int_equal(found.len, strlen(want) + 1);
		assert_memory_equal(found.data, want, found.len);
		assert_in_range((uintptr_t)found.data, (uintptr_t)exact,
		    (uintptr_t)exact + len - found.len);
	}
	guarded_free(exact, len);
}

static void
expect(const char *want)
{
	expect_in(notes_len, want);
}

TEST_WITH(note__ours_among_others__is_found, setup, NULL)
{
	expect(NULL);
	add("GNU", 4, "12345678901234567890", 20);
	add("", 0, "", 0);
	add("stapsdt", 8, "odd", 3);
	expect(NULL);
	add_ours(version);
	expect(version);
	add_ours("99");
	expect(version);
}

TEST_WITH(note__wherever_it_begins__is_found, setup, NULL)
{
	char buffer[ROOM + 8];
	struct bytes found;
	size_t at;

	add("GNU", 4, "1", 1);
	add_ours(version);
	for (at = 0; at < 8; at++) {
		memcpy(buffer + at, notes, notes_len);
		assert_true(
		    note_find(bytes_of(buffer + at, notes_len), &found));
		assert_string_equal(found.data, version);
	}
}

/* The last two octets only fill up. */
TEST_WITH(note__cut_anywhere__is_not_ours, setup, NULL)
{
	size_t whole, len;

	add("GNU", 4, "123", 3);
	add_ours(version);
	whole = notes_len - 2;
	for (len = 0; len < whole; len++)
		expect_in(len, NULL);
	for (; len <= notes_len; len++)
		expect_in(len, version);
}

TEST_WITH(note__other_name__is_not_ours, setup, NULL)
{
	static const char *const names[] = { "sasl-classi", "sasl-classic2",
		"Sasl-classic", "sasl-classiC", "asl-classic", "GNU", "" };
	size_t i;

	for (i = 0; i < COUNT_OF(names); i++)
		add(names[i], strlen(names[i]) + 1, version, sizeof(version));
	add(NOTE_NAME, NAME - 1, version, sizeof(version));
	add(NOTE_NAME "\0", NAME + 1, version, sizeof(version));
	expect(NULL);
	add_ours(version);
	expect(version);
}

/* Its version would be read beyond its end. */
TEST_WITH(note__text_without_nul__is_passed_over, setup, NULL)
{
	add(NOTE_NAME, NAME, version, sizeof(version) - 1);
	add(NOTE_NAME, NAME, version, 4);
	add(NOTE_NAME, NAME, "", 0);
	expect(NULL);
	add_ours(version);
	expect(version);
}

/* More than there is by one, and such that sums and roundings overflow. */
static const uint32_t lies[] = { 0xffffffff, 0xfffffffe, 0xfffffffd, 0xfffffffc,
	0xfffffff0, 0x80000000, 0x7fffffff, 0xffff, ROOM };

TEST_WITH(note__size_that_lies__ends_the_search, setup, NULL)
{
	struct bytes name = bytes_of(NOTE_NAME, NAME),
		     text = bytes_of(version, sizeof(version));
	size_t i;

	for (i = 0; i < COUNT_OF(lies); i++) {
		setup(state);
		add_lying(lies[i], name, sizeof(version), text);
		add_ours(version);
		expect(NULL);
		setup(state);
		add_lying(NAME, name, lies[i], text);
		add_ours(version);
		expect(NULL);
		setup(state);
		add_lying(lies[i], name, lies[i], text);
		add_ours(version);
		expect(NULL);
	}
}

/* Each of the two sizes up to what is there, and one octet beyond. */
TEST_WITH(note__size_up_to_the_end__reads_no_further, setup, NULL)
{
	struct bytes found;
	uint32_t size, field;
	char *exact;

	add_ours(version);
	for (field = 0; field < 2; field++)
		for (size = 0; size <= notes_len + 1; size++) {
			exact = guarded_copy(notes, notes_len);
			memcpy(exact + 4 * field, &size, sizeof(size));
			if (note_find(bytes_of(exact, notes_len), &found))
				assert_true(found.data + found.len <=
					    exact + notes_len);
			guarded_free(exact, notes_len);
		}
}
