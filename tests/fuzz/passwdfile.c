/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A whole passwdfile, of the format that its first octet says. Each line that
 * can be used is found by the index, or the same one before it, and no other;
 * what it says lies in the line; plaintext is what is said to be plaintext, and
 * nothing of a line that is disabled or locked is taken for a secret. The lines
 * that look like those before are noted as if each had been taken apart.
 */
#include "config.h"

#include <sys/mman.h>
#include <unistd.h>

#include "fuzz/fuzz.h"
#include "passwdfile/index.h"
#include "passwdfile/nets.h"

const bool fuzz_is_cheap = false;

static enum passwdfile_format format;

static void
report(void *context, unsigned long line, enum passwdfile_fault fault)
{
	(void)context;
	assert_true(line > 0);
	assert_in_range(fault, PASSWDFILE_BLANK + 1, PASSWDFILE_FAULTS - 1);
	assert_non_null(passwdfile_fault_text(fault));
}

static void
lies_in(struct bytes part, struct bytes whole)
{
	assert_true(part.len == 0 ||
		    (part.data >= whole.data &&
			part.data + part.len <= whole.data + whole.len));
}

/* What can be said of a line that has no fault. */
static void
check_line(struct bytes text, const struct passwdfile_line *line,
    const struct passwdfile_value *value)
{
	lies_in(line->name, text);
	lies_in(line->secret, text);
	lies_in(line->label, text);
	lies_in(line->allow_nets, text);
	assert_true(line->name.len > 0);
	assert_ptr_equal(line->name.data, text.data);
	assert_int_equal(text.data[line->name.len], ':');
	assert_null(memchr(line->name.data, ':', line->name.len));
	assert_true(
	    line->allow_nets.len == 0 || nets_are_valid(line->allow_nets));
	assert_false(nets_contain(line->allow_nets, NULL));
	if (value->kind == PASSWDFILE_PLAINTEXT)
		assert_true(bytes_begin(line->secret, "{PLAIN") ||
			    bytes_begin(line->secret, "{CLEAR"));
	if (value->kind == PASSWDFILE_NOTHING) {
		assert_true(line->is_disabled);
		return;
	}
	assert_true(value->octets.len > 0);
	assert_null(memchr(value->octets.data, '\0', value->octets.len));
}

/* A line that is known to be fine is the same again, and so is its rest. */
static void
check_again(struct bytes text, const struct passwdfile_line *line)
{
	struct passwdfile_line again;

	assert_int_equal(
	    passwdfile_parse_known(format, text, &again), PASSWDFILE_FINE);
	assert_true(bytes_equal(again.secret, line->secret));
	assert_true(bytes_equal(again.label, line->label));
	assert_int_equal(again.is_disabled, line->is_disabled);
	assert_true(bytes_equal(again.allow_nets, line->allow_nets));
	assert_int_equal(again.last_day, line->last_day);
	passwdfile_parse_rest(format, line->rest, &again);
	assert_true(bytes_equal(again.allow_nets, line->allow_nets));
	assert_int_equal(again.last_day, line->last_day);
}

/* The line as a block of exactly its length. True if it can be used. */
static bool
is_fine(struct bytes text)
{
	char *exact = guarded_copy(text.data, text.len);
	char room[PASSWDFILE_VALUE];
	struct passwdfile_line line;
	struct passwdfile_value value;
	enum passwdfile_fault fault;

	text.data = exact;
	fault = passwdfile_parse(format, text, &line);
	if (fault == PASSWDFILE_FINE)
		fault = passwdfile_value(&line, room, &value);
	if (fault == PASSWDFILE_FINE) {
		check_line(text, &line, &value);
		check_again(text, &line);
	}
	guarded_free(exact, text.len);
	return fault == PASSWDFILE_FINE;
}

/* The line, without its end. */
static struct bytes
line_at(struct bytes file, size_t offset)
{
	struct bytes line = bytes_after(file, offset);
	const char *end = memchr(line.data, '\n', line.len);

	if (end != NULL)
		line.len = (size_t)(end - line.data);
	if (line.len > 0 && line.data[line.len - 1] == '\r')
		line.len--;
	return line;
}

/* Or there are as many lines of the name as there may be. */
static bool
finds(const struct index *index, struct bytes file, struct bytes name)
{
	struct bytes line = line_at(file, (size_t)(name.data - file.data));
	struct index_search search = { 0, 0 };
	unsigned lines = 0;
	off_t found;

	while ((found = index_next(index, name, &search)) >= 0)
		if (bytes_equal(line, line_at(file, (size_t)found)) ||
		    ++lines >= INDEX_LINES)
			return true;
	return false;
}

static void
check_file(struct bytes file, const struct index *index)
{
	struct bytes rest = file, line, name;
	const char *end;

	if (bytes_begin(rest, "\xef\xbb\xbf"))
		rest = bytes_after(rest, 3);
	while (rest.len > 0) {
		end = memchr(rest.data, '\n', rest.len);
		line = rest;
		if (end != NULL)
			line.len = (size_t)(end - rest.data);
		rest = bytes_after(rest, line.len + (end != NULL));
		line = line_at(file, (size_t)(line.data - file.data));
		if (!is_fine(line))
			continue;
		name.len = (size_t)((char *)memchr(line.data, ':', line.len) -
				    line.data);
		name.data = line.data;
		assert_true(finds(index, file, name));
	}
}

/* They are lines of one name; of many alike not each hash is looked at. */
static void
check_most(struct bytes file, const struct index *index)
{
	struct passwdfile_line line;
	struct bytes first = { NULL, 0 };
	unsigned i;

	assert_int_equal(index->lines > 0, index->count > 0);
	assert_in_range(index->lines, 0, INDEX_MOST);
	for (i = 0; i < index->lines; i++) {
		assert_int_equal(passwdfile_parse(format,
				     line_at(file, index->most[i]), &line),
		    PASSWDFILE_FINE);
		first = i == 0 ? line.name : first;
		assert_true(bytes_equal(line.name, first));
	}
}

void
fuzz_one(struct fuzz_input *in)
{
	struct bytes file;
	struct index index;
	int fd;

	format = fuzz_octet(in) % PASSWDFILE_FORMATS;
	file = fuzz_rest(in);
	fd = memfd_create("passwdfile", 0);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, file.data, file.len), file.len);
	assert_int_equal(
	    index_build(&index, fd, (off_t)file.len, format, report, NULL), 0);
	check_file(file, &index);
	check_most(file, &index);
	index_free(&index);
	close(fd);
}
