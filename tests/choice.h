/*
 * A choice of scheme_make() by its word.
 */
#ifndef CLASSIC_TEST_CHOICE_H
#define CLASSIC_TEST_CHOICE_H

#include "test.h"
#include "scheme.h"

static inline int
choice_of(const char *word)
{
	int i = 0;

	while (strcmp(scheme_choices[i], word) != 0) {
		i++;
		assert_non_null(scheme_choices[i]);
	}
	return i;
}

#endif
