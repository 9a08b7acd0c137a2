/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "video/video.h"

int sg_temporary_file(void) {
  const char *asked = getenv("TMPDIR");
  const char *folders[2] = { asked && *asked ? asked : "/tmp", "/tmp" };
  for (size_t i = 0; i < 2; i++) {
    int fd;
#ifdef O_TMPFILE
    fd = open(folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0) return fd;
#endif
    size_t room = strlen(folders[i]) + sizeof "/sagitta-XXXXXX";
    char *name = malloc(room);
    if (!name) return -1;
    (void)snprintf(name, room, "%s/sagitta-XXXXXX", folders[i]);
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0) (void)unlink(name);
    free(name);
    if (fd >= 0) return fd;
  }
  return -1;
}

static int write_whole(int fd, const char *data, size_t length) {
  while (length) {
    ssize_t n = write(fd, data, length);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return 0;
    data += n;
    length -= (size_t)n;
  }
  return 1;
}

sagitta_status sg_spool(int *out, int from, const sagitta_source_settings *settings, sagitta_error *error) {
  enum { BLOCK = 1 << 18 };
  sagitta_status status = SAGITTA_OK;
  char *block = malloc(BLOCK);
  int fd = sg_temporary_file();
  if (!block || fd < 0) {
    status = sg_fail(error, SAGITTA_ERROR_MEMORY,
                     "There is no room for a temporary copy of the input. Set TMPDIR to a folder with free space.");
    goto fail;
  }
  for (;;) {
    if (settings->progress && settings->progress(settings->progress_user, "reading the input", -1.0)) {
      status = sg_fail(error, SAGITTA_CANCELLED, "Stopped while reading the input.");
      goto fail;
    }
    ssize_t n = read(from, block, BLOCK);
    if (n == 0) break;
    if (n < 0) {
      if (errno == EINTR) continue;
      status = sg_fail(error, SAGITTA_ERROR_MISSING, "The input could not be read to its end.");
      goto fail;
    }
    if (!write_whole(fd, block, (size_t)n)) {
      status = sg_fail(error, SAGITTA_ERROR_MEMORY,
                       "The temporary copy of the input does not fit on the disk. Set TMPDIR to a folder with more "
                       "free space, or give the file's name instead of \"-\".");
      goto fail;
    }
  }
  free(block);
  *out = fd;
  return SAGITTA_OK;
fail:
  free(block);
  if (fd >= 0) close(fd);
  return status;
}
