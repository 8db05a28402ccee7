/*
 * Properties on their way into the store: see record.h.
 */
#include "config.h"

#include "lookup.h"
#include "record.h"

int
record_open(
    const struct host *h, struct record *record, const char *const *names)
{
	int result;

	record->h = h;
	record->context = host_prop_new(h);
	if (record->context == NULL)
		return SASL_NOMEM;
	result = host_prop_request(h, record->context, names);
	/* The sql plugin looks into the list of values without asking. */
	for (; *names != NULL && result == SASL_OK; names++)
		result = record_add(record, *names, bytes_of(NULL, 0));
	return result;
}

int
record_add(struct record *record, const char *name, struct bytes value)
{
	return host_prop_set(record->h, record->context, name, value);
}

int
record_add_all(
    struct record *record, const char *name, const struct propval *fetched)
{
	int result = SASL_OK;
	struct bytes value;
	size_t i;

	for (i = 0; i < fetched->nvalues && result == SASL_OK; i++) {
		if (fetched->values[i] == NULL)
			continue;
		value = lookup_octets(fetched, i);
		if (memchr(value.data, '\0', value.len) == NULL)
			result = record_add(record, name, value);
	}
	return result;
}

int
record_store(const struct record *record, const char *user)
{
	return host_prop_store(record->h, record->context, user);
}

void
record_close(struct record *record)
{
	const struct propval *p;

	if (record->context == NULL)
		return;
	p = host_prop_all(record->h, record->context);
	for (; p != NULL && p->name != NULL; p++)
		host_prop_erase(record->h, record->context, p);
	host_prop_dispose(record->h, &record->context);
}
