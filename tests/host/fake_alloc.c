/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The allocator of the fake host: counts, fails on demand, knows its blocks.
 */
#include "config.h"

#include <sys/mman.h>
#include <unistd.h>

#include "host/fake_alloc.h"
#include "support/test.h"

enum {
	MAX_SECRETS = 32,
	SHORTEST_SECRET = 6,
	WINDOW = 8,   /* octets of a secret that give it away */
	FRESH = 0xa5, /* what new memory is filled with */
	STALE = 0xdd, /* what freed memory is filled with */
};

struct block {
	struct block *next, **where;
	size_t size;
	_Alignas(16) unsigned char data[];
};

static struct {
	struct block *blocks;
	unsigned count, live, fail_at;
	struct {
		const unsigned char *data;
		size_t len;
	} secrets[MAX_SECRETS];
	unsigned secret_count;
} heap;

void
fake_alloc_reset(void)
{
	struct block *b, *next;
	unsigned i;

	for (b = heap.blocks; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
	for (i = 0; i < heap.secret_count; i++)
		free((void *)heap.secrets[i].data);
	memset(&heap, 0, sizeof(heap));
}

void
fake_alloc_fail_at(unsigned n)
{
	heap.fail_at = n;
}

bool
fake_alloc_failed(void)
{
	return heap.fail_at > 0 && heap.count >= heap.fail_at;
}

unsigned
fake_alloc_count(void)
{
	return heap.count;
}

unsigned
fake_alloc_live(void)
{
	return heap.live;
}

void
fake_secret(const void *secret, size_t len)
{
	unsigned char *copy;

	if (len < SHORTEST_SECRET || fake_holds_secret(secret, len))
		return;
	assert_true(heap.secret_count < MAX_SECRETS);
	copy = malloc(len);
	assert_non_null(copy);
	memcpy(copy, secret, len);
	heap.secrets[heap.secret_count].data = copy;
	heap.secrets[heap.secret_count++].len = len;
}

bool
fake_holds_secret(const void *memory, size_t len)
{
	const unsigned char *s;
	size_t at, window, slen;
	unsigned i;

	for (i = 0; i < heap.secret_count; i++) {
		s = heap.secrets[i].data;
		slen = heap.secrets[i].len;
		window = slen < WINDOW ? slen : WINDOW;
		for (at = 0; at + window <= slen; at++) {
			/* A long password is one letter many times. */
			if (at > 0 && !memcmp(s + at - 1, s + at, window))
				continue;
			if (memmem(memory, len, s + at, window) != NULL)
				return true;
		}
	}
	return false;
}

void
fake_alloc_expect_no_secret(const void *kept)
{
	struct block *b;

	for (b = heap.blocks; b != NULL; b = b->next)
		if (b->data != kept && fake_holds_secret(b->data, b->size))
			fail_msg("a block of %zu octets holds a secret at "
				 "a time when nobody needs it",
			    b->size);
}

void *
fake_malloc(size_t size)
{
	struct block *b;

	if (++heap.count == heap.fail_at)
		return NULL;
	b = malloc(sizeof(*b) + size);
	assert_non_null(b);
	memset(b->data, FRESH, size);
	b->size = size;
	b->next = heap.blocks;
	b->where = &heap.blocks;
	if (b->next != NULL)
		b->next->where = &b->next;
	heap.blocks = b;
	heap.live++;
	return b->data;
}

void *
fake_calloc(size_t count, size_t size)
{
	void *memory;

	memory = fake_malloc(count * size);
	if (memory != NULL)
		memset(memory, 0, count * size);
	return memory;
}

static struct block *
find_block(const void *memory)
{
	struct block *b;

	for (b = heap.blocks; b != NULL && b->data != memory; b = b->next)
		continue;
	if (b == NULL)
		fail_msg("freed what is not a live block of the allocator");
	return b;
}

size_t
fake_size(void *memory)
{
	return find_block(memory)->size;
}

void *
fake_realloc(void *memory, size_t size)
{
	struct block *b;
	void *moved;

	if (memory == NULL)
		return fake_malloc(size);
	b = find_block(memory);
	moved = fake_malloc(size);
	if (moved == NULL)
		return NULL;
	memcpy(moved, memory, size < b->size ? size : b->size);
	fake_free(memory);
	return moved;
}

void
fake_free(void *memory)
{
	struct block *b;

	if (memory == NULL)
		return;
	b = find_block(memory);
	if (fake_holds_secret(b->data, b->size))
		fail_msg(
		    "freed a block of %zu octets that holds a secret", b->size);
	*b->where = b->next;
	if (b->next != NULL)
		b->next->where = b->where;
	heap.live--;
	memset(b, STALE, sizeof(*b) + b->size);
	free(b);
}

static size_t
guarded_pages(size_t len)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return (len / page + 1) * page;
}

void *
guarded_copy(const void *from, size_t len)
{
	size_t size = guarded_pages(len), page = guarded_pages(0);
	char *map;

	if (from == NULL)
		return NULL;
	map = mmap(NULL, size + page, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(map, MAP_FAILED);
	assert_int_equal(mprotect(map + size, page, PROT_NONE), 0);
	memset(map, ' ', size - len);
	memcpy(map + size - len, from, len);
	return map + size - len;
}

void
guarded_free(void *copy, size_t len)
{
	size_t size = guarded_pages(len);

	if (copy != NULL)
		munmap((char *)copy + len - size, size + guarded_pages(0));
}
