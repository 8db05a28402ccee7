/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on the daemon's own configuration, as far as it is about SASL.
 */
#include "config.h"

#include <string.h>

#include "doctor/doctor.h"
#include "lib/util.h"

static void
check_postfix(struct doctor *d, const struct postfix *p)
{
	const char *dir = p->config_directory;

	if (strcmp(p->sasl_type, "cyrus") != 0)
		DOCTOR_FAULT(d, "not-cyrus",
		    util_format("Postfix does not use libsasl2: "
				"smtpd_sasl_type is %s",
			p->sasl_type),
		    util_format(
			"postconf -c %s -e smtpd_sasl_type=cyrus", dir));
	else if (!p->auth)
		DOCTOR_FAULT(d, "auth-disabled",
		    util_copy("Postfix offers no AUTH: no smtpd has "
			      "smtpd_sasl_auth_enable=yes"),
		    util_format(
			"postconf -c %s -e smtpd_sasl_auth_enable=yes", dir));
	if (!strcmp(p->sasl_type, "cyrus") &&
	    strcmp(p->sasl_path, d->options->service) != 0)
		DOCTOR_FAULT(d, "other-service",
		    util_format("Postfix reads %s.conf and not %s.conf: "
				"smtpd_sasl_path says so",
			p->sasl_path, d->options->service),
		    util_format(
			"rename the file, or use --service %s", p->sasl_path));
	if (strstr(p->security, "noplaintext") != NULL)
		DOCTOR_WARN(d, "plaintext-forbidden",
		    util_copy("Postfix hides PLAIN and LOGIN: "
			      "smtpd_sasl_security_options has noplaintext"),
		    util_format("postconf -c %s -e "
				"smtpd_sasl_security_options=noanonymous, and "
				"smtpd_tls_auth_only=yes to protect them",
			dir));
}

void
doctor_check_daemon(struct doctor *d)
{
	if (d->here.postfix.found)
		check_postfix(d, &d->here.postfix);
	if (d->here.daemon != NULL && d->where.user == NULL && !d->as_we_are)
		DOCTOR_NOTE(d, "unknown-user",
		    util_format("nobody of %s is a user of this machine, so "
				"what %s may read was tried as root",
			d->here.daemon->users, d->here.daemon->name),
		    util_copy("--run-as USER says who it runs as"));
}
