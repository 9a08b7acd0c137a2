/* SPDX-License-Identifier: Apache-2.0 */
/* Linux: POSIX.1-2008 with O_TMPFILE, mkostemps and the names of shared libraries. */
#include "base/system.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/translate.h"

/* ---- files that are read ---- */

sg_file_kind sg_system_file_kind(const char *path) {
  struct stat info;
  if (stat(path, &info) != 0) return SG_FILE_NONE;
  if (S_ISREG(info.st_mode)) return SG_FILE_REGULAR;
  if (S_ISDIR(info.st_mode)) return SG_FILE_FOLDER;
  return S_ISCHR(info.st_mode) ? SG_FILE_CHARACTERS : SG_FILE_OTHER;
}

/* In a cage (cage_walls.c) nothing can be asked of a file but its bytes: the host has looked at what it is. */
static int size_by_end(int file, int64_t *size) {
  const off_t at = lseek(file, 0, SEEK_CUR), end = at < 0 ? 0 : lseek(file, 0, SEEK_END);
  *size = end;
  return at >= 0 && lseek(file, at, SEEK_SET) != at ? EIO : 0;
}

int sg_system_size(int file, int64_t *size) {
  struct stat info;
  const int code = fstat(file, &info) == 0 ? 0 : errno;
  if (code == EPERM) return size_by_end(file, size);
  if (code || S_ISDIR(info.st_mode)) return EISDIR;
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

int sg_system_open_pipe(const char *path, int *file) {
  *file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  return *file < 0 ? errno : 0;
}

int sg_system_readable(int file, int ms) {
  struct pollfd wanted = { .fd = file, .events = POLLIN };
  return poll(&wanted, 1, ms) > 0;
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

/* ---- files that are written: new ones ---- */

#define UNNAMED "/proc/self/fd/" /* where the kernel shows open files, also those without a name */
enum { MADE_UP = 6, NAME_PART = 100, TRIES = 100 };

/* A path taken apart: the folder's length with its slash, and the ending with its dot. */
typedef struct parts {
  int folder;
  const char *base, *suffix;
} parts;

static parts parts_of(const char *path) {
  const char *slash = strrchr(path, '/');
  parts p = { .folder = slash ? (int)(slash - path + 1) : 0 };
  p.base = path + p.folder;
  const char *dot = strrchr(p.base, '.');
  p.suffix = dot && dot != p.base ? dot : "";
  return p;
}

/* The folder of a path, to be freed; NULL when memory is short. */
static char *folder_of(const char *path) {
  const int length = parts_of(path).folder;
  return length > 0 ? strndup(path, (size_t)length) : strdup(".");
}

/* "folder/.name.csv-XXXXXX.csv", to be freed: what stands beside a name for a moment. NULL when memory is short. */
static char *name_beside(const char *path) {
  const parts p = parts_of(path);
  char *name = NULL;
  return asprintf(&name, "%.*s.%.*s-XXXXXX%s", p.folder, path, NAME_PART, p.base, p.suffix) < 0 ? NULL : name;
}

/* Whether `name` is one that name_beside made for the same path: `like` is another. */
static bool is_beside(const char *name, const char *like) {
  const size_t length = strlen(like), tail = strlen(parts_of(like).suffix);
  const size_t head = length - tail - MADE_UP;
  return strlen(name) == length && memcmp(name, like, head) == 0 &&
         strcmp(name + length - tail, like + length - tail) == 0;
}

/* Remove a file that a process left behind when it was killed: one of ours that nobody holds a lock on. */
static void remove_left(int folder, const char *name) {
  struct stat info;
  const int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (file < 0) return;
  if (fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
      flock(file, LOCK_EX | LOCK_NB) == 0)
    (void)unlinkat(folder, name, 0);
  (void)close(file);
}

/* What earlier writers of this path left beside it. */
static void sweep(const char *path) {
  char *folder = folder_of(path), *like = name_beside(path);
  DIR *directory = folder && like ? opendir(folder) : NULL;
  if (directory) {
    const char *base = parts_of(like).base;
    for (const struct dirent *entry; (entry = readdir(directory));)
      if (is_beside(entry->d_name, base)) remove_left(dirfd(directory), entry->d_name);
    (void)closedir(directory);
  }
  free(like);
  free(folder);
}

/* This user's eyes alone; what was kept tighter stays so. */
static mode_t mode_for(const char *target) {
  struct stat info;
  const mode_t own = S_IRUSR | S_IWUSR;
  return stat(target, &info) == 0 ? info.st_mode & own : own;
}

/* A file without a name in the folder of `target`, reachable by *path. 0, or errno: not every file system has them. */
static int create_unnamed(const char *target, char **path, int *file) {
  char *folder = folder_of(target);
  if (!folder) return ENOMEM;
  *file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const int code = *file < 0 ? errno : 0;
  free(folder);
  if (code) return code;
  if (asprintf(path, UNNAMED "%d", *file) < 0) *path = NULL;
  const int reached = !*path ? ENOMEM : access(*path, F_OK) != 0 ? errno : 0;
  if (!reached) return 0;
  (void)close(*file);
  free(*path);
  *path = NULL;
  return reached;
}

static int create_named(const char *target, char **path, int *file) {
  *path = name_beside(target);
  if (!*path) return ENOMEM;
  *file = mkostemps(*path, (int)strlen(parts_of(target).suffix), O_CLOEXEC);
  return *file < 0 ? errno : 0;
}

int sg_system_create(const char *target, char **path, int *file) {
  *path = NULL;
  sweep(target);
  int code = create_unnamed(target, path, file);
  if (code) code = create_named(target, path, file);
  if (code) {
    free(*path);
    *path = NULL;
    *file = -1;
    return code;
  }
  /* Held while the process lives: nobody sweeps it. */
  (void)flock(*file, LOCK_EX | LOCK_NB);
  (void)fchmod(*file, mode_for(target));
  return 0;
}

/* The new name is durable only once the folder is on the disk. */
static void sync_folder(const char *path) {
  char *name = folder_of(path);
  const int folder = name ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  if (folder >= 0) {
    (void)fsync(folder);
    (void)close(folder);
  }
  free(name);
}

static bool is_unnamed(const char *path) {
  return strncmp(path, UNNAMED, sizeof UNNAMED - 1) == 0;
}

/* Give a file without a name one beside `to`, to be freed. The letters come from the clock and the process: a name that
 * is taken is left alone and another tried. */
static int link_beside(const char *from, const char *to, char **name) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  *name = name_beside(to);
  if (!*name) return ENOMEM;
  char *made_up = *name + strlen(*name) - strlen(parts_of(to).suffix) - MADE_UP;
  uint64_t number = (uint64_t)sg_system_clock_ns() ^ (uint64_t)getpid() << 32;
  int code = EEXIST;
  for (int i = 0; i < TRIES && code == EEXIST; i++) {
    number = number * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    for (int k = 0; k < MADE_UP; k++) made_up[k] = letters[(number >> (16 + 6 * k)) % (sizeof letters - 1)];
    code = linkat(AT_FDCWD, from, AT_FDCWD, *name, AT_SYMLINK_FOLLOW) != 0 ? errno : 0;
  }
  if (code) {
    free(*name);
    *name = NULL;
  }
  return code;
}

static int give_name(const char *from, const char *to) {
  if (!is_unnamed(from)) return rename(from, to) != 0 ? errno : 0;
  if (linkat(AT_FDCWD, from, AT_FDCWD, to, AT_SYMLINK_FOLLOW) == 0) return 0;
  if (errno != EEXIST) return errno;
  char *beside = NULL;
  int code = link_beside(from, to, &beside);
  if (!code && rename(beside, to) != 0) {
    code = errno;
    (void)unlink(beside);
  }
  free(beside);
  return code;
}

int sg_system_publish(int file, const char *from, const char *to) {
  int code = fsync(file) != 0 ? errno : 0;
  if (!code) code = give_name(from, to);
  if (close(file) != 0 && !code) code = errno;
  if (!code) sync_folder(to);
  return code;
}

void sg_system_remove(const char *path) {
  if (!is_unnamed(path)) (void)unlink(path);
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

/* Those that a user meets. The program's own messages take theirs from strerror(), whose words these are. */
static const struct {
  int code;
  const char *english;
} reasons[] = {
  { EPERM, SG_TRANSLATABLE("Operation not permitted") },
  { ENOENT, SG_TRANSLATABLE("No such file or directory") },
  { EINTR, SG_TRANSLATABLE("Interrupted system call") },
  { EIO, SG_TRANSLATABLE("Input/output error") },
  { ENXIO, SG_TRANSLATABLE("No such device or address") },
  { EBADF, SG_TRANSLATABLE("Bad file descriptor") },
  { EAGAIN, SG_TRANSLATABLE("Resource temporarily unavailable") },
  { ENOMEM, SG_TRANSLATABLE("Cannot allocate memory") },
  { EACCES, SG_TRANSLATABLE("Permission denied") },
  { EBUSY, SG_TRANSLATABLE("Device or resource busy") },
  { EEXIST, SG_TRANSLATABLE("File exists") },
  { EXDEV, SG_TRANSLATABLE("Invalid cross-device link") },
  { ENODEV, SG_TRANSLATABLE("No such device") },
  { ENOTDIR, SG_TRANSLATABLE("Not a directory") },
  { EISDIR, SG_TRANSLATABLE("Is a directory") },
  { EINVAL, SG_TRANSLATABLE("Invalid argument") },
  { ENFILE, SG_TRANSLATABLE("Too many open files in system") },
  { EMFILE, SG_TRANSLATABLE("Too many open files") },
  { EFBIG, SG_TRANSLATABLE("File too large") },
  { ENOSPC, SG_TRANSLATABLE("No space left on device") },
  { EROFS, SG_TRANSLATABLE("Read-only file system") },
  { EPIPE, SG_TRANSLATABLE("Broken pipe") },
  { ENAMETOOLONG, SG_TRANSLATABLE("File name too long") },
  { ELOOP, SG_TRANSLATABLE("Too many levels of symbolic links") },
  { EDQUOT, SG_TRANSLATABLE("Disk quota exceeded") },
};

const char *sg_system_reason(int code) {
  for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
    if (reasons[i].code == code) return reasons[i].english;
  }
  return strerror(code);
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

const void *sg_system_module(const char *name, const char *symbol, const char *version, char why[SG_MODULE_WHY]) {
  static const char letters[] = "anything of this library";
  Dl_info own;
  char file[PATH_MAX + 64];
  if (dladdr(letters, &own) == 0 || !own.dli_fname) {
    (void)snprintf(why, SG_MODULE_WHY, "it is not known where libsagitta is");
    return NULL;
  }
  const char *slash = strrchr(own.dli_fname, '/');
  const int folder = slash ? (int)(slash - own.dli_fname + 1) : 0;
  (void)snprintf(file, sizeof file, "%.*ssagitta/%s.so", folder, own.dli_fname, name);
  void *module = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  const char *const *shown = module ? dlsym(module, symbol) : NULL;
  if (!shown) {
    (void)snprintf(why, SG_MODULE_WHY, "%s", dlerror());
    return NULL;
  }
  if (strcmp(*shown, version) != 0) {
    (void)snprintf(why, SG_MODULE_WHY, "%.300s is of version %.20s, the library of %.20s", file, *shown, version);
    return NULL;
  }
  return shown;
}

int sg_system_print(char *text, size_t size, const char *format, va_list arguments) {
  /* glibc never allocates the C locale (one static object), so this cannot fail and costs nothing. */
  const locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0), before = uselocale(plain);
  const int length = vsnprintf(text, size, format, arguments);
  uselocale(before);
  freelocale(plain);
  return length;
}
