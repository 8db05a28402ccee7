/*
 * Other judges of a password: see others.h.
 */
#include "config.h"

#include "lookup.h"
#include "option.h"
#include "others.h"
#include "server.h"

/*
 * The application's own check, directly: sasl_checkpass() would ask it, too,
 * but turn its "not now" into a "no".
 */
static int
ask_application(struct server_session *s, const struct secret *password)
{
	int (*function)(void);
	void *context;
	int result;

	result = host_callback(
	    &s->host, SASL_CB_SERVER_USERDB_CHECKPASS, &function, &context);
	if (result != SASL_OK)
		return SASL_UNAVAIL;
	return ((sasl_server_userdb_checkpass_t *)(void *)function)(
	    host_connection(&s->host), context, s->out->authid, password->data,
	    (unsigned)password->len, s->params->propctx);
}

int
others_ask(struct server_session *s, struct bytes password, unsigned judges)
{
	struct secret copy = { NULL, 0 }; /* with a NUL behind it */
	int result;

	if (secret_copy(&s->host, &copy, password) < 0)
		return SASL_NOMEM;
	lookup_forget(&s->host, s->params);
	s->fetched = true; /* by them */
	if (judges & PWCHECK_OTHERS)
		result = host_checkpass(&s->host, s->out->authid, copy.data);
	else
		result = ask_application(s, &copy);
	secret_free(&s->host, &copy);
	return result == SASL_OK ? SASL_OK : lookup_failure(result);
}
