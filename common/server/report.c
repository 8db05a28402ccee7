/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One line for each failed login: see report.h.
 */
#include "config.h"

#include <stdio.h>

#include "server/report.h"

const char *const report_reasons[] = {
	/* SASL_BADAUTH: the user is not believed. */
	"bad-authzid",
	"barred-user",
	"control-in-name",
	"disabled",
	"empty-name",
	"empty-password",
	"expired-challenge",
	"expired-secret",
	"message-too-long",
	"name-not-utf8",
	"name-too-long",
	"no-store",
	"no-usable-secret",
	"nul-in-password",
	"password-too-long",
	"refused-authzid",
	"refused-by-others",
	"stored-hash-sent",
	"unknown-user",
	"unusable-secret",
	"wrong-network",
	"wrong-password",
	/* SASL_BADPROT: not a message of the mechanism. */
	"exchange-is-over",
	"not-a-crammd5-response",
	"not-a-plain-message",
	"unexpected-message",
	/* Others: trouble on our side. */
	"bad-server-name",
	"lookup-failed",
	"no-memory",
	"no-randomness",
	"others-unavailable",
	NULL,
};

enum {
	MAX_SHOWN = 96, /* octets of a name in the log */
	ESCAPED = 4,	/* octets that one of them may take */
};

/* What is printed goes to `out`, of MAX_SHOWN * ESCAPED + 1 octets. */
static void
escape(struct bytes name, char *out)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char c;
	size_t i;

	for (i = 0; i < name.len && i < MAX_SHOWN; i++) {
		c = (unsigned char)name.data[i];
		if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
			*out++ = (char)c;
			continue;
		}
		*out++ = '\\';
		*out++ = 'x';
		*out++ = digits[c >> 4];
		*out++ = digits[c & 0xf];
	}
	*out = '\0';
}

/* libsasl2 has "address;port"; the host may have set nothing. */
static struct bytes
remote_address(const sasl_server_params_t *params)
{
	const char *address = params->ipremoteport;

	if (address == NULL || *address == '\0' || *address == ';')
		return bytes_str("-");
	return bytes_of(address, strcspn(address, "; "));
}

/* What the peer may know, through hosts that print it. */
static const char *
peer_text(int code)
{
	switch (code) {
	case SASL_BADAUTH:
		return "authentication failed";
	case SASL_BADPROT:
		return "malformed message";
	case SASL_NOMEM:
		return "out of memory";
	default:
		return "authentication is unavailable, try later";
	}
}

void
report_failure(const struct host *h, const char *mechanism,
    const sasl_server_params_t *params, int code, const char *reason,
    struct bytes authcid, const struct report_fault *fault)
{
	char user[MAX_SHOWN * ESCAPED + 1], line[HOST_LOG_LINE];
	struct bytes rhost = remote_address(params);
	bool failed = code == SASL_BADAUTH || code == SASL_BADPROT;
	size_t len;

	escape(authcid, user);
	len = (size_t)snprintf(line, sizeof(line),
	    "%s: authentication %s: reason=%s rhost=%.*s user=\"%s\"%s",
	    mechanism, failed ? "failed" : "unavailable", reason,
	    (int)rhost.len, rhost.data, user,
	    authcid.len > MAX_SHOWN ? "..." : "");
	len = len < sizeof(line) ? len : sizeof(line) - 1;
	/* Printed even if there is none: or refusals would differ in work. */
	snprintf(line + len, sizeof(line) - len,
	    ": a stored secret with %s cannot be used: %s",
	    fault->why != NULL ? fault->label : "{...}",
	    fault->why != NULL ? fault->why : "unknown scheme");
	if (fault->why == NULL)
		line[len] = '\0';
	host_log_line(h, failed ? SASL_LOG_FAIL : SASL_LOG_ERR, line);
	host_error(h, peer_text(code));
}
