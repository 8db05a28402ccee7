/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which names and passwords are accepted: see name.h.
 */
#include "config.h"

#include "base/name.h"
#include "base/secret.h"
#include "base/utf8.h"

const char *
name_fault(struct bytes name)
{
	bool blank = true;
	size_t n = 0;

	if (name.len == 0)
		return "empty-name";
	if (name.len > MAX_NAME)
		return "name-too-long";
	while (n < name.len && name.data[n] > ' ' && name.data[n] <= '~')
		n++;
	if (n == name.len) /* most names */
		return NULL;
	for (; name.len > 0; name = bytes_after(name, n)) {
		n = utf8_length(name);
		if (n == 0)
			return "name-not-utf8";
		if (utf8_is_control(name))
			return "control-in-name";
		blank &= name.data[0] == ' ';
	}
	return blank ? "empty-name" : NULL;
}

SECRET_CLEARS const char *
name_password_fault(struct bytes password)
{
	if (password.len == 0)
		return "empty-password";
	if (password.len > MAX_PASSWORD)
		return "password-too-long";
	if (memchr(password.data, '\0', password.len) != NULL)
		return "nul-in-password";
	return NULL;
}
