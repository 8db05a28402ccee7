/*
 * The transcript of a login, made for each mechanism from a name and a
 * password: for what must be the same in all of them.
 */
#ifndef CLASSIC_TALK_MAKE_H
#define CLASSIC_TALK_MAKE_H

#include "talk.h"

struct login {
	const char *name; /* of the test */
	struct fake_setup host;
	const char *user;
	size_t user_len; /* octets; 0: a string */
	const char *password;
	size_t password_len;
	int code;
	const char *reason;
};

/*
 * Fill in lines, code and reason of the login by `mechanism` ("plain", "login",
 * "crammd5"), which becomes the plugin of this program. Lives until the next
 * call.
 */
void talk_make(struct talk *t, const char *mechanism, const struct login *l);

/*
 * The main() of a program that tries `count` logins by each of the mechanisms
 * that have a true one among the three: each is a test of its own.
 */
struct mechanisms {
	bool plain, login, crammd5;
};
int talk_run_logins(const char *group, const struct login *logins, size_t count,
    struct mechanisms by);

#endif
