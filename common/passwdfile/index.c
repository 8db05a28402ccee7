/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One pass over the file: see index.h. The lines of a chunk are noted, and then
 * put into the table, which is as large as the first chunk lets expect; if it
 * turns out to be too small the pass begins again.
 *
 * Most lines of a file look like the line before: a name of letters, a colon, a
 * secret of the same form, and no field more. Those are only found and hashed.
 * Any other line is taken apart, so that what is wrong with it can be told.
 */
#include "config.h"

#include <errno.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/secret.h"
#include "passwdfile/index.h"

enum {
	CHUNK = 32 * 1024,
	PADDING = 128, /* octets that can be read after a chunk */
	BLOCKS = CHUNK / 64 + 2,
	SHORTEST = 4, /* octets of a line that is noted: "a:*\n" */
	HEAD = 64,    /* octets of a secret that tell its form, at most */
	SEEN = 4,
	AHEAD = 16,	    /* lines */
	MOST_FAULTS = 32,   /* of a chunk; more would tell no more */
	NAME_LENGTH = 1024, /* MAX_NAME of name.h: no name is longer */
	MAX_SIMPLE = 1024,  /* octets of a line that is not taken apart */
};

/* A line of the chunk. */
struct found {
	uint64_t hash; /* of its name */
	uint32_t offset;
	uint16_t check; /* of the whole line, with its kind in the low bits */
};

/* Index into kinds plus one; or one of these. */
enum { NO_KIND = 0, TEXT_KIND = INDEX_KINDS + 1 };
enum { KIND_BITS = 4, KIND_MASK = (1 << KIND_BITS) - 1 };

/* How secrets begin of which lines need not be taken apart any more. */
struct seen {
	char head[HEAD];
	size_t head_len;
	uint64_t first, mask; /* the first octets of the head, as one word */
	size_t min, range;    /* of the secret's length; 0, 0: nothing yet */
	unsigned kind;
};

/* What is known of the lines of a bucket while the table is made. */
struct aside {
	uint16_t marks[INDEX_BUCKET];  /* more bits of the hashes */
	uint16_t checks[INDEX_BUCKET]; /* of the lines */
};

struct pass {
	struct index *index;
	int fd;
	off_t size;
	enum passwdfile_format format;
	index_report_fn *report;
	void *context;

	/* Of the table, as long as it is made: see make_table(). */
	struct aside *aside;
	uint8_t *counts; /* of lines in a bucket */

	struct seen seen[SEEN];
	unsigned next_seen;
	size_t limited; /* how long it takes to read those of index->limits */
	unsigned long line;	/* number of the one that is looked at */
	unsigned long reported; /* of all lines up to that one */

	/* Of this chunk. */
	off_t offset;
	unsigned long first_line;
	uint32_t found_count;
	struct {
		unsigned long line;
		enum passwdfile_fault fault;
	} faults[MOST_FAULTS];
	unsigned fault_count;
	char text[CHUNK + PADDING];
	uint64_t odd[BLOCKS], colons[BLOCKS]; /* see map_chunk() */
	struct found found[CHUNK / SHORTEST + AHEAD];

	char value[PASSWDFILE_VALUE];
};

/* The table is too small. */
enum { AGAIN = -2 };

static void *
map(size_t size, int flags)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

static void
unmap(void *memory, size_t size)
{
	if (memory != NULL)
		munmap(memory, size);
}

/* --- Hashes --------------------------------------------------------------- */

static inline uint64_t
mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
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
static inline uint64_t
hash_name(uint64_t seed, const char *name, size_t len)
{
	uint64_t hash = seed ^ len;

	for (; len >= 8; name += 8, len -= 8)
		hash = mix(hash, word_at(name));
	return mix(hash, part_at(name, len));
}

/* --- The table ------------------------------------------------------------ */

/* The high half of a hash says in which bucket the line is, if it has room. */
static inline uint32_t
home_of(const struct index *index, uint64_t hash)
{
	return (uint32_t)((hash >> 32) * index->buckets >> 32);
}

static inline off_t
offset_of(const struct index *index, uint32_t slot)
{
	return (off_t)(slot & index->offset_mask) - 1;
}

static void
drop_slots(struct index *index)
{
	unmap(index->slots, index->buckets * INDEX_BUCKET * sizeof(uint32_t));
	index->slots = NULL;
}

/* Low bits of a hash, in the bits of a slot that the offset leaves. */
static inline uint32_t
print_of(const struct index *index, uint64_t hash)
{
	return (uint32_t)hash & ~index->offset_mask;
}

/* --- Forms of slow hashes ------------------------------------------------- */

/* Octets before the `n`-th such sign from the end; 0 if there is none. */
static size_t
before_last(struct bytes value, char sign, unsigned n)
{
	const char *at;

	for (; n > 0; n--) {
		at = memrchr(value.data, sign, value.len);
		if (at == NULL)
			return 0;
		value.len = (size_t)(at - value.data);
	}
	return value.len;
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
	len = before_last(rest, '$', 2);
	if (len == 0)
		len = before_last(rest, ',', 3);
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

/* Octets of a value before its digest, or its digests. */
static size_t
before_digest(struct bytes value)
{
	size_t len = before_last(value, '$', 1), name;

	if (len > 0)
		return value.data[1] == '2' ? strlen("$2b$10$") + 22 : len + 1;
	len = before_last(value, ',', 2);
	if (len > 0)
		return len + 1;
	name = value.data[0] == '{' ? before_last(value, '}', 1) + 1 : 0;
	if (name < value.len && value.data[name] == '_')
		return name + strlen("_J9..salt");
	return name;
}

/* A last digit has few bits, and so may have the one before a sign. */
static bool
is_full_digit(const char *at)
{
	return *at != ',' && at[1] != ',' && at[1] != '=';
}

/*
 * The same form and costs, and each digit of its digest is another, which is
 * one in base64, in crypt(3)'s and in hex; but for the last four, and for the
 * last one of each key of SCRAM. So no user's secret stays in memory.
 */
static void
make_decoy(struct index_kind *kind, struct bytes value)
{
	size_t at = value.len, from = before_digest(value);
	char *text = kind->decoy;

	memcpy(kind->prefix, INDEX_DECOY, sizeof(kind->prefix));
	memcpy(text, value.data, value.len);
	kind->decoy_len = value.len;
	kind->head = head_of(value);
	while (at > from && text[at - 1] == '=')
		at--;
	for (; at >= from + 5; at--)
		if (is_full_digit(text + at - 5))
			text[at - 5] = text[at - 5] == 'a' ? 'b' : 'a';
}

/*
 * Index plus one; NO_KIND when there are too many of them, or it is too long.
 * Those that are not slow leave room for those that are.
 */
static unsigned
kind_number(struct index *index, struct bytes octets, bool is_slow)
{
	size_t i = index_kind_number(index->kinds, index->kind_count, octets);
	struct stored stored;

	if (octets.len == 0 || octets.len > INDEX_SAMPLE || i == INDEX_KINDS)
		return NO_KIND;
	if (i == index->kind_count) {
		if (!is_slow && i >= INDEX_KINDS / 2)
			return NO_KIND;
		scheme_classify(octets, &stored);
		make_decoy(&index->kinds[i], without_name(octets));
		if (stored.kind == STORED_STATE)
			index->kinds[i].state = octets.len - stored.value.len;
		index->kinds[i].times = 1;
		index->kinds[i].work =
		    scheme_work(&stored, SCHEME_USUAL_PASSWORD);
		index->kind_count++;
	}
	return (unsigned)i + 1;
}

static void
raise_to(unsigned *most, unsigned n)
{
	if (*most < n)
		*most = n;
}

/* --- Lines ---------------------------------------------------------------- */

static inline void
note_line(struct pass *p, struct bytes text, size_t name_len, uint16_t check)
{
	uint64_t hash = hash_name(p->index->seed, text.data, name_len);

	p->found[p->found_count++] = (struct found) {
		.hash = hash,
		.offset = (uint32_t)(p->offset + (text.data - p->text)),
		.check = check,
	};
}

/*
 * Is the line's secret of a form that was seen? A slow hash is of the same kind
 * only if it is of the same length. After the secret 8 octets can be read.
 */
static inline bool
is_as_seen(const struct seen *seen, const char *secret, size_t len)
{
	return len - seen->min < seen->range &&
	       (word_at(secret) & seen->mask) == seen->first &&
	       (seen->head_len <= 8 ||
		   !memcmp(secret + 8, seen->head + 8, seen->head_len - 8));
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

	seen->range = 0;
	if (line->rest.len > 0 || line->is_disabled ||
	    value->octets.data == p->value ||
	    (value->is_slow && kind == NO_KIND))
		return;
	if (kind != NO_KIND) {
		head = (size_t)(without_name(value->hash).data - secret.data) +
		       p->index->kinds[kind - 1].head;
	} else if (secret.data[0] == '{' &&
		   (end = memchr(secret.data, '}', secret.len)) != NULL)
		head = (size_t)(end + 1 - secret.data);
	if (head == 0 || head > HEAD)
		return;
	if (value->kind == PASSWDFILE_PLAINTEXT)
		seen->kind = TEXT_KIND;
	else
		seen->kind = kind;
	memcpy(seen->head, secret.data, head);
	seen->head_len = head;
	memset(&seen->mask, 0, sizeof(seen->mask));
	memset(&seen->mask, 0xff, head < 8 ? head : 8);
	seen->first = word_at(secret.data) & seen->mask;
	seen->min = kind != NO_KIND ? secret.len : head + 1;
	seen->range = kind != NO_KIND ? 1 : MAX_SIMPLE;
}

/*
 * Of its length, the last octets before `rest`, which the digest is in, and all
 * of `rest`: the fields after a secret are alike in many lines.
 */
static inline uint16_t
check_of(struct bytes text, struct bytes rest, unsigned kind)
{
	uint64_t hash = text.len;

	if (rest.len > 0) {
		hash = mix(hash, hash_name(0, rest.data, rest.len));
		text.len = (size_t)(rest.data - text.data);
	}
	if (text.len >= 8)
		hash = mix(hash, word_at(text.data + text.len - 8));
	return (uint16_t)(hash >> 48 << KIND_BITS | kind);
}

static void
note_fault(struct pass *p, unsigned long line, enum passwdfile_fault fault)
{
	if (p->fault_count == MOST_FAULTS)
		return;
	p->faults[p->fault_count].line = line;
	p->faults[p->fault_count++].fault = fault;
}

/* Once, even if the pass has begun again. */
static void
tell(struct pass *p, unsigned long line, enum passwdfile_fault fault)
{
	if (line > p->reported)
		p->report(p->context, line, fault);
}

/* Networks take longest to read, and then a date. */
static void
note_limits(struct pass *p, const struct passwdfile_line *line)
{
	bool is_bound = line->allow_nets.len > 0;
	bool is_dated = line->last_day != PASSWDFILE_FOR_EVER;
	size_t limited =
	    line->rest.len + 4 * line->allow_nets.len + (is_dated ? 32 : 0);
	struct index *index = p->index;

	if ((!is_bound && !is_dated) || limited <= p->limited ||
	    line->rest.len > INDEX_LIMITS || p->format != PASSWDFILE_DOVECOT)
		return; /* in other formats all lines have the same fields */
	p->limited = limited;
	index->limits_len = line->rest.len;
	memcpy(index->limits, line->rest.data, line->rest.len);
	index->nets_len = line->allow_nets.len;
	if (is_bound)
		index->nets_at =
		    (size_t)(line->allow_nets.data - line->rest.data);
}

/* Any line: take it apart. */
static void
take_line(struct pass *p, struct bytes text)
{
	struct passwdfile_line line;
	struct passwdfile_value value = { .kind = PASSWDFILE_NOTHING };
	enum passwdfile_fault fault;
	unsigned kind = NO_KIND;

	fault = passwdfile_parse(p->format, text, &line);
	if (fault == PASSWDFILE_BLANK)
		return;
	if (fault == PASSWDFILE_FINE)
		fault = passwdfile_value(&line, p->value, &value);
	if (fault != PASSWDFILE_FINE) {
		note_fault(p, p->line, fault);
		return;
	}
	note_limits(p, &line);
	if (!line.is_disabled)
		kind = kind_number(p->index, value.hash, value.is_slow);
	if (value.kind != PASSWDFILE_NOTHING)
		remember(p, &line, &value, kind);
	if (!line.is_disabled &&
	    (value.kind == PASSWDFILE_PLAINTEXT || line.plaintext.len > 0)) {
		raise_to(&p->index->texts, 1);
		kind = kind == NO_KIND ? TEXT_KIND : kind;
	}
	note_line(p, text, line.name.len, check_of(text, line.rest, kind));
}

/* --- Chunks --------------------------------------------------------------- */

/*
 * Where the ends of lines and the colons are: a bit for each octet. What is
 * odd is no printable ASCII, or an end.
 */
static void
map_chunk(struct pass *p, size_t len)
{
	size_t i, k;

	memset(p->text + len, 'x', PADDING);
	p->text[len] = '\n';
	p->text[len + 1] = ':';
	for (i = 0; i < len + 2; i += 64) {
		uint64_t odd = 0, colons = 0;
#ifdef __SSE2__
#pragma GCC unroll 4
		for (k = 0; k < 64; k += 16) {
			const __m128i *at = (const __m128i *)(p->text + i + k);
			__m128i word = _mm_loadu_si128(at), test;

			/* DEL plus one, and all above it, is less than 0. */
			test = _mm_add_epi8(word, _mm_set1_epi8(1));
			test = _mm_cmplt_epi8(test, _mm_set1_epi8(' ' + 1));
			odd |= (uint64_t)(unsigned)_mm_movemask_epi8(test) << k;
			test = _mm_cmpeq_epi8(word, _mm_set1_epi8(':'));
			colons |= (uint64_t)(unsigned)_mm_movemask_epi8(test)
				  << k;
		}
#else
		for (k = 0; k < 64; k++) {
			unsigned char c = (unsigned char)p->text[i + k];

			odd |= (uint64_t)(c < ' ' || c > '~') << k;
			colons |= (uint64_t)(c == ':') << k;
		}
#endif
		p->odd[i / 64] = odd;
		p->colons[i / 64] = colons;
	}
}

/* The next bit from that place on; there must be one. */
static inline size_t
next_place(const uint64_t *bits, size_t from)
{
	size_t i = from / 64;
	uint64_t word = bits[i] >> from % 64;

	if (word != 0)
		return from + (size_t)__builtin_ctzll(word);
	while (bits[++i] == 0)
		;
	return 64 * i + (size_t)__builtin_ctzll(bits[i]);
}

/* True if the line was one of the many; it has been noted then. */
static inline bool
take_simple(struct pass *p, struct bytes text, size_t name)
{
	const char *secret = text.data + name + 1;
	size_t i, len = text.len - name - 1;

	if (name - 1 >= MAX_SIMPLE || text.data[0] == ' ' ||
	    text.data[0] == '#')
		return false;
	for (i = 0; !is_as_seen(&p->seen[i], secret, len);)
		if (++i == SEEN)
			return false;
	note_line(
	    p, text, name, check_of(text, bytes_of(NULL, 0), p->seen[i].kind));
	return true;
}

/* The lines of a chunk, which begins at `at` in the text. */
static void
take_lines(struct pass *p, size_t at, size_t end)
{
	size_t lf, odd, colon, len;
	struct bytes text;

	map_chunk(p, end);
	p->found_count = p->fault_count = 0;
	for (; at < end; at = lf + 1, p->line++) {
		lf = odd = next_place(p->odd, at);
		while (p->text[lf] != '\n')
			lf = next_place(p->odd, lf + 1);
		len = lf - at - (lf > at && p->text[lf - 1] == '\r');
		text = bytes_of(p->text + at, len);
		colon = next_place(p->colons, at);
		/* Nothing odd in it, and one colon. */
		if (odd - at < len || colon >= at + len ||
		    next_place(p->colons, colon + 1) < lf ||
		    !take_simple(p, text, colon - at))
			take_line(p, text);
	}
}

/* As much as there is: octets, or -1. With errno, if they are not `len`. */
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
		if (n == 0) {
			errno = ESTALE;
			break;
		}
		have += (size_t)n;
	}
	return (ssize_t)have;
}

/* Does the line at `offset` begin so? With all of it, is it the same? */
static bool
is_again(struct pass *p, off_t offset, struct bytes text, size_t len)
{
	size_t want = text.len + 2;
	const char *line = p->value;
	ssize_t n;
	bool result;

	if (offset >= p->offset) {
		line = p->text + (offset - p->offset);
		n = (ssize_t)want;
	} else
		n = read_at(p->fd, p->value, want, offset);
	result = n >= (ssize_t)len && !memcmp(line, text.data, len);
	if (result && len == text.len && n > (ssize_t)len)
		result = line[len] == '\n' ||
			 (line[len] == '\r' && n == (ssize_t)want &&
			     line[len + 1] == '\n');
	return result;
}

/* The line of the chunk, and its number. */
static struct bytes
text_of(const struct pass *p, const struct found *f, unsigned long *line)
{
	const char *text = p->text + (f->offset - p->offset), *at;
	size_t len = (size_t)((char *)memchr(text, '\n', CHUNK) - text);

	*line = p->first_line;
	for (at = p->text; (at = memchr(at, '\n', (size_t)(text - at))); at++)
		++*line;
	if (text[len - 1] == '\r') /* there is a colon before it */
		len--;
	return bytes_of(text, len);
}

/* Never 0, as where there is no line. */
static inline uint16_t
mark_of(uint64_t hash)
{
	return (uint16_t)(hash >> 16 | 1);
}

typedef uint16_t marks8 __attribute__((vector_size(16)));

/* Is the mark one of those of a bucket? They are looked at all at once. */
static inline bool
has_mark(const uint16_t *marks, uint16_t mark)
{
	marks8 low, high;
	uint64_t any[2];

	memcpy(&low, marks, sizeof(low));
	memcpy(&high, marks + INDEX_BUCKET / 2, sizeof(high));
	low = (marks8)(low == mark) | (marks8)(high == mark);
	memcpy(any, &low, sizeof(any));
	return (any[0] | any[1]) != 0;
}

/*
 * May the line go into the table, in which there may be others of its name? How
 * many values of its kind the user has is counted, if it may.
 */
static bool
goes_beside(struct pass *p, const struct found *f)
{
	struct index *index = p->index;
	uint32_t i, slot, b = home_of(index, f->hash);
	unsigned lines = 0, same = 1, kind = f->check & KIND_MASK;
	enum passwdfile_fault fault = PASSWDFILE_FINE;
	unsigned long line;
	struct bytes text = text_of(p, f, &line);
	const char *colon = memchr(text.data, ':', text.len);
	size_t name = (size_t)(colon + 1 - text.data);
	const struct aside *aside;
	uint32_t all[INDEX_MOST];
	uint16_t check;
	off_t offset;

	for (i = b * INDEX_BUCKET; (slot = index->slots[i]) != 0;
	     i = i + 1 == index->buckets * INDEX_BUCKET ? 0 : i + 1) {
		aside = &p->aside[i / INDEX_BUCKET];
		check = aside->checks[i % INDEX_BUCKET];
		offset = offset_of(index, slot);
		if (aside->marks[i % INDEX_BUCKET] != mark_of(f->hash) ||
		    !is_again(p, offset, text, name))
			continue;
		same += ((check ^ f->check) & KIND_MASK) == 0;
		if (lines < INDEX_MOST)
			all[lines] = (uint32_t)offset;
		if (check == f->check && is_again(p, offset, text, text.len))
			fault = PASSWDFILE_DUPLICATE;
		else if (++lines == INDEX_LINES)
			fault = PASSWDFILE_TOO_MANY;
		if (fault != PASSWDFILE_FINE) {
			note_fault(p, line, fault);
			return false;
		}
	}
	if (kind == TEXT_KIND)
		raise_to(&index->texts, same);
	else if (kind != NO_KIND)
		raise_to(&index->kinds[kind - 1].times, same);
	if (lines < INDEX_MOST && lines + 1 > index->lines) {
		memcpy(index->most, all, lines * sizeof(all[0]));
		index->most[lines] = f->offset;
		index->lines = lines + 1;
	}
	return true;
}

/* The lines of the chunk, into the table. */
static void
insert_all(struct pass *p)
{
	struct index *index = p->index;
	struct aside *aside = p->aside;
	const struct found *f, *end = p->found + p->found_count;
	uint32_t b, *slot;
	bool others;

	for (f = p->found; f < end; f++) {
		/* The table is larger than the nearest cache. */
		b = home_of(index, f[AHEAD].hash);
		__builtin_prefetch(&index->slots[b * INDEX_BUCKET], 1);
		__builtin_prefetch(&aside[b], 1);
		b = home_of(index, f->hash);
		others = has_mark(aside[b].marks, mark_of(f->hash));
		while (p->counts[b] == INDEX_BUCKET) {
			b = b + 1 == index->buckets ? 0 : b + 1;
			others |= has_mark(aside[b].marks, mark_of(f->hash));
		}
		if (others && !goes_beside(p, f))
			continue;
		slot = &index->slots[b * INDEX_BUCKET + p->counts[b]];
		*slot = print_of(index, f->hash) | (f->offset + 1);
		aside[b].marks[p->counts[b]] = mark_of(f->hash);
		aside[b].checks[p->counts[b]++] = f->check;
		if (index->count++ == 0)
			index->most[0] = f->offset;
	}
}

static void
drop_aside(struct pass *p)
{
	unmap(p->aside, p->index->buckets * (sizeof(struct aside) + 1));
	p->aside = NULL;
}

/*
 * A table for all lines of the file, if the others are as long as those up to
 * `end`; one slot in ten stays empty. 0, or -1.
 */
static int
make_table(struct pass *p, off_t end)
{
	struct index *index = p->index;
	double lines = index->count + p->found_count;
	double former = index->buckets;

	if (end < p->size)
		lines *= 1.02 * (double)p->size / (double)end;
	lines = lines * 1.1 / (double)INDEX_BUCKET + 1;
	drop_aside(p);
	drop_slots(index);
	index->buckets =
	    (uint32_t)(lines < 1.5 * former ? 1.5 * former + 1 : lines);
	index->slots =
	    map(index->buckets * INDEX_BUCKET * sizeof(uint32_t), MAP_POPULATE);
	p->aside =
	    map(index->buckets * (sizeof(struct aside) + 1), MAP_POPULATE);
	if (index->slots == NULL || p->aside == NULL)
		return -1;
	p->counts = (uint8_t *)(p->aside + index->buckets);
	return 0;
}

/* 0, -1, or AGAIN. */
static int
take_chunk(struct pass *p, size_t at, size_t len)
{
	struct index *index = p->index;
	bool is_first = index->slots == NULL;
	unsigned i;

	p->first_line = p->line;
	take_lines(p, at, len);
	if (is_first || index->count + p->found_count >
			    index->buckets * (2 * INDEX_BUCKET - 1) / 2) {
		if (make_table(p, p->offset + (off_t)len) < 0)
			return -1;
		if (!is_first)
			return AGAIN;
	}
	insert_all(p);
	for (i = 0; i < p->fault_count; i++)
		tell(p, p->faults[i].line, p->faults[i].fault);
	if (p->line > p->reported + 1)
		p->reported = p->line - 1;
	return 0;
}

/*
 * Skip a line that does not end in a whole chunk. The offset after it, or -1.
 */
static off_t
skip_line(struct pass *p, off_t offset)
{
	const char *lf;
	ssize_t n;

	tell(p, p->line++, PASSWDFILE_TOO_LONG);
	while (offset < p->size) {
		n = read_at(p->fd, p->text, CHUNK, offset);
		if (n <= 0)
			return -1;
		lf = memchr(p->text, '\n', (size_t)n);
		if (lf != NULL)
			return offset + (lf + 1 - p->text);
		offset += n;
	}
	return p->size;
}

/* 0, -1, or AGAIN. */
static int
read_all(struct pass *p)
{
	const char *lf;
	size_t want, len;
	int result = 0;

	p->line = 1;
	p->index->count = 0;
	for (p->offset = 0; p->offset < p->size && result == 0;) {
		want = p->size - p->offset < CHUNK
			   ? (size_t)(p->size - p->offset)
			   : CHUNK;
		if (read_at(p->fd, p->text, want, p->offset) != (ssize_t)want)
			return -1;
		len = want;
		lf = memrchr(p->text, '\n', len);
		if (lf == NULL && p->offset + (off_t)want < p->size) {
			p->offset = skip_line(p, p->offset);
			result = p->offset < 0 ? -1 : 0;
			continue;
		}
		if (p->offset + (off_t)want < p->size)
			len = (size_t)(lf + 1 - p->text);
		else
			p->index->is_torn = p->text[len - 1] != '\n';
		result = take_chunk(p,
		    p->offset == 0 ? passwdfile_bom(bytes_of(p->text, len)) : 0,
		    len);
		p->offset += (off_t)len;
	}
	return result;
}

static int
compare_kinds(const void *a, const void *b)
{
	const struct index_kind *one = a, *other = b;

	return one->work < other->work ? 1 : -(one->work > other->work);
}

/* What is too much for one login is not checked, but the slowest are. */
static void
limit_kinds(struct index *index)
{
	struct index_kind *kind, *end = index->kinds + index->kind_count;
	unsigned left = SCHEME_BUDGET;

	qsort(index->kinds, index->kind_count, sizeof(index->kinds[0]),
	    compare_kinds);
	for (kind = index->kinds; kind < end; kind++) {
		if (kind->times > left / kind->work)
			kind->times = left / kind->work;
		left -= kind->times * kind->work;
	}
}

static void
finish(struct index *index)
{
	limit_kinds(index);
	raise_to(&index->lines, index->count > 0);
	if (index->texts > INDEX_MOST)
		index->texts = INDEX_MOST;
}

/* --- The whole ------------------------------------------------------------ */

int
index_build(struct index *index, int fd, off_t size,
    enum passwdfile_format format, index_report_fn *report, void *context)
{
	struct pass *p = map(sizeof(*p), 0);
	int result = -1, error;

	memset(index, 0, sizeof(*index));
	if (p == NULL)
		return -1;
	p->index = index;
	p->fd = fd;
	p->size = size;
	p->format = format;
	p->report = report;
	p->context = context;
	for (index->offset_mask = 1; index->offset_mask <= size;)
		index->offset_mask = 2 * index->offset_mask + 1;
	if (getrandom(&index->seed, sizeof(index->seed), 0) >= 0)
		do
			result = read_all(p);
		while (result == AGAIN);
	error = errno;
	if (result == 0)
		finish(index);
	drop_aside(p);
	if (result != 0)
		index_free(index);
	secret_wipe(p->text, sizeof(p->text));
	secret_wipe(p->value, sizeof(p->value));
	unmap(p, sizeof(*p));
	errno = error;
	return result;
}

void
index_free(struct index *index)
{
	drop_slots(index);
	secret_wipe(index->kinds, sizeof(index->kinds));
	memset(index, 0, sizeof(*index));
}

static uint64_t
hash_any(const struct index *index, struct bytes name)
{
	char padded[NAME_LENGTH + 8];

	memcpy(padded, name.data, name.len);
	memset(padded + name.len, 0, 8);
	return hash_name(index->seed, padded, name.len);
}

off_t
index_next(
    const struct index *index, struct bytes name, struct index_search *search)
{
	uint32_t i, n, print, mask = ~index->offset_mask;
	uint32_t end = index->buckets * INDEX_BUCKET;
	const uint32_t *slots = index->slots;

	if (name.len > NAME_LENGTH || index->count == 0)
		return -1;
	if (search->tried == 0)
		search->hash = hash_any(index, name);
	print = print_of(index, search->hash);
	i = home_of(index, search->hash) * INDEX_BUCKET + search->tried;
	i -= i < end ? 0 : end;
	for (n = search->tried + 1; slots[i] != 0; n++) {
		if ((slots[i] & mask) == print) {
			search->tried = n;
			return offset_of(index, slots[i]);
		}
		i = i + 1 == end ? 0 : i + 1;
	}
	return -1;
}
