/*
 * Is this the user's password? For the mechanisms that send it.
 */
#ifndef CLASSIC_VERIFY_H
#define CLASSIC_VERIFY_H

#include "bytes.h"

struct server_session;

/* What a client claims; the names end with a NUL, the password need not. */
struct claim {
	struct bytes authcid;
	struct bytes authzid; /* empty: the authcid acts for itself */
	struct bytes password;
};

/*
 * Judge a claim: refuse what identity.h refuses, then ask whom pwcheck_method
 * names (our own check of the stored values, sasl_checkpass(), or one after
 * the other), then authorise. SASL_OK, or what server_fail() made of it.
 */
int verify_claim(struct server_session *s, struct claim claim);

#endif
