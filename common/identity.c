/*
 * Which names and passwords are taken, and acting for somebody else.
 */
#include "config.h"

#include "identity.h"
#include "lookup.h"
#include "server.h"

/*
 * Octets of the UTF-8 character that `b` begins with, 0 if it is none: too
 * long a form, a surrogate, or beyond U+10FFFF (RFC 3629, section 4).
 */
static size_t
utf8_length(struct bytes b)
{
	const unsigned char *c = (const unsigned char *)b.data;
	unsigned char least = 0x80, most = 0xbf;
	size_t n, i;

	if (c[0] < 0x80)
		return 1;
	if (c[0] < 0xc2 || c[0] > 0xf4)
		return 0;
	n = c[0] < 0xe0 ? 2 : c[0] < 0xf0 ? 3 : 4;
	if (b.len < n)
		return 0;
	if (c[0] == 0xe0)
		least = 0xa0;
	else if (c[0] == 0xed)
		most = 0x9f;
	else if (c[0] == 0xf0)
		least = 0x90;
	else if (c[0] == 0xf4)
		most = 0x8f;
	if (c[1] < least || c[1] > most)
		return 0;
	for (i = 2; i < n; i++)
		if (c[i] < 0x80 || c[i] > 0xbf)
			return 0;
	return n;
}

/* U+0000 to U+001F and U+007F to U+009F. */
static bool
is_control(struct bytes character)
{
	const unsigned char *c = (const unsigned char *)character.data;

	return c[0] < 0x20 || c[0] == 0x7f || (c[0] == 0xc2 && c[1] < 0xa0);
}

const char *
identity_name_fault(struct bytes name)
{
	bool blank = true;
	size_t n;

	if (name.len == 0)
		return "empty-name";
	if (name.len > MAX_NAME)
		return "name-too-long";
	for (; name.len > 0; name = bytes_after(name, n)) {
		n = 1;
		if (name.data[0] > ' ' && name.data[0] < 0x7f) {
			blank = false;
			continue; /* most names are made of these */
		}
		n = utf8_length(name);
		if (n == 0)
			return "name-not-utf8";
		if (is_control(name))
			return "control-in-name";
		if (name.data[0] != ' ')
			blank = false;
	}
	return blank ? "empty-name" : NULL;
}

const char *
identity_password_fault(struct bytes password)
{
	if (password.len == 0)
		return "empty-password";
	if (password.len > MAX_PASSWORD)
		return "password-too-long";
	if (memchr(password.data, '\0', password.len) != NULL)
		return "nul-in-password";
	return NULL;
}

int
identity_authorise(struct server_session *s, struct bytes authzid)
{
	int result;

	if (authzid.len == 0)
		return SASL_OK;
	/* sasl_checkpass() may have fetched those of the authcid. */
	lookup_forget_application(s);
	/* An authzid need not be a user of the password store. */
	result = s->params->canon_user(host_connection(&s->host), authzid.data,
	    (unsigned)authzid.len,
	    SASL_CU_AUTHZID | SASL_CU_EXTERNALLY_VERIFIED, s->out);
	if (result == SASL_OK)
		return SASL_OK;
	return server_fail(s, lookup_failure(result), "bad-authzid");
}
