/*
 * What a stored value is, by its first octets.
 */
#include "config.h"

#include <strings.h>

#include "scheme.h"

/* Octets of a leading "{NAME}", 0 if there is none. RFC 2307, section 5.3. */
static size_t
braces(struct bytes value)
{
	const char *end;

	if (value.len == 0 || value.data[0] != '{')
		return 0;
	end = memchr(value.data, '}', value.len);
	return end == NULL ? 0 : (size_t)(end - value.data) + 1;
}

/* crypt(5): "$id$" and what belongs to it. */
static bool
is_crypt(struct bytes value)
{
	return value.len > 1 && value.data[0] == '$' &&
	       memchr(value.data + 1, '$', value.len - 1) != NULL;
}

bool
scheme_plaintext(struct bytes *value)
{
	static const char *const plain[] = { "{PLAIN}", "{CLEARTEXT}" };
	size_t n = braces(*value), i;

	if (n == 0)
		return !is_crypt(*value);
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (n == strlen(plain[i]) &&
		    !strncasecmp(value->data, plain[i], n)) {
			*value = bytes_after(*value, n);
			return true;
		}
	return false;
}
