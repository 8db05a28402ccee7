/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Properties on their way into the store: all of one user at once, and nothing
 * of them stays behind.
 */
#include "config.h"

#include "backend/prop_write.h"
#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "host/module.h"

static const char *const names[] = { "first", "second", "third", NULL };

static const struct fake_row rows[] = {
	{ "alice", "first", "old-first-value", 0 },
	{ "alice", "second", "old-second-value", 0 },
	{ "alice", "other", "not-in-the-record", 0 },
	{ "bob", "first", "of-somebody-else", 0 },
	{ NULL, NULL, NULL, 0 },
};
static const struct fake_setup setup = { .rows = rows };

static void
begin(struct module *m, struct prop_write *record)
{
	module_reopen(m, &setup);
	assert_int_equal(prop_write_open(&m->host, record, names), SASL_OK);
}

static void
end(struct module *m, struct prop_write *record)
{
	prop_write_close(record);
	assert_null(record->context);
	prop_write_close(record);
	module_reopen(m, &module_usual_setup);
}

MODULE_TEST(prop_write_store__some_values__replace_and_delete)
{
	struct module *m = *state;
	struct prop_write record;
	char *exact;

	begin(m, &record);
	exact = guarded_copy("new-first-value", 15);
	assert_int_equal(
	    prop_write_add(&record, "first", bytes_of(exact, 15)), SASL_OK);
	guarded_free(exact, 15);
	assert_int_equal(prop_write_store(&record, "alice"), SASL_OK);
	assert_int_equal(m->fake.store_count, 1);
	assert_string_equal(
	    fake_store_value(&m->fake, "alice", "first"), "new-first-value");
	assert_null(fake_store_value(&m->fake, "alice", "second"));
	assert_null(fake_store_value(&m->fake, "alice", "third"));
	assert_string_equal(
	    fake_store_value(&m->fake, "alice", "other"), "not-in-the-record");
	assert_string_equal(
	    fake_store_value(&m->fake, "bob", "first"), "of-somebody-else");
	end(m, &record);
}

/* Without a store nothing is in it. */
MODULE_TEST(prop_write_close__without_storing__changes_nothing)
{
	struct module *m = *state;
	struct prop_write record;

	begin(m, &record);
	prop_write_add(&record, "first", bytes_str("new-first-value"));
	prop_write_close(&record);
	assert_int_equal(m->fake.store_count, 0);
	assert_string_equal(
	    fake_store_value(&m->fake, "alice", "first"), "old-first-value");
	end(m, &record);
}

MODULE_TEST(prop_write_store__store_that_refuses__is_its_code)
{
	static const struct fake_setup read_only = { .store_read_only = true };
	struct module *m = *state;
	struct prop_write record;

	begin(m, &record);
	prop_write_add(&record, "first", bytes_str("new-first-value"));
	m->fake.setup = &read_only;
	assert_int_equal(prop_write_store(&record, "alice"), SASL_FAIL);
	m->fake.setup = &setup;
	end(m, &record);
}

/*
 * What was fetched is written back as it was: none, one, or several. But none
 * that a store would cut at its NUL.
 */
MODULE_TEST(prop_write_add_all__what_was_fetched__is_added_in_order)
{
	const char *two[] = { "value-one", "value-two", NULL };
	const char *unsent[] = { "value\0hidden", NULL };
	const struct propval fetched[] = {
		{ .values = two, .nvalues = 2, .valsize = 18 },
		{ .values = NULL },
		{ .values = unsent, .nvalues = 1, .valsize = 12 },
	};
	struct module *m = *state;
	const struct propval *kept;
	struct prop_write record;
	size_t i;

	begin(m, &record);
	for (i = 0; i < COUNT_OF(fetched); i++)
		assert_int_equal(
		    prop_write_add_all(&record, names[i], &fetched[i]),
		    SASL_OK);
	kept = host_prop_all(&m->host, record.context);
	assert_int_equal(kept[0].nvalues, 2);
	assert_string_equal(kept[0].values[0], "value-one");
	assert_string_equal(kept[0].values[1], "value-two");
	assert_int_equal(kept[1].nvalues, 0);
	assert_int_equal(kept[2].nvalues, 0);
	end(m, &record);
}

/* The library wipes nothing by itself when it disposes of a context. */
static unsigned erased;

static void
count_erased(struct propctx *context, const char *name)
{
	fake_prop_erase(context, name);
	erased++;
}

static void
dispose_of_erased(struct propctx **context)
{
	assert_int_equal(fake_prop_unerased(*context), 0);
	fake_prop_dispose(context);
}

MODULE_TEST(prop_write_close__values_in_it__are_erased_first)
{
	struct module *m = *state;
	struct prop_write record;

	begin(m, &record);
	module_replace(m, MEMBER_PROP_ERASE, AS(count_erased));
	module_replace(m, MEMBER_PROP_DISPOSE, AS(dispose_of_erased));
	erased = 0;
	prop_write_add(&record, "first", bytes_str("new-first-value"));
	prop_write_add(&record, "third", bytes_str("new-third-value"));
	prop_write_add(&record, "third", bytes_str("another-third-value"));
	prop_write_close(&record);
	assert_int_equal(erased, 3);
	end(m, &record);
}

static struct propctx *
no_context(unsigned estimate)
{
	(void)estimate;
	return NULL;
}

MODULE_TEST(prop_write_open__no_memory__is_no_memory)
{
	struct module *m = *state;
	struct prop_write record;

	module_replace(m, MEMBER_PROP_NEW, AS(no_context));
	assert_int_equal(prop_write_open(&m->host, &record, names), SASL_NOMEM);
	prop_write_close(&record);
}

MODULE_TEST(prop_write_close__never_opened__does_nothing)
{
	struct prop_write record = { NULL, NULL };

	prop_write_close(&record);
}
