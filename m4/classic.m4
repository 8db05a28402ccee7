dnl SPDX-License-Identifier: BSD-2-Clause
dnl Copyright 2026 The sasl-classic authors
dnl
# Probes of this project.

# CLASSIC_COMPILER_FLAG(VARIABLE, FLAG): append FLAG to VARIABLE if the compiler
# takes it without a word.
AC_DEFUN([CLASSIC_COMPILER_FLAG], [
  AS_VAR_PUSHDEF([known], [classic_cv_compiler_flag_$2])
  AC_CACHE_CHECK([whether $CC accepts $2], [known], [
    classic_save_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS -Werror $2"
    AC_COMPILE_IFELSE([AC_LANG_SOURCE([[#include <string.h>
      int main(void) { return 0; }]])],
      [AS_VAR_SET([known], [yes])], [AS_VAR_SET([known], [no])])
    CFLAGS=$classic_save_CFLAGS
  ])
  AS_VAR_IF([known], [yes], [$1="$$1 $2"])
  AS_VAR_POPDEF([known])
])

# CLASSIC_LINKER_FLAG(VARIABLE, FLAG): the same for the linker.
AC_DEFUN([CLASSIC_LINKER_FLAG], [
  AS_VAR_PUSHDEF([known], [classic_cv_linker_flag_$2])
  AC_CACHE_CHECK([whether the linker accepts $2], [known], [
    classic_save_LDFLAGS=$LDFLAGS
    LDFLAGS="$LDFLAGS -Werror $2"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
      [AS_VAR_SET([known], [yes])], [AS_VAR_SET([known], [no])])
    LDFLAGS=$classic_save_LDFLAGS
  ])
  AS_VAR_IF([known], [yes], [$1="$$1 $2"])
  AS_VAR_POPDEF([known])
])

# CLASSIC_MISSING(WHAT, DEBIAN, FEDORA): end with what to install.
AC_DEFUN([CLASSIC_MISSING], [
  AC_MSG_ERROR([$1 is missing.
  Debian, Ubuntu:  apt install $2
  Fedora:          dnf install $3])
])

# CLASSIC_ELSEWHERE(WHAT, [SWITCHES]): end with what the system has not, and how
# to do without it.
AC_DEFUN([CLASSIC_ELSEWHERE], [
  AC_MSG_ERROR([this system has no $1, which is used here.
  The plugins are for Linux, and for what has these of its interfaces.m4_ifval([$2], [
  Without what wants it: $2])])
])

# CLASSIC_VERSION_SCRIPT: a plugin exports its functions and nothing else.
AC_DEFUN([CLASSIC_VERSION_SCRIPT], [
  AC_CACHE_CHECK([whether the linker takes a version script],
    [classic_cv_version_script], [
    classic_save_LDFLAGS=$LDFLAGS
    LDFLAGS="$LDFLAGS -Wl,--version-script=conftest.map"
    AS_ECHO(['{ local: *; };']) >conftest.map
    AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
      [classic_cv_version_script=yes], [classic_cv_version_script=no])
    rm -f conftest.map
    LDFLAGS=$classic_save_LDFLAGS
  ])
  AS_VAR_IF([classic_cv_version_script], [yes], [],
    [CLASSIC_ELSEWHERE([linker that takes -Wl,--version-script])])
])

# CLASSIC_PLUGINDIR: sets plugindir, where libsasl2 looks for plugins, and
# stockdir, the same before --with-plugindir is heard: tests want its plugins.
# classic_plugindir is plugindir with all that it refers to, to be shown. The
# classic way in which plugins are never found is a guess at this place, so the
# guess must hold plugins already.
AC_DEFUN([CLASSIC_PLUGINDIR], [
  AC_ARG_WITH([plugindir],
    [AS_HELP_STRING([--with-plugindir=DIR],
      [where libsasl2 looks for plugins, as its own package says])])
  AC_MSG_CHECKING([where libsasl2 looks for plugins])
  stockdir=
  for classic_dir in "`$PKG_CONFIG --variable=plugindir libsasl2`" \
      "`$PKG_CONFIG --variable=libdir libsasl2`/sasl2"; do
    for classic_file in "$classic_dir"/lib*.so; do
      AS_IF([test -f "$classic_file" && test -z "$stockdir"],
        [stockdir=$classic_dir])
    done
  done
  AC_MSG_RESULT([${stockdir:-not found}])
  AS_CASE([$with_plugindir],
    [''|yes|no], [
      AS_IF([test -z "$stockdir"], [AC_MSG_ERROR([no directory with plugins
  of libsasl2 was found beside the library. Say where it looks for them:
  --with-plugindir=DIR])])
      plugindir=$stockdir],
    [/*|'$'*], [plugindir=$with_plugindir],
    [AC_MSG_ERROR([--with-plugindir=$with_plugindir: not an absolute path])])
  CLASSIC_PLUGINDIR_CHECK
  AC_SUBST([plugindir])
  AC_SUBST([stockdir])
])

# CLASSIC_PLUGINDIR_CHECK: make must be able to take it, nothing else may stand
# there, and libsasl2 must look there: by itself, or as it is told by SASL_PATH,
# which one who installs elsewhere on purpose gives to configure, too. The last
# of the places asked above, $classic_dir, is where it looks if it has no plugins.
AC_DEFUN([CLASSIC_PLUGINDIR_CHECK], [
  classic_plugindir=`
    test "x$prefix" != xNONE || prefix=$ac_default_prefix
    test "x$exec_prefix" != xNONE || exec_prefix=$prefix
    classic_now=$plugindir
    for classic_round in 1 2 3; do
      AS_CASE([$classic_now], ['$'*], [eval "classic_now=\"$classic_now\""])
    done
    AS_ECHO(["$classic_now"])`
  AS_CASE([$classic_plugindir],
    [*@<:@@<:@:space:@:>@\"\'\`\$\\@%:@@:>@*], [AC_MSG_ERROR(
      [--with-plugindir=$with_plugindir: it must do without blanks, quotes and
  what else means something to make or to a shell])])
  AS_IF([test -e "$classic_plugindir" && test ! -d "$classic_plugindir"],
    [AC_MSG_ERROR([--with-plugindir=$with_plugindir: not a directory])])
  AS_CASE([:$SASL_PATH:$stockdir:$classic_dir:],
    [*:"$plugindir":*|*:"$classic_plugindir":*|*:"${classic_plugindir%/}":*], [],
    [AC_MSG_WARN([libsasl2 looks in ${stockdir:-$classic_dir},
  and not in $classic_plugindir.
  It finds the plugins there if SASL_PATH and SASL_PLUGINDIR are set to that
  in the environment of a server.])])
])
