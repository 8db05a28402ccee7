/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A saslauthd of one user: a thread that answers the library on a socket.
 */
#ifndef CLASSIC_LITTLE_SASLAUTHD_H
#define CLASSIC_LITTLE_SASLAUTHD_H

/* What it says yes to; the strings live until it is stopped. */
struct little_saslauthd {
	const char *user, *password;
	unsigned asked; /* times; to be read when nobody logs in */
};

/* Start it: the path of its socket, for the option saslauthd_path. */
const char *little_saslauthd_start(struct little_saslauthd *daemon);
void little_saslauthd_stop(void);

#endif
