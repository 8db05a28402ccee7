/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The checks of run_check.h.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_prop.h"
#include "host/run_check.h"
#include "support/test.h"

static unsigned
failures(const struct run *r)
{
	unsigned i, count = 0;

	for (i = 0; i < r->host.log_count; i++)
		count += strstr(r->host.log[i].text, ": reason=") != NULL;
	return count;
}

void
check_begin(struct check *c, const struct run *r)
{
	c->failures = failures(r);
	c->errors = r->host.error_count;
	c->lookups = r->host.canon_count + r->host.checkpass_count;
	c->done = r->host.out.doneflag;
}

static void
no_security_layer(const sasl_out_params_t *out)
{
	assert_int_equal(out->mech_ssf, 0);
	assert_int_equal(out->maxoutbuf, 0);
	assert_null(out->encode);
	assert_null(out->decode);
	assert_int_equal(out->param_version, 0);
	assert_non_null(out->user);
	assert_non_null(out->authid);
	assert_int_equal(out->ulen, strlen(out->user));
	assert_int_equal(out->alen, strlen(out->authid));
}

/* The text that hosts may show to the peer says no more than the code. */
static void
error_text(const struct check *before, const struct run *r, int result)
{
	if (result == SASL_BADAUTH)
		assert_string_equal(r->host.error, "authentication failed");
	else
		assert_true(r->host.error_count > before->errors);
}

static void
failure(const struct check *before, const struct run *r, int result)
{
	switch (result) {
	case SASL_BADAUTH:
	case SASL_BADPROT:
	case SASL_UNAVAIL:
	case SASL_NOMEM:
		break;
	default:
		fail_msg("a server must not return %d", result);
	}
	if (r->server_context == NULL) /* nothing to log with */
		return;
	assert_int_equal(failures(r), before->failures + 1);
	error_text(before, r, result);
}

void
check_server(const struct check *before, const struct run *r, int result)
{
	const sasl_out_params_t *out = &r->host.out;

	if (result == SASL_CONTINUE) {
		assert_non_null(r->server_out);
		assert_int_equal(out->doneflag, 0);
		assert_int_equal(failures(r), before->failures);
		return;
	}
	assert_null(r->server_out);
	assert_int_equal(r->server_len, 0);
	if (result == SASL_OK) {
		assert_int_equal(out->doneflag, 1);
		assert_int_equal(failures(r), before->failures);
		no_security_layer(out);
	} else {
		assert_int_equal(out->doneflag, before->done);
		failure(before, r, result);
	}
	if (fake_prop_unerased(r->host.server.propctx) != 0)
		fail_msg("a stored value was not erased");
	if (r->client == NULL)
		fake_alloc_expect_no_secret(NULL);
}

void
check_client(const struct run *r, int result)
{
	switch (result) {
	case SASL_OK:
		assert_int_equal(r->client_result.doneflag, 1);
		no_security_layer(&r->client_result);
		assert_non_null(r->client_out);
		if (r->server == NULL)
			fake_alloc_expect_no_secret(r->client_out);
		break;
	case SASL_CONTINUE:
		assert_int_equal(r->client_result.doneflag, 0);
		assert_non_null(r->client_out);
		break;
	case SASL_INTERACT:
		assert_false(r->host.setup->no_prompts);
		assert_non_null(r->prompts);
		/* FALLTHROUGH */
	case SASL_BADPARAM:
	case SASL_BADPROT:
	case SASL_FAIL:
	case SASL_NOMEM:
	case SASL_TOOWEAK:
		assert_null(r->client_out);
		assert_int_equal(r->client_len, 0);
		if (result != SASL_INTERACT && r->server == NULL)
			fake_alloc_expect_no_secret(NULL);
		break;
	default:
		fail_msg("a client must not return %d", result);
	}
}
