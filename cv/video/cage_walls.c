/* SPDX-License-Identifier: Apache-2.0 */
/* Linux: the walls of a cage. Landlock without a path, a seccomp allow-list, no new privileges, limits. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "video/cage.h"

#define MEMORY_MOST ((rlim_t)4 << 30)  /* bytes beside the shared memory */
#define CPU_MOST    ((rlim_t)4 * 3600) /* s: an hour of 4K on a slow machine */
#define FILES_MOST  32

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1 /* maps terabytes, and writes its findings to standard error */
#else
#define SANITIZED 0
#endif

/* ---- Landlock: https://docs.kernel.org/userspace-api/landlock.html ---- */

/* Everything that the kernel's version knows is handled, and nothing is allowed: by number, since the headers at the
 * build may be older than the kernel. */
static int close_paths(void) {
  const int version = sg_cage_landlock_version();
  if (version < 1) return errno ? errno : ENOSYS;
  struct {
    uint64_t files, network, scopes;
  } rules = { .files = version >= 5   ? (UINT64_C(1) << 16) - 1
                       : version >= 3 ? (UINT64_C(1) << 15) - 1
                       : version >= 2 ? (UINT64_C(1) << 14) - 1
                                      : (UINT64_C(1) << 13) - 1,
              .network = version >= 4 ? 3 : 0,
              .scopes = version >= 6 ? 3 : 0 };
  const size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  const int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0) return errno;
  const int code = syscall(SYS_landlock_restrict_self, ruleset, 0) != 0 ? errno : 0;
  (void)close(ruleset);
  return code;
}

/* ---- seccomp ---- */

/* Memory, threads, clocks, and what is open already. Everything else fails with EPERM: libraries that ask for a
 * processor's description or a random file do without. */
static const int allowed[] = {
  SCMP_SYS(read),
  SCMP_SYS(pread64),
  SCMP_SYS(lseek),
  SCMP_SYS(close),
  SCMP_SYS(sendmsg),
  SCMP_SYS(recvmsg),
  SCMP_SYS(munmap),
  SCMP_SYS(mremap),
  SCMP_SYS(madvise),
  SCMP_SYS(brk),
  SCMP_SYS(futex),
  SCMP_SYS(set_robust_list),
  SCMP_SYS(rseq),
  SCMP_SYS(sched_yield),
  SCMP_SYS(sched_getaffinity),
  SCMP_SYS(exit),
  SCMP_SYS(exit_group),
  SCMP_SYS(clock_gettime),
  SCMP_SYS(clock_nanosleep),
  SCMP_SYS(nanosleep),
  SCMP_SYS(gettimeofday),
  SCMP_SYS(getrandom),
  SCMP_SYS(gettid),
  SCMP_SYS(getpid),
  SCMP_SYS(rt_sigprocmask),
  SCMP_SYS(rt_sigreturn),
  SCMP_SYS(rt_sigaction),
  SCMP_SYS(sigaltstack),
  SCMP_SYS(restart_syscall),
  /* No fstat: libraries do it by newfstatat, which a path can be given to, and Landlock keeps none from being looked at
   * so. Sizes are found by lseek (sg_system_size). */
};

static int allow_some(scmp_filter_ctx filter) {
  int code = 0;
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed && code == 0; i++)
    code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
  /* No memory that is both written and run. */
  if (!code)
    code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  if (!code)
    code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  /* Threads and no processes. clone3 cannot be looked into: without it glibc takes clone. */
  if (!code)
    code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM));
  if (!code) code = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
  /* abort(): a signal to itself. */
  if (!code)
    code =
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
  if (!code && SANITIZED)
    code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, 2, 0));
  return code;
}

static int close_calls(void) {
  if (!sg_cage_has_seccomp()) return ENOSYS;
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (!filter) return ENOMEM;
  int code = allow_some(filter);
  if (!code) code = seccomp_load(filter);
  seccomp_release(filter);
  return -code;
}

/* ---- all of them ---- */

static void limit(int what, rlim_t most) {
  const struct rlimit both = { most, most };
  (void)setrlimit((__rlimit_resource_t)what, &both);
}

int sg_cage_close_walls(void) {
  (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, FILES_MOST);
  limit(RLIMIT_CPU, CPU_MOST);
  if (!SANITIZED) limit(RLIMIT_AS, MEMORY_MOST + SG_CAGE_ARENA);
  const bool has_landlock = sg_cage_landlock_version() >= 1, has_seccomp = sg_cage_has_seccomp();
  const int paths = has_landlock ? close_paths() : 0;
  if (paths) return paths;
  return has_seccomp ? close_calls() : 0;
}
