/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * libsasl2 in this process, as a daemon has it: started with the same files,
 * watched while it looks for them, and asked afterwards what it has loaded.
 */
#ifndef CLASSIC_LIBRARY_H
#define CLASSIC_LIBRARY_H

#include "base/host.h"
#include "base/plugin_version.h"
#include "lib/process.h"
#include "sasl/conf_file.h"

struct library_options {
	const char *app;	 /* APP.conf is its file; NULL: it has none */
	const char *plugin_path; /* NULL: as libsasl2 has it */
	const char *config_path;
	const struct conf_file *settings; /* before the file's; or NULL */
	uid_t keeper; /* may change the file, as root may; 0: none */
	/*
	 * Or NULL. Told each file that is looked for, plugin or configuration,
	 * whether it exists or not; false: it is to be left alone.
	 */
	bool (*look)(void *context, const char *file, bool is_plugin);
	void *look_context;
};

/*
 * Server and client side. SASL_OK, or what libsasl2 said. A file that others
 * than root, the user we are and the keeper can change is not used, after a
 * complaint; nor is the sasldb of 2.2, if sasldb_path is set and crashes it.
 */
int library_start(const struct library_options *options);
void library_stop(void);

/*
 * Like it, but for a complaint of a subcommand that cannot go on without, which
 * names the configuration file if that is the reason. 0 or -1.
 */
int library_require(const struct library_options *options);

/* Was the sasldb left out for that? With `look` there is no complaint of it. */
bool library_spares_sasldb(void);

/* The sasldb without a sasldb_path, by the octets of its plugin. */
const char *library_sasldb(struct bytes plugin);

/* The configuration file that was read, or NULL. */
const char *library_config(void);

/*
 * Is it of the line 2.2? That starts once in a process. May be asked before it
 * is started.
 */
bool library_is_2_2(void);

/* The file of libsasl2 itself, and its version. */
const char *library_file(void);
const char *library_version(void);

/*
 * Is the file a plugin of ours? Its version is then copied. Loads nothing, and
 * believes nothing that the file says of itself.
 */
bool library_plugin_version(const char *path, char version[MAX_PLUGIN_VERSION]);

/* A plugin as libsasl2 has it: it names the plugin, the dynamic linker its
 * file. */
enum library_side { LIBRARY_SERVER, LIBRARY_CLIENT, LIBRARY_STORE };

struct library_plugin {
	const char *file;
	bool ours;
	char version[MAX_PLUGIN_VERSION]; /* of ours */
};

/*
 * The one of a name that is used: the first; or with `skip` one of those after
 * it, in libsasl2's order. What it points to lives until library_stop().
 */
bool library_find(enum library_side side, const char *name, size_t skip,
    struct library_plugin *found);

/*
 * Each secret of a sasldb by sasldblistusers2, as "alice@realm: userPassword",
 * as somebody or, with NULL, as we are. Its exit status.
 */
int library_list_sasldb(const struct run_as *where, const char *file,
    process_line_fn *take, void *context);

/* --- A login, client and server in this process --------------------------- */

enum login_side { LOGIN_SERVER, LOGIN_CLIENT };

/* One message. The first of the client may be absent: data is NULL. */
struct login_message {
	enum login_side from;
	int number; /* of this side, from 0 */
	struct bytes data;
};

struct login {
	/* Of the server's connection. NULL: what libsasl2 makes of it. */
	const char *service, *fqdn, *realm;
	bool complains; /* the log of probe_run() is told to people */

	const char *mechanism, *user;
	struct bytes password;

	/* Told every message, and every line that either side logs; or NULL. */
	void (*message)(void *context, const struct login_message *m);
	void (*log)(
	    void *context, enum login_side side, int level, const char *text);
	void *context;
};

struct login_outcome {
	int code;	      /* SASL_OK if the server has accepted */
	enum login_side side; /* whose code it is */
	char *user;	      /* whom the server sees, or NULL */
	char *detail;	      /* what that side said of a failure, or NULL */
};

/* The library has been started. */
void login_run(const struct login *e, struct login_outcome *outcome);

/*
 * What the server would offer, blanks between; e->mechanism, user and password
 * do not matter. NULL if it offers nothing.
 */
char *login_offer(const struct login *e);

/* "SASL_BADAUTH" and the like. Not for other threads. */
const char *login_code(int code);

/* --- The command as a plugin ---------------------------------------------- */

/*
 * In its own process it registers a mechanism, which no other process sees. So
 * it is called as a plugin is, and has what the library gives to plugins alone.
 */

/* "2.1" or "2.2", the layout that was found at the start, or "unknown". */
const char *probe_layout(void);

/* A connection as lookup_fetch() takes it. All is valid during the call. */
struct probe_conn {
	const struct host *h;
	sasl_server_params_t *params;
	sasl_out_params_t *identity;
};

/* What is done there. */
typedef void probe_fn(const struct probe_conn *c, void *context);

/*
 * Call `fn` once, where a server opens a connection for such a login. SASL_OK,
 * or why it could not be called.
 */
int probe_run(const struct login *where, probe_fn *fn, void *context);

/*
 * Call `fn` in a library that has no plugin and no configuration, for what
 * needs but a host; 0, or -1 after a complaint.
 */
int probe_alone(probe_fn *fn, void *context);

#endif
