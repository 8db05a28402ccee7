/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What libsasl2 asks for besides a login: see offer.h.
 */
#include "config.h"

#include "backend/option.h"
#include "server/offer.h"

int
server_available(
    void *glob_context, sasl_server_params_t *params, void **context)
{
	const struct server_plugin *plugin = glob_context;
	const struct server_mechanism *mechanism = plugin->mechanism;
	struct host host;
	int result;

	(void)context;
	result = host_open(&host, params->utils);
	if (result != SASL_OK)
		return result;
	return mechanism->withheld != NULL && mechanism->withheld(&host) != NULL
		   ? SASL_NOTDONE
		   : SASL_OK;
}

/*
 * Once a process: what auto_transition has stored stays a password here when
 * the one who accepted it does so no more, and the administrator has to know.
 */
static void
warn_of_transition(
    const struct host *h, const struct server_mechanism *mechanism)
{
	static const unsigned both = PWCHECK_AUXPROP | PWCHECK_OTHERS;

	if (mechanism->secret == SETPASS_HASH && option_transitions(h) &&
	    (option_pwcheck(h) & both) == both)
		host_log(h, SASL_LOG_WARN,
		    "%s: auto_transition is on, and pwcheck_method names "
		    "auxprop "
		    "beside another: a password that is changed or locked "
		    "there "
		    "is still accepted here",
		    mechanism->name);
}

/* Once a process: how many records there are, and why none is of use. */
static int
count_offered(const struct host *h, const struct server_mechanism *mechanism)
{
	const char *banned, *withheld;

	banned = mechanism->banned != NULL ? mechanism->banned(h) : NULL;
	withheld = mechanism->withheld != NULL ? mechanism->withheld(h) : NULL;
	if (banned != NULL || withheld != NULL)
		host_log(h, SASL_LOG_WARN, "%s is not offered: %s",
		    mechanism->name, banned != NULL ? banned : withheld);
	return banned == NULL;
}

int
server_export(const sasl_server_plug_t *plug,
    const struct server_mechanism *mechanism, const struct sasl_utils *utils,
    int max_version, int *out_version, sasl_server_plug_t **list, int *count)
{
	struct server_plugin *plugin;
	struct host host;
	int result;

	if (list == NULL || count == NULL)
		return SASL_BADPARAM;
	result = host_introduce(
	    &host, utils, max_version, SASL_SERVER_PLUG_VERSION, out_version);
	if (result != SASL_OK)
		return result;
	option_check(&host);
	warn_of_transition(&host, mechanism);
	*list = NULL;
	*count = count_offered(&host, mechanism);
	if (*count == 0)
		return SASL_OK;
	plugin = host_alloc_zeroed(&host, sizeof(*plugin));
	if (plugin == NULL)
		return SASL_NOMEM;
	plugin->mechanism = mechanism;
	plugin->plug = *plug;
	plugin->plug.glob_context = plugin;
	*list = &plugin->plug;
	return SASL_OK;
}

void
server_release(void *glob_context, const struct sasl_utils *utils)
{
	struct host host;

	if (host_open(&host, utils) == SASL_OK)
		host_free(&host, glob_context);
}

int
server_setpass(void *glob_context, sasl_server_params_t *params,
    const char *user, const char *password, unsigned password_len,
    const char *old_password, unsigned old_password_len, unsigned flags)
{
	const struct server_plugin *plugin = glob_context;
	const struct server_mechanism *mechanism = plugin->mechanism;
	struct setpass_call call = {
		.mechanism = mechanism->name,
		.own = mechanism->secret,
		.user = user,
		.password = password_len > 0 ? bytes_of(password, password_len)
					     : bytes_str(password),
		.flags = flags,
	};

	(void)old_password;
	(void)old_password_len;
	return setpass(params, &call);
}
