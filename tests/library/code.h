/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * code.h: the names of libsasl2's result codes.
 */
#ifndef REAL_CODE_H
#define REAL_CODE_H

/* Prints it as SASL_BADAUTH, or as SASL_CODE_-99 where no name is known. */
void code_print(int code);

#endif
