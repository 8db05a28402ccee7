/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * All that the doctor can find, with what is told and what is to be done.
 */
#include "config.h"

#include "doctor/finding.h"

const struct finding_row finding_rows[FIND_COUNT] = {
	[FIND_NO_PLUGINS] = { "no-plugins", FINDING_FAULT,
	    "libsasl2 finds no plugin at all in {1}",
	    "install sasl-classic into {2}" },
	[FIND_NO_PLUGIN] = { "no-plugin", FINDING_FAULT, "no plugin offers {1}",
	    "install sasl-classic into {2}" },
	[FIND_NO_PLUGIN_DIRECTORY] = { "no-plugin-directory", FINDING_FAULT,
	    "there is no directory {1} to look for plugins in",
	    "correct the path, or make it and install the plugins "
	    "there",
	    "mkdir {1}" },
	[FIND_WRONG_DIRECTORY] = { "wrong-directory", FINDING_FAULT,
	    "{1} is where libsasl2 does not look for plugins", NULL,
	    "mv {1} {2}" },
	[FIND_WRONG_NAME] = { "wrong-name", FINDING_FAULT,
	    "{1} is ours, but libsasl2 loads only what ends in .so", NULL,
	    "ln -s {2} {3}" },
	[FIND_DANGLING_LINK] = { "plugin-broken", FINDING_FAULT,
	    "{1} is a link to nothing",
	    "or install the package again that it came with", "rm {1}" },
	[FIND_PLUGIN_BROKEN] = { "plugin-broken", FINDING_FAULT,
	    "{1} cannot be loaded: {2}",
	    "install what it misses, or the package again that it "
	    "came with; or move it away",
	    "mv {1} {1}.broken" },
	[FIND_NOT_A_PLUGIN] = { "not-a-plugin", FINDING_WARNING,
	    "{1} is no plugin of libsasl2", NULL, "mv {1} {1}.unused" },
	[FIND_PLUGIN_CRASH] = { "plugin-crash", FINDING_FAULT,
	    "{1}: a process that loads it ends {2}",
	    "no server that uses libsasl2 can start with it: move "
	    "it away, and install one that fits",
	    "mv {1} {1}.broken" },
	[FIND_PLUGIN_CRASH_LOGIN] = { "plugin-crash", FINDING_FAULT,
	    "a login by {1} ends the process {2}, in {3}",
	    "the file was made for another libsasl2: move it away, "
	    "and install one that fits",
	    "mv {3} {3}.broken" },
	[FIND_PLUGIN_REFUSAL] = { "plugin-refusal", FINDING_FAULT,
	    "{1} will not work here: {2}", "the log of the system says why" },
	[FIND_PLUGIN_WRITABLE] = { "plugin-writable", FINDING_FAULT,
	    "{1}, and can have servers run anything as root by it: "
	    "nothing of it was loaded",
	    "then run doctor again: nothing else was tried", "{2}" },
	[FIND_PLUGIN_PATH] = { "plugin-path", FINDING_NOTE,
	    "plugins are looked for in {1} because the environment "
	    "says so",
	    "a server has an environment of its own: Postfix drops "
	    "it unless import_environment names it" },
	[FIND_PLUGIN_LIST] = { "plugin-list", FINDING_WARNING,
	    "plugin_list in {1} names a file of plugins, and no "
	    "directory is searched: mechanisms, stores and users "
	    "were not looked at",
	    NULL, "sed -i --follow-symlinks '/^plugin_list:/d' {1}" },
	[FIND_UNKNOWN_LAYOUT] = { "unknown-layout", FINDING_FAULT,
	    "{1} is neither libsasl2 2.1 nor 2.2",
	    "sasl-classic refuses to work with it; a newer version "
	    "may know it" },
	[FIND_WRONG_LAYOUT] = { "wrong-layout", FINDING_FAULT,
	    "{1} does not know this libsasl2: {2}",
	    "install a sasl-classic that was made for it" },
	[FIND_OLD_PLUGIN] = { "wrong-layout", FINDING_FAULT,
	    "{1} comes from libsasl2 2.1 and crashes in this one, "
	    "which is 2.2 and has no {2} of its own",
	    NULL, "mv {1} {1}.broken" },
	[FIND_DUPLICATE_PLUGIN] = { "duplicate-plugin", FINDING_FAULT,
	    "{1} is in more than one file: {2} is used, and not "
	    "{3}; which comes first is up to the directory",
	    NULL, "mv {4} {4}.unused" },
	[FIND_FOREIGN_PLUGIN] = { "foreign-plugin", FINDING_FAULT,
	    "{1} is answered by {2}, which is not of sasl-classic",
	    "put the file of sasl-classic in its place, by "
	    "installing it again" },
	[FIND_NOT_OFFERED] = { "not-offered", FINDING_FAULT,
	    "{1} is loaded and yet not offered",
	    "the log of the system may say why" },
	[FIND_MECHANISM_FILTERED] = { "mechanism-filtered", FINDING_WARNING,
	    "{1} is not offered, because mech_list in {2} does not "
	    "name it",
	    NULL, "sed -i --follow-symlinks {3} {2}" },
	[FIND_CRAMMD5_HIDDEN] = { "crammd5-hidden", FINDING_NOTE,
	    "CRAM-MD5 is not offered, because "
	    "classic_crammd5_advertise says so" },
	[FIND_CRAMMD5_NO_AUXPROP] = { "crammd5-hidden", FINDING_NOTE,
	    "CRAM-MD5 is not offered: it needs stored secrets, and "
	    "pwcheck_method does not name auxprop" },
	[FIND_CRAMMD5_FIPS] = { "crammd5-hidden", FINDING_WARNING,
	    "CRAM-MD5 is not offered, perhaps because this machine "
	    "is in FIPS mode",
	    "see sasl-classic(7)" },
	[FIND_NO_CONFIG] = { "no-config", FINDING_FAULT,
	    "there is no {1}.conf for {2}, so libsasl2 uses its "
	    "defaults: sasldb, all mechanisms",
	    "make {3}; examples are in the documentation" },
	[FIND_UNREADABLE_CONFIG] = { "unreadable-config", FINDING_FAULT,
	    "{1} cannot be read: {2}", "let the server read it" },
	[FIND_CONFIG_READABLE] = { "config-readable", FINDING_WARNING,
	    "everybody can read {1} in {2}",
	    "the server must still be able to read it",
	    "chgrp {3} {2}; chmod 640 {2}" },
	[FIND_CONFIG_UNTRUSTED] = { "config-writable", FINDING_FAULT,
	    "{1}, and decides who is let in: nothing was tried",
	    "then run doctor again: nothing else was tried", "{2}" },
	[FIND_WRONG_CONFIG_DIRECTORY] = { "wrong-config-directory",
	    FINDING_FAULT, "{1} is not read by {2}",
	    "unless it is meant for another server", "mv -n {1} {3}" },
	[FIND_SHADOWED_CONFIG] = { "shadowed-config", FINDING_WARNING,
	    "{1} is not read, because {2} comes first",
	    "if it is the other one that is meant, move that",
	    "mv {1} {1}.unused" },
	[FIND_MALFORMED_LINE] = { "malformed-line", FINDING_FAULT,
	    "{1}, line {2}: this is not `option: value', and so "
	    "libsasl2 refuses the whole file",
	    "an option is letters, digits, - and _, and the colon "
	    "follows at once; or make it a comment",
	    "sed -i --follow-symlinks '{2}s/^/#/' {1}" },
	[FIND_NO_VALUE] = { "malformed-line", FINDING_FAULT,
	    "{1}, line {2}: {3} has no value, and so libsasl2 "
	    "refuses the whole file",
	    "give it one, or make it a comment",
	    "sed -i --follow-symlinks '{2}s/^/#/' {1}" },
	[FIND_LONG_LINE] = { "malformed-line", FINDING_FAULT,
	    "{1}, line {2}: more than 4094 characters, of which "
	    "libsasl2 takes the rest for another line",
	    "make it shorter, or remove it",
	    "sed -i --follow-symlinks '{2}d' {1}" },
	[FIND_PREFIXED_OPTION] = { "prefixed-option", FINDING_FAULT,
	    "{1}, line {2}: {3} has the prefix of imapd.conf, so "
	    "libsasl2 does not know it",
	    NULL, "sed -i --follow-symlinks '{2}s/sasl_//' {1}" },
	[FIND_UNKNOWN_OPTION] = { "unknown-option", FINDING_FAULT,
	    "{1}, line {2}: nobody knows an option {3}",
	    "sasl-classic(7) lists ours; or make it a comment",
	    "sed -i --follow-symlinks '{2}s/^/#/' {1}" },
	[FIND_MISSPELT_OPTION] = { "unknown-option", FINDING_FAULT,
	    "{1}, line {2}: nobody knows an option {3}: is it {4}?", NULL,
	    "sed -i --follow-symlinks {5} {1}" },
	[FIND_BAD_VALUE] = { "bad-value", FINDING_FAULT,
	    "{1}, line {2}: {3} cannot be \"{4}\", so its default is "
	    "used",
	    "it takes: {5}", "sed -i --follow-symlinks '{2}s/^/#/' {1}" },
	[FIND_REPEATED_OPTION] = { "repeated-option", FINDING_WARNING,
	    "{1}, line {2}: {3} was set above, and that is what "
	    "counts",
	    NULL, "sed -i --follow-symlinks '{2}s/^/#/' {1}" },
	[FIND_UNKNOWN_MECHANISM] = { "unknown-mechanism", FINDING_FAULT,
	    "mech_list in {1} names \"{2}\", which no plugin offers",
	    "blanks go between the names and nothing else; or "
	    "install the plugin",
	    "sed -i --follow-symlinks {3} {1}" },
	[FIND_UNKNOWN_METHOD] = { "unknown-method", FINDING_FAULT,
	    "pwcheck_method in {1} names \"{2}\", which nobody knows",
	    "it is auxprop, saslauthd, or both with a blank between",
	    "sed -i --follow-symlinks {3} {1}" },
	[FIND_NO_AUXPROP_PLUGIN] = { "no-auxprop-plugin", FINDING_FAULT,
	    "auxprop_plugin in {1} names \"{2}\", which is not there",
	    "install its package (on Debian libsasl2-modules-db, "
	    "-sql, -ldap; passwdfile is of sasl-classic), or "
	    "correct the name" },
	[FIND_LIBRARY_FAILURE] = { "library-failure", FINDING_FAULT,
	    "libsasl2 does not start: {1}",
	    "the log of the system may say why" },
	[FIND_LOG_LEVEL] = { "log-level", FINDING_NOTE,
	    "libsasl2 logs no refused login in a server without a "
	    "log of its own: log_level is not set in {1}",
	    "the reasons of refusals are logged with it",
	    "echo 'log_level: 3' >>{1}" },
	[FIND_STALE_TRANSITION] = { "stale-transition", FINDING_NOTE,
	    "auto_transition stores what saslauthd has accepted: a "
	    "password that is changed or locked there goes on "
	    "letting in by the stored one",
	    "pwcheck_method: saslauthd has PAM judge PLAIN and "
	    "LOGIN each time" },
	[FIND_OTHER_HASH_SCHEME] = { "other-hash-scheme", FINDING_WARNING,
	    "saslpasswd2 -n makes {1}, and an unknown user costs "
	    "{2}: response times reveal which users exist",
	    "let {3} and {4}, which saslpasswd2 reads, have the "
	    "same classic_hash_scheme",
	    "sed -i --follow-symlinks '/^classic_hash_scheme:/Id' {4}; echo "
	    "{5} >>{4}" },
	[FIND_NO_MAIN_CF] = { "no-main-cf", FINDING_FAULT,
	    "Postfix has no {1}/main.cf, so it cannot start",
	    "its package comes with examples; on Debian: "
	    "dpkg-reconfigure postfix" },
	[FIND_POSTFIX_BROKEN] = { "postfix-configuration", FINDING_FAULT,
	    "postconf cannot read the configuration in {1}", "see what it says",
	    "postconf -c {1} -n" },
	[FIND_NOT_CYRUS] = { "not-cyrus", FINDING_FAULT,
	    "Postfix does not use libsasl2: smtpd_sasl_type is {2}", NULL,
	    "postconf -c {1} -e smtpd_sasl_type=cyrus" },
	[FIND_AUTH_DISABLED] = { "auth-disabled", FINDING_FAULT,
	    "Postfix offers no AUTH: no smtpd has "
	    "smtpd_sasl_auth_enable=yes",
	    NULL, "postconf -c {1} -e smtpd_sasl_auth_enable=yes" },
	[FIND_EXIM_NO_AUTHENTICATOR] = { "auth-disabled", FINDING_FAULT,
	    "Exim has no authenticator with the driver cyrus_sasl",
	    "examples/exim has them; on Debian they are read from "
	    "conf.d only with dc_use_split_config=true" },
	[FIND_OTHER_SERVICE] = { "other-service", FINDING_FAULT,
	    "Postfix reads {2}.conf and not {3}.conf: "
	    "smtpd_sasl_path says so",
	    "or have the other file looked at: --service {2}",
	    "postconf -c {1} -e {4}" },
	[FIND_PLAINTEXT_FORBIDDEN] = { "plaintext-forbidden", FINDING_WARNING,
	    "Postfix hides PLAIN and LOGIN: "
	    "smtpd_sasl_security_options has noplaintext",
	    "smtpd_tls_auth_only=yes protects them",
	    "postconf -c {1} -e "
	    "smtpd_sasl_security_options=noanonymous" },
	[FIND_TLS_PLAINTEXT_FORBIDDEN] = { "plaintext-forbidden",
	    FINDING_WARNING,
	    "Postfix hides PLAIN and LOGIN under TLS: "
	    "smtpd_sasl_tls_security_options has noplaintext",
	    NULL,
	    "postconf -c {1} -e "
	    "smtpd_sasl_tls_security_options=noanonymous" },
	[FIND_SLAPD_PLAINTEXT] = { "plaintext-forbidden", FINDING_WARNING,
	    "slapd hides PLAIN and LOGIN: sasl-secprops forbids "
	    "them, as it does by default",
	    "let sasl-secprops (olcSaslSecProps) be noanonymous in "
	    "{1}, and restart slapd" },
	[FIND_NO_TLS] = { "no-tls", FINDING_FAULT,
	    "{2} offers AUTH under TLS only and no TLS: "
	    "smtpd_tls_auth_only=yes, and smtpd_tls_security_level "
	    "is none",
	    "it needs a certificate: smtpd_tls_cert_file or "
	    "smtpd_tls_chain_files",
	    "postconf -c {1} -e smtpd_tls_security_level=may" },
	[FIND_SERVER_FILTER] = { "server-filter", FINDING_WARNING,
	    "{2} hides {3}: {4} does not let it through", NULL,
	    "postconf -c {1} -e {5}" },
	[FIND_EHLO_DISCARDED] = { "ehlo-discarded", FINDING_FAULT,
	    "Postfix does not say that it has AUTH: "
	    "smtpd_discard_ehlo_keywords names it",
	    NULL, "postconf -c {1} -e smtpd_discard_ehlo_keywords={2}" },
	[FIND_EXCEPTED_NETWORKS] = { "excepted-networks", FINDING_WARNING,
	    "Postfix offers no AUTH to anybody: "
	    "smtpd_sasl_exceptions_networks is {2}",
	    NULL, "postconf -c {1} -e smtpd_sasl_exceptions_networks=" },
	[FIND_LOGIN_USELESS] = { "login-useless", FINDING_WARNING,
	    "a login gives no right to send mail: no restriction of "
	    "{2} has permit_sasl_authenticated",
	    NULL,
	    "postconf -c {1} -e "
	    "'smtpd_relay_restrictions=permit_mynetworks, "
	    "permit_sasl_authenticated, defer_unauth_destination'" },
	[FIND_NOT_RUNNING] = { "not-running", FINDING_WARNING,
	    "Postfix is not running", NULL, "postfix -c {1} start" },
	[FIND_RELOAD] = { "reload-needed", FINDING_WARNING,
	    "{2} is newer than the smtpd that is running, which "
	    "goes on with what it has read",
	    NULL, "postfix -c {1} reload" },
	[FIND_EHLO_DIFFERS] = { "ehlo-differs", FINDING_WARNING,
	    "at port {2} a client sees \"{3}\", and not \"{4}\"",
	    "the plugins and files of the running server may be "
	    "others",
	    "postfix -c {1} reload" },
	[FIND_NO_RATE_LIMIT] = { "no-rate-limit", FINDING_NOTE,
	    "nothing limits how often a client may guess: "
	    "smtpd_client_auth_rate_limit is 0",
	    "20 logins a minute for each client:",
	    "postconf -c {1} -e smtpd_client_auth_rate_limit=20" },
	[FIND_UNKNOWN_USER] = { "unknown-user", FINDING_NOTE,
	    "none of {1} is a user of this machine, so what {2} may "
	    "read was tried as root",
	    "--run-as USER says as whom it runs" },
	[FIND_NO_SASLDB] = { "no-sasldb", FINDING_FAULT,
	    "there is no sasldb {1}",
	    "`saslpasswd2 -c -f {1} NAME' makes it; or correct "
	    "sasldb_path" },
	[FIND_SASLDB_UNREADABLE] = { "sasldb-unreadable", FINDING_FAULT,
	    "{1}, which is {2}, cannot read the sasldb {3}: {4}", NULL,
	    "chgrp {5} {3}; chmod 640 {3}" },
	[FIND_DIRECTORY_CLOSED] = { "directory-closed", FINDING_FAULT,
	    "{1}, which is {2}, cannot enter {3}, where {4} is", NULL,
	    "chmod o+x {3}" },
	[FIND_SASLDB_OUTSIDE] = { "sasldb-outside-chroot", FINDING_FAULT,
	    "the sasldb {1} lies outside of the chroot of {2}, {3}",
	    "others find it by the link",
	    "mkdir -p {4} && mv {1} {5} && ln -s {5} {1}" },
	[FIND_SASLDB_PATH_OUTSIDE] = { "sasldb-outside-chroot", FINDING_FAULT,
	    "sasldb_path is {1}, and within the chroot of {2} that "
	    "is {3}",
	    NULL, "sed -i --follow-symlinks {4} {5}" },
	[FIND_SASLDB_FORMAT] = { "sasldb-format", FINDING_FAULT,
	    "the sasldb {1} is of {2}, and this libsasl2 reads {3}",
	    "sasl-classic import makes a passwdfile of it where its "
	    "own tools are" },
	[FIND_SASLDB_PATH_CRASH] = { "sasldb-path-crash", FINDING_FAULT,
	    "libsasl2 2.2 crashes at each login with sasldb_path, "
	    "which {1} has",
	    "and let the server have SASL_DBNAME={2} in its "
	    "environment",
	    "sed -i --follow-symlinks '/^sasldb_path:/d' {1}" },
	[FIND_TWO_SASLDBS] = { "two-sasldbs", FINDING_WARNING,
	    "saslpasswd2 writes {1}, but {2} reads {3}, which is "
	    "another file; only in the first: {4}",
	    "the first is kept as {1}.saved; set anew by "
	    "saslpasswd2 who is missing afterwards",
	    "{5}" },
	[FIND_SASLDB_OPEN] = { "sasldb-open", FINDING_WARNING,
	    "everybody can read or write the sasldb {1}",
	    "its group must be one that the server is in",
	    "chgrp {2} {1}; chmod 640 {1}" },
	[FIND_TRANSITION_UNWRITABLE] = { "transition-unwritable",
	    FINDING_WARNING,
	    "auto_transition is on, and {1} cannot write {2}: each "
	    "login leaves warnings in the log, and nobody gets "
	    "CRAM-MD5",
	    NULL, "chgrp {3} {2}; chmod 660 {2}" },
	[FIND_NO_PASSWDFILE] = { "no-passwdfile", FINDING_FAULT,
	    "there is no passwdfile {1}",
	    "`sasl-classic user add NAME' makes it; or correct "
	    "passwdfile_path" },
	[FIND_PASSWDFILE_UNSOUND] = { "passwdfile-refused", FINDING_FAULT,
	    "the plugin refuses the passwdfile: {1}", "everybody gets 454",
	    "chown root {2}; chmod 640 {2}" },
	[FIND_PASSWDFILE_LINE] = { "passwdfile-line", FINDING_WARNING,
	    "{1}, line {2} lets nobody in: {3}",
	    "correct the line, or make it a comment",
	    "sed -i --follow-symlinks '{2}s/^/#/' {1}" },
	[FIND_PASSWDFILE_LINES] = { "passwdfile-line", FINDING_WARNING,
	    "{1}: {2} more such lines", "correct these first" },
	[FIND_PASSWDFILE_RELOAD] = { "passwdfile-unreadable", FINDING_WARNING,
	    "{1}, which is {2}, cannot read the passwdfile {3}: what was "
	    "opened at the start goes on, and after each change logins fail "
	    "until it is started again",
	    NULL, "chgrp {4} {3}; chmod 640 {3}" },
	[FIND_PASSWDFILE_OUTSIDE] = { "passwdfile-outside-chroot",
	    FINDING_WARNING,
	    "the passwdfile {1} lies outside of the chroot of {2}, {3}: after "
	    "each change logins fail until `postfix reload'",
	    "others find it by the link",
	    "mkdir -p {4} && mv {1} {5} && ln -s {5} {1}" },
	[FIND_PASSWDFILE_WEAK] = { "weak-hash", FINDING_WARNING,
	    "{1} has secrets as {2}, which a thief of it would soon guess: "
	    "{3}",
	    "set new passwords: sasl-classic user passwd NAME" },
	[FIND_SASLAUTHD_DOWN] = { "saslauthd-not-running", FINDING_FAULT,
	    "nobody answers at {1}: {2}",
	    "or correct saslauthd_path, which is without the /mux "
	    "in saslauthd -m",
	    "service saslauthd start" },
	[FIND_SASLAUTHD_UNREACHABLE] = { "saslauthd-unreachable", FINDING_FAULT,
	    "{1}, which is {2}, may not connect to {3}",
	    "a member of its group; restart the server afterwards",
	    "adduser {1} {4}" },
	[FIND_SASLAUTHD_OUTSIDE] = { "saslauthd-outside-chroot", FINDING_FAULT,
	    "the socket {1} lies outside of the chroot of {2}, {3}",
	    "or let saslauthd make it in there: saslauthd -m {4}", "{5}" },
	[FIND_QUERY_FAILED] = { "query-failed", FINDING_FAULT,
	    "every query of the sql plugin fails, and so everybody "
	    "is unknown: {1}",
	    "correct sql_select in {2}, or the table" },
	[FIND_QUERY_COLUMN] = { "query-failed", FINDING_WARNING,
	    "a query of the sql plugin fails: {1}",
	    "make the column that it asks for; or, if it holds no "
	    "hashes, leave it out",
	    "echo 'classic_secrets: plaintext' >>{2}" },
	[FIND_QUERY_NOTE] = { "query-saved", FINDING_NOTE,
	    "sql_select in {1} asks for the same column whatever is "
	    "wanted, so each login asks twice",
	    "one query less, if it holds plaintext",
	    "echo 'classic_secrets: plaintext' >>{1}" },
	[FIND_LOGIN_TROUBLE] = { "login-trouble", FINDING_FAULT,
	    "nobody can log in by {1}: {2}, {3} ({4})",
	    "see that the store can be reached, and by this user" },
	[FIND_STORE_TIMEOUT] = { "store-timeout", FINDING_FAULT,
	    "a login by {1} gets no answer",
	    "see whether the store, or saslauthd, answers" },
	[FIND_NO_PASSWORD_CHECK] = { "no-password-check", FINDING_FAULT,
	    "{1} lets in a user who does not exist, with any "
	    "password",
	    "whatever judges passwords here judges none: correct "
	    "pwcheck_method" },
	[FIND_NO_SECRET] = { "no-secret", FINDING_FAULT,
	    "nothing is stored for {1}",
	    "is that the name with the right realm? (--realm, and "
	    "`sasldblistusers2' for a sasldb)" },
	[FIND_NO_SECRET_OTHERS] = { "no-secret", FINDING_NOTE,
	    "nothing is stored for {1}" },
	[FIND_OTHER_REALM] = { "other-realm", FINDING_FAULT,
	    "nothing is stored for {1}, but there is {2}",
	    "store it for the realm of the service, or let the user "
	    "log in with that name" },
	[FIND_UNUSABLE_SECRET] = { "unusable-secret", FINDING_FAULT,
	    "no mechanism can use what {1} has as {2}: {3}",
	    "it is locked, or of an unknown kind, or damaged, or "
	    "classic_secrets leaves it out: set a new password" },
	[FIND_UNUSABLE_SECRET_OTHERS] = { "unusable-secret", FINDING_WARNING,
	    "no mechanism can use what {1} has as {2}: {3}",
	    "it is locked, or of an unknown kind, or damaged, or "
	    "classic_secrets leaves it out: set a new password" },
	[FIND_NULL_SECRET] = { "unusable-secret", FINDING_FAULT,
	    "no mechanism can use what {1} has as {2}: the text "
	    "NULL",
	    "that stands for no password at all; saslpasswd2 makes "
	    "{PLAIN}NULL of a password that is NULL: set it anew" },
	[FIND_USELESS_FOR] = { "no-secret-for-mechanism", FINDING_FAULT,
	    "{1} cannot log in by {2}: nothing that is stored is of "
	    "use for it",
	    "set a password anew (saslpasswd2 -n stores for all "
	    "three mechanisms), or do not offer {2}" },
	[FIND_USELESS_FOR_YET] = { "no-secret-for-mechanism", FINDING_WARNING,
	    "{1} cannot log in by {2} as yet: nothing that is "
	    "stored is of use for it",
	    "one login by PLAIN or LOGIN stores it, since "
	    "auto_transition is on" },
	[FIND_USELESS_FOR_OTHERS] = { "no-secret-for-mechanism", FINDING_NOTE,
	    "nothing that is stored lets {1} in by {2}, so the "
	    "others of pwcheck_method judge" },
	[FIND_OTHER_MECHANISM] = { "other-mechanism", FINDING_WARNING,
	    "{1} is offered, too, and {2} cannot log in by it: "
	    "one-way secrets are nothing to it, and clients may "
	    "prefer it",
	    "offer what the plugins of sasl-classic serve, if all "
	    "users are one-way",
	    "sed -i --follow-symlinks '/^mech_list:/Id' {3}; echo 'mech_list: "
	    "PLAIN "
	    "LOGIN CRAM-MD5' >>{3}" },
	[FIND_TWO_TRUTHS] = { "two-truths", FINDING_WARNING,
	    "{1} has userPassword and one-way secrets, so two "
	    "passwords may be valid",
	    "`saslpasswd2 -n {2}' sets one for all" },
	[FIND_PLAINTEXT] = { "plaintext", FINDING_NOTE,
	    "the password of {1} is stored as it is",
	    "`sasl-classic import' makes a new store of one-way "
	    "secrets" },
	[FIND_HASH_AS_TEXT] = { "hash-as-plaintext", FINDING_WARNING,
	    "userPassword of {1} looks like a hash without a "
	    "prefix: the text itself would log in as the password",
	    "put the prefix of its scheme before it, as {MD5}; or "
	    "set a new password" },
	[FIND_WEAK_HASH] = { "weak-hash", FINDING_WARNING,
	    "{1} of {2} is {3}, which a thief of the store would "
	    "soon guess",
	    "set a new password: saslpasswd2 -n, or sasl-classic "
	    "hash" },
	[FIND_OTHER_HASH] = { "other-hash", FINDING_WARNING,
	    "{2} of {1} is {3}, and an unknown user costs {4}: "
	    "response times reveal which users exist",
	    "{5}" },
	[FIND_NO_DECOY] = { "no-decoy", FINDING_NOTE,
	    "{1} has a slow hash, and a login of an unknown user is "
	    "refused at once: response times reveal which users "
	    "exist",
	    "a line in {2} makes both cost the same",
	    "sasl-classic hash --decoy | sed 's/^/classic_decoy: /' "
	    ">>{2}" },
	[FIND_NOT_ROOT] = { "not-root", FINDING_NOTE,
	    "what the server's user can reach was not tried, since "
	    "you are not root",
	    "run doctor as root" },
	[FIND_NOT_REACHED] = { "not-root", FINDING_NOTE,
	    "what {1} can reach could not be tried: {2}",
	    "run doctor as root" },
	[FIND_NOT_ASKED] = { "not-asked", FINDING_NOTE,
	    "pwcheck_method does not name auxprop, so nothing that "
	    "is stored for the user matters" },
	[FIND_NOT_TRIED] = { "not-tried", FINDING_NOTE,
	    "{1} could not be tried by the user you are: {2}",
	    "run doctor as root" },
	[FIND_NO_CLIENT] = { "not-tried", FINDING_NOTE,
	    "{1} could not be tried: no client plugin offers it "
	    "({2})" },
};
