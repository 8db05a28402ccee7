/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One pass over the file: see index.h. Lines are noted in the order of the
 * file, and then sorted into buckets of some eight lines.
 *
 * Most lines of a file look like the line before: a name of letters, a colon, a
 * secret of the same form, and no field more. Those are only found and hashed.
 * Any other line is taken apart, so that what is wrong with it can be told.
 */
#include "config.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/secret.h"
#include "passwdfile/index.h"

enum {
	CHUNK = 128 * 1024,
	PADDING = 16,  /* octets that can be read after a chunk */
	BUCKET = 8,    /* lines, on average */
	HEAD = 64,     /* octets of a secret that tell its form, at most */
	LOOK_AT = 256, /* lines of a bucket that are compared, at most */
	SEEN = 4,
	MOST_FAULTS = 32,   /* of a chunk; nobody wants to be told of more */
	NAME_LENGTH = 1024, /* MAX_NAME of name.h: no name is longer */
	MAX_SIMPLE = 1024,  /* octets of a line that is not taken apart */
	FIRST_ROOM = 4096,  /* lines */
};

/* A line, as it was found. */
struct found {
	uint32_t hash; /* of its name */
	uint32_t offset;
	uint32_t check; /* of the whole line, with its kind in the low bits */
};

enum { NO_KIND = 0, KIND_BITS = 4 };

/* How secrets begin of which lines need not be taken apart any more. */
struct seen {
	char head[HEAD];
	size_t head_len; /* SIZE_MAX: nothing was */
	uint64_t tail;	 /* the last octets of the head, fewer than 8 */
	size_t len;	 /* of the secret, if that matters */
	unsigned kind;	 /* index into kinds, plus one */
};

struct pass {
	struct index *index;
	int fd;
	off_t size;
	enum passwdfile_format format;
	index_report_fn *report;
	void *context;
	struct found *found;
	size_t room; /* for that many lines */
	struct seen seen[SEEN];
	unsigned next_seen;
	unsigned long line; /* number of the one that is looked at */
	char *value;	    /* of PASSWDFILE_VALUE octets */

	/* Faults of this chunk, which may be looked at twice. */
	struct {
		unsigned long line;
		enum passwdfile_fault fault;
	} faults[MOST_FAULTS];
	unsigned fault_count;
};

static void *
map(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

/* --- Hashes --------------------------------------------------------------- */

static inline uint64_t
mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static inline uint64_t
word_at(const char *text)
{
	uint64_t word;

	memcpy(&word, text, sizeof(word));
	return word;
}

/* The first `n` octets there, fewer than 8; 8 can be read. */
static inline uint64_t
part_at(const char *text, size_t n)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return word_at(text) & ((UINT64_C(1) << (8 * n)) - 1);
#else
	uint64_t word = 0;

	memcpy(&word, text, n);
	return word;
#endif
}

/* After the name there are 8 octets more that can be read. */
static inline uint32_t
hash_name(uint64_t seed, const char *name, size_t len)
{
	uint64_t hash = seed ^ len;

	for (; len >= 8; name += 8, len -= 8)
		hash = mix(hash, word_at(name));
	hash = mix(mix(hash, part_at(name, len)), 0);
	return (uint32_t)(hash >> 32);
}

/* The high bits of a hash make the bucket, the low ones the print. */
static inline uint32_t
bucket_of(const struct index *index, uint32_t hash)
{
	return (uint32_t)((uint64_t)hash >> index->shift);
}

/* --- Forms of slow hashes ------------------------------------------------- */

/* Octets before the `n`-th of these signs from the end. */
static size_t
before_last(struct bytes value, const char *signs, unsigned n)
{
	size_t i = value.len;

	while (i > 0 && n > 0)
		if (strchr(signs, value.data[--i]) != NULL)
			n--;
	return n > 0 ? 0 : i;
}

/*
 * Octets of a value before its salt: what decides the costs. Most have salt and
 * digest at their end, parted by '$'.
 */
static size_t
head_of(struct bytes value)
{
	static const struct {
		const char *prefix;
		size_t len;
	} fixed[] = {
		{ "$2", 6 },   /* $2b$12$ and salt and digest in one */
		{ "$7$", 14 }, /* eleven digits of costs, and the salt */
		{ "_", 5 },
	};
	const char *end;
	size_t i, name = 0, len;
	struct bytes rest;

	if (value.data[0] == '{' &&
	    (end = memchr(value.data, '}', value.len)) != NULL)
		name = (size_t)(end + 1 - value.data);
	rest = bytes_after(value, name);
	for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (rest.len > fixed[i].len &&
		    !memcmp(
			rest.data, fixed[i].prefix, strlen(fixed[i].prefix)))
			return name + fixed[i].len;
	if (rest.len > 4 && !memcmp(rest.data, "$md5", 4)) {
		end = memchr(rest.data + 1, '$', rest.len - 1);
		return name + (end == NULL ? 4 : (size_t)(end - rest.data));
	}
	if (rest.len > 3 && !memcmp(rest.data, "$1$", 3) && name > 0 &&
	    !strncmp(value.data, "{PBKDF2", 7))
		return name + 3; /* Dovecot's: $1$salt$rounds$digest */
	len = before_last(rest, "$", 2);
	if (len == 0)
		len = before_last(rest, ",", 3);
	return name + len;
}

/* "{CRYPT}$6$..." and "$6$..." are one. */
static struct bytes
without_name(struct bytes value)
{
	const char *end;

	if (value.data[0] != '{' || !strncmp(value.data, "{PBKDF2", 7))
		return value;
	end = memchr(value.data, '}', value.len);
	if (end == NULL || end + 1 == value.data + value.len || end[1] != '$')
		return value;
	return bytes_after(value, (size_t)(end + 1 - value.data));
}

size_t
index_kind_number(
    const struct index_kind *kinds, size_t count, struct bytes value)
{
	size_t i, head;

	if (value.len == 0)
		return count;
	value = without_name(value);
	head = head_of(value);
	for (i = 0; i < count; i++)
		if (head == kinds[i].head &&
		    !memcmp(value.data, kinds[i].decoy, head))
			return i;
	return count;
}

/* Another digit, which is one in base64, in crypt(3)'s and in hex. */
static void
change(char *text, size_t len, size_t at)
{
	if (at < len)
		text[len - 1 - at] = text[len - 1 - at] == 'a' ? 'b' : 'a';
}

/*
 * The digest is at the end, but for '=' and the few bits of the last digits. A
 * value of SCRAM has two, and one of them may be looked at alone.
 */
static void
make_decoy(struct index_kind *kind, struct bytes value)
{
	size_t at = 0, comma;

	memcpy(kind->decoy, value.data, value.len);
	kind->decoy_len = value.len;
	kind->head = head_of(value);
	while (at < value.len && value.data[value.len - 1 - at] == '=')
		at++;
	change(kind->decoy, kind->decoy_len, at + 4);
	comma = before_last(value, ",", 1);
	if (value.data[0] == '{' && comma > kind->head + 8)
		change(kind->decoy, comma, 6);
}

/*
 * Index plus one; NO_KIND when there are too many of them, or it is too long.
 */
static unsigned
kind_number(struct index *index, struct bytes value)
{
	size_t i = index_kind_number(index->kinds, index->kind_count, value);

	if (value.len == 0 || value.len > INDEX_SAMPLE || i == INDEX_KINDS)
		return NO_KIND;
	if (i == index->kind_count) {
		make_decoy(&index->kinds[i], without_name(value));
		index->kinds[i].times = 1;
		index->kind_count++;
	}
	return (unsigned)i + 1;
}

/* --- Lines ---------------------------------------------------------------- */

/* For all lines of the file, if the others are as long as those so far. */
static int
make_place(struct pass *p, off_t offset)
{
	double share = (double)offset / (double)p->size;
	size_t room = p->room * 2, size = p->room * sizeof(struct found);
	void *more;

	if (share > 0 && (double)p->room / share * 1.1 > (double)room)
		room = (size_t)((double)p->room / share * 1.1);
	more =
	    mremap(p->found, size, room * sizeof(struct found), MREMAP_MAYMOVE);
	if (more == MAP_FAILED)
		return -1;
	p->found = more;
	p->room = room;
	return 0;
}

static inline int
note_line(struct pass *p, struct bytes name, off_t offset, uint32_t check)
{
	struct index *index = p->index;

	if (index->count == p->room && make_place(p, offset) < 0)
		return -1;
	p->found[index->count++] = (struct found) {
		.hash = hash_name(index->seed, name.data, name.len),
		.offset = (uint32_t)offset,
		.check = check,
	};
	return 0;
}

/*
 * Is the line's secret of a form that was seen? A slow hash is of the same kind
 * only if it is of the same length. After the secret 8 octets can be read.
 */
static inline bool
is_as_seen(const struct seen *seen, const char *secret, size_t len)
{
	size_t i;

	if (len <= seen->head_len || (seen->len > 0 && len != seen->len))
		return false;
	for (i = 0; i + 8 <= seen->head_len; i += 8)
		if (word_at(secret + i) != word_at(seen->head + i))
			return false;
	return part_at(secret + i, seen->head_len - i) == seen->tail;
}

/* Lines as this one are not taken apart any more. */
static void
remember(struct pass *p, const struct passwdfile_line *line,
    const struct passwdfile_value *value, unsigned kind)
{
	struct seen *seen = &p->seen[p->next_seen++ % SEEN];
	struct bytes secret = line->secret;
	const char *end;
	size_t head = 0;

	seen->head_len = SIZE_MAX;
	seen->len = 0;
	if (line->rest.len > 0 || line->is_disabled ||
	    value->octets.data == p->value ||
	    (value->is_slow && kind == NO_KIND))
		return;
	if (kind != NO_KIND) {
		head =
		    (size_t)(without_name(value->octets).data - secret.data) +
		    p->index->kinds[kind - 1].head;
		seen->len = secret.len;
	} else if (secret.data[0] == '{' &&
		   (end = memchr(secret.data, '}', secret.len)) != NULL)
		head = (size_t)(end + 1 - secret.data);
	if (head == 0 || head > HEAD - 8)
		return;
	memcpy(seen->head, secret.data, head);
	seen->head_len = head;
	seen->tail = part_at(seen->head + head / 8 * 8, head % 8);
	seen->kind = kind;
}

/*
 * Its length, the last sixteen octets before `rest`, which the digest is in,
 * and all of `rest`: the fields after a secret are alike in many lines.
 */
static inline uint32_t
check_of(struct bytes text, struct bytes rest, unsigned kind)
{
	const char *end = text.data + text.len;
	uint64_t hash = text.len;

	if (rest.len > 0) {
		hash = mix(hash, hash_name(0, rest.data, rest.len));
		text.len = (size_t)(rest.data - text.data);
		end = rest.data;
	}
	if (text.len >= 16)
		hash = mix(mix(hash, word_at(end - 16)), word_at(end - 8));
	else
		hash = mix(hash, hash_name(0, text.data, text.len));
	return (uint32_t)(hash >> 32) << KIND_BITS | kind;
}

static void
note_fault(struct pass *p, enum passwdfile_fault fault)
{
	if (p->fault_count == MOST_FAULTS)
		return;
	p->faults[p->fault_count].line = p->line;
	p->faults[p->fault_count++].fault = fault;
}

static void
report_faults(struct pass *p)
{
	unsigned i;

	for (i = 0; i < p->fault_count; i++)
		p->report(p->context, p->faults[i].line, p->faults[i].fault);
	p->fault_count = 0;
}

/* Any line: take it apart. 0, or -1 without memory. */
static int
take_line(struct pass *p, struct bytes text, off_t offset)
{
	struct passwdfile_line line;
	struct passwdfile_value value = { .kind = PASSWDFILE_NOTHING };
	enum passwdfile_fault fault;
	unsigned kind = NO_KIND;

	fault = passwdfile_parse(p->format, text, &line);
	if (fault == PASSWDFILE_BLANK)
		return 0;
	if (fault == PASSWDFILE_FINE)
		fault = passwdfile_value(&line, p->value, &value);
	if (fault != PASSWDFILE_FINE) {
		note_fault(p, fault);
		return 0;
	}
	if (value.kind == PASSWDFILE_STATE || line.plaintext.len > 0)
		p->index->has_state = true;
	if (value.is_slow && !line.is_disabled)
		kind = kind_number(p->index, value.octets);
	if (value.kind != PASSWDFILE_NOTHING && value.kind != PASSWDFILE_STATE)
		remember(p, &line, &value, kind);
	if (value.octets.data == p->value)
		secret_wipe(p->value, value.octets.len);
	return note_line(p, line.name, offset, check_of(text, line.rest, kind));
}

/*
 * Names are short: memchr(3) would cost more to be called. After the text there
 * are 8 octets more that can be read.
 */
static inline const char *
find_colon(const char *text, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t word, match;
	size_t i, k;

	for (i = 0; i < len; i += 8) {
		word = word_at(text + i) ^ ones * ':';
		match = (word - ones) & ~word & ones * 0x80;
		if (match == 0)
			continue;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		k = i + (size_t)__builtin_ctzll(match) / 8;
#else
		for (k = i; text[k] != ':'; k++)
			;
#endif
		return k < len ? text + k : NULL;
	}
	return NULL;
}

/* True if the line was one of the many; it has been noted then. */
static inline bool
take_simple(struct pass *p, struct bytes text, off_t offset, int *result)
{
	const char *colon;
	size_t name, i;

	if (text.len > 0 && text.data[text.len - 1] == '\r')
		text.len--;
	if (text.len > MAX_SIMPLE || text.len == 0 || text.data[0] <= ' ' ||
	    text.data[0] == '#')
		return false;
	colon = find_colon(text.data, text.len);
	if (colon == NULL || colon == text.data)
		return false;
	name = (size_t)(colon - text.data);
	for (i = 0; !is_as_seen(&p->seen[i], colon + 1, text.len - name - 1);)
		if (++i == SEEN)
			return false;
	*result = note_line(p, bytes_of(text.data, name), offset,
	    check_of(text, bytes_of(NULL, 0), p->seen[i].kind));
	return true;
}

/* --- Chunks --------------------------------------------------------------- */

typedef unsigned char octets16 __attribute__((vector_size(16)));

/* What can be told of all of a chunk at once. */
struct look {
	bool is_simple; /* printable ASCII, CR and LF */
	size_t colons;
};

/* `text` is padded to a multiple of 16 octets with LF. */
static struct look
look_at(const char *text, size_t len)
{
	octets16 word, odd = { 0 }, colons;
	struct look look = { .colons = 0 };
	uint64_t halves[2];
	size_t i, k, n;

	for (i = 0; i < len; i += n) {
		colons = (octets16) { 0 };
		/* 255 times one in each octet, at most. */
		for (n = 0; n < 255 * 16 && i + n < len; n += 16) {
			memcpy(&word, text + i + n, sizeof(word));
			odd |= (octets16)(word - 0x20 > 0x7e - 0x20) &
			       (octets16)(word != '\n') &
			       (octets16)(word != '\r');
			colons -= (octets16)(word == ':');
		}
		for (k = 0; k < 16; k++)
			look.colons += colons[k];
	}
	memcpy(halves, &odd, sizeof(halves));
	look.is_simple = (halves[0] | halves[1]) == 0;
	return look;
}

static size_t
count_colons(struct bytes text)
{
	size_t i, n = 0;

	for (i = 0; i < text.len; i++)
		n += text.data[i] == ':';
	return n;
}

/*
 * The lines of a chunk. A simple one has one colon; if it turns out that some
 * had more, -2: all of them are to be taken apart.
 */
static int
take_lines(struct pass *p, struct bytes chunk, off_t offset, bool simply)
{
	struct look look = { .is_simple = false };
	const char *at = chunk.data, *end = chunk.data + chunk.len, *lf;
	size_t colons = 0;
	int result = 0;
	struct bytes text;

	if (simply)
		look = look_at(chunk.data, chunk.len);
	for (; at < end && result == 0; at = lf + 1, p->line++) {
		lf = memchr(at, '\n', (size_t)(end - at));
		if (lf == NULL)
			lf = end;
		text = bytes_of(at, (size_t)(lf - at));
		if (look.is_simple &&
		    take_simple(p, text, offset + (at - chunk.data), &result)) {
			colons++;
			continue;
		}
		if (look.is_simple)
			colons += count_colons(text);
		result = take_line(p, text, offset + (at - chunk.data));
	}
	return result == 0 && look.is_simple && colons != look.colons ? -2
								      : result;
}

static int
take_chunk(struct pass *p, struct bytes chunk, off_t offset)
{
	unsigned long line = p->line;
	uint32_t count = p->index->count;
	int result = take_lines(p, chunk, offset, true);

	if (result == -2) {
		p->line = line;
		p->index->count = count;
		p->fault_count = 0;
		result = take_lines(p, chunk, offset, false);
	}
	report_faults(p);
	return result;
}

/* As much as there is. Octets, or -1. */
static ssize_t
read_at(int fd, char *to, size_t len, off_t offset)
{
	size_t have = 0;
	ssize_t n;

	while (have < len) {
		n = pread(fd, to + have, len - have, offset + (off_t)have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		have += (size_t)n;
	}
	return (ssize_t)have;
}

/*
 * Skip a line that does not end in a whole chunk. The offset after it, or -1.
 */
static off_t
skip_line(struct pass *p, int fd, char *buffer, off_t offset, off_t size)
{
	const char *lf;
	ssize_t n;

	p->report(p->context, p->line++, PASSWDFILE_TOO_LONG);
	while (offset < size) {
		n = read_at(fd, buffer, CHUNK, offset);
		if (n <= 0)
			return -1;
		lf = memchr(buffer, '\n', (size_t)n);
		if (lf != NULL)
			return offset + (lf + 1 - buffer);
		offset += n;
	}
	return size;
}

static int
read_all(struct pass *p, int fd, char *buffer, off_t size)
{
	static const char bom[] = "\xef\xbb\xbf";
	const char *lf;
	off_t offset = 0;
	size_t want, len;
	int result = 0;

	while (offset < size && result == 0) {
		want = size - offset < CHUNK ? (size_t)(size - offset) : CHUNK;
		if (read_at(fd, buffer, want, offset) != (ssize_t)want) {
			errno = ESTALE;
			return -1;
		}
		len = want;
		lf = memrchr(buffer, '\n', len);
		if (lf == NULL && offset + (off_t)want < size) {
			offset = skip_line(p, fd, buffer, offset, size);
			result = offset < 0 ? -1 : 0;
			continue;
		}
		if (offset + (off_t)want < size)
			len = (size_t)(lf + 1 - buffer);
		else
			p->index->is_torn = buffer[len - 1] != '\n';
		memset(buffer + len, '\n', PADDING);
		want =
		    offset == 0 && len >= 3 && !memcmp(buffer, bom, 3) ? 3 : 0;
		result = take_chunk(p, bytes_of(buffer + want, len - want),
		    offset + (off_t)want);
		offset += (off_t)len;
	}
	return result;
}

/* --- Buckets -------------------------------------------------------------- */

/* Memory of the index, with a place for each line. 0, or -1. */
static int
make_room(struct index *index)
{
	size_t buckets = 1;
	unsigned bits = 0;

	while (buckets * BUCKET < index->count) {
		buckets *= 2;
		bits++;
	}
	index->shift = 32 - bits;
	index->buckets = (uint32_t)buckets;
	index->size = (buckets + 1) * sizeof(uint32_t) +
		      index->count * (sizeof(uint32_t) + 1);
	index->memory = map(index->size);
	if (index->memory == NULL)
		return -1;
	index->starts = index->memory;
	index->offsets = index->starts + buckets + 1;
	index->prints = (uint8_t *)(index->offsets + index->count);
	return 0;
}

/* Sort them, in a stable way. */
static void
fill_buckets(struct pass *p)
{
	struct index *index = p->index;
	const struct found *found;
	uint32_t b, at;

	for (found = p->found; found < p->found + index->count; found++)
		index->starts[bucket_of(index, found->hash)]++;
	for (b = 1; b <= index->buckets; b++)
		index->starts[b] += index->starts[b - 1];
	for (found = p->found + index->count; found-- > p->found;) {
		at = --index->starts[bucket_of(index, found->hash)];
		index->offsets[at] = found->offset;
		index->prints[at] = (uint8_t)found->hash;
	}
}

/*
 * --- Names with more lines than one ----------------------------------------
 */

/* They are in the order of the file. */
static const struct found *
found_at(const struct pass *p, uint32_t offset)
{
	size_t low = 0, high = p->index->count, middle;

	while (high - low > 1) {
		middle = low + (high - low) / 2;
		if (p->found[middle].offset <= offset)
			low = middle;
		else
			high = middle;
	}
	return &p->found[low];
}

/* The hashes are the same; are the names? */
static bool
is_same_name(const struct pass *p, const struct found *a, const struct found *b)
{
	char text[2][NAME_LENGTH + 1];
	bool result = false, ended = false;
	ssize_t n, m;
	size_t i;

	n = read_at(p->fd, text[0], sizeof(text[0]), (off_t)a->offset);
	m = read_at(p->fd, text[1], sizeof(text[1]), (off_t)b->offset);
	for (i = 0;
	     i < sizeof(text[0]) && (ssize_t)i < n && (ssize_t)i < m && !ended;
	     i++) {
		ended = text[0][i] != text[1][i] || text[0][i] == ':';
		result = text[0][i] == text[1][i] && ended;
	}
	secret_wipe(text, sizeof(text));
	return result;
}

/* Which line is it, from 1? It is for the log alone, and seldom. */
static unsigned long
line_at(const struct pass *p, uint32_t offset)
{
	char text[4096];
	unsigned long line = 1;
	off_t at = 0;
	ssize_t i, n;

	while (at < (off_t)offset) {
		n = read_at(p->fd, text, sizeof(text), at);
		if (n <= 0)
			break;
		for (i = 0; i < n && at + i < (off_t)offset; i++)
			line += text[i] == '\n';
		at += n;
	}
	secret_wipe(text, sizeof(text));
	return line;
}

/*
 * From `first` on, the lines of one hash: how many slow values of each kind,
 * and which line is there twice?
 */
static void
look_at_name(struct pass *p, uint32_t first, uint32_t end)
{
	const struct found *lines[LOOK_AT], *a;
	unsigned times[INDEX_KINDS + 1] = { 0 }, kind;
	uint32_t i, k, n = 0;

	lines[n++] = found_at(p, p->index->offsets[first]);
	for (i = first + 1; i < end; i++) {
		if (p->index->prints[i] != p->index->prints[first])
			continue;
		a = found_at(p, p->index->offsets[i]);
		if (a->hash == lines[0]->hash)
			lines[n++] = a;
	}
	for (i = 0; i < n; i++) {
		for (k = 0; k < i && (lines[k]->check != lines[i]->check ||
					 !is_same_name(p, lines[k], lines[i]));)
			k++;
		if (k < i) {
			p->line = line_at(p, lines[i]->offset);
			note_fault(p, PASSWDFILE_DUPLICATE);
			continue;
		}
		kind = lines[i]->check % (1 << KIND_BITS);
		if (kind != NO_KIND &&
		    times[kind] == p->index->kinds[kind - 1].times &&
		    !is_same_name(p, lines[0], lines[i]))
			continue;
		times[kind]++;
		if (kind != NO_KIND &&
		    times[kind] > p->index->kinds[kind - 1].times)
			p->index->kinds[kind - 1].times = times[kind];
	}
}

/* Most names have one line, and most prints are there once. */
static void
look_at_bucket(struct pass *p, uint32_t start, uint32_t end)
{
	const uint8_t *prints = p->index->prints;
	uint64_t seen[4] = { 0 }, twice[4] = { 0 }, bit;
	uint64_t any = 0;
	uint32_t i;

	if (end - start > LOOK_AT)
		end = start + LOOK_AT;
	for (i = start; i < end; i++) {
		bit = UINT64_C(1) << prints[i] % 64;
		twice[prints[i] / 64] |= seen[prints[i] / 64] & bit;
		any |= seen[prints[i] / 64] & bit;
		seen[prints[i] / 64] |= bit;
	}
	for (i = start; any != 0 && i < end; i++) {
		bit = UINT64_C(1) << prints[i] % 64;
		if (twice[prints[i] / 64] & bit)
			look_at_name(p, i, end);
		twice[prints[i] / 64] &= ~bit;
	}
}

static void
limit_kinds(struct index *index)
{
	unsigned left = INDEX_TIMES;
	size_t k;

	for (k = 0; k < index->kind_count; k++) {
		if (index->kinds[k].times > left)
			index->kinds[k].times = left;
		left -= index->kinds[k].times;
	}
}

static int
sort(struct pass *p)
{
	struct index *index = p->index;
	uint32_t b;

	if (make_room(index) < 0)
		return -1;
	fill_buckets(p);
	for (b = 0; b < index->buckets; b++)
		look_at_bucket(p, index->starts[b], index->starts[b + 1]);
	report_faults(p);
	limit_kinds(index);
	return 0;
}

/* --- The whole ------------------------------------------------------------ */

int
index_build(struct index *index, int fd, off_t size,
    enum passwdfile_format format, index_report_fn *report, void *context)
{
	struct pass p = { .index = index,
		.fd = fd,
		.size = size,
		.format = format,
		.report = report,
		.context = context,
		.line = 1,
		.room = FIRST_ROOM };
	size_t buffer_size = CHUNK + PADDING + PASSWDFILE_VALUE;
	char *buffer = map(buffer_size);
	int result = -1, error;
	size_t i;

	memset(index, 0, sizeof(*index));
	for (i = 0; i < SEEN; i++)
		p.seen[i].head_len = SIZE_MAX;
	p.found = map(p.room * sizeof(struct found));
	if (buffer != NULL && p.found != NULL &&
	    getrandom(&index->seed, sizeof(index->seed), 0) >= 0) {
		p.value = buffer + CHUNK + PADDING;
		result = read_all(&p, fd, buffer, size);
		if (result == 0)
			result = sort(&p);
	}
	error = errno;
	if (buffer != NULL) {
		secret_wipe(buffer, buffer_size);
		munmap(buffer, buffer_size);
	}
	if (p.found != NULL)
		munmap(p.found, p.room * sizeof(struct found));
	if (result != 0)
		secret_wipe(index->kinds, sizeof(index->kinds));
	errno = error;
	return result;
}

void
index_free(struct index *index)
{
	if (index->memory != NULL)
		munmap(index->memory, index->size);
	secret_wipe(index->kinds, sizeof(index->kinds));
	memset(index, 0, sizeof(*index));
}

off_t
index_next(const struct index *index, struct bytes name, uint32_t *at)
{
	char padded[NAME_LENGTH + 8];
	uint32_t hash, bucket, i;

	if (name.len > NAME_LENGTH)
		return -1;
	memcpy(padded, name.data, name.len);
	memset(padded + name.len, 0, 8);
	hash = hash_name(index->seed, padded, name.len);
	bucket = bucket_of(index, hash);
	for (i = index->starts[bucket] + *at; i < index->starts[bucket + 1];
	     i++)
		if (index->prints[i] == (uint8_t)hash) {
			*at = i + 1 - index->starts[bucket];
			return index->offsets[i];
		}
	return -1;
}
