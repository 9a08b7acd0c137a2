/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A layer between the program and the heap, loaded with LD_PRELOAD (tests/torture/torture.py): the N-th allocation that
 * Sagitta's own code asks for fails, all others are served. Own code is what lies in the program, in its libraries and
 * in its modules, which come later; what libraries allocate for themselves is left alone (GLib ends the process by
 * design).
 *
 *   TORTURE_FAIL=N      which allocation of this process fails, from 1 on; 0 or unset: none
 *   TORTURE_REPORT=F    at exit one line "ALLOCATIONS LIVE" is appended to F, LIVE being own allocations never freed
 *
 * glibc's own names for the heap (__libc_malloc …) are what is called through to, so that nothing has to be looked up.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *at, size_t bytes);
void __libc_free(void *at);

enum { RANGES = 24, SLOTS = 1 << 20 };
static struct { uintptr_t from, to; } own[RANGES];
static int own_count;
static uint64_t asked, fails;
static int64_t live;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uintptr_t *held; /* open addressing: pointers that own code was given; 1 = was there */

static bool is_known(uintptr_t from) {
  for (int i = 0; i < own_count; i++)
    if (own[i].from == from) return true;
  return false;
}

/* The program's modules have names of their own: those of app/modules and cv/video. */
static bool is_module(const char *path) {
  static const char *const names[] = { "film.so", "pages.so", "serve.so", "decoding.so", "opencv.so" };
  const char *slash = strrchr(path, '/');
  for (size_t i = 0; slash && i < sizeof names / sizeof *names; i++)
    if (strcmp(slash + 1, names[i]) == 0) return true;
  return false;
}

static int take_object(struct dl_phdr_info *info, size_t size, void *number) {
  (void)size;
  const bool program = (*(int *)number)++ == 0;
  if (!program && !strstr(info->dlpi_name, "libsagitta") && !is_module(info->dlpi_name)) return 0;
  for (int i = 0; i < info->dlpi_phnum && own_count < RANGES; i++) {
    if (info->dlpi_phdr[i].p_type != PT_LOAD || !(info->dlpi_phdr[i].p_flags & PF_X)) continue;
    if (is_known(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr)) continue;
    own[own_count].from = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
    own[own_count].to = own[own_count].from + info->dlpi_phdr[i].p_memsz;
    own_count++;
  }
  return 0;
}

__attribute__((constructor)) static void begin(void) {
  int number = 0;
  const char *fail = getenv("TORTURE_FAIL");
  fails = fail ? strtoull(fail, NULL, 10) : 0;
  held = __libc_calloc(SLOTS, sizeof *held);
  (void)dl_iterate_phdr(take_object, &number);
}

/* A module that comes is own code from here on. */
void *dlopen(const char *path, int flags) {
  int number = 0;
  void *(*next)(const char *, int) = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");
  void *module = next ? next(path, flags) : NULL;
  if (module && path && is_module(path)) {
    pthread_mutex_lock(&lock);
    (void)dl_iterate_phdr(take_object, &number);
    pthread_mutex_unlock(&lock);
  }
  return module;
}

__attribute__((destructor)) static void end(void) {
  const char *name = getenv("TORTURE_REPORT");
  char line[64];
  if (!name) return;
  const int length = snprintf(line, sizeof line, "%llu %lld\n", (unsigned long long)asked, (long long)live);
  const int file = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return;
  if (write(file, line, (size_t)length) != length) _exit(99);
  close(file);
}

static bool is_own(const void *caller) {
  for (int i = 0; i < own_count; i++) {
    if ((uintptr_t)caller >= own[i].from && (uintptr_t)caller < own[i].to) return true;
  }
  return false;
}

/* The slot of a pointer, or the free one where it would go; SLOTS where there is none. The lock is held. */
static size_t slot_of(uintptr_t at) {
  size_t first = SLOTS;
  for (size_t i = 0, k = (at >> 4) * 0x9e3779b97f4a7c15u >> 44; i < SLOTS; i++, k = (k + 1) % SLOTS) {
    if (held[k] == at) return k;
    if (held[k] == 1 && first == SLOTS) first = k;
    if (held[k] == 0) return first == SLOTS ? k : first;
  }
  return first;
}

static void hold(void *at) {
  if (!at || !held) return;
  pthread_mutex_lock(&lock);
  const size_t k = slot_of((uintptr_t)at);
  if (k < SLOTS) {
    held[k] = (uintptr_t)at;
    live++;
  }
  pthread_mutex_unlock(&lock);
}

static void let_go(void *at) {
  if (!at || !held) return;
  pthread_mutex_lock(&lock);
  const size_t k = slot_of((uintptr_t)at);
  if (k < SLOTS && held[k] == (uintptr_t)at) {
    held[k] = 1;
    live--;
  }
  pthread_mutex_unlock(&lock);
}

/* Whether this request of own code is the one that fails. */
static bool fails_now(void) {
  const uint64_t number = __atomic_add_fetch(&asked, 1, __ATOMIC_RELAXED);
  if (number != fails) return false;
  errno = ENOMEM;
  return true;
}

void *malloc(size_t bytes) {
  if (!is_own(__builtin_return_address(0))) return __libc_malloc(bytes);
  if (fails_now()) return NULL;
  void *at = __libc_malloc(bytes);
  hold(at);
  return at;
}

void *calloc(size_t count, size_t bytes) {
  if (!is_own(__builtin_return_address(0))) return __libc_calloc(count, bytes);
  if (fails_now()) return NULL;
  void *at = __libc_calloc(count, bytes);
  hold(at);
  return at;
}

void *realloc(void *before, size_t bytes) {
  if (!is_own(__builtin_return_address(0))) {
    let_go(before);
    return __libc_realloc(before, bytes);
  }
  if (fails_now()) return NULL;
  let_go(before);
  void *at = __libc_realloc(before, bytes);
  hold(at ? at : before);
  return at;
}

void free(void *at) {
  let_go(at);
  __libc_free(at);
}

static char *copy(const char *text, size_t length) {
  char *at = __libc_malloc(length + 1);
  if (!at) return NULL;
  memcpy(at, text, length);
  at[length] = '\0';
  return at;
}

char *strdup(const char *text) {
  const bool ours = is_own(__builtin_return_address(0));
  if (ours && fails_now()) return NULL;
  char *at = copy(text, strlen(text));
  if (ours) hold(at);
  return at;
}

char *strndup(const char *text, size_t most) {
  const bool ours = is_own(__builtin_return_address(0));
  if (ours && fails_now()) return NULL;
  char *at = copy(text, strnlen(text, most));
  if (ours) hold(at);
  return at;
}
