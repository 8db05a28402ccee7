/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Networks and who is in them: see nets.h.
 */
#include "config.h"

#include <arpa/inet.h>

#include "base/scan.h"
#include "passwdfile/nets.h"

enum { MAX_TEXT = 64, BITS = 128, BITS_BEFORE_IPV4 = 96 };

struct net {
	unsigned char address[BITS / 8]; /* IPv4 as ::ffff:a.b.c.d */
	unsigned bits;
};

/* 0, or -1 if it is no address. */
static int
read_address(struct bytes text, struct net *net, unsigned *most)
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	char copy[MAX_TEXT];

	if (text.len >= sizeof(copy) || memchr(text.data, '\0', text.len))
		return -1;
	memcpy(copy, text.data, text.len);
	copy[text.len] = '\0';
	*most = 32;
	memcpy(net->address, mapped, sizeof(mapped));
	if (inet_pton(AF_INET, copy, net->address + sizeof(mapped)) == 1)
		return 0;
	*most = BITS;
	return inet_pton(AF_INET6, copy, net->address) == 1 ? 0 : -1;
}

/* A number from 0 to `most`, without leading zeros. 0, or -1. */
static int
read_bits(struct bytes text, unsigned most, unsigned *bits)
{
	*bits = 0;
	if (bytes_equal(text, bytes_str("0")))
		return 0;
	return scan_number(&text, most, bits) == 0 && text.len == 0 ? 0 : -1;
}

static int
read_net(struct bytes text, struct net *net)
{
	const char *slash;
	struct bytes address = text;
	unsigned most;

	if (text.len == 0)
		return -1;
	slash = memchr(text.data, '/', text.len);
	if (slash != NULL)
		address.len = (size_t)(slash - text.data);
	if (read_address(address, net, &most) < 0)
		return -1;
	net->bits = most;
	if (slash != NULL &&
	    read_bits(bytes_after(text, address.len + 1), most, &net->bits) < 0)
		return -1;
	net->bits += most < BITS ? BITS_BEFORE_IPV4 : 0;
	return 0;
}

static bool
is_in(const struct net *client, const struct net *net)
{
	unsigned whole = net->bits / 8, rest = net->bits % 8;

	if (memcmp(client->address, net->address, whole) != 0)
		return false;
	return rest == 0 ||
	       (client->address[whole] ^ net->address[whole]) >> (8 - rest) ==
		   0;
}

/* Take the next one off. False after the last. */
static bool
next_net(struct bytes *rest, bool *ended, struct bytes *text)
{
	const char *comma;

	if (*ended)
		return false;
	*text = *rest;
	comma = rest->len == 0 ? NULL : memchr(rest->data, ',', rest->len);
	*ended = comma == NULL;
	if (!*ended) {
		text->len = (size_t)(comma - rest->data);
		*rest = bytes_after(*rest, text->len + 1);
	}
	return true;
}

bool
nets_are_valid(struct bytes nets)
{
	bool ended = false;
	struct bytes text;
	struct net net;

	while (next_net(&nets, &ended, &text))
		if (!bytes_equal(text, bytes_str("local")) &&
		    read_net(text, &net) < 0)
			return false;
	return true;
}

bool
nets_contain(struct bytes nets, const char *client)
{
	struct net address, net;
	bool ended = false;
	struct bytes text;

	if (client == NULL ||
	    read_net(bytes_of(client, strcspn(client, ";/")), &address) < 0)
		return false;
	while (next_net(&nets, &ended, &text))
		if (read_net(text, &net) == 0 && is_in(&address, &net))
			return true;
	return false;
}
