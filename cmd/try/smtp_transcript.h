/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A login as it stands on an SMTP wire (RFC 4954), with the decoded text beside
 * it, for people. What proves the user's knowledge of the password is masked.
 */
#ifndef CLASSIC_SMTP_TRANSCRIPT_H
#define CLASSIC_SMTP_TRANSCRIPT_H

#include <stdbool.h>

#include "sasl/login.h"

struct transcript_line {
	enum login_side from;
	char *line; /* as it is sent, but for what is masked */
	char *text; /* decoded and printable, or NULL if there is nothing */
};

/*
 * The line that carries `m`. Masked means: eight stars in the place of the
 * secret, before it is encoded; in a mechanism that is not ours, all that the
 * client says. Release it with transcript_free().
 */
void transcript_message(struct transcript_line *to, const char *mechanism,
    const struct login_message *m, bool show_secrets);

/* The server's last line. */
void transcript_verdict(
    struct transcript_line *to, const struct login_outcome *o);

void transcript_free(struct transcript_line *line);

/* On standard output, indented, coloured on a terminal. */
void transcript_print(const struct transcript_line *line);

#endif
