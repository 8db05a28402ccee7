/*
 * Known answers, made by others: RFC 2195, a session of a real Exim, RFC 2202,
 * and the keyed states that Dovecot and old Cyrus write for one password.
 */
#ifndef CLASSIC_VECTORS_H
#define CLASSIC_VECTORS_H

/* RFC 2195, section 2. */
#define RFC2195_USER	  "tim"
#define RFC2195_PASSWORD  "tanstaaftanstaaf"
#define RFC2195_CHALLENGE "<1896.697170952@postoffice.reston.mci.net>"
#define RFC2195_RESPONSE  "tim b913a602c7eda7a495b4e6e7334d3890"

/* On the wire: 334 PDE3ODkzLjEzMjA2NzkxMjNAdGVzc2VyYWN0LnN1c2FtLmluPg== */
#define EXIM_USER      "alice"
#define EXIM_PASSWORD  "wonderland"
#define EXIM_CHALLENGE "<17893.1320679123@tesseract.susam.in>"
#define EXIM_RESPONSE  "alice 64b2a43c1f6ed6806a980914e23e75f0"

/* Keyed states of "secret". */
#define STATE_PASSWORD "secret"
/* outer, inner, little-endian words: doveadm pw -s CRAM-MD5 -p secret */
#define STATE_DOVECOT \
	"cd3ba7deaad6e5ca23448ba42e379747a9e0f7f1fbc00c8a81bbaac395731b56"
/* inner, outer, big-endian words: the property cmusaslsecretCRAM-MD5 */
#define STATE_CYRUS \
	"f1f7e0a98a0cc0fbc3aabb81561b7395dea73bcdcae5d6aaa48b44234797372e"

/* HMAC-MD5, RFC 2202, section 2. What is repeated is written as its count. */
struct hmac_vector {
	const char *key;
	unsigned key_len;
	unsigned key_repeat; /* the key is this often its first octet; or 0 */
	const char *data;
	unsigned data_len;
	unsigned data_repeat;
	const char *digest; /* hex */
};

static const struct hmac_vector hmac_vectors[] = {
	{ "\x0b", 16, 16, "Hi There", 8, 0,
	    "9294727a3638bb1c13f48ef8158bfc9d" },
	{ "Jefe", 4, 0, "what do ya want for nothing?", 28, 0,
	    "750c783e6ab0b503eaa86e310a5db738" },
	{ "\xaa", 16, 16, "\xdd", 50, 50, "56be34521d144c88dbb8c733f0e8b3f6" },
	{ "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10"
	  "\x11\x12\x13\x14\x15\x16\x17\x18\x19",
	    25, 0, "\xcd", 50, 50, "697eaf0aca3a3aea3a75164746ffaa79" },
	{ "\x0c", 16, 16, "Test With Truncation", 20, 0,
	    "56461ef2342edc00f9bab995690efd4c" },
	{ "\xaa", 80, 80,
	    "Test Using Larger Than Block-Size Key - Hash Key First", 54, 0,
	    "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd" },
	{ "\xaa", 80, 80,
	    "Test Using Larger Than Block-Size Key and Larger Than One "
	    "Block-Size Data",
	    73, 0, "6f630fad67cda0ee1fb1f562db3aa53e" },
};

#endif
