/*
 * What is stored for one user, and who can use it.
 */
#ifndef CLASSIC_DOCTOR_USER_H
#define CLASSIC_DOCTOR_USER_H

#include <stdbool.h>
#include <stddef.h>

/* One stored value, without the value. */
struct doctor_secret {
	char *property, *form; /* "userPassword", "{SSHA}" */
	bool password;	       /* PLAIN and LOGIN can use it */
	bool digest;	       /* CRAM-MD5 can */
};

struct doctor_user {
	char *name; /* canonical; NULL if it could not be looked up */
	struct doctor_secret *secrets;
	size_t count;
	bool password, digest; /* some secret has it */
};

#endif
