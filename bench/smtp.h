/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A mail client that says hello, logs in and leaves.
 */
#ifndef BENCH_SMTP_H
#define BENCH_SMTP_H

/*
 * One session with the server on that loopback port: the user LOGIN_CLIENT
 * by the mechanism. Returns the nanoseconds from AUTH to the 235; anything
 * but a login ends the process. libsasl2's client side is initialised
 * before; threads may do this at the same time.
 */
double smtp_session(unsigned port, const char *mech);

#endif
