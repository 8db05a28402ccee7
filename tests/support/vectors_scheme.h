/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Stored values of all other kinds, made by other programs: by the command
 * above each, on Debian 12, or by Python's hashlib.
 */
#ifndef CLASSIC_VECTORS_SCHEME_H
#define CLASSIC_VECTORS_SCHEME_H

#include "support/vectors_crypt.h"

static const struct scheme_vector scheme_vectors[] = {
	/* --- One digest: slappasswd of OpenLDAP 2.5.13, doveadm ----------- */

	/* slappasswd -h '{SSHA}' -s wonderland */
	{ "{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4", SWEEP_ALL, WONDERLAND },
	/* slappasswd -h '{SHA}' -s wonderland */
	{ "{SHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=", SWEEP_ALL, WONDERLAND },
	/* slappasswd -h '{SMD5}' -s wonderland */
	{ "{SMD5}wosh2MXrVgMfkbPbYwHwqS+ydXc=", SWEEP_ALL, WONDERLAND },
	/* slappasswd -h '{MD5}' -s wonderland */
	{ "{MD5}TOyv8rMLvnXOcyIQkWTPtQ==", SWEEP_ALL, WONDERLAND },
	/* slappasswd -o module-load=pw-sha2.so -h '{SSHA256}' -s wonderland */
	{ "{SSHA256}dBKD407nd4ysMD/sSnhDtZ5JcBvXq4XyYhRJZna5RuDMlIbIu9eC+Q==",
	    SWEEP_ALL, WONDERLAND },
	/* ... -h '{SSHA384}' */
	{ "{SSHA384}r+i3a9sGujm43n90wcslGGTYAIK3uczyDB+sY+CLSfRP3bknz13P/jL+"
	  "FMoviFnaMRbHm7DWrXc=",
	    SWEEP_ALL, WONDERLAND },
	/* ... -h '{SSHA512}' */
	{ "{SSHA512}X53ETu1Q6TWRmIWAaqA8Q3bLJlBbOBtOlfIJc2umFud2aQig9Q4tGIYj"
	  "GhEOHlgC2UUsY4wH9RmkMPukKWQDTDmg6z9+KXcA",
	    SWEEP_ALL, WONDERLAND },
	/* ... -h '{SHA256}' */
	{ "{SHA256}pxp8cBH1OhurNkLsLOElk/BSMKzo3h4+dkX2nvrBRD0=", SWEEP_ALL,
	    WONDERLAND },
	/* ... -h '{SHA384}' */
	{ "{SHA384}QtDE5HkzMdwwDRiDC02dhrUTwZJXTC1aGF/m2zAh5jggcpKWI4X5QwevNBIz"
	  "CeiD",
	    SWEEP_ALL, WONDERLAND },
	/* ... -h '{SHA512}' */
	{ "{SHA512}ku0fDfoQrWtagdEFYHEbjQ9c9VgiIcfBTHy9WUlYxzC0akkZeapved5X1TI3"
	  "/zY9iEZNFBBxylKvMcYzgvbHpg==",
	    SWEEP_ALL, WONDERLAND },
	/* doveadm pw -s SSHA -p wonderland, and so on */
	{ "{ssha}1lR8yi35HfkYpd01BpS9/oETFkQoxdxP", SWEEP_ALL, WONDERLAND },
	{ "{SSHA256}dHsTGLxpZLXWFrSNzxewoHG1/IvxmkOuOh7c+wNS8eiJMBdM",
	    SWEEP_ALL, WONDERLAND },
	{ "{SSHA512}rNHcF172mKc2OxofbYtz0WL7o2SnYIDtQOnht4wfi/IsCQcNz2L6WMcn2k"
	  "KNhqINj2+6SbA2qJtclTLftVe8gm2SCUw=",
	    SWEEP_ALL, WONDERLAND },
	{ "{SMD5}i+fbc/lP0ihLBEBv4Ou10SrffpY=", SWEEP_ALL, WONDERLAND },
	{ "{LDAP-MD5}TOyv8rMLvnXOcyIQkWTPtQ==", SWEEP_ALL, WONDERLAND },
	{ "{PLAIN-MD5}4cecaff2b30bbe75ce7322109164cfb5", SWEEP_ALL,
	    WONDERLAND },
	{ "{SHA1}tiY7sUhYKUwI5L3866kDY+ENcrQ=", SWEEP_ALL, WONDERLAND },
	/* What `doveadm pw -t` verifies, too */
	{ "{PLAIN-MD5}TOyv8rMLvnXOcyIQkWTPtQ==", SWEEP_ALL, WONDERLAND },
	/* passlib.hash.ldap_hex_sha1.hash("wonderland"), and ldap_hex_md5 */
	{ "{SHA}b6263bb14858294c08e4bdfceba90363e10d72b4", SWEEP_ALL,
	    WONDERLAND },
	{ "{MD5}4cecaff2b30bbe75ce7322109164cfb5", SWEEP_ALL, WONDERLAND },
	/* Courier */
	{ "{MD5RAW}4cecaff2b30bbe75ce7322109164cfb5", SWEEP_ALL, WONDERLAND },
	/* python3, as below, by the names that Java programs have */
	{ "{SHA-1}tiY7sUhYKUwI5L3866kDY+ENcrQ=", SWEEP_ALL, WONDERLAND },
	{ "{SHA-256}pxp8cBH1OhurNkLsLOElk/BSMKzo3h4+dkX2nvrBRD0=", SWEEP_ALL,
	    WONDERLAND },
	{ "{SHA-384}QtDE5HkzMdwwDRiDC02dhrUTwZJXTC1aGF/m2zAh5jggcpKWI4X5QwevNB"
	  "IzCeiD",
	    SWEEP_ALL, WONDERLAND },
	{ "{SHA-512}ku0fDfoQrWtagdEFYHEbjQ9c9VgiIcfBTHy9WUlYxzC0akkZeapved5X1T"
	  "I3/zY9iEZNFBBxylKvMcYzgvbHpg==",
	    SWEEP_ALL, WONDERLAND },
	{ "{SSHA-256}l5RjoiBC4NpN2li/wOSo2hRdoeHWWU/LcvTspHMJ6epzYWx0c2FsdA==",
	    SWEEP_ALL, WONDERLAND },
	{ "{SSHA-384}MS+MfDBvAgoXdMNyIXEYNqizZAcztCesJ1eFNcALum/jlzB3j69axP1Zk"
	  "vS3l6DCc2FsdHNhbHQ=",
	    SWEEP_ALL, WONDERLAND },
	{ "{SSHA-512}2LejbFXDKLjMKP5Xktbv2hrl0Oid8v2qPekUzpXXK9LVwpagU0cMIw3bV"
	  "Hk/z/fiK3Sk991vEIkiGCpBDOUnzHNhbHRzYWx0",
	    SWEEP_ALL, WONDERLAND },
	/*
	 * python3: base64(hashlib.new(D, password + salt).digest() + salt),
	 * with a salt of the octet 255 alone, and with the most: 0 to 127
	 */
	{ "{SSHA}V/LTjLpKgPhBWAGbmsDF8LUloXn/", SWEEP_ALL, GREETING },
	{ "{SSHA512}tI2tqJVc7uXyya+SHnKcFanjkSOkFMYC6EG/wJ3ngUi/4TPhQaQy6usMyh"
	  "eQn/57bPmZnhYuAbMlkFg7Uko5CwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhsc"
	  "HR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9AQUJDREVGR0hJSktMTU"
	  "5PUFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5/",
	    SWEEP_ALL, GREETING },

	/* --- Apache's MD5: openssl passwd -apr1 -salt SALT PASSWORD ------- */

	{ DEAR("$apr1$", "saltsalt$WoESZIlCyPaOHxFHP.vy51"), WONDERLAND },
	{ "$apr1$s$0XxGcrKptAwrZQvWzB5090", SWEEP_NONE, GREETING },
	{ "$apr1$abcdefgh$2wUxkhtENJzNJtmCil.OZ1", SWEEP_NONE, TWO_HUNDRED_X },

	/* --- PBKDF2 ------------------------------------------------------- */

	/* slappasswd -o module-load=pw-pbkdf2.so -h '{PBKDF2}' -s wonderland */
	{ "{PBKDF2}10000$R3IauyoUYjMMUrHiEsemAA$kCtxQlAK05niNLdol98MLi2hTb4",
	    SWEEP_NONE, WONDERLAND },
	/* ... -h '{PBKDF2-SHA1}' */
	{ "{PBKDF2-SHA1}10000$Lfv60OmcR3Pyl4jxSP/Lgw$"
	  "DmZWssgdxCigwZplO5wdaWWmglQ",
	    SWEEP_NONE, WONDERLAND },
	/* ... -h '{PBKDF2-SHA256}' */
	{ "{PBKDF2-SHA256}10000$gdcdb0XSIbU1E3BG6ICNww$"
	  "XtztArwqlQIa98G24Do.Vna2cYrHRK/0RkaNwUh0gGc",
	    SWEEP_NONE, WONDERLAND },
	/* ... -h '{PBKDF2-SHA512}' */
	{ "{PBKDF2-SHA512}10000$iLYgzq72/ku.CqSthI3Gww$"
	  "KNTQjMjzpP/KPE7Qg69lphvflk0pNe/d8sBXzSdC9kpSE6mtbSRTr6lD0tX5dJQn"
	  "10LSjudyKH2P39FKLImGyA",
	    SWEEP_NONE, WONDERLAND },
	/* doveadm pw -s PBKDF2 -r 1 -p wonderland */
	{ "{PBKDF2}$1$fdEFmGHfvm.C9A1D$1$"
	  "25e66195d68e0d85971f9cd4f972282b676a091e",
	    SWEEP_ALL, WONDERLAND },
	/*
	 * python3: hashlib.pbkdf2_hmac(D, password, salt, 7), in base64 with
	 * "+" replaced and "=" stripped
	 */
	{ "{PBKDF2}7$c2FsdA$0yYXYA.PD8skli/YiI8lSIDemZM", SWEEP_ALL,
	    WONDERLAND },
	{ "{PBKDF2-SHA1}7$.vv8/f7/$WYT4nT1zA5E8Ou4urhlxrfcJHyM", SWEEP_ALL,
	    WONDERLAND },
	{ "{PBKDF2-SHA256}7$8PHy8/T19vf4.fr7/P3./w$"
	  "GlxhE3EE619VME40koCcGpJOkS9V9x5FktNekKqIE8k",
	    SWEEP_ALL, GREETING },
	{ "{PBKDF2-SHA512}7$AAECAwQFBgcICQoLDA0ODw$"
	  "Msj.lfbnpOY7Y6JDPLxm/wX10OcxKPgrJgQj35LTrAniIDgtQkGLHlEcyZmEa/CW"
	  "Ga.tFwcP0ToGq.dYWsFXpQ",
	    SWEEP_ALL, TWO_HUNDRED_X },

	/* passlib.hash.pbkdf2_sha1.using(rounds=7).hash("wonderland"), ... */
	{ "$pbkdf2$7$GkMI4dwbQwih1JozhlDqXQ$TiCWNeNAgQfPFoBkotBLBoaeZRs",
	    SWEEP_ALL, WONDERLAND },
	{ "$pbkdf2-sha256$7$knLOuRdiTAkBAOD8//9fiw$"
	  "SpFrY5N94lJtkjBXPe.wvw8Zd4mEJlBodcAySrEmSv4",
	    SWEEP_ALL, WONDERLAND },
	{ "$pbkdf2-sha512$7$OMeYE2Ls/b83BkBIqZUSAg$"
	  "tNZeeA0NtsK69KWNmd/Gigc.evLYr81PghMpXKHWzKqn0HLISqT9WSmigZPZ0tqn"
	  "yLAlqXJYBk0LX.EZknpAqw",
	    SWEEP_ALL, WONDERLAND },
	/* ... django_pbkdf2_sha1 and django_pbkdf2_sha256 */
	{ "pbkdf2_sha1$7$RAlIClgo6fGq$oqYRfeM6WBctaCNEjv4eCVrhzcU=", SWEEP_ALL,
	    WONDERLAND },
	{ "pbkdf2_sha256$7$FAxStfHdEDGE$"
	  "9nuT2txKdZy4DnYSXqtXOVFMPVB/Ehn9Ok7zgjVsYkg=",
	    SWEEP_ALL, WONDERLAND },
	/* werkzeug.security.generate_password_hash("wonderland", ...) */
	{ "pbkdf2:sha1:7$9Ll6HvtYkVSr1zzf$"
	  "c689b5a747330dfa9fe41cb7c26ee8b9908830cd",
	    SWEEP_ALL, WONDERLAND },
	{ "pbkdf2:sha256:7$PRkReVBNQHbyhcF6$"
	  "a43d52e8f0e53908840234421f23d59e2bb6c512df89b0a85f0cda5dbf39aa24",
	    SWEEP_ALL, WONDERLAND },
	{ "pbkdf2:sha512:7$ZMk2sFhC9z7i9Vsy$"
	  "91aa77374b5ed411273453806d38b1eddde7d8932ea5444eaf20d35aa8040cb1"
	  "f021d56f6700759de7919b061227fcfa885663155c4b914e95bfc979cf1d0f0b",
	    SWEEP_ALL, WONDERLAND },

	/* --- SCRAM -------------------------------------------------------- */

	/* doveadm pw -s SCRAM-SHA-1 -p wonderland */
	{ "{SCRAM-SHA-1}4096,uLz31gYfl77qfC7QocKVqQ==,"
	  "OCiAPRa1OBVlt8bifeSYHRMJuQ4=,AC9PraSu8rRc9WZ/u0PcsSm7c5Q=",
	    SWEEP_NONE, WONDERLAND },
	/* doveadm pw -s SCRAM-SHA-256 -p wonderland */
	{ "{SCRAM-SHA-256}4096,IDb4SAbgIKav9hiQhEAZYw==,"
	  "Dk2gzhNoAgUVNo0Uo8epXYXSYfcp0bbxJwVtHdqeeOo=,"
	  "HDKlUmKAa04e0e4HYtrl/6tS0d/3NO/L8APWTTYnsfk=",
	    SWEEP_NONE, WONDERLAND },
	/*
	 * gsasl --mkpasswd --mechanism SCRAM-SHA-1 --password wonderland
	 *	--iteration-count 7 (GNU SASL 2.2), then SCRAM-SHA-256
	 */
	{ "{SCRAM-SHA-1}7,YVjsgOxqOGhH6Xrs,SsHWaSmYWLCO3WxWaC6zv6tBQVE=,"
	  "hSV5HSbLrlDQFZAgyiuW8DAtPvk=",
	    SWEEP_ALL, WONDERLAND },
	{ "{SCRAM-SHA-256}7,MyjnTwPYSDOloHjG,"
	  "i6ZNSOGomXQ8dISc/6uIrE4BEulb8AWXHs35TKg2ESs=,"
	  "XKUIjUyxypAt4lfGMHlmgCGF2HEOD9mi0a6ivvIrQ9Q=",
	    SWEEP_ALL, WONDERLAND },
	/* ... --iteration-count 4096, with the salt of RFC 7677, section 3 */
	{ "{SCRAM-SHA-256}4096,W22ZaJ0SNY7soEsUEjb6gQ==,"
	  "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=,"
	  "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
	    SWEEP_NONE, "pencil" },
	/* python3: RFC 5802 by hashlib and hmac, as RFC 5803 writes it */
	{ "{SCRAM-SHA-1}7:c2FsdHNhbHQ=$t/oP1FnJHTr4Kc6GhydHA4c0beE=:"
	  "xSUaRr5bjBfPxeQMotyWJKPhirA=",
	    SWEEP_ALL, WONDERLAND },
	{ "SCRAM-SHA-1$7:c2FsdHNhbHQ=$t/oP1FnJHTr4Kc6GhydHA4c0beE=:"
	  "xSUaRr5bjBfPxeQMotyWJKPhirA=",
	    SWEEP_ALL, WONDERLAND },
	{ "{SCRAM-SHA-256}7:c2FsdHNhbHQ=$"
	  "rkHBvv4xQMAnOcE9QOZwrvL12yNDax1/sLvwlcpMgVQ=:"
	  "z5TF75hxLWpsu6k5PJe+QbDSCsmiLlkMIwtpoJpngj0=",
	    SWEEP_ALL, WONDERLAND },
	{ "SCRAM-SHA-256$7:c2FsdHNhbHQ=$"
	  "rkHBvv4xQMAnOcE9QOZwrvL12yNDax1/sLvwlcpMgVQ=:"
	  "z5TF75hxLWpsu6k5PJe+QbDSCsmiLlkMIwtpoJpngj0=",
	    SWEEP_ALL, WONDERLAND },
	/* CREATE ROLE alice PASSWORD 'wonderland'; PostgreSQL 15 */
	{ "SCRAM-SHA-256$4096:QdYciaf6nJGhFHzQLlfzWg==$"
	  "x2ZTbYa4Eai1FdPuvx5OQEkKB1UblGIBxuJUr2JHpnM=:"
	  "nbVl1tOGoNGRF3es28IXkxMDN8k+QOpA9TrjjQKj9AQ=",
	    SWEEP_NONE, WONDERLAND },

#ifdef HAVE_LIBARGON2
	/* --- Argon2 ------------------------------------------------------- */

	/*
	 * slappasswd -o module-load='argon2.so m=8 t=1 p=1' -h '{ARGON2}'
	 *	-s wonderland
	 */
	{ DEAR("{ARGON2}$argon2i$v=19$m=8,t=1,p=1$",
	      "IUnDAlDkE7Ftk+e+uhhswA$KtLNsuTVGrGdRQtPNhCj9yO+"
	      "HR3OH49cb4eoUBqYvYc"),
	    WONDERLAND },
	/* ... module-load='argon2.so m=64 t=2 p=2' */
	{ "{ARGON2}$argon2i$v=19$m=64,t=2,p=2$6JP28fwykpYsIWj6Czab5g$"
	  "Z2LU2HgJmsUGd+1j1pdntoQzfNjn3/k5A+ZPqjJcpOM",
	    SWEEP_NONE, WONDERLAND },
	/*
	 * doveadm pw -s ARGON2I -p wonderland, and -s ARGON2ID; and the same
	 * before what argon2 made below, since doveadm wants 32 MiB at least
	 */
	{ "{ARGON2I}$argon2i$v=19$m=32768,t=4,p=1$JxALGGeWjjc236zDgRWIOw$"
	  "1o81hN7bvtuY+yb2DIrZiT1LLOQU4+D3RjQzN3WkdGM",
	    SWEEP_NONE, WONDERLAND },
	{ "{ARGON2ID}$argon2id$v=19$m=65536,t=3,p=1$TefMPxSYVeiMxmRgBi7Ifw$"
	  "hTgWptILzJuTPXHITuQ/dgBM0MFaXNpZAMgO46LBWKI",
	    SWEEP_NONE, WONDERLAND },
	{ DEAR("{ARGON2I}$argon2i$v=19$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$PARem4MrosWV7JdwTCH9s39iHodPpXfH"),
	    WONDERLAND },
	{ DEAR("{ARGON2ID}$argon2id$v=19$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$WtRvT0D3W/AYOp4S14a0gXa7I5xY6FbT"),
	    WONDERLAND },
	/*
	 * printf wonderland | argon2 saltsaltsalt -d -v 10 -t 1 -k 8 -p 1
	 *	-l 24 -e (argon2 0~20171227), then -i and -id, then -v 13
	 */
	{ DEAR("$argon2d$v=16$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$9Sr2dA3r0MMRxzuNrZjz+vKJQv36IoTq"),
	    WONDERLAND },
	{ DEAR("$argon2i$v=16$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$tVcGZ3nyMxN8XHDcjGNCItUZxCo3nNA4"),
	    WONDERLAND },
	/* The same, without the version, as it was written at that time */
	{ DEAR("$argon2i$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$tVcGZ3nyMxN8XHDcjGNCItUZxCo3nNA4"),
	    WONDERLAND },
	{ DEAR("$argon2id$v=16$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$IwsE1zAGq5uLm7s8Oc81kjq7HKiZqyir"),
	    WONDERLAND },
	{ DEAR("$argon2d$v=19$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$Bhx82VzuY1YlusQzCkZIMs5ES3TG7JMu"),
	    WONDERLAND },
	{ DEAR("$argon2i$v=19$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$PARem4MrosWV7JdwTCH9s39iHodPpXfH"),
	    WONDERLAND },
	{ DEAR("$argon2id$v=19$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$WtRvT0D3W/AYOp4S14a0gXa7I5xY6FbT"),
	    WONDERLAND },
	/* As Django and Nextcloud write them; these want 64 MiB and more */
	{ DEAR("argon2$argon2id$v=19$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$WtRvT0D3W/AYOp4S14a0gXa7I5xY6FbT"),
	    WONDERLAND },
	{ DEAR("2|$argon2i$v=19$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$PARem4MrosWV7JdwTCH9s39iHodPpXfH"),
	    WONDERLAND },
	{ DEAR("3|$argon2id$v=19$m=8,t=1,p=1$",
	      "c2FsdHNhbHRzYWx0$WtRvT0D3W/AYOp4S14a0gXa7I5xY6FbT"),
	    WONDERLAND },
#endif

	/* --- The key of HMAC-MD5: doveadm pw -s CRAM-MD5, -s HMAC-MD5 ----- */

	{ "{CRAM-MD5}"
	  "721a2df79bd8bf7cff39c4914f8c49b8979ad5122813c64e75f91b8a6a09b88a",
	    SWEEP_ALL, WONDERLAND },
	{ "{HMAC-MD5}"
	  "721a2df79bd8bf7cff39c4914f8c49b8979ad5122813c64e75f91b8a6a09b88a",
	    SWEEP_ALL, WONDERLAND },
	{ "{CRAM-MD5}"
	  "b0f1c550b06d7ed059cb6033c37850c83331672d74037276722c1d95296f4608",
	    SWEEP_ALL, TWO_HUNDRED_X },
};

#endif
