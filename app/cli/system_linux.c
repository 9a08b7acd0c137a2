/* SPDX-License-Identifier: Apache-2.0 */
/* Linux. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "cli/system.h"

/* ---- terminals ---- */

bool system_is_terminal(FILE *stream) {
  return isatty(fileno(stream));
}

int system_terminal_columns(FILE *stream) {
  struct winsize size;
  return isatty(fileno(stream)) && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool system_can_ask(void) {
  return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

bool system_is_typed(void) {
  struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
  return isatty(STDIN_FILENO) && poll(&input, 1, 0) == 1 && (input.revents & POLLIN);
}

int system_terminal_open(void) {
  return open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
}

bool system_ask_unseen(int terminal, const char *question, char *line, size_t size) {
  struct termios seen, unseen;
  if (tcgetattr(terminal, &seen) != 0) return false;
  unseen = seen;
  unseen.c_lflag &= ~(tcflag_t)ECHO;
  if (tcsetattr(terminal, TCSAFLUSH, &unseen) != 0) return false;
  bool asked = write(terminal, question, strlen(question)) >= 0;
  const ssize_t length = asked ? read(terminal, line, size - 1) : -1;
  (void)tcsetattr(terminal, TCSAFLUSH, &seen);
  asked = asked && write(terminal, "\n", 1) == 1;
  if (length >= 0) line[length] = '\0';
  return asked && length >= 0;
}

/* ---- interruption ---- */

#define REMEMBERED 8

static char remembered[REMEMBERED][PATH_MAX];
static volatile sig_atomic_t used[REMEMBERED];
static const int ending[] = { SIGINT, SIGTERM, SIGHUP };

/* Only async-signal-safe calls here and in what follows: the interrupted thread may hold any lock. */
void interrupt_clear(void) {
  for (size_t i = 0; i < REMEMBERED; i++) {
    if (used[i]) unlink(remembered[i]);
  }
}

static void end_now(int number) {
  interrupt_clear();
  if (isatty(STDERR_FILENO)) {
    ssize_t ignored = write(STDERR_FILENO, "\r\033[K", 4);
    (void)ignored;
  }
  _exit(128 + number);
}

void interrupt_install(void) {
  struct sigaction action = { .sa_handler = end_now };
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
    struct sigaction before;
    /* Under nohup SIGHUP is ignored, and stays so. */
    if (sigaction(ending[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(ending[i], &action, NULL);
  }
  /* A reader that is gone and a file-size limit are ordinary write errors, with a message. */
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}

bool interrupt_remember(const char *path) {
  for (size_t i = 0; i < REMEMBERED; i++) {
    if (used[i] || strlen(path) >= PATH_MAX) continue;
    strcpy(remembered[i], path);
    used[i] = 1;
    return true;
  }
  return false;
}

void interrupt_forget(const char *path) {
  for (size_t i = 0; i < REMEMBERED; i++) {
    if (used[i] && strcmp(remembered[i], path) == 0) used[i] = 0;
  }
}

static void mask(int how) {
  sigset_t set;
  sigemptyset(&set);
  for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) sigaddset(&set, ending[i]);
  pthread_sigmask(how, &set, NULL);
}

void interrupt_hold(void) {
  mask(SIG_BLOCK);
}

void interrupt_release(void) {
  mask(SIG_UNBLOCK);
}

static int watched = -1;

static void tell_watcher(int number) {
  const int why = errno;
  const unsigned char what = (unsigned char)number;
  const ssize_t ignored = write(watched, &what, 1);
  (void)ignored;
  errno = why;
}

int interrupt_watch(void) {
  int ends[2];
  struct sigaction action = { .sa_handler = tell_watcher, .sa_flags = SA_RESTART };
  sigfillset(&action.sa_mask);
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  watched = ends[1];
  for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
    struct sigaction before;
    if (sigaction(ending[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(ending[i], &action, NULL);
  }
  return ends[0];
}

/* ---- clock and processors ---- */

double system_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void system_sleep(double seconds) {
  struct timespec left = { .tv_sec = (time_t)seconds };
  left.tv_nsec = (long)((seconds - (double)left.tv_sec) * 1e9);
  while (nanosleep(&left, &left) != 0 && errno == EINTR) continue;
}

size_t system_processors(void) {
  cpu_set_t set;
  const int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  return count > 0 ? (size_t)count : 1;
}

/* ---- work in processes of their own ---- */

/* In the new process: its answer, and out, without what this program would do at its end. */
static _Noreturn void be_worker(void (*work)(void *user, FILE *to), void *user, int answer, pid_t parent) {
  (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);
  FILE *to = fdopen(answer, "w");
  if (!to) _exit(1);
  work(user, to);
  const bool whole = !ferror(to) && fclose(to) == 0;
  _exit(whole ? 0 : 1);
}

bool system_worker_start(system_worker *w, void (*work)(void *user, FILE *to), void *user) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  (void)fflush(NULL);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) {
    (void)close(ends[0]);
    be_worker(work, user, ends[1], parent);
  }
  const int cause = errno;
  (void)close(ends[1]);
  if (pid < 0) {
    (void)close(ends[0]);
    errno = cause;
    return false;
  }
  *w = (system_worker){ .process = pid, .answer = ends[0] };
  return true;
}

bool system_workers_wait(const system_worker *workers, size_t count, int ms, bool *ready) {
  struct pollfd *ends = calloc(count, sizeof *ends);
  if (!ends) return false;
  for (size_t i = 0; i < count; i++) ends[i] = (struct pollfd){ workers[i].answer, POLLIN, 0 };
  const int found = poll(ends, (nfds_t)count, ms);
  const int cause = errno;
  for (size_t i = 0; i < count; i++) ready[i] = found > 0 && workers[i].process && ends[i].revents;
  free(ends);
  errno = cause;
  return found >= 0 || cause == EINTR;
}

long system_worker_read(const system_worker *w, void *to, size_t most) {
  const ssize_t got = read(w->answer, to, most);
  if (got < 0) return errno == EINTR || errno == EAGAIN ? 0 : -1;
  return got > 0 ? got : -1;
}

system_worker_end system_worker_finish(system_worker *w, bool stop) {
  int status = 0;
  if (w->answer >= 0 && !stop) (void)close(w->answer);
  if (stop) (void)kill((pid_t)w->process, SIGTERM);
  while (waitpid((pid_t)w->process, &status, 0) < 0 && errno == EINTR) continue;
  if (w->answer >= 0 && stop) (void)close(w->answer);
  *w = (system_worker){ .answer = -1 };
  return (system_worker_end){ .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                              .status = WIFEXITED(status) ? WEXITSTATUS(status) : 0 };
}
