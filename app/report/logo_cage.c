/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clinic's logo taken apart and drawn in a cage: by this program, started once more with the file's bytes in one
 * piece of shared memory and room for pixels in another, and with nothing else. It closes the walls (sagitta/cage.h)
 * when its libraries are there, and before it looks at a byte. Its answer is a size, pixels and a logo_fault; time and
 * memory are limited; a child that breaks down costs the logo.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report/clinic.h"
#include "sagitta/cage.h"

enum { BYTES = 3, PIXELS = 4, ABOVE = 10 }; /* descriptors of the child; of the parent's own, above them */
#define PATIENCE_MS 15000
#define DATA_MOST   ((rlim_t)1 << 30) /* bytes */

/* What the child writes: how large the picture is, and its rows from there on. */
typedef struct drawn {
  int32_t width, height;
  uint32_t pixel[LOGO_LINES_SIDE * LOGO_LINES_SIDE];
} drawn;

/* ---- the child ---- */

static logo_fault draw(drawn *to, const void *bytes, size_t length) {
  cairo_surface_t *picture = NULL;
  const logo_fault fault = logo_pixels(&picture, bytes, length);
  if (fault) return fault;
  cairo_surface_flush(picture);
  const unsigned char *from = cairo_image_surface_get_data(picture);
  const int width = cairo_image_surface_get_width(picture), height = cairo_image_surface_get_height(picture);
  const int stride = cairo_image_surface_get_stride(picture);
  for (int y = 0; y < height; y++) {
    memcpy(to->pixel + (ptrdiff_t)y * width, from + (ptrdiff_t)y * stride, 4 * (size_t)width);
  }
  to->width = width;
  to->height = height;
  cairo_surface_destroy(picture);
  return LOGO_FINE;
}

int logo_drawer_main(void) {
  const struct rlimit data = { DATA_MOST, DATA_MOST };
  const off_t length = lseek(BYTES, 0, SEEK_END);
  const void *bytes = length > 0 ? mmap(NULL, (size_t)length, PROT_READ, MAP_SHARED, BYTES, 0) : MAP_FAILED;
  drawn *to = mmap(NULL, sizeof *to, PROT_READ | PROT_WRITE, MAP_SHARED, PIXELS, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  (void)setrlimit(RLIMIT_DATA, &data);
#else
  (void)data;
#endif
  if (bytes == MAP_FAILED || to == MAP_FAILED) _exit(LOGO_MEMORY);
  if (sagitta_cage_close() != 0) _exit(LOGO_BROKE);
  _exit((int)draw(to, bytes, (size_t)length));
}

/* ---- the host ---- */

/* A piece of shared memory that nobody can make shorter, above the child's numbers; −1 and errno. */
static int memory_of(size_t size, const void *bytes) {
  const int made = memfd_create(LOGO_DRAWER, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  const int file = made >= 0 ? fcntl(made, F_DUPFD_CLOEXEC, ABOVE) : -1;
  if (made >= 0) (void)close(made);
  bool good = file >= 0 && ftruncate(file, (off_t)size) == 0;
  for (size_t at = 0; good && bytes && at < size;) {
    const ssize_t written = pwrite(file, (const char *)bytes + at, size - at, (off_t)at);
    if (written < 0 && errno == EINTR) continue;
    good = written > 0;
    if (good) at += (size_t)written;
  }
  good = good && fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0;
  if (good) return file;
  if (file >= 0) (void)close(file);
  return -1;
}

/* Of the environment nothing but where libraries are and what sanitizers are told: no key, no home. */
static void plain_environment(char **plain, size_t room) {
  static const char *const kept[] = { "LD_LIBRARY_PATH=", "ASAN_OPTIONS=", "UBSAN_OPTIONS=", "TSAN_OPTIONS=" };
  size_t count = 0;
  for (char **at = environ; at && *at; at++) {
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
      if (count + 1 < room && strncmp(*at, kept[i], strlen(kept[i])) == 0) plain[count++] = *at;
    }
  }
  plain[count] = NULL;
}

static bool start(pid_t *process, const char *program, int bytes, int pixels) {
  static char name[] = LOGO_DRAWER;
  char *words[] = { name, NULL }, *plain[8];
  posix_spawn_file_actions_t actions;
  plain_environment(plain, sizeof plain / sizeof *plain);
  if (posix_spawn_file_actions_init(&actions) != 0) return false;
  int code = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (!code) code = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  if (!code) code = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
#endif
  if (!code) code = posix_spawn_file_actions_adddup2(&actions, bytes, BYTES);
  if (!code) code = posix_spawn_file_actions_adddup2(&actions, pixels, PIXELS);
  if (!code) code = posix_spawn_file_actions_addclosefrom_np(&actions, PIXELS + 1);
  if (!code) code = posix_spawn(process, program, &actions, NULL, words, plain);
  (void)posix_spawn_file_actions_destroy(&actions);
  return code == 0;
}

/* How it ended, within PATIENCE_MS. */
static logo_fault wait_for(pid_t process) {
  const int handle = (int)syscall(SYS_pidfd_open, process, 0);
  struct pollfd end = { .fd = handle, .events = POLLIN };
  int status = 0, ready;
  do {
    ready = poll(&end, 1, PATIENCE_MS);
  } while (ready < 0 && errno == EINTR);
  if (handle >= 0) (void)close(handle);
  if (ready != 1) (void)kill(process, SIGKILL);
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return LOGO_BROKE;
  }
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : LOGO_BROKE;
  return code >= LOGO_FINE && code < LOGO_FAULTS ? (logo_fault)code : LOGO_BROKE;
}

/* It has ended, and what it wrote stands still. */
static logo_fault believe(cairo_surface_t **out, const drawn *from) {
  const int32_t width = from->width, height = from->height;
  if (width < 1 || height < 1 || width > LOGO_LINES_SIDE || height > LOGO_LINES_SIDE) return LOGO_BROKE;
  cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
  if (cairo_surface_status(picture) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy(picture);
    return LOGO_MEMORY;
  }
  cairo_surface_flush(picture);
  unsigned char *to = cairo_image_surface_get_data(picture);
  const int stride = cairo_image_surface_get_stride(picture);
  for (int y = 0; y < height; y++) {
    memcpy(to + (ptrdiff_t)y * stride, from->pixel + (ptrdiff_t)y * width, 4 * (size_t)width);
  }
  cairo_surface_mark_dirty(picture);
  *out = picture;
  return LOGO_FINE;
}

logo_fault logo_pixels_caged(cairo_surface_t **out, const void *bytes, size_t length, const char *program) {
  logo_fault fault = LOGO_MEMORY;
  pid_t process;
  *out = NULL;
  if (length == 0) return LOGO_NO_KIND;
  const int from = memory_of(length, bytes), to = from >= 0 ? memory_of(sizeof(drawn), NULL) : -1;
  if (to >= 0) {
    fault = start(&process, program, from, to) ? wait_for(process) : LOGO_BROKE;
  }
  if (fault == LOGO_FINE) {
    void *mapped = mmap(NULL, sizeof(drawn), PROT_READ, MAP_SHARED, to, 0);
    fault = mapped != MAP_FAILED ? believe(out, mapped) : LOGO_MEMORY;
    if (mapped != MAP_FAILED) (void)munmap(mapped, sizeof(drawn));
  }
  if (from >= 0) (void)close(from);
  if (to >= 0) (void)close(to);
  return fault;
}
