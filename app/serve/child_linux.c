/* SPDX-License-Identifier: Apache-2.0 */
/* Linux: /proc/self/exe, rlimits, and a child that ends with its parent. */
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "serve/child.h"

#define WORDS_MAX 96

static const int ending[] = { SIGINT, SIGTERM, SIGHUP };

static void limit(int what, unsigned long most) {
  struct rlimit to;
  if (getrlimit((__rlimit_resource_t)what, &to) != 0) return;
  if (to.rlim_max == RLIM_INFINITY || to.rlim_max > most) to.rlim_max = most;
  to.rlim_cur = to.rlim_max;
  (void)setrlimit((__rlimit_resource_t)what, &to);
}

/* RLIMIT_DATA counts what is written to; address space alone (stacks and arenas of many threads) is no memory. */
static void limit_all(void) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  limit(RLIMIT_DATA, CHILD_MEMORY);
#endif
  limit(RLIMIT_CPU, CHILD_CPU_S);
  limit(RLIMIT_FSIZE, CHILD_FILE);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, 256);
}

/* In the new process, where only async-signal-safe functions may be called. */
static _Noreturn void become(char *const *words, int from, int to, int told, pid_t parent) {
  sigset_t none;
  (void)sigemptyset(&none);
  for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) (void)signal(ending[i], SIG_DFL);
  (void)sigprocmask(SIG_SETMASK, &none, NULL);
  (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);
  (void)setsid();
  limit_all();
  if (dup2(from, 0) < 0 || dup2(to, 1) < 0 || dup2(told, 2) < 0) _exit(1);
  (void)close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
  (void)execv("/proc/self/exe", words);
  _exit(127);
}

bool child_start(child *c, const char *const *words) {
  char *all[WORDS_MAX + 2] = { (char[]){ "sagitta" } };
  int ends[2];
  size_t count = 1;
  for (; *words; words++) {
    if (count > WORDS_MAX) {
      errno = E2BIG;
      return false;
    }
    all[count++] = (char *)(uintptr_t)*words;
  }
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nothing < 0) return false;
  if (pipe2(ends, O_CLOEXEC) != 0) {
    (void)close(nothing);
    return false;
  }
  const pid_t parent = getpid(), pid = fork();
  if (pid == 0) become(all, nothing, nothing, ends[1], parent);
  const int why = errno;
  (void)close(nothing);
  (void)close(ends[1]);
  if (pid < 0) {
    (void)close(ends[0]);
    errno = why;
    return false;
  }
  (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
  *c = (child){ .process = pid, .told = ends[0] };
  return true;
}

long child_read(const child *c, char *to, size_t most) {
  for (;;) {
    const ssize_t got = read(c->told, to, most);
    if (got > 0) return (long)got;
    if (got == 0) return -1;
    if (errno == EAGAIN || errno == EWOULDBLOCK) return 0;
    if (errno != EINTR) return -1;
  }
}

child_end child_finish(child *c, bool stop) {
  int status = 0;
  child_end end = { 0, 1 };
  if (c->process > 0 && stop) (void)kill((pid_t)c->process, SIGKILL);
  while (c->process > 0 && waitpid((pid_t)c->process, &status, 0) < 0 && errno == EINTR) continue;
  if (c->process > 0) {
    end.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    end.status = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  }
  if (c->told >= 0) (void)close(c->told);
  *c = (child){ .told = -1 };
  return end;
}

void child_open_browser(const char *path) {
  const pid_t pid = fork();
  if (pid != 0) {
    if (pid > 0) (void)waitpid(pid, NULL, 0);
    return;
  }
  /* A grandchild, so that nobody has to wait for the browser. */
  if (fork() != 0) _exit(0);
  sigset_t none;
  (void)sigemptyset(&none);
  for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) (void)signal(ending[i], SIG_DFL);
  (void)sigprocmask(SIG_SETMASK, &none, NULL);
  (void)setsid();
  const int nothing = open("/dev/null", O_RDWR);
  if (nothing >= 0) {
    (void)dup2(nothing, 0);
    (void)dup2(nothing, 1);
    (void)dup2(nothing, 2);
  }
  (void)close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
  (void)execlp("xdg-open", "xdg-open", path, (char *)NULL);
  _exit(127);
}
