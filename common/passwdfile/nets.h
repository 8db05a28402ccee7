/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * allow_nets=, as Dovecot has it: addresses and networks of IPv4 and IPv6,
 * comma separated; `local', which is no network, is taken and matches nobody.
 */
#ifndef CLASSIC_PASSWDFILE_NETS_H
#define CLASSIC_PASSWDFILE_NETS_H

#include "base/bytes.h"

/* Is each of them a network? An empty list is none. */
bool nets_are_valid(struct bytes nets);

/*
 * Is the client in one of them? `client` is as libsasl2 has it, "address;port",
 * or NULL, which is in none. An IPv4 address in one of IPv6 (::ffff:192.0.2.1)
 * is that of IPv4.
 */
bool nets_contain(struct bytes nets, const char *client);

#endif
