/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Auxiliary properties of the fake host, with the habits of libsasl2 that a
 * plugin has to live with: names are kept by pointer, a request drops all
 * values, erasing reaches as far as strlen(). Each value ends where readable
 * memory ends.
 */
#ifndef CLASSIC_FAKE_PROP_H
#define CLASSIC_FAKE_PROP_H

#include <sasl/prop.h>

/* The functions of sasl_utils_t; sasl/prop.h says what they do. */
struct propctx *fake_prop_new(unsigned estimate);
int fake_prop_request(struct propctx *ctx, const char **names);
const struct propval *fake_prop_get(struct propctx *ctx);
int fake_prop_getnames(
    struct propctx *ctx, const char **names, struct propval *values);
void fake_prop_clear(struct propctx *ctx, int requests);
void fake_prop_dispose(struct propctx **ctx);
int fake_prop_set(
    struct propctx *ctx, const char *name, const char *value, int len);
int fake_prop_setvals(
    struct propctx *ctx, const char *name, const char **values);
void fake_prop_erase(struct propctx *ctx, const char *name);

/*
 * How many values of the authcid ('*') were dropped, or still stand there, that
 * nobody erased.
 */
unsigned fake_prop_unerased(const struct propctx *ctx);

/*
 * Forget the names too, as after sasl_server_new(); nothing is held against
 * anybody.
 */
void fake_prop_reset(struct propctx *ctx);

/* How many contexts are there: a test may look for a lost one. */
unsigned fake_prop_live(void);

#endif
