/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Digests on OpenSSL's EVP: see digest.h.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <strings.h>
#include <unistd.h>

#include <openssl/conf.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "secrets/digest.h"

static const struct {
	const char *name;
	size_t size;
} digests[] = {
	[DIGEST_MD5] = { "MD5", 16 },
	[DIGEST_SHA1] = { "SHA1", 20 },
	[DIGEST_SHA256] = { "SHA256", 32 },
	[DIGEST_SHA384] = { "SHA384", 48 },
	[DIGEST_SHA512] = { "SHA512", DIGEST_MAX },
};

size_t
digest_size(enum digest which)
{
	return digests[which].size;
}

/*
 * The provider of a method is built into the library, so that it is there
 * in a chroot as well. Asked for by name, it says why it is not.
 */
static EVP_MD *
method_open(enum digest which)
{
	return EVP_MD_fetch(NULL, digests[which].name, NULL);
}

static void
method_close(EVP_MD *md)
{
	EVP_MD_free(md);
}

/* What is not said so is a lack of memory, which has many names. */
static bool
is_refusal(unsigned long error)
{
	return ERR_GET_REASON(error) == ERR_R_UNSUPPORTED ||
	       (ERR_GET_LIB(error) == ERR_LIB_PROV &&
		   ERR_GET_REASON(error) != ERR_R_MALLOC_FAILURE);
}

static bool
asks_for_fips(void)
{
	return EVP_default_properties_is_fips_enabled(NULL) == 1;
}

/* What became of it since the mark that was set before it began. */
static enum digest_result
conclude(int done)
{
	enum digest_result result = DIGEST_DONE;

	if (!done)
		result = is_refusal(ERR_peek_last_error()) ? DIGEST_REFUSED
							   : DIGEST_NO_MEMORY;
	ERR_pop_to_mark();
	return result;
}

enum digest_result
digest_of(enum digest which, struct bytes head, struct bytes tail, void *out)
{
	EVP_MD_CTX *context = NULL;
	EVP_MD *md;
	int done;

	ERR_set_mark();
	md = method_open(which);
	if (md != NULL)
		context = EVP_MD_CTX_new();
	done = context != NULL && EVP_DigestInit_ex(context, md, NULL) == 1 &&
	       EVP_DigestUpdate(context, head.data, head.len) == 1 &&
	       EVP_DigestUpdate(context, tail.data, tail.len) == 1 &&
	       EVP_DigestFinal_ex(context, out, NULL) == 1;
	EVP_MD_CTX_free(context);
	method_close(md);
	return conclude(done);
}

enum digest_result
digest_hmac(enum digest which, struct bytes key, struct bytes text, void *out)
{
	EVP_MD *md;
	int done;

	ERR_set_mark();
	md = method_open(which);
	done = md != NULL && HMAC(md, key.data, (int)key.len,
				 (const unsigned char *)text.data, text.len,
				 out, NULL) != NULL;
	method_close(md);
	return conclude(done);
}

enum digest_result
digest_pbkdf2(enum digest which, struct bytes password, struct bytes salt,
    unsigned iterations, void *out)
{
	EVP_MD *md;
	int done;

	ERR_set_mark();
	md = method_open(which);
	done = md != NULL &&
	       PKCS5_PBKDF2_HMAC(password.data, (int)password.len,
		   (const unsigned char *)salt.data, (int)salt.len,
		   (int)iterations, md, (int)digest_size(which), out) == 1;
	method_close(md);
	return conclude(done);
}

/* A line that is no comment, and with which FIPS may come. */
static bool
may_ask_for_fips(const char *line)
{
	while (*line == ' ' || *line == '\t')
		line++;
	if (!strncmp(line, ".include", 8))
		return true;
	if (*line == '#')
		return false;
	/* strcasestr(3) prepares for long texts, at twice the price. */
	while (*line != '\0')
		if ((*line++ | 0x20) == 'f' && !strncasecmp(line, "ips", 3))
			return true;
	return false;
}

bool
digest_fips(void)
{
	char *path = CONF_get1_default_config_file(), line[256];
	FILE *file = path == NULL ? NULL : fopen(path, "re");
	bool may = false;

	OPENSSL_free(path);
	if (file == NULL)
		return false;
	while (!may && fgets(line, sizeof(line), file) != NULL)
		may = may_ask_for_fips(line);
	fclose(file);
	return may && asks_for_fips();
}

bool
digest_kernel_fips(void)
{
	char answer = '0';
	int fd;

	fd = open("/proc/sys/crypto/fips_enabled", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false; /* a kernel that has no such mode */
	if (read(fd, &answer, 1) != 1)
		answer = '0';
	close(fd);
	return answer == '1';
}
