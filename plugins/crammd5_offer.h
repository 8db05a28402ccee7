/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * When CRAM-MD5 is offered. A mechanism that cannot succeed does harm: many
 * devices try the strongest one that they are offered, and only that.
 */
#ifndef CLASSIC_CRAMMD5_OFFER_H
#define CLASSIC_CRAMMD5_OFFER_H

#include "base/host.h"

/*
 * Why the server must not offer it, as a text for the log, or NULL: for good
 * (to be asked at the start, before a chroot), and as the configuration stands.
 * classic_crammd5_advertise overrides both.
 */
const char *crammd5_banned(const struct host *h);
const char *crammd5_withheld(const struct host *h);

#endif
