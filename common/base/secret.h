/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Memory that holds a secret: copied in, compared without telling anything by
 * time, and wiped by the very function that releases it.
 */
#ifndef CLASSIC_SECRET_H
#define CLASSIC_SECRET_H

#include "base/bytes.h"
#include "base/consttime.h"

struct host;

struct secret {
	char *data; /* owned; data[len] is NUL; NULL until it is set */
	size_t len;
};

/*
 * Copy `from` into a new block of the host's allocator, with a NUL after it.
 * What `to` held before is released. 0, or -1 without memory: `to` is not set.
 */
int secret_copy(const struct host *h, struct secret *to, struct bytes from);

/* The same with `len` octets that the caller fills. */
int secret_alloc(const struct host *h, struct secret *to, size_t len);

/* Wipe and release; `s` is then as if it had never been set. */
void secret_free(const struct host *h, struct secret *s);

/*
 * What is called later may save registers on the stack. So a SECRET_LEAF, which
 * calls nothing, returns without secrets in those that it need not restore; one
 * that SECRET_CLEARS, without any in those of arguments.
 */
#if __has_attribute(zero_call_used_regs)
#define SECRET_LEAF   __attribute__((noinline, zero_call_used_regs("used")))
#define SECRET_CLEARS __attribute__((noinline, zero_call_used_regs("all-arg")))
#define SECRET_ALL    __attribute__((noinline, zero_call_used_regs("all")))
#else
#define SECRET_LEAF   __attribute__((noinline))
#define SECRET_CLEARS __attribute__((noinline))
#define SECRET_ALL    __attribute__((noinline))
#endif

/*
 * Overwrite the 8 KiB of stack below the caller, and all registers that are not
 * kept: what a library's function that has just returned has left there of a
 * password.
 */
void secret_wipe_stack(void);

/* The same for 512 octets, and for registers. */
void secret_wipe_frame(void);

/*
 * What a plugin does last, before it returns to libsasl2. Copying and comparing
 * leave secrets in vector registers. On arm64 a function with a variable number
 * of arguments, such as one for the log, saves all of those on the stack. On
 * i386 the compiler keeps our vectors on the stack from the first. So both are
 * cleared, but for x86-64, which does neither.
 */
static inline void
secret_leave(void)
{
#if !defined(__x86_64__)
	secret_wipe_stack();
#endif
}

/*
 * 1 if both are the same, 0 if not. The time depends on got.len alone, but for
 * an empty `want`, which nothing equals and which is told apart at once.
 */
int secret_equal(struct bytes want, struct bytes got);

/* 1 if the `len` octets of both are the same, 0 if not, at the same pace. */
int secret_same(const void *a, const void *b, size_t len);

static inline struct bytes
secret_bytes(const struct secret *s)
{
	return bytes_of(s->data, s->len);
}

#endif
