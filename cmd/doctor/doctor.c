/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic doctor: what is installed, what a server really uses, what is
 * wrong with it, and what to do.
 */
#include "config.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <dlfcn.h>
#include <grp.h>
#include <pwd.h>

#include "doctor/doctor.h"
#include "lib/json.h"

enum { PATIENCE = 15 }; /* seconds for one answer of a store */

const char *const doctor_mechanisms[] = { "PLAIN", "LOGIN", "CRAM-MD5", NULL };

/* --- For the checks ------------------------------------------------------- */

void *
doctor_shared(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory != MAP_FAILED)
		return memory;
	util_complain("out of memory");
	_exit(EXIT_TROUBLE);
}

void
doctor_leave(struct doctor *d)
{
	void *copy = mmap(NULL, sizeof(*d), PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (copy == MAP_FAILED)
		_exit(EXIT_TROUBLE);
	memcpy(copy, d, sizeof(*d));
	if (mremap(copy, sizeof(*d), sizeof(*d), MREMAP_MAYMOVE | MREMAP_FIXED,
		d) == MAP_FAILED)
		_exit(EXIT_TROUBLE);
}

bool
doctor_same_file(const char *one, const char *other)
{
	struct stat a, b;

	return stat(one, &a) == 0 && stat(other, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

const char *
doctor_option(const struct doctor *d, const char *name)
{
	const char *value = conf_file_get(&d->here.options, name);

	return value != NULL ? value : conf_file_get(&d->settings, name);
}

const char *
doctor_config(const struct doctor *d)
{
	return d->config != NULL	      ? d->config
	       : d->here.options_file != NULL ? d->here.options_file
	       : d->config_count > 0	      ? d->configs[0]
					      : "the configuration";
}

bool
doctor_uses(const struct doctor *d, const char *pwcheck_method)
{
	const char *methods = doctor_option(d, "pwcheck_method");

	return conf_has_word(
	    methods != NULL ? methods : "auxprop", pwcheck_method);
}

bool
doctor_transitions(const struct doctor *d)
{
	const char *value = doctor_option(d, "auto_transition");

	return value != NULL && strcasecmp(value, "no") != 0 &&
	       doctor_uses(d, "auxprop") && doctor_uses(d, "saslauthd");
}

bool
doctor_asks(const struct doctor *d, const char *auxprop_plugin)
{
	const char *plugins = doctor_option(d, "auxprop_plugin");
	struct library_plugin plugin;

	return doctor_uses(d, "auxprop") && !d->here.keeps_passwords &&
	       library_find(LIBRARY_STORE, auxprop_plugin, 0, &plugin) &&
	       (plugins == NULL || conf_has_word(plugins, auxprop_plugin));
}

bool
doctor_expects(const struct doctor *d, const char *mechanism)
{
	const char *list = d->options->expect;

	if (list == NULL)
		list = doctor_option(d, "mech_list");
	return list == NULL || conf_has_word(list, mechanism);
}

bool
doctor_offers(const struct doctor *d, const char *mechanism)
{
	return conf_has_word(d->offer, mechanism) &&
	       (d->here.filter == NULL ||
		   conf_has_word(d->here.filter, mechanism)) &&
	       !(d->here.hides_plaintext && strcmp(mechanism, "CRAM-MD5") != 0);
}

const char *
doctor_name(const struct doctor *d)
{
	return d->here.server != NULL ? d->here.server->name : "the server";
}

const char *
doctor_account(const struct doctor *d)
{
	return d->where.user != NULL ? d->where.user : "root";
}

const char *
doctor_group(const struct doctor *d)
{
	const struct passwd *who = getpwnam(doctor_account(d));
	const struct group *group = who != NULL ? getgrgid(who->pw_gid) : NULL;

	return group != NULL ? group->gr_name : "root";
}

/* --- The checks ----------------------------------------------------------- */

/* A plugin that crashes is not seen here: see examine_elsewhere(). */
static bool
is_harmless(void *context, const char *file, bool is_plugin)
{
	struct doctor *d = context;
	size_t i = 0;

	if (!is_plugin)
		return true;
	while (i < d->file_count && strcmp(d->files[i].path, file) != 0)
		i++;
	if (i == d->file_count || !d->files[i].trusted ||
	    *d->files[i].crash != '\0' || access(file, F_OK) < 0)
		return false;
	d->loading = i + 1;
	if (dlopen(file, RTLD_NOW) != NULL)
		return true;
	FIND(d, PLUGIN_BROKEN, file, dlerror());
	return false;
}

/*
 * The one start of libsasl2 in this process, since 2.2 can be started but once;
 * every look before was another process's.
 */
static void
start(struct doctor *d)
{
	const struct login login = service_login(d->options, &d->here);
	struct library_options library = service_library(d->options, &d->here);
	int result;

	if (conf_file_refused(&d->settings))
		library.app = NULL;
	library.look = is_harmless;
	library.look_context = d;
	result = library_start(&library);
	d->loading = 0;
	d->started = result == SASL_OK;
	if (d->started)
		d->offer = login_offer(&login);
	else if (!d->unknown_layout)
		FIND(d, LIBRARY_FAILURE, sasl_errstring(result, NULL, NULL));
}

static void
set_where(struct doctor *d)
{
	const struct cmdline *o = d->options;

	d->where.seconds = PATIENCE;
	d->where.user = o->run_as != NULL ? o->run_as : d->here.user;
	d->where.chroot =
	    o->chroot_dir != NULL ? o->chroot_dir : d->here.chroot;
	if (d->where.chroot != NULL && !strcmp(d->where.chroot, "/"))
		d->where.chroot = NULL;
	if (geteuid() == 0 ||
	    (d->where.user == NULL && d->where.chroot == NULL &&
		d->here.server == NULL))
		return;
	FIND(d, NOT_ROOT, doctor_account(d), "you are not root");
	d->where.user = d->where.chroot = NULL;
	d->as_we_are = true;
}

static const struct {
	void (*check)(struct doctor *d);
	bool started; /* it wants libsasl2 to run */
} checks[] = {
	{ set_where, false },
	{ check_survey, false },
	{ check_config, false },
	{ check_server, false },
	{ check_plugins, false },
	{ start, false },
	{ check_mechanisms, true },
	{ check_words, true },
	{ check_stores, true },
	{ check_logins, true },
	{ check_user, true },
	{ check_client_view, true },
};

/* All about one server, in a process of its own: an exit status. */
static int
examine(struct doctor *d)
{
	size_t i;

	for (i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if (!d->stopped &&
		    (!checks[i].started ||
			(d->started && !conf_file_refused(&d->settings))))
			checks[i].check(d);
	report_print(d);
	return finding_count(&d->findings) == 0 ? EXIT_WELL : EXIT_FAULT;
}

/* If a plugin ends the process that loads it, again without that plugin. */
static int
examine_elsewhere(struct doctor *d)
{
	struct doctor_file *f;
	int status = 0;
	pid_t pid;

	json_open(KEY_NONE, '{');
	fflush(NULL);
	do {
		d->loading = 0;
		d->stopped = false;
		d->findings = (struct findings) { NULL, 0 };
		d->settings = (struct conf_file) { NULL, 0 };
		d->user = (struct doctor_user) { .name = NULL };
		pid = fork();
		if (pid == 0)
			_exit(util_finish(examine(d)));
		while (pid > 0 && waitpid(pid, &status, 0) < 0)
			if (errno != EINTR)
				pid = -1;
		f = d->files + d->loading - 1;
		if (d->loading > 0)
			snprintf(f->crash, MAX_TEXT, "%s",
			    WIFSIGNALED(status) ? strsignal(WTERMSIG(status))
						: "by itself");
	} while (d->loading > 0);
	json_close();
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status)
					    : EXIT_TROUBLE;
}

/* The status is that of the server with the worst one. */
static void
run_one(struct doctor *d, const struct server *server, bool is_wanted,
    const struct cmdline *o, int *status)
{
	int one;

	memset(d, 0, sizeof(*d));
	d->options = o;
	server_read(&d->here, server, o->service, o->postfix_dir);
	if (!is_wanted && !d->here.is_configured)
		return;
	if (*status >= 0)
		json_else("\n");
	one = examine_elsewhere(d);
	*status = one > *status ? one : *status;
}

/*
 * The named server; or those that are installed and configured, or the first
 * that is installed.
 */
static int
run_all(struct doctor *d, const struct cmdline *o)
{
	const struct server *first = NULL, *server;
	int status = -1;

	if (o->service != NULL)
		run_one(d, server_find(o->service), true, o, &status);
	else
		for (server = servers; server < servers + server_count;
		     server++) {
			if (!server_is_installed(server))
				continue;
			first = first != NULL ? first : server;
			run_one(d, server, false, o, &status);
		}
	if (status < 0 && first != NULL)
		run_one(d, first, true, o, &status);
	if (status >= 0)
		return status;
	util_complain("no server that uses libsasl2 is installed: "
		      "--service names another one");
	return EXIT_TROUBLE;
}

static int
run(const struct cmdline *o)
{
	struct doctor *d = doctor_shared(sizeof(*d));
	int status;

	if (o->list) {
		finding_list();
		return util_finish(EXIT_WELL);
	}
	json_open(KEY_NONE, '{');
	json_open(KEY_services, '[');
	status = run_all(d, o);
	json_close();
	json_bool(KEY_well, status == EXIT_WELL);
	json_close();
	return util_finish(status);
}

const struct command doctor_command = {
	.name = "doctor",
	.bit = CMDLINE_DOCTOR,
	.summary = "what is installed, what is used, and what is wrong with it",
	.synopsis = "[OPTION...]",
	.about =
	    "Looks at libsasl2 as a server uses it: which plugin files it "
	    "loads, which\n"
	    "configuration it reads, whether it can reach what checks "
	    "passwords. Says\n"
	    "what is wrong, and what to do. Without --service it looks at "
	    "each server\n"
	    "that is installed. Run it as root: some questions are asked as "
	    "the server's\n"
	    "user and within its chroot. Each mechanism is tried with a user "
	    "who does\n"
	    "not exist, which shows in logs.\n",
	.run = run,
};
