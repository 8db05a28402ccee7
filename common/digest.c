/*
 * Digests on OpenSSL's EVP: see digest.h.
 */
#include "config.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "digest.h"

/*
 * These objects are constants of the library: nothing is looked up or kept for
 * them, and the provider behind them is built in, so that they serve in a
 * chroot as well.
 */
static const EVP_MD *
method(enum digest which)
{
	switch (which) {
	case DIGEST_MD5:
		return EVP_md5();
	case DIGEST_SHA1:
		return EVP_sha1();
	case DIGEST_SHA256:
		return EVP_sha256();
	default:
		return EVP_sha512();
	}
}

size_t
digest_size(enum digest which)
{
	static const size_t sizes[] = {
		[DIGEST_MD5] = 16,
		[DIGEST_SHA1] = 20,
		[DIGEST_SHA256] = 32,
		[DIGEST_SHA512] = DIGEST_MAX,
	};

	return sizes[which];
}

/* What became of it, since the mark that was set before it began. */
static enum digest_result
conclude(int done)
{
	enum digest_result result = DIGEST_DONE;

	if (!done)
		result = ERR_GET_REASON(ERR_peek_last_error()) ==
				 ERR_R_MALLOC_FAILURE
			     ? DIGEST_NO_MEMORY
			     : DIGEST_REFUSED;
	ERR_pop_to_mark();
	return result;
}

enum digest_result
digest_of(enum digest which, struct bytes head, struct bytes tail, void *out)
{
	EVP_MD_CTX *context;
	int done;

	ERR_set_mark();
	context = EVP_MD_CTX_new();
	done = context != NULL &&
	       EVP_DigestInit_ex(context, method(which), NULL) == 1 &&
	       EVP_DigestUpdate(context, head.data, head.len) == 1 &&
	       EVP_DigestUpdate(context, tail.data, tail.len) == 1 &&
	       EVP_DigestFinal_ex(context, out, NULL) == 1;
	EVP_MD_CTX_free(context);
	return conclude(done);
}

enum digest_result
digest_hmac(enum digest which, struct bytes key, struct bytes text, void *out)
{
	ERR_set_mark();
	return conclude(
	    HMAC(method(which), key.data, (int)key.len,
		(const unsigned char *)text.data, text.len, out, NULL) != NULL);
}

enum digest_result
digest_pbkdf2(enum digest which, struct bytes password, struct bytes salt,
    unsigned iterations, void *out)
{
	ERR_set_mark();
	return conclude(PKCS5_PBKDF2_HMAC(password.data, (int)password.len,
			    (const unsigned char *)salt.data, (int)salt.len,
			    (int)iterations, method(which),
			    (int)digest_size(which), out) == 1);
}
