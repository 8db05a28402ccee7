/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * libsasl2, started and watched: see library.h.
 */
#include "config.h"

#include <sys/stat.h>
#include <dlfcn.h>
#include <fcntl.h>

#include "base/secret.h"
#include "lib/file.h"
#include "lib/util.h"
#include "sasl/library.h"

/* By way of void, which gcc knows to mean that the type is not the last. */
#define CALLBACK(f) (int (*)(void))(void (*)(void))(f)

/* --- The command as a plugin ---------------------------------------------- */

#define MECHANISM \
	"X-SASL-CLASSIC" /* offered on the connections of probe_run() */

enum { CALLBACK_VISIT = 0x5ca1 }; /* ours, unknown to everybody else */

/* What is to be done on a connection. */
struct visit {
	probe_fn *fn;
	void *context;
	bool done;
};

static const char *layout = "unknown";

/*
 * All is done here; a login by this mechanism never begins. Only connections of
 * probe_run() have a visit.
 */
static int
is_available(void *glob_context, sasl_server_params_t *params, void **context)
{
	sasl_out_params_t identity = { .doneflag = 0 };
	struct host h;
	const struct probe_conn conn = { &h, params, &identity };
	int (*function)(void);
	struct visit *visit;
	void *found;

	(void)glob_context;
	(void)context;
	if (host_open(&h, params->utils) == SASL_OK &&
	    host_callback(&h, CALLBACK_VISIT, &function, &found) == SASL_OK) {
		visit = found;
		if (!visit->done)
			visit->fn(&conn, visit->context);
		visit->done = true;
	}
	return SASL_NOMECH;
}

static int
plug_init(const struct sasl_utils *utils, int max_version, int *out_version,
    sasl_server_plug_t **list, int *count)
{
	static sasl_server_plug_t plug = {
		.mech_name = MECHANISM,
		.security_flags = SASL_SEC_NOANONYMOUS,
		.features = SASL_FEAT_WANT_CLIENT_FIRST,
		.mech_avail = is_available,
	};
	struct host h;
	int result;

	result = host_introduce(
	    &h, utils, max_version, SASL_SERVER_PLUG_VERSION, out_version);
	if (result != SASL_OK)
		return result;
	layout = host_layout(&h);
	*list = &plug;
	*count = 1;
	return SASL_OK;
}

const char *
probe_layout(void)
{
	return layout;
}

/* What the mechanism asks its connection for; never called. */
static int
unused(void)
{
	return SASL_OK;
}

/* To people, if there is a context. */
static int
complain(void *context, int level, const char *text)
{
	(void)level;
	if (context != NULL)
		util_complain("%s", text);
	return SASL_OK;
}

/*
 * Without settings it is the connection of probe_run(): the mechanism's own
 * name stands for mech_list, whatever that says.
 */
static int
get_option(void *settings, const char *plugin, const char *option,
    const char **value, unsigned *len)
{
	const char *set = MECHANISM;

	(void)plugin;
	if (settings != NULL)
		set = conf_file_get(settings, option);
	else if (strcmp(option, "mech_list") != 0)
		set = NULL;
	if (set == NULL)
		return SASL_FAIL;
	*value = set;
	if (len != NULL)
		*len = (unsigned)strlen(set);
	return SASL_OK;
}

/*
 * libsasl2 asks for the machine's own name for each connection, which takes
 * long where no name service answers: for a server it is asked once here.
 */
static int
new_server(const struct login *e, const sasl_callback_t callbacks[],
    sasl_conn_t **conn)
{
	static const char *own_name;
	const void *name;
	int result =
	    sasl_server_new(e->service, e->fqdn != NULL ? e->fqdn : own_name,
		e->realm, NULL, NULL, callbacks, 0, conn);

	if (result == SASL_OK && e->fqdn == NULL && own_name == NULL &&
	    sasl_getprop(*conn, SASL_SERVERFQDN, &name) == SASL_OK)
		own_name = util_copy(name);
	return result;
}

int
probe_run(const struct login *where, probe_fn *fn, void *context)
{
	struct visit visit = { fn, context, false };
	sasl_callback_t callbacks[] = {
		{ CALLBACK_VISIT, unused, &visit },
		{ SASL_CB_GETOPT, CALLBACK(get_option), NULL },
		{ SASL_CB_LOG, CALLBACK(complain),
		    where->complains ? &visit : NULL },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	sasl_conn_t *conn = NULL;
	const char *out;
	unsigned out_len;
	int result;

	result = new_server(where, callbacks, &conn);
	if (result == SASL_OK)
		result =
		    sasl_server_start(conn, MECHANISM, "", 0, &out, &out_len);
	sasl_dispose(&conn);
	return visit.done ? SASL_OK : result == SASL_OK ? SASL_FAIL : result;
}

/* --- Started and watched -------------------------------------------------- */

static char *config;
static bool refused;			       /* a file, after a complaint */
static bool asking_path, path_crashes, spared; /* the sasldb of 2.2 */
static struct library_options options_now;

/*
 * To the sasldb of 2.2 the value of sasldb_path is its own: it frees it when it
 * is loaded, and again in each lookup.
 */
static bool
is_sasldb(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash != NULL && !strcmp(slash, "/libsasldb.so");
}

/* As it is set; or NULL. */
static const char *
sasldb_path(void)
{
	const char *path = conf_file_get(options_now.settings, "sasldb_path");
	struct conf_file conf = { NULL, 0 };

	if (path == NULL && config != NULL)
		(void)conf_file_read(&conf, config);
	return path != NULL ? path : conf_file_get(&conf, "sasldb_path");
}

static bool
is_spared(const char *file)
{
	return path_crashes && is_sasldb(file) && sasldb_path() != NULL;
}

const char *
library_sasldb(struct bytes plugin)
{
	const char *at = library_is_2_2() ? getenv("SASL_DBNAME") : NULL;

	if (at != NULL)
		return at;
	at = memmem(plugin.data, plugin.len, "/sasldb2", sizeof("/sasldb2"));
	while (at != NULL && at > plugin.data && at[-1] != '\0')
		at--;
	return at != NULL && *at == '/' ? at : "/etc/sasldb2";
}

/*
 * A pipe in the place of the configuration or the sasldb: libsasl2, or libdb,
 * would wait for somebody to write to it. NULL if there is none.
 */
static const char *
pipe_of(const char *file, bool is_plugin)
{
	const char *path = file;
	struct stat st;

	if (is_plugin && !is_sasldb(file))
		return NULL;
	if (is_plugin)
		path = sasldb_path();
	if (path == NULL)
		path = library_sasldb(file_head(file));
	return stat(path, &st) == 0 && S_ISFIFO(st.st_mode) ? path : NULL;
}

/* libsasl2 asks before it opens a file. What is not there is no failure. */
static int
verify_file(void *context, char *file, sasl_verify_type_t type)
{
	const struct library_options *o = &options_now;
	bool is_plugin = type == SASL_VRFY_PLUGIN;
	const char *pipe;

	(void)context;
	if (type == SASL_VRFY_PASSWD)
		return SASL_OK;
	if (asking_path && is_plugin && !is_sasldb(file))
		return SASL_FAIL;
	if (o->look != NULL && !o->look(o->look_context, file, is_plugin))
		return is_plugin ? SASL_FAIL : SASL_CONTINUE;
	if (access(file, F_OK) < 0)
		return errno == ENOENT ? SASL_CONTINUE : SASL_FAIL;
	/* Asked last, since one that was missing may be there by now. */
	if (!file_require_trusted(file, is_plugin ? 0 : o->keeper)) {
		refused = true;
		return SASL_FAIL;
	}
	pipe = pipe_of(file, is_plugin);
	if (pipe != NULL && o->look == NULL) {
		util_complain("%s is no regular file", pipe);
		refused = true;
		return SASL_FAIL;
	}
	if (pipe != NULL && !is_plugin) /* doctor has said so */
		return SASL_CONTINUE;
	if (is_plugin && is_spared(file)) {
		if (o->look == NULL && !spared)
			util_complain("%s was not loaded: with sasldb_path, "
				      "which %s sets, it crashes libsasl2 2.2; "
				      "SASL_DBNAME takes its place",
			    file, config != NULL ? config : "the server");
		spared = true;
		return SASL_FAIL;
	}
	if (!is_plugin && config == NULL)
		config = util_copy(file);
	return SASL_OK;
}

enum { OPTION_CALLBACK = 2 };

static sasl_callback_t own_callbacks[] = {
	{ SASL_CB_VERIFYFILE, CALLBACK(verify_file), NULL },
	{ SASL_CB_LOG, CALLBACK(complain), NULL },
	[OPTION_CALLBACK] = { SASL_CB_GETOPT, CALLBACK(get_option), NULL },
	{ SASL_CB_LIST_END, NULL, NULL },
};

/* In a process of its own: a lookup with a value that cannot be freed. */
static void
ask_path(void *context)
{
	static char room[] = "-/nowhere";
	struct conf_file settings = { NULL, 0 };
	sasl_conn_t *conn;

	(void)context;
	dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
	conf_file_set(&settings, "sasldb_path", "");
	settings.list->value = room + 1;
	asking_path = true;
	own_callbacks[OPTION_CALLBACK].context = &settings;
	if (sasl_server_init(own_callbacks, NULL) == SASL_OK &&
	    sasl_server_new("sasl-classic", "localhost", NULL, NULL, NULL, NULL,
		0, &conn) == SASL_OK)
		(void)sasl_user_exists(conn, NULL, NULL, "nobody");
}

int
library_start(const struct library_options *options)
{
	static const struct run_as here = { .user = NULL };
	static const struct conf_file none = { NULL, 0 };
	int result = SASL_OK;

	options_now = *options;
	if (options_now.settings == NULL)
		options_now.settings = &none;
	refused = spared = false;
	own_callbacks[OPTION_CALLBACK].context = (void *)options_now.settings;
	if (options->plugin_path != NULL)
		result = sasl_set_path(
		    SASL_PATH_TYPE_PLUGIN, (char *)options->plugin_path);
	if (result == SASL_OK && options->config_path != NULL)
		result = sasl_set_path(
		    SASL_PATH_TYPE_CONFIG, (char *)options->config_path);
	path_crashes =
	    library_is_2_2() && run_as(&here, ask_path, NULL, NULL) > 0;
	if (result == SASL_OK)
		result = sasl_server_init(own_callbacks, options->app);
	if (result == SASL_OK)
		result = sasl_server_add_plugin("sasl-classic", plug_init);
	if (result == SASL_OK)
		result = sasl_client_init(own_callbacks);
	return result;
}

void
library_stop(void)
{
	sasl_server_done();
	sasl_client_done();
	config = NULL;
}

int
library_require(const struct library_options *options)
{
	int result;

	result = library_start(options);
	if (refused)
		return -1;
	if (result == SASL_OK)
		return 0;
	if (result == SASL_CONFIGERR)
		return util_complain("%s has a malformed line: `sasl-classic "
				     "doctor' says which",
		    config != NULL ? config : "the configuration");
	return util_complain(
	    "libsasl2 does not start: %s", sasl_errstring(result, NULL, NULL));
}

int
probe_alone(probe_fn *fn, void *context)
{
	const struct library_options library = { .plugin_path = "" };
	const struct login where = { .service = "sasl-classic",
		.complains = true };
	int result = library_require(&library);

	if (result == 0 && probe_run(&where, fn, context) != SASL_OK)
		result = util_complain("libsasl2 opens no connection");
	library_stop();
	return result;
}

bool
library_spares_sasldb(void)
{
	return spared;
}

const char *
library_config(void)
{
	return config;
}

/* --- What it has loaded, and from which file ------------------------------ */

bool
library_plugin_version(const char *path, char version[MAX_PLUGIN_VERSION])
{
	const char *found = plugin_version_find(file_head(path));

	if (found != NULL)
		strcpy(version, found);
	return found != NULL;
}

/* A plugin of a name; of several the one after `skip` others. */
struct search {
	const char *name;
	size_t skip;
	struct library_plugin *found;
	bool done;
};

static void
compare(struct search *search, const char *name, const void *address)
{
	struct library_plugin *found = search->found;
	Dl_info object;

	if (search->done || strcasecmp(name, search->name) != 0 ||
	    search->skip-- > 0)
		return;
	search->done = true;
	*found = (struct library_plugin) { .file = "(unknown)" };
	if (dladdr(address, &object) != 0 && object.dli_fname != NULL) {
		found->file = object.dli_fname;
		found->ours =
		    library_plugin_version(found->file, found->version);
	}
}

static void
on_server(
    server_sasl_mechanism_t *m, sasl_info_callback_stage_t stage, void *search)
{
	if (stage == SASL_INFO_LIST_MECH && m->plug != NULL)
		compare(search, m->plug->mech_name,
		    (const void *)m->plug->mech_step);
}

static void
on_client(
    client_sasl_mechanism_t *m, sasl_info_callback_stage_t stage, void *search)
{
	if (stage == SASL_INFO_LIST_MECH && m->plug != NULL)
		compare(search, m->plug->mech_name,
		    (const void *)m->plug->mech_step);
}

static void
on_store(
    sasl_auxprop_plug_t *plug, sasl_info_callback_stage_t stage, void *search)
{
	if (stage == SASL_INFO_LIST_MECH)
		compare(search, plug->name, (const void *)plug->auxprop_lookup);
}

bool
library_find(enum library_side side, const char *name, size_t skip,
    struct library_plugin *found)
{
	struct search search = { name, skip, found, false };

	switch (side) {
	case LIBRARY_SERVER:
		sasl_server_plugin_info(NULL, on_server, &search);
		break;
	case LIBRARY_CLIENT:
		sasl_client_plugin_info(NULL, on_client, &search);
		break;
	case LIBRARY_STORE:
		auxprop_plugin_info(NULL, on_store, &search);
		break;
	}
	return search.done;
}

const char *
library_file(void)
{
	Dl_info object;
	void *function = dlsym(RTLD_DEFAULT, "sasl_server_init");

	if (function == NULL || dladdr(function, &object) == 0)
		return "(unknown)";
	return object.dli_fname;
}

/*
 * Version numbers are all those of 2.1.28; symbols have their own version. musl
 * knows of none: there the file's name has the number of 2.2, 3.1.
 */
bool
library_is_2_2(void)
{
#ifdef HAVE_DLVSYM
	return dlvsym(RTLD_DEFAULT, "sasl_idle", "SASL2_4.0") != NULL;
#else
	char *file = realpath(library_file(), NULL);
	bool is = file != NULL && strstr(file, "libsasl2.so.3.1") != NULL;

	free(file);
	return is;
#endif
}

const char *
library_version(void)
{
	const char *text;

	sasl_version_info(NULL, &text, NULL, NULL, NULL, NULL);
	return text;
}

int
library_list_sasldb(const struct run_as *where, const char *file,
    process_line_fn *take, void *context)
{
	const char *const argv[] = { "env", util_format("SASL_DBNAME=%s", file),
		"sasldblistusers2", library_is_2_2() ? NULL : "-f", file,
		NULL };

	return process_run(where, argv, take, context);
}

/* --- A login -------------------------------------------------------------- */

/* With one of the sides, for callbacks and messages. */
struct party {
	const struct login *e;
	enum login_side side;
	sasl_conn_t *conn;
	sasl_secret_t *secret; /* the client's */
	int messages;
	sasl_callback_t callbacks[2]; /* the server's */
};

static int
on_log(void *context, int level, const char *text)
{
	const struct party *p = context;

	if (p->e->log != NULL)
		p->e->log(p->e->context, p->side, level, text);
	return SASL_OK;
}

static int
on_name(void *context, int id, const char **result, unsigned *len)
{
	const struct party *p = context;

	*result = id == SASL_CB_USER ? "" : p->e->user;
	if (len != NULL)
		*len = (unsigned)strlen(*result);
	return SASL_OK;
}

static int
on_secret(sasl_conn_t *conn, void *context, int id, sasl_secret_t **secret)
{
	(void)conn;
	(void)id;
	*secret = ((struct party *)context)->secret;
	return SASL_OK;
}

static void
tell(struct party *p, const char *data, unsigned len)
{
	struct login_message m = { p->side, p->messages++,
		bytes_of(data, data == NULL ? 0 : len) };

	if (p->e->message != NULL)
		p->e->message(p->e->context, &m);
}

static void
talk(struct party *client, struct party *server, struct login_outcome *o)
{
	const char *mech = server->e->mechanism, *chosen;
	const char *out = NULL, *in = NULL;
	unsigned out_len = 0, in_len = 0;
	bool is_first = true;

	do {
		o->side = LOGIN_CLIENT;
		o->code = is_first ? sasl_client_start(client->conn, mech, NULL,
					 &out, &out_len, &chosen)
				   : sasl_client_step(client->conn, in, in_len,
					 NULL, &out, &out_len);
		if (o->code != SASL_OK && o->code != SASL_CONTINUE)
			return;
		tell(client, out, out_len);
		o->side = LOGIN_SERVER;
		o->code = is_first ? sasl_server_start(server->conn, mech, out,
					 out_len, &in, &in_len)
				   : sasl_server_step(server->conn, out,
					 out_len, &in, &in_len);
		if (o->code == SASL_CONTINUE)
			tell(server, in, in_len);
		is_first = false;
	} while (o->code == SASL_CONTINUE);
}

static int
open_server(struct party *p, const struct login *e)
{
	*p = (struct party) { .e = e,
		.side = LOGIN_SERVER,
		.callbacks = { { SASL_CB_LOG, CALLBACK(on_log), p },
		    { SASL_CB_LIST_END, NULL, NULL } } };
	return new_server(e, p->callbacks, &p->conn);
}

void
login_run(const struct login *e, struct login_outcome *o)
{
	struct party server, client = { .e = e, .side = LOGIN_CLIENT };
	const sasl_callback_t callbacks[] = {
		{ SASL_CB_USER, CALLBACK(on_name), &client },
		{ SASL_CB_AUTHNAME, CALLBACK(on_name), &client },
		{ SASL_CB_PASS, CALLBACK(on_secret), &client },
		{ SASL_CB_LOG, CALLBACK(on_log), &client },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	const void *user = NULL;

	memset(o, 0, sizeof(*o));
	client.secret = util_alloc(sizeof(*client.secret) + e->password.len);
	client.secret->len = e->password.len;
	memcpy(client.secret->data, e->password.data, e->password.len);
	o->code = open_server(&server, e);
	if (o->code == SASL_OK) {
		o->side = LOGIN_CLIENT;
		o->code = sasl_client_new(e->service,
		    e->fqdn != NULL ? e->fqdn : "localhost", NULL, NULL,
		    callbacks, 0, &client.conn);
	}
	if (o->code == SASL_OK)
		talk(&client, &server, o);
	if (o->code == SASL_OK) {
		sasl_getprop(server.conn, SASL_USERNAME, &user);
		o->user = util_copy(user);
	} else if (server.conn != NULL)
		o->detail = util_copy(sasl_errdetail(
		    o->side == LOGIN_CLIENT ? client.conn : server.conn));
	sasl_dispose(&client.conn);
	sasl_dispose(&server.conn);
	secret_wipe(client.secret->data, e->password.len);
}

char *
login_offer(const struct login *e)
{
	struct party server;
	const char *list = NULL;
	char *offer = NULL;

	if (open_server(&server, e) == SASL_OK &&
	    sasl_listmech(server.conn, NULL, "", " ", "", &list, NULL, NULL) ==
		SASL_OK &&
	    list != NULL && *list != '\0')
		offer = util_copy(list);
	sasl_dispose(&server.conn);
	return offer;
}

const char *
login_code(int code)
{
#define NAMED(code) [-(code)] = #code
	static const char *const names[] = { NAMED(SASL_OK), NAMED(SASL_FAIL),
		NAMED(SASL_NOMEM), NAMED(SASL_BUFOVER), NAMED(SASL_NOMECH),
		NAMED(SASL_BADPROT), NAMED(SASL_NOTDONE), NAMED(SASL_BADPARAM),
		NAMED(SASL_TRYAGAIN), NAMED(SASL_BADMAC), NAMED(SASL_NOTINIT),
		NAMED(SASL_BADAUTH), NAMED(SASL_NOAUTHZ), NAMED(SASL_TOOWEAK),
		NAMED(SASL_ENCRYPT), NAMED(SASL_TRANS), NAMED(SASL_EXPIRED),
		NAMED(SASL_DISABLED), NAMED(SASL_NOUSER), NAMED(SASL_BADVERS),
		NAMED(SASL_UNAVAIL), NAMED(SASL_NOVERIFY),
		NAMED(SASL_CONFIGERR) };
#undef NAMED
	static char number[16];

	if (code <= 0 && -code < (int)COUNT_OF(names) && names[-code] != NULL)
		return names[-code];
	snprintf(number, sizeof(number), "%d", code);
	return number;
}
