/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Stored values of crypt(3)'s kinds, made by other programs: by the command
 * above each, on Debian 12. Costs are as low as the program lets them be, since
 * a value is checked many times.
 */
#ifndef CLASSIC_VECTORS_CRYPT_H
#define CLASSIC_VECTORS_CRYPT_H

#include <stddef.h>
#include <stdint.h>

/*
 * A value, how many octets at its beginning are changed in all 255 ways, and
 * the password. Where a check is slow it is only the head, which says all but
 * salt and digest; of those, one bit in each octet is changed. Behind a name in
 * braces the head is short: what follows is swept without that name.
 */
struct scheme_vector {
	const char *value;
	size_t sweep;
	const char *password;
};

#define SWEEP_ALL	 SIZE_MAX /* a check takes microseconds */
#define DEAR(head, rest) head rest, sizeof(head) - 1

/*
 * Nothing is changed or cut off: another vector of that kind is, which is as
 * cheap or cheaper. test_scheme_sweep.c sees that there is one.
 */
#define SWEEP_NONE 0

#define WONDERLAND    "wonderland"
#define GREETING      "Gr\xc3\xbc\xc3\x9f\x65 \xe2\x98\x83"
#define TEN_X	      "xxxxxxxxxx"
#define FIFTY_X	      TEN_X TEN_X TEN_X TEN_X TEN_X
#define LONG_X	      FIFTY_X FIFTY_X
#define TWO_HUNDRED_X LONG_X LONG_X

static const struct scheme_vector crypt_vectors[] = {
	/* --- mkpasswd of whois 5.5.17, with libxcrypt 4.4.33 -------------- */

	/* mkpasswd -m yescrypt -R 1 wonderland */
	{ DEAR("$y$j75$",
	      "jejsXmZ4JszZ5VIjVFkkd/$lC1fMB9WRw6c98kYAC.9WzRIgn7qoET3C3U5hOU2c"
	      "V1"),
	    WONDERLAND },
	{ "{CRYPT}$y$j75$jejsXmZ4JszZ5VIjVFkkd/$"
	  "lC1fMB9WRw6c98kYAC.9WzRIgn7qoET3C3U5hOU2cV1",
	    SWEEP_NONE, WONDERLAND },
	/* mkpasswd -m yescrypt -R 1 "$GREETING" */
	{ "$y$j75$"
	  "ziCX62auIhdVlKjI20CfK0$7pdbCi69RWog2rXtnCjH632zsl9ddaw7jsGOggbu3"
	  "81",
	    SWEEP_NONE, GREETING },
	/* mkpasswd -m yescrypt wonderland */
	{ "$y$j9T$"
	  "anLyc9o0JJE7CDA1wDzs//$b.P3XwhDqCRlAqWgdZBQGHlCYRQ.zETyqRJ4L2eLy"
	  "/.",
	    SWEEP_NONE, WONDERLAND },
	/* mkpasswd -m gost-yescrypt -R 1 wonderland */
	{ DEAR("$gy$j75$",
	      "TTPzBFlIDGXZ4jKRgHiHQ1$GWOJB0us9nMmoyz/3XzFIWBKwgKVai5MVgrbSGDFq"
	      "26"),
	    WONDERLAND },
	/* mkpasswd -m scrypt -R 6 wonderland */
	{ "$7$BU..../...."
	  "6pkZdvB.ljTlUHETeVf0z.$aggzbT/qY4ncEMHSHeOeElHcshzz5DN1a2nsgTYi6"
	  "98",
	    SWEEP_NONE, WONDERLAND },
	/*
	 * python3: hashlib.scrypt(password, salt=b"saltsalt", n=16, r=1, p=1,
	 * dklen=32), with "2", "/....", "/...." for these; mkpasswd has no less
	 * than 32 MiB
	 */
	{ DEAR("$7$2/..../....",
	      "saltsalt$bBLcPR3O2jSoEK.WeZ2RUIqPMg/zt0G0BVZBNM0YR89"),
	    WONDERLAND },
	/* mkpasswd -m bcrypt -R 4 wonderland */
	{ DEAR("$2b$05$",
	      "lKqkn4RAxd4Fb1PXOLm0Oetw.BXxavIqyKb8BiBcQmk3L15YYpoxG"),
	    WONDERLAND },
	/* mkpasswd -m bcrypt -R 4 "$GREETING" */
	{ "$2b$05$"
	  "gHMHfJ.dJxwxoaVFvm4TX.mRxo8cmMy2K.tmIjByqCngxqL1vSe0e",
	    SWEEP_NONE, GREETING },
	/* mkpasswd -m bcrypt-a -R 4 wonderland */
	{ DEAR("{CRYPT}$2a$05$",
	      "te1xr43AAH30r1DNfx/ufuni9gffIpODoRKSxzE6cYsSjCJQA/dnu"),
	    WONDERLAND },
	/* mkpasswd -m sha512crypt -R 1000 wonderland */
	{ DEAR("$6$rounds=1000$",
	      "sU8oSok9q33OOIoy$WRePXkMnaVQUMLO70EL98F2B5pqHkiJ4wzgEWCeqTPXBLi1"
	      "niMNfLubvH6ANG9VSnq4I6nVu.kOAqBX7AvsXA1"),
	    WONDERLAND },
	/* mkpasswd -m sha512crypt -R 1000 -S saltsaltsaltsalt "$(200 x)" */
	{ "$6$rounds=1000$"
	  "saltsaltsaltsalt$FdnyNU8ybzb8zYGEH04dueEyFeXSrvjZ4oXgsbpKQP/yhna"
	  "cdaV3Edobt9tjMRTdqjuo50KY3b55wlxMQl33C/",
	    SWEEP_NONE, TWO_HUNDRED_X },
	/* mkpasswd -m sha256crypt -R 1000 wonderland */
	{ DEAR("$5$rounds=1000$",
	      "I31eh9nyo9ON6Gnl$iBYnDpVdSQTU7huhLedmx9r8dnfcTiD/4b/U4z1Zg30"),
	    WONDERLAND },
	/* mkpasswd -m sunmd5 wonderland */
	{ "$md5,rounds=35210$pMZ1z21M$"
	  "$ArsUbRnQ6JG81707V3wEp1",
	    SWEEP_NONE, WONDERLAND },
	/* mkpasswd -m md5crypt wonderland */
	{ DEAR("{CRYPT}$1$", "EtnAzX7i$HCWjrXW0wO63K.RRwpIgd0"), WONDERLAND },
	/* mkpasswd -m bsdicrypt wonderland */
	{ DEAR("_J9..", "8vSULmZ6BNOZZ/g"), WONDERLAND },
	{ DEAR("{CRYPT}_J9..", "8vSULmZ6BNOZZ/g"), WONDERLAND },
	/* mkpasswd -m descrypt wonderla */
	{ DEAR("{CRYPT}s6", "wIRSixUZJBU"), "wonderla" },
	/* mkpasswd -m nt wonderland */
	{ DEAR("$3$", "$3e057cd123205aa168af5f121716b335"), WONDERLAND },

	/* --- Others ------------------------------------------------------- */

	/*
	 * perl -e 'print crypt("wonderland", $ARGV[0])' '$md5$pMZ1z21M$', and
	 * so on (Perl 5.36, which asks libxcrypt): mkpasswd makes none of these
	 */
	{ DEAR("$md5$", "pMZ1z21M$$a7joL3DCajDEunhG4u2Yw1"), WONDERLAND },
	{ DEAR("$md5,", "rounds=1$pMZ1z21M$$2vpB/M9vf81sydj6QLzeI1"),
	    WONDERLAND },
	{ DEAR("$sha1$4$", "saltsalt$H0ogmpe5.2imYINxvL0Q1ACWnCw2"),
	    WONDERLAND },
	{ DEAR("$2x$04$",
	      "te1xr43AAH30r1DNfx/ufu/MBV9omzH2KsqDBwShuTWEwfUTtQBXi"),
	    WONDERLAND },
	/* openssl passwd -6 -salt saltstring wonderland (OpenSSL 3.0) */
	{ "$6$"
	  "saltstring$Q78qN3hztgTquoWC9NtuDHj45jbqRGGbA4LEwaFxw3MHtUvbisWpN"
	  "l2GcJxgV8s4WnkDTKEyViX3xD6jBJP0B0",
	    SWEEP_NONE, WONDERLAND },
	/* openssl passwd -5 -salt saltstring wonderland */
	{ "{crypt}$5$"
	  "saltstring$P8WxiZdsQgEV/WrUJLFhcY321KVz2YovpJcf0/DrUQ2",
	    SWEEP_NONE, WONDERLAND },
	/* openssl passwd -1 -salt saltstri wonderland */
	{ DEAR("$1$", "saltstri$lBr1jn4wxUOZl.NdmzdEW0"), WONDERLAND },
	/* doveadm pw -s BLF-CRYPT -r 4 -p wonderland (Dovecot 2.3.19) */
	{ DEAR("{BLF-CRYPT}$2y$04$",
	      "TAUlPxJ3dIzzdj/qX3MlxOZ16lxzIxqy1oHpio.AbN2.0ICP6HY7i"),
	    WONDERLAND },
	/* The same and others under the names that OpenLDAP and 389 have */
	{ DEAR("{BCRYPT}$2y$04$",
	      "TAUlPxJ3dIzzdj/qX3MlxOZ16lxzIxqy1oHpio.AbN2.0ICP6HY7i"),
	    WONDERLAND },
	{ DEAR("{CRYPT-MD5}$1$", "saltstri$lBr1jn4wxUOZl.NdmzdEW0"),
	    WONDERLAND },
	{ DEAR("{CRYPT-SHA256}$5$rounds=1000$",
	      "I31eh9nyo9ON6Gnl$iBYnDpVdSQTU7huhLedmx9r8dnfcTiD/4b/U4z1Zg30"),
	    WONDERLAND },
	{ DEAR("{CRYPT-SHA512}$6$rounds=1000$",
	      "sU8oSok9q33OOIoy$WRePXkMnaVQUMLO70EL98F2B5pqHkiJ4wzgEWCeqTPXBLi1"
	      "niMNfLubvH6ANG9VSnq4I6nVu.kOAqBX7AvsXA1"),
	    WONDERLAND },
	/* doveadm pw -s SHA512-CRYPT -r 1000 -p wonderland */
	{ DEAR("{SHA512-CRYPT}$6$",
	      "rounds=1000$DqiJucaMFwIP2Ta8$R2BCCOhRLiAZ3aEizdVHk/PxYB8Pww/YM1/"
	      "cZLqKF45bPWx"
	      "MzaFl17XAtALugCxYH9sIGvcBtY.aDTnFNCJ.Q0"),
	    WONDERLAND },
	/* doveadm pw -s SHA256-CRYPT -p wonderland */
	{ DEAR("{SHA256-CRYPT}$5$",
	      "0rMmCDzY2LUe0Sls$P2loUwXYEpJ/xiI78bC1Wl.rYtdXPaUsVX3Edhzx15/"),
	    WONDERLAND },
	/* doveadm pw -s MD5-CRYPT -p wonderland */
	{ DEAR("{MD5-CRYPT}$1$", "x/IbW/KY$Uit0Ostp8h.m.6JoPYmkv0"),
	    WONDERLAND },
	/* doveadm pw -s MD5 -p wonderland */
	{ DEAR("{MD5}$1$", "dJCtivZi$2FYAbuAMfGHLUsSVgnTzX0"), WONDERLAND },
	/* doveadm pw -s DES-CRYPT -p wonderland */
	{ DEAR("{DES-CRYPT}6M", "MbgSzPeC4Z."), WONDERLAND },
	/* What mkpasswd made above, as 389 has it since 2.0 */
	{ DEAR("{GOST_YESCRYPT}$gy$j75$",
	      "TTPzBFlIDGXZ4jKRgHiHQ1$GWOJB0us9nMmoyz/3XzFIWBKwgKVai5MVgrbSGDFq"
	      "26"),
	    WONDERLAND },
	/* passlib.hash.django_bcrypt.using(rounds=4).hash("wonderland") */
	{ DEAR("bcrypt$$2b$04$",
	      "7kr1eesbBMatDICGecDXkOT8V33CujoTdRjtq/ThXlb6M1/aqdsVe"),
	    WONDERLAND },
	/* As Django and Nextcloud write what is above */
	{ DEAR("crypt$$s6", "wIRSixUZJBU"), "wonderla" },
	{ DEAR("1|$2y$04$",
	      "TAUlPxJ3dIzzdj/qX3MlxOZ16lxzIxqy1oHpio.AbN2.0ICP6HY7i"),
	    WONDERLAND },
};

#endif
