/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Ways to damage a message, for the `edit` of a line.
 */
#ifndef CLASSIC_EDIT_H
#define CLASSIC_EDIT_H

#include "host/talk.h"

void edit_append_x(struct message *m);
void edit_append_nul(struct message *m);
void edit_append_newline(struct message *m);
void edit_cut_last(struct message *m);

/* The last octet becomes another hex digit, or no hex digit. */
void edit_other_digit(struct message *m);
void edit_no_digit(struct message *m);

/* Lower case to upper case, everywhere or only in the last octets. */
void edit_upper_digest(struct message *m);

/* The blank before a digest becomes a tab, or goes. */
void edit_tab_for_blank(struct message *m);
void edit_no_blank(struct message *m);

/* Only the digest, or the digest before the name, or twice. */
void edit_digest_alone(struct message *m);
void edit_digest_first(struct message *m);
void edit_digest_twice(struct message *m);

/* 1024 or 1025 times the letter a. */
void edit_1024(struct message *m);
void edit_1025(struct message *m);

/* The name is that often the letter a, and nothing else. */
void edit_name_1024(struct message *m);
void edit_name_1025(struct message *m);

#endif
