/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The beginning and the end of a fake host.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_app.h"
#include "host/fake_canon.h"
#include "host/fake_host.h"
#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "support/test.h"

enum { MAX_BUFFER = 65536 }; /* of a security layer, which nobody has */

static const struct fake_setup usual_setup;

void
fake_open(struct fake_host *h, const struct fake_layout *layout,
    const struct fake_setup *setup)
{
	const struct fake_answer *a;

	memset(h, 0, sizeof(*h));
	h->magic = FAKE_MAGIC;
	h->layout = layout;
	h->setup = setup == NULL ? &usual_setup : setup;
	h->props_before = fake_prop_live();
	fake_current = h;
	fake_alloc_reset();
	fake_store_open(h);
	a = fake_answer_for(h, SASL_CB_PASS);
	if (a != NULL && a->text != NULL)
		fake_secret(a->text, a->len > 0 ? a->len : strlen(a->text));
	fake_utils_build(&h->global, layout, NULL, NULL);
}

static const char *
text_or(const char *text, const char *usual)
{
	if (text == NULL)
		return usual;
	return *text == '\0' ? NULL : text;
}

static unsigned
text_len(const char *text)
{
	return text == NULL ? 0 : (unsigned)strlen(text);
}

static void
fill_server(struct fake_host *h)
{
	sasl_server_params_t *p = &h->server;

	p->service = "smtp";
	p->servicelen = text_len(p->service);
	p->appname = "smtpd";
	p->applen = text_len(p->appname);
	p->serverFQDN = text_or(h->setup->fqdn, "mail.example.org");
	p->slen = text_len(p->serverFQDN);
	p->user_realm = h->setup->realm;
	p->urlen = text_len(p->user_realm);
	p->ipremoteport = h->setup->remote;
	p->ipremlen = text_len(p->ipremoteport);
	p->log_level = SASL_LOG_ERR;
	p->utils = fake_utils_of(&h->conn);
	p->props.max_ssf = 256;
	p->props.min_ssf = h->setup->min_ssf;
	p->props.maxbufsize = MAX_BUFFER;
	p->external_ssf = h->setup->external_ssf;
	p->transition = h->setup->transition ? fake_transition : NULL;
	p->canon_user = fake_canon_server;
	p->propctx = fake_prop_new(0);
}

static void
fill_client(struct fake_host *h)
{
	sasl_client_params_t *p = &h->client;

	p->service = "smtp";
	p->servicelen = text_len(p->service);
	p->serverFQDN = h->server.serverFQDN;
	p->slen = text_len(p->serverFQDN);
	p->clientFQDN = "client.example.net";
	p->clen = text_len(p->clientFQDN);
	p->utils = fake_utils_of(&h->conn);
	p->props = h->server.props;
	p->external_ssf = h->setup->external_ssf;
	p->canon_user = fake_canon_client;
}

void
fake_connect(struct fake_host *h)
{
	fake_utils_build(&h->conn, h->layout, h, h);
	fill_server(h);
	fill_client(h);
}

void
fake_close(struct fake_host *h)
{
	fake_take_back(h, LENT_NAME);
	fake_take_back(h, LENT_SECRET);
	fake_take_back(h, LENT_ANSWER);
	fake_prop_dispose(&h->server.propctx);
	fake_store_close(h);
	fake_utils_free(&h->conn);
	fake_utils_free(&h->global);
	if (fake_prop_live() != h->props_before)
		fail_msg("a property context was lost");
	if (fake_alloc_live() != 0)
		fail_msg("%u blocks were lost", fake_alloc_live());
	if (h->mutex_count != 0)
		fail_msg("%u mutexes were lost", h->mutex_count);
	fake_current = NULL;
}
