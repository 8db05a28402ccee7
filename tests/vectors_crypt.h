/*
 * Stored values of crypt(3)'s kinds, made by other programs: by the command
 * above each, on Debian 12. Costs are as low as the program lets them be, since
 * a value is checked many times.
 */
#ifndef CLASSIC_VECTORS_CRYPT_H
#define CLASSIC_VECTORS_CRYPT_H

/* How many changes of each octet are tried. */
enum sweep {
	SWEEP_ALL,  /* a check takes microseconds: all 255 */
	SWEEP_BITS, /* some 100 microseconds: each bit */
	SWEEP_ONE,  /* about a millisecond: one bit */
	SWEEP_NONE, /* much more: no octet is changed or cut off */
};

struct scheme_vector {
	const char *value;
	enum sweep sweep;
	const char *password;
};

#define WONDERLAND    "wonderland"
#define GREETING      "Gr\xc3\xbc\xc3\x9f\x65 \xe2\x98\x83"
#define TEN_X	      "xxxxxxxxxx"
#define FIFTY_X	      TEN_X TEN_X TEN_X TEN_X TEN_X
#define LONG_X	      FIFTY_X FIFTY_X
#define TWO_HUNDRED_X LONG_X LONG_X

static const struct scheme_vector crypt_vectors[] = {
	/* --- mkpasswd of whois 5.5.17, with libxcrypt 4.4.33 -------------- */

	/* mkpasswd -m yescrypt -R 1 wonderland */
	{ "$y$j75$jejsXmZ4JszZ5VIjVFkkd/$"
	  "lC1fMB9WRw6c98kYAC.9WzRIgn7qoET3C3U5hOU2cV1",
	    SWEEP_ONE, WONDERLAND },
	{ "{CRYPT}$y$j75$jejsXmZ4JszZ5VIjVFkkd/$"
	  "lC1fMB9WRw6c98kYAC.9WzRIgn7qoET3C3U5hOU2cV1",
	    SWEEP_ONE, WONDERLAND },
	/* mkpasswd -m yescrypt -R 1 "$GREETING" */
	{ "$y$j75$ziCX62auIhdVlKjI20CfK0$"
	  "7pdbCi69RWog2rXtnCjH632zsl9ddaw7jsGOggbu381",
	    SWEEP_NONE, GREETING },
	/* mkpasswd -m yescrypt wonderland */
	{ "$y$j9T$anLyc9o0JJE7CDA1wDzs//$"
	  "b.P3XwhDqCRlAqWgdZBQGHlCYRQ.zETyqRJ4L2eLy/.",
	    SWEEP_NONE, WONDERLAND },
	/* mkpasswd -m gost-yescrypt -R 1 wonderland */
	{ "$gy$j75$TTPzBFlIDGXZ4jKRgHiHQ1$"
	  "GWOJB0us9nMmoyz/3XzFIWBKwgKVai5MVgrbSGDFq26",
	    SWEEP_ONE, WONDERLAND },
	/* mkpasswd -m scrypt -R 6 wonderland */
	{ "$7$BU..../....6pkZdvB.ljTlUHETeVf0z.$"
	  "aggzbT/qY4ncEMHSHeOeElHcshzz5DN1a2nsgTYi698",
	    SWEEP_NONE, WONDERLAND },
	/* mkpasswd -m bcrypt -R 4 wonderland */
	{ "$2b$05$lKqkn4RAxd4Fb1PXOLm0Oetw.BXxavIqyKb8BiBcQmk3L15YYpoxG",
	    SWEEP_ONE, WONDERLAND },
	/* mkpasswd -m bcrypt -R 4 "$GREETING" */
	{ "$2b$05$gHMHfJ.dJxwxoaVFvm4TX.mRxo8cmMy2K.tmIjByqCngxqL1vSe0e",
	    SWEEP_NONE, GREETING },
	/* mkpasswd -m bcrypt-a -R 4 wonderland */
	{ "{CRYPT}$2a$05$"
	  "te1xr43AAH30r1DNfx/ufuni9gffIpODoRKSxzE6cYsSjCJQA/dnu",
	    SWEEP_NONE, WONDERLAND },
	/* mkpasswd -m sha512crypt -R 1000 wonderland */
	{ "$6$rounds=1000$sU8oSok9q33OOIoy$"
	  "WRePXkMnaVQUMLO70EL98F2B5pqHkiJ4wzgEWCeqTPXBLi1niMNfLubvH6ANG9VS"
	  "nq4I6nVu.kOAqBX7AvsXA1",
	    SWEEP_ONE, WONDERLAND },
	/* mkpasswd -m sha512crypt -R 1000 -S saltsaltsaltsalt "$(200 x)" */
	{ "$6$rounds=1000$saltsaltsaltsalt$"
	  "FdnyNU8ybzb8zYGEH04dueEyFeXSrvjZ4oXgsbpKQP/yhnacdaV3Edobt9tjMRTd"
	  "qjuo50KY3b55wlxMQl33C/",
	    SWEEP_NONE, TWO_HUNDRED_X },
	/* mkpasswd -m sha256crypt -R 1000 wonderland */
	{ "$5$rounds=1000$I31eh9nyo9ON6Gnl$"
	  "iBYnDpVdSQTU7huhLedmx9r8dnfcTiD/4b/U4z1Zg30",
	    SWEEP_ONE, WONDERLAND },
	/* mkpasswd -m sunmd5 wonderland */
	{ "$md5,rounds=35210$pMZ1z21M$$ArsUbRnQ6JG81707V3wEp1", SWEEP_NONE,
	    WONDERLAND },
	/* mkpasswd -m md5crypt wonderland */
	{ "{CRYPT}$1$EtnAzX7i$HCWjrXW0wO63K.RRwpIgd0", SWEEP_ONE, WONDERLAND },
	/* mkpasswd -m bsdicrypt wonderland */
	{ "{CRYPT}_J9..8vSULmZ6BNOZZ/g", SWEEP_ONE, WONDERLAND },
	/* mkpasswd -m descrypt wonderla */
	{ "{CRYPT}s6wIRSixUZJBU", SWEEP_BITS, "wonderla" },
	/* mkpasswd -m nt wonderland */
	{ "$3$$3e057cd123205aa168af5f121716b335", SWEEP_BITS, WONDERLAND },
	/* --- Others ------------------------------------------------------- */

	/* openssl passwd -6 -salt saltstring wonderland (OpenSSL 3.0) */
	{ "$6$saltstring$"
	  "Q78qN3hztgTquoWC9NtuDHj45jbqRGGbA4LEwaFxw3MHtUvbisWpNl2GcJxgV8s4"
	  "WnkDTKEyViX3xD6jBJP0B0",
	    SWEEP_NONE, WONDERLAND },
	/* openssl passwd -5 -salt saltstring wonderland */
	{ "{crypt}$5$saltstring$P8WxiZdsQgEV/WrUJLFhcY321KVz2YovpJcf0/DrUQ2",
	    SWEEP_NONE, WONDERLAND },
	/* openssl passwd -1 -salt saltstri wonderland */
	{ "$1$saltstri$lBr1jn4wxUOZl.NdmzdEW0", SWEEP_NONE, WONDERLAND },
	/* doveadm pw -s BLF-CRYPT -r 4 -p wonderland (Dovecot 2.3.19) */
	{ "{BLF-CRYPT}$2y$04$"
	  "TAUlPxJ3dIzzdj/qX3MlxOZ16lxzIxqy1oHpio.AbN2.0ICP6HY7i",
	    SWEEP_NONE, WONDERLAND },
	/* doveadm pw -s SHA512-CRYPT -r 1000 -p wonderland */
	{ "{SHA512-CRYPT}$6$rounds=1000$DqiJucaMFwIP2Ta8$"
	  "R2BCCOhRLiAZ3aEizdVHk/PxYB8Pww/YM1/cZLqKF45bPWxMzaFl17XAtALugCxY"
	  "H9sIGvcBtY.aDTnFNCJ.Q0",
	    SWEEP_NONE, WONDERLAND },
	/* doveadm pw -s SHA256-CRYPT -p wonderland */
	{ "{SHA256-CRYPT}$5$0rMmCDzY2LUe0Sls$"
	  "P2loUwXYEpJ/xiI78bC1Wl.rYtdXPaUsVX3Edhzx15/",
	    SWEEP_NONE, WONDERLAND },
	/* doveadm pw -s MD5-CRYPT -p wonderland */
	{ "{MD5-CRYPT}$1$x/IbW/KY$Uit0Ostp8h.m.6JoPYmkv0", SWEEP_NONE,
	    WONDERLAND },
	/* doveadm pw -s DES-CRYPT -p wonderland */
	{ "{DES-CRYPT}6MMbgSzPeC4Z.", SWEEP_BITS, WONDERLAND },
};

#endif
