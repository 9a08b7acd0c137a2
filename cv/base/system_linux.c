/* SPDX-License-Identifier: Apache-2.0 */
/* Linux: POSIX.1-2008 with O_TMPFILE, mkostemps and the names of shared libraries. */
#include "base/system.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- files that are read ---- */

sg_file_kind sg_system_file_kind(const char *path) {
  struct stat info;
  if (stat(path, &info) != 0) return SG_FILE_NONE;
  if (S_ISREG(info.st_mode)) return SG_FILE_REGULAR;
  if (S_ISDIR(info.st_mode)) return SG_FILE_FOLDER;
  return S_ISCHR(info.st_mode) ? SG_FILE_CHARACTERS : SG_FILE_OTHER;
}

int sg_system_size(int file, int64_t *size) {
  struct stat info;
  if (fstat(file, &info) != 0 || S_ISDIR(info.st_mode)) return EISDIR;
  *size = info.st_size;
  return 0;
}

int sg_system_open(const char *path, int *file, int64_t *size) {
  *file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (*file < 0) return errno;
  const int code = sg_system_size(*file, size);
  if (code) {
    (void)close(*file);
    *file = -1;
  }
  return code;
}

ptrdiff_t sg_system_read(int file, void *to, size_t length) {
  return read(file, to, length);
}

ptrdiff_t sg_system_read_at(int file, void *to, size_t length, int64_t at) {
  ssize_t got;
  do {
    got = pread(file, to, length, at);
  } while (got < 0 && errno == EINTR);
  return got;
}

int64_t sg_system_seek(int file, int64_t offset, int whence) {
  return lseek(file, offset, whence);
}

int sg_system_write(int file, const void *from, size_t length) {
  const char *bytes = from;
  while (length > 0) {
    const ssize_t written = write(file, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return EIO;
    bytes += written;
    length -= (size_t)written;
  }
  return 0;
}

int sg_system_close(int file) {
  return file >= 0 && close(file) != 0 ? errno : 0;
}

int sg_system_temporary(void) {
  const char *asked = getenv("TMPDIR");
  const char *folders[2] = { asked && *asked ? asked : "/tmp", "/tmp" };
  for (size_t i = 0; i < 2; i++) {
    int file = open(folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) return file;
    /* A file system that has no files without a name: one whose name is taken away at once. */
    const size_t room = strlen(folders[i]) + sizeof "/sagitta-XXXXXX";
    char *name = malloc(room);
    if (!name) return -1;
    (void)snprintf(name, room, "%s/sagitta-XXXXXX", folders[i]);
    file = mkostemp(name, O_CLOEXEC);
    if (file >= 0) (void)unlink(name);
    free(name);
    if (file >= 0) return file;
  }
  return -1;
}

/* ---- files that are written ---- */

char *sg_system_follow_links(const char *path) {
  char *name = strdup(path);
  for (int depth = 0; name && depth < 16; depth++) {
    char link[PATH_MAX];
    const ssize_t length = readlink(name, link, sizeof link - 1);
    if (length < 0) return name;
    link[length] = '\0';
    const char *slash = strrchr(name, '/');
    char *next = NULL;
    const int folder = link[0] == '/' || !slash ? 0 : (int)(slash - name + 1);
    if (asprintf(&next, "%.*s%s", folder, name, link) < 0) next = NULL;
    free(name);
    name = next;
  }
  return name;
}

int sg_system_writable(const char *path) {
  return access(path, W_OK) != 0 ? errno : 0;
}

int sg_system_open_output(const char *path, int *file) {
  *file = open(path, O_WRONLY | O_CLOEXEC);
  return *file < 0 ? errno : 0;
}

int sg_system_create(char *path, size_t suffix, int *file) {
  *file = mkostemps(path, (int)suffix, O_CLOEXEC);
  if (*file < 0) return errno;
  const mode_t mask = umask(0);
  (void)umask(mask);
  (void)fchmod(*file, 0666 & ~mask);
  return 0;
}

/* The rename is durable only once the folder is on the disk. */
static void sync_folder(const char *path) {
  char *copy = strdup(path);
  if (!copy) return;
  char *slash = strrchr(copy, '/');
  if (slash) slash[slash == copy ? 1 : 0] = '\0';
  const int folder = open(slash ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    (void)fsync(folder);
    (void)close(folder);
  }
  free(copy);
}

int sg_system_publish(int file, const char *from, const char *to) {
  int code = fsync(file) != 0 ? errno : 0;
  if (close(file) != 0 && !code) code = errno;
  if (!code && rename(from, to) != 0) code = errno;
  if (!code) sync_folder(to);
  return code;
}

void sg_system_remove(const char *path) {
  (void)unlink(path);
}

/* ---- the machine ---- */

int sg_system_processors(void) {
  const long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : count > INT_MAX ? INT_MAX : (int)count;
}

int64_t sg_system_clock_ns(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void sg_system_sleep_ms(int ms) {
  const struct timespec pause = { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 };
  (void)nanosleep(&pause, NULL);
}

sg_system_function *sg_system_library_function(const char *name, int version, const char *symbol) {
  char file[64];
  (void)snprintf(file, sizeof file, "lib%s.so.%d", name, version);
  void *library = dlopen(file, RTLD_NOW);
  void *found = library ? dlsym(library, symbol) : NULL;
  sg_system_function *function = NULL;
  if (found) memcpy(&function, &found, sizeof function); /* ISO C has no cast from a pointer to data */
  return function;
}

int sg_system_print(char *text, size_t size, const char *format, va_list arguments) {
  /* glibc never allocates the C locale (one static object), so this cannot fail and costs nothing. */
  const locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0), before = uselocale(plain);
  const int length = vsnprintf(text, size, format, arguments);
  uselocale(before);
  freelocale(plain);
  return length;
}
