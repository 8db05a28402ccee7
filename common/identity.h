/*
 * Names and passwords as they come over the wire: which are taken at all, and
 * how an authenticated user becomes an authorised one.
 */
#ifndef CLASSIC_IDENTITY_H
#define CLASSIC_IDENTITY_H

#include "bytes.h"

struct server_session;

enum {
	MAX_NAME = 1024,     /* octets of an authcid or authzid */
	MAX_PASSWORD = 1024, /* octets */
};

/*
 * NULL if `name` can be an authcid or authzid: 1 to MAX_NAME octets of UTF-8
 * (RFC 3629), no control character (Unicode category Cc, hence no NUL), and
 * not blanks alone. Otherwise the reason word for the log.
 */
const char *identity_name_fault(struct bytes name);

/* The same for a password: 1 to MAX_PASSWORD octets, no NUL (RFC 4616). */
const char *identity_password_fault(struct bytes password);

/*
 * Let the user whose password was found right act as `authzid`; an empty one
 * asks for nothing. Both are compared after canonicalisation, by the library's
 * proxy policy, once the exchange is over. `authzid` ends with a NUL.
 * SASL_OK, or what server_fail() made of the failure.
 */
int identity_authorise(struct server_session *s, struct bytes authzid);

#endif
