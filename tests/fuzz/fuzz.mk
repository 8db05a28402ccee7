# SPDX-License-Identifier: BSD-2-Clause
# Copyright 2026 The sasl-classic authors
#
# The fuzz targets with libFuzzer and the sanitizers, apart from the build that
# configure prepared, since they want clang and every line instrumented. GNU
# make; run by `make fuzz` (see Makefile.am), which hands over
#
#	SRCDIR CC CPPFLAGS LIBS	where and with what
#	TARGETS			tests/fuzz/TARGET.c
#	SOURCES			what all of them may need
#	SOURCES_TARGET		what comes in place of that in one of them
#	SECONDS			how long each is run
#
# Corpora that grow and inputs that were found stay in fuzz/, to be run again.

CFLAGS = -std=gnu11 -g -O1 -fno-omit-frame-pointer \
	-D__SANITIZE_ADDRESS__=1 -Wno-deprecated-declarations
SANITIZE = address,undefined

objects = $(patsubst %.c,fuzz/%.o,$(filter %.c,$(1)))

.PHONY: run $(TARGETS:%=run-%)
.SECONDARY:
.SECONDEXPANSION:
run: $(TARGETS:%=run-%)

$(TARGETS:%=run-%): run-%: fuzz/%
	@SECONDS_EACH=$(SECONDS) $(SHELL) $(SRCDIR)/tests/fuzz/run.sh \
		$* $(SRCDIR)/tests/fuzz/corpus/$*

$(TARGETS:%=fuzz/%): fuzz/%: fuzz/tests/fuzz/%.o fuzz/tests/fuzz/fuzz.o \
		$$(call objects,$$(SOURCES_$$*)) fuzz/all.a
	@echo "  LINK     $@"
	@$(CC) -fsanitize=fuzzer,$(SANITIZE) -Wl,-z,now -o $@ $^ $(LIBS)

# libFuzzer has a main() of its own.
fuzz/all.a: $(call objects,$(filter-out %/test.c,$(SOURCES)))
	@rm -f $@
	@ar rcs $@ $^

fuzz/%.o: $(SRCDIR)/%.c
	@mkdir -p $(@D)
	@echo "  CC       $@"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -fsanitize=fuzzer-no-link,$(SANITIZE) \
		-fno-sanitize-recover=all -MMD -MP -c -o $@ $<

-include $(patsubst %.o,%.d,$(call objects,$(SOURCES) \
	$(foreach t,$(TARGETS),tests/fuzz/$(t).c $(SOURCES_$(t)))))
