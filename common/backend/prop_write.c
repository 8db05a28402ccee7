/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Properties on their way into the store: see prop_write.h.
 */
#include "config.h"

#include "backend/lookup.h"
#include "backend/prop_write.h"

int
prop_write_open(
    const struct host *h, struct prop_write *record, const char *const *names)
{
	int result;

	record->h = h;
	record->context = host_prop_new(h);
	if (record->context == NULL)
		return SASL_NOMEM;
	result = host_prop_request(h, record->context, names);
	/* The sql plugin looks into the list of values without asking. */
	for (; *names != NULL && result == SASL_OK; names++)
		result = prop_write_add(record, *names, bytes_of(NULL, 0));
	return result;
}

int
prop_write_add(struct prop_write *record, const char *name, struct bytes value)
{
	return host_prop_set(record->h, record->context, name, value);
}

int
prop_write_add_all(
    struct prop_write *record, const char *name, const struct propval *fetched)
{
	int result = SASL_OK;
	struct bytes value;
	size_t i;

	for (i = 0; fetched->values[i] != NULL && result == SASL_OK; i++) {
		value = lookup_octets(fetched, i);
		if (memchr(value.data, '\0', value.len) == NULL)
			result = prop_write_add(record, name, value);
	}
	return result;
}

int
prop_write_store(const struct prop_write *record, const char *user)
{
	return host_prop_store(record->h, record->context, user);
}

void
prop_write_nothing(const struct host *h, const char *user)
{
	static const char *const names[] = { "classicNothing", NULL };
	struct prop_write record;

	if (prop_write_open(h, &record, names) == SASL_OK)
		prop_write_store(&record, user);
	prop_write_close(&record);
}

void
prop_write_close(struct prop_write *record)
{
	const struct propval *p;

	if (record->context == NULL)
		return;
	p = host_prop_all(record->h, record->context);
	for (; p != NULL && p->name != NULL; p++)
		host_prop_erase(record->h, record->context, p);
	host_prop_dispose(record->h, &record->context);
}
