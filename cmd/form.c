/*
 * Names of stored forms: see form.h.
 */
#include "config.h"

#include <ctype.h>
#include <stdio.h>

#include "form.h"
#include "scheme.h"

/* Octets up to the first `end` behind the first octet, with it; or 0. */
static size_t
prefix_length(struct bytes value, char end)
{
	const char *at = memchr(value.data + 1, end, value.len - 1);
	size_t len = at == NULL ? 0 : (size_t)(at - value.data) + 1, i;

	if (len >= FORM_LABEL)
		return 0;
	for (i = 1; i + 1 < len; i++)
		if (!isalnum((unsigned char)value.data[i]) &&
		    memchr("-._/", value.data[i], 4) == NULL)
			return 0;
	return len;
}

void
form_label(struct bytes value, char label[FORM_LABEL])
{
	struct bytes plain = value;
	bool is_plain = scheme_plaintext(&plain);
	size_t len;

	if (is_plain) {
		snprintf(label, FORM_LABEL, "%s",
		    plain.len == 0 ? "empty" : "plaintext");
		return;
	}
	len = prefix_length(value, value.data[0] == '{' ? '}' : '$');
	if (len == 0)
		snprintf(label, FORM_LABEL, "{...}");
	else
		snprintf(label, FORM_LABEL, "%.*s", (int)len, value.data);
}
