/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/interrupt.h"

#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#define REMEMBERED 8

static char remembered[REMEMBERED][PATH_MAX];
static volatile sig_atomic_t used[REMEMBERED];
static const int ending[] = { SIGINT, SIGTERM, SIGHUP };

/* Only async-signal-safe calls: the interrupted thread may hold any lock. */
static void end_now(int number) {
  for (size_t i = 0; i < REMEMBERED; i++) {
    if (used[i]) unlink(remembered[i]);
  }
  if (isatty(STDERR_FILENO)) {
    ssize_t ignored = write(STDERR_FILENO, "\r\033[K", 4);
    (void)ignored;
  }
  _exit(128 + number);
}

void signals_install(void) {
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

bool signals_remember(const char *path) {
  for (size_t i = 0; i < REMEMBERED; i++) {
    if (used[i] || strlen(path) >= PATH_MAX) continue;
    strcpy(remembered[i], path);
    used[i] = 1;
    return true;
  }
  return false;
}

void signals_forget(const char *path) {
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

void signals_hold(void) {
  mask(SIG_BLOCK);
}

void signals_release(void) {
  mask(SIG_UNBLOCK);
}
