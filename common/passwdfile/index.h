/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Where each line of a passwdfile begins, by the hash of its name, and which
 * forms of hashes there are: what one pass over the file yields. About four and
 * a half octets a line.
 */
#ifndef CLASSIC_PASSWDFILE_INDEX_H
#define CLASSIC_PASSWDFILE_INDEX_H

#include <stdint.h>
#include <sys/types.h>

#include "passwdfile/parse.h"
#include "secrets/scheme.h"

enum {
	INDEX_KINDS = 8,		 /* forms of hashes, with their costs */
	INDEX_SAMPLE = SCHEME_DECOY - 1, /* octets of a value */
	INDEX_BUCKET = 16,		 /* slots */
	INDEX_LINES = 64,   /* of one name; more of them do not count */
	INDEX_MOST = 8,	    /* of these, to which all others are evened out */
	INDEX_LIMITS = 512, /* octets of the rest of a line */
};

/* With it, and nothing between, a value that is one begins: see scheme.h. */
#define INDEX_DECOY "{DECOY}:"

/* A form of hash that is in the file, told by all before the salt. */
struct index_kind {
	char prefix[sizeof(INDEX_DECOY) - 1];
	char decoy[INDEX_SAMPLE]; /* such a value, of no password */
	size_t decoy_len, head;	  /* octets of it that tell the form */
	size_t state;		  /* where one of CRAM-MD5 begins; or 0 */
	unsigned times; /* values that one user has, as far as they fit */
	unsigned work;	/* into SCHEME_BUDGET; and what one of them costs */
};

struct index {
	/*
	 * Buckets of slots for lines, which the hash of a name chooses; if one
	 * is full the next. In a slot there are the line's offset plus one and,
	 * in the bits above, some of the hash.
	 */
	uint32_t *slots;
	uint32_t buckets, offset_mask;
	uint64_t seed;
	uint32_t count;			      /* of lines */
	struct index_kind kinds[INDEX_KINDS]; /* the slowest first */
	size_t kind_count;
	bool is_torn; /* the last line has no LF */

	/*
	 * What else it takes to read a user: the lines of the name with the
	 * most; how many in plaintext one name has; and the rest of the line
	 * with the longest list of networks.
	 */
	uint32_t most[INDEX_MOST]; /* their offsets */
	unsigned lines, texts;	   /* up to INDEX_MOST */
	char limits[INDEX_LIMITS];
	size_t limits_len, nets_at, nets_len; /* the list is in it */
};

typedef void index_report_fn(
    void *context, unsigned long line, enum passwdfile_fault fault);

/*
 * Read the first `size` octets of `fd` in one pass. 0, or -1 with errno: a read
 * that fails, memory, or ESTALE for a file that has become shorter. On failure
 * there is nothing to free.
 */
int index_build(struct index *index, int fd, off_t size,
    enum passwdfile_format format, index_report_fn *report, void *context);

/* Give its memory back, and wipe the decoys. */
void index_free(struct index *index);

/* How far a search for one name has come; it begins with zeros. */
struct index_search {
	uint64_t hash;
	uint32_t tried; /* slots */
};

/*
 * The next line whose name may be `name`: its offset, or -1. The name is for
 * the caller to compare.
 */
off_t index_next(
    const struct index *index, struct bytes name, struct index_search *search);

/* Which of them is the form of a value? `count` if none is. */
size_t index_kind_number(
    const struct index_kind *kinds, size_t count, struct bytes value);

#endif
