/*
 * Characters: what the plugins take for one in a name.
 */
#include "config.h"

#include "character.h"
#include "identity.h"

size_t
character_length(struct bytes text, bool *is_control)
{
	const char *fault;
	size_t n;

	for (n = 1; n <= 4 && n <= text.len; n++) {
		fault = identity_name_fault(bytes_of(text.data, n));
		*is_control =
		    fault != NULL && !strcmp(fault, "control-in-name");
		if (fault == NULL || strcmp(fault, "name-not-utf8") != 0)
			return n;
	}
	return 0;
}
