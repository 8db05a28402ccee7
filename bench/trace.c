/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Counting system calls with ptrace(2), see trace.h.
 */
#include "config.h"

#include "trace.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/ptrace.h>
#include <linux/ptrace.h> /* after the other */
#include <sys/syscall.h>
#include <sys/wait.h>

#include "fail.h"
#include "stopwatch.h"

enum { SYSCALL_STOP = SIGTRAP | 0x80 };

void
trace_me(void)
{
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
		fail("nobody may trace here");
}

/* Is it a clock reading at the start or the end of what counts? */
static bool
is_mark(const struct ptrace_syscall_info *info)
{
	return info->entry.nr == SYS_clock_gettime &&
	       info->entry.args[0] == STOPWATCH_CLOCK;
}

static void
count(pid_t pid, bool *inside, unsigned long *calls)
{
	struct ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof info, &info) <
	    0)
		fail("the kernel does not tell system calls");
	if (info.op != PTRACE_SYSCALL_INFO_ENTRY)
		return;
	if (is_mark(&info))
		*inside = !*inside;
	else if (*inside)
		++*calls;
}

int
trace_calls(pid_t pid, unsigned long *calls)
{
	bool inside = false;
	int status, signal;

	waitpid(pid, &status, 0);
	ptrace(PTRACE_SETOPTIONS, pid, NULL,
	    PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
	for (signal = 0; !WIFEXITED(status) && !WIFSIGNALED(status);) {
		ptrace(PTRACE_SYSCALL, pid, NULL, signal);
		waitpid(pid, &status, 0);
		signal = 0;
		if (!WIFSTOPPED(status))
			continue;
		if (WSTOPSIG(status) == SYSCALL_STOP)
			count(pid, &inside, calls);
		else if (WSTOPSIG(status) != SIGTRAP)
			signal = WSTOPSIG(status);
	}
	return status;
}
