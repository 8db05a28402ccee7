#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# Compares the plugins of the build tree with the stock ones: makes a
# directory of links for each, so that nothing but the three mechanisms and
# sasldb is loaded, and runs compare. Called by "make bench".
#
# From the environment: abs_top_builddir, abs_top_srcdir, OUR_PLUGINDIR,
# STOCK_PLUGINDIR. BENCH_FLAGS goes to compare, e.g. "--quick" or "--rounds 30".
set -eu

bench=${abs_top_builddir:?}/bench
mkdir -p "$bench/ours" "$bench/stock" "$bench/users"
for name in libplain.so liblogin.so libcrammd5.so; do
	ln -sf "$OUR_PLUGINDIR/$name" "$bench/ours/$name"
	ln -sf "$STOCK_PLUGINDIR/$name" "$bench/stock/$name"
done
for dir in ours stock; do
	ln -sf "$STOCK_PLUGINDIR/libsasldb.so" "$bench/$dir/libsasldb.so"
done

set --
if [ -x "$bench/measure_gsasl" ]; then
	set -- --gsasl "$bench/measure_gsasl"
fi
if command -v valgrind >/dev/null; then
	set -- "$@" --callgrind "${abs_top_srcdir:?}/bench/callgrind.sh"
fi
# shellcheck disable=SC2086 # BENCH_FLAGS are words
exec "$bench/compare" --users "$bench/users" --data "$bench/data.tsv" "$@" \
	${BENCH_FLAGS-} "$bench/measure" "$bench/ours" "$bench/stock"
