/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * PLAIN on the wire: see plain_wire.h.
 */
#include "config.h"

#include "base/secret.h"
#include "plain_wire.h"

/* What stands before the first NUL; `rest` is what follows it. -1 if none. */
static int
cut_at_nul(struct bytes *rest, struct bytes *field)
{
	const char *nul;

	nul = rest->len == 0 ? NULL : memchr(rest->data, '\0', rest->len);
	if (nul == NULL)
		return -1;
	*field = bytes_of(rest->data, (size_t)(nul - rest->data));
	*rest = bytes_after(*rest, field->len + 1);
	return 0;
}

SECRET_CLEARS int
plain_parse(struct bytes in, struct plain_message *message)
{
	struct bytes none;

	if (cut_at_nul(&in, &message->authzid) < 0 ||
	    cut_at_nul(&in, &message->authcid) < 0)
		return -1;
	message->password = in;
	return cut_at_nul(&in, &none) < 0 ? 0 : -1;
}

size_t
plain_size(const struct plain_message *message)
{
	return message->authzid.len + 1 + message->authcid.len + 1 +
	       message->password.len;
}

static char *
put(char *out, struct bytes field)
{
	if (field.len > 0)
		memcpy(out, field.data, field.len);
	return out + field.len;
}

SECRET_CLEARS void
plain_print(const struct plain_message *message, char *out)
{
	out = put(out, message->authzid);
	*out++ = '\0';
	out = put(out, message->authcid);
	*out++ = '\0';
	put(out, message->password);
}
