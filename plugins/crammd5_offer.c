/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * When CRAM-MD5 is offered: see crammd5_offer.h.
 */
#include "config.h"

#include "backend/option.h"
#include "base/fips.h"
#include "crammd5_offer.h"
#include "secrets/digest.h"

const char *
crammd5_banned(const struct host *h)
{
	if (option_value(h, OPTION_CRAMMD5_ADVERTISE) == OPTION_ADVERTISE_YES)
		return NULL;
	if (fips_enabled())
		return "the kernel is in FIPS mode";
	return digest_fips() ? "OpenSSL's configuration asks for FIPS" : NULL;
}

const char *
crammd5_withheld(const struct host *h)
{
	switch (option_value(h, OPTION_CRAMMD5_ADVERTISE)) {
	case OPTION_ADVERTISE_YES:
		return NULL;
	case OPTION_ADVERTISE_NO:
		return "classic_crammd5_advertise says no";
	default:
		/* A login by other means may still store what it needs. */
		if ((option_pwcheck(h) & PWCHECK_AUXPROP) ||
		    option_transitions(h))
			return NULL;
		return "pwcheck_method does not name auxprop, and "
		       "auto_transition is off";
	}
}
