/*
 * Known conversations of CRAM-MD5, held by others. The known answers of
 * HMAC-MD5 and of keyed states are in test_hmac_md5.c, test_hmac_md5_stored.c.
 */
#ifndef CLASSIC_VECTORS_H
#define CLASSIC_VECTORS_H

/* RFC 2195, section 2. */
#define RFC2195_USER	  "tim"
#define RFC2195_PASSWORD  "tanstaaftanstaaf"
#define RFC2195_CHALLENGE "<1896.697170952@postoffice.reston.mci.net>"
#define RFC2195_RESPONSE  "tim b913a602c7eda7a495b4e6e7334d3890"

/*
 * A session of a real Exim. On the wire the challenge was
 * 334 PDE3ODkzLjEzMjA2NzkxMjNAdGVzc2VyYWN0LnN1c2FtLmluPg==
 */
#define EXIM_USER      "alice"
#define EXIM_PASSWORD  "wonderland"
#define EXIM_CHALLENGE "<17893.1320679123@tesseract.susam.in>"
#define EXIM_RESPONSE  "alice 64b2a43c1f6ed6806a980914e23e75f0"

#endif
