/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the library asks of the operating system beyond C11 and the parts of POSIX that every target has: one file a
 * system (system_linux.c), chosen by cmake/System.cmake. A port of this room is one more such file. Cameras have a seam
 * of their own, video/camera_device.h.
 *
 * A `file` is a descriptor, −1 for none. Functions that return a code return 0, or the errno value of the failure.
 * Paths are bytes as the user gave them. Thread-safe.
 */
#ifndef SG_BASE_SYSTEM_H
#define SG_BASE_SYSTEM_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* ---- files that are read ---- */

typedef enum sg_file_kind {
  SG_FILE_NONE = 0, /* nothing of that name; errno says why */
  SG_FILE_REGULAR,
  SG_FILE_FOLDER,
  SG_FILE_CHARACTERS, /* a character device: terminal, camera, /dev/null */
  SG_FILE_OTHER       /* pipe, socket, block device */
} sg_file_kind;

/* What a path names, symbolic links followed. */
sg_file_kind sg_system_file_kind(const char *path);

/* Open a file (no folder) for reading: *file is the caller's, *size in bytes. Never becomes the process's terminal; not
 * inherited by child processes. */
int sg_system_open(const char *path, int *file, int64_t *size);
/* The size of an open file in bytes; EISDIR where it is a folder. */
int sg_system_size(int file, int64_t *size);
/* Up to `length` bytes from the current position. The number of bytes, 0 at the end, −1 with errno set: EINTR where a
 * signal came first, so that the caller can look whether it is to stop. */
ptrdiff_t sg_system_read(int file, void *to, size_t length);
/* The same from `at` bytes after the start, whatever signals come and without a current position: several threads may
 * read one file. */
ptrdiff_t sg_system_read_at(int file, void *to, size_t length, int64_t at);
/* Move the current position as lseek does, and tell it; −1 with errno set. */
int64_t sg_system_seek(int file, int64_t offset, int whence);
/* Everything, whatever signals come. */
int sg_system_write(int file, const void *from, size_t length);
/* Open a pipe or device for reading without waiting for its writer; then wait, at most `ms`, until there is something
 * to read, or its end: nonzero. Also for regular files. */
int sg_system_open_pipe(const char *path, int *file);
int sg_system_readable(int file, int ms);
/* Files below 0 are left alone. */
int sg_system_close(int file);

/* What the system says about the errno `code`, in English: for the common ones a text of the catalogues, as glibc has
 * it. Valid until the next call in the thread. */
const char *sg_system_reason(int code);

/* A temporary file without a name, open for reading and writing by this user alone, in $TMPDIR or /tmp: nothing is left
 * of it however the process ends. The caller's; −1 when there can be none. */
int sg_system_temporary(void);

/* ---- files that are written, whole or not at all ---- */

/* The path with symbolic links followed at its end, even where the last one points at a name that is still free. The
 * caller frees it; NULL when memory is short. */
char *sg_system_follow_links(const char *path);
/* Whether this user may write to an existing path. */
int sg_system_writable(const char *path);
/* Open an existing path for writing. */
int sg_system_open_output(const char *path, int *file);
/*
 * A new file that is to become `target`, open for reading and writing by this user alone; where `target` is there and
 * kept tighter, as tight. It has no name where the file system can do that, so that nothing is left of it however the
 * process ends; else a hidden one beside `target`. *path (free) is where other functions of this process open it. What
 * killed processes left beside `target` is removed.
 */
int sg_system_create(const char *target, char **path, int *file);
/* Give such a file its name: its content and the new name are on the disk when this returns 0. `file` is closed in
 * every case; what `to` named before stays until then. `from` is the path that it was made with; where it has a name of
 * its own and this fails, that stays. */
int sg_system_publish(int file, const char *from, const char *to);
/* Remove a file that sg_system_create made and nobody published. */
void sg_system_remove(const char *path);

/* ---- the machine ---- */

/* Processors that are switched on; at least 1. */
int sg_system_processors(void);
/* A clock that never jumps, ns from an arbitrary start. */
int64_t sg_system_clock_ns(void);
void sg_system_sleep_ms(int ms);

typedef void sg_system_function(void);
/* The function `symbol` of version `version` of the shared library `name` ("avdevice", 59), which is loaded and stays;
 * NULL where either is missing. */
sg_system_function *sg_system_library_function(const char *name, int version, const char *symbol);

#define SG_MODULE_WHY 512
/* What the module `name` shows under `symbol`: a part of this library that only some programs need, in
 * sagitta/NAME.so beside the library itself, which is loaded and stays. What it shows begins with a const char * to the
 * version that it was built as. NULL and `why`, the end of a sentence, where it is not there, cannot be loaded or is of
 * another version. */
const void *sg_system_module(const char *name, const char *symbol, const char *version, char why[SG_MODULE_WHY]);

/* vsnprintf with the C locale, whatever the host program's is. Allocates nothing. */
int sg_system_print(char *text, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

#endif
