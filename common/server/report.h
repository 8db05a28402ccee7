/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The line that a failed login leaves in the log. Programs read it (fail2ban).
 */
#ifndef CLASSIC_REPORT_H
#define CLASSIC_REPORT_H

#include "base/host.h"

/* The words that `reason` may be, ended by NULL. Programs read them. */
extern const char *const report_reasons[];

/* A stored value that cannot be used, for the end of the line. */
struct report_fault {
	const char *label, *why; /* of scheme.h; NULL: there is none */
};

/*
 * One line at SASL_LOG_FAIL, and for the peer a text that says no more than
 * `code` does:
 *
 *	LOGIN: authentication failed: reason=R rhost=A user="U"
 *
 * A code but SASL_BADAUTH and SASL_BADPROT is trouble on our side, says
 * "unavailable", and is logged at SASL_LOG_ERR. A is the client's address
 * without its port, or "-". U is `authcid` with all but printable ASCII, and
 * with quote and backslash, as \xHH; "..." follows one that was cut. ": a
 * stored secret with LABEL cannot be used: WHY" ends the line where one could
 * not: a line more would be work that others do not cause.
 */
void report_failure(const struct host *h, const char *mechanism,
    const sasl_server_params_t *params, int code, const char *reason,
    struct bytes authcid, const struct report_fault *fault);

#endif
