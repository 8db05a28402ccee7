/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Lists of what the application of a client answers, for transcripts.
 */
#ifndef CLASSIC_ANSWERS_H
#define CLASSIC_ANSWERS_H

#include "host/talk.h"

#define NO_MORE_ANSWERS \
	{ \
		0, NULL, BY_CALLBACK, 0 \
	}
#define ANSWERS(...) \
	.host.answers = (const struct fake_answer[]) \
	{ \
		__VA_ARGS__, NO_MORE_ANSWERS \
	}

/* One answer: a string, or a literal that may hold a NUL. */
#define ACT_AS(text, way) \
	{ \
		SASL_CB_USER, text, way, 0 \
	}
#define NAME(text, way) \
	{ \
		SASL_CB_AUTHNAME, text, way, sizeof(text) - 1 \
	}
#define PASS(text, way) \
	{ \
		SASL_CB_PASS, text, way, sizeof(text) - 1 \
	}

#define ALICE	   NAME("alice", BY_CALLBACK)
#define WONDERLAND PASS("wonderland", BY_CALLBACK)

#endif
