/* SPDX-License-Identifier: Apache-2.0 */
/* File names: what their endings say, their natural order, folders and patterns of pictures. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "video/item.h"

static const char *const picture_endings[] = { "jpg",  "jpeg", "jpe", "jfif", "png", "bmp",  "tif",  "tiff",
                                               "webp", "ppm",  "pgm", "pnm",  "jp2", "j2k",  "tga",  "dpx",
                                               "exr",  "sgi",  "pcx", "jls",  "qoi", "heic", "heif", "avif" };
static const char *const video_endings[] = { "mp4",  "m4v", "mov", "qt",    "avi", "mkv",  "webm", "mts",
                                             "m2ts", "mpg", "mpe", "mpeg",  "wmv", "asf",  "3gp",  "3g2",
                                             "flv",  "f4v", "ogv", "ogg",   "ts",  "vob",  "mxf",  "dv",
                                             "nut",  "y4m", "gif", "h264",  "264", "h265", "265",  "hevc",
                                             "av1",  "ivf", "obu", "mjpeg", "mjpg" };

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool digit(char c) {
  return c >= '0' && c <= '9';
}

static bool ends_with(const char *ending, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const char *a = ending;
    const char *b = list[i];
    while (*a && lower(*a) == *b) a++, b++;
    if (!*a && !*b) return true;
  }
  return false;
}

static const char *last_part(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

sagitta_name_kind sagitta_name_kind_of(const char *path) {
  if (!path) return SAGITTA_NAME_OTHER;
  const char *dot = strrchr(last_part(path), '.');
  if (!dot) return SAGITTA_NAME_OTHER;
  if (ends_with(dot + 1, picture_endings, sizeof picture_endings / sizeof *picture_endings))
    return SAGITTA_NAME_PICTURE;
  if (ends_with(dot + 1, video_endings, sizeof video_endings / sizeof *video_endings)) return SAGITTA_NAME_VIDEO;
  return SAGITTA_NAME_OTHER;
}

static size_t number_length(const char **at) {
  while (**at == '0') ++*at;
  size_t length = 0;
  while (digit((*at)[length])) length++;
  return length;
}

int sg_natural_compare(const char *left, const char *right) {
  const char *a = left;
  const char *b = right;
  while (*a && *b) {
    if (digit(*a) && digit(*b)) {
      size_t m = number_length(&a);
      size_t n = number_length(&b);
      if (m != n) return m < n ? -1 : 1;
      int order = memcmp(a, b, m);
      if (order) return order;
      a += m;
      b += n;
    } else if (*a != *b) {
      return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
    } else {
      a++, b++;
    }
  }
  if (*a || *b) return *a ? 1 : -1;
  return strcmp(left, right);
}

void sg_name_display(char *out, size_t room, const char *path) {
  size_t end = strlen(path);
  while (end > 1 && path[end - 1] == '/') end--;
  size_t begin = end;
  while (begin > 0 && path[begin - 1] != '/') begin--;
  if (begin == end) begin = 0;
  size_t used = 0;
  for (size_t i = begin; i < end;) {
    const size_t n = sg_utf8_length(path + i, end - i);
    if (used + (n ? n : 1) >= room) break;
    if (n)
      memcpy(out + used, path + i, n);
    else
      out[used] = '?';
    used += n ? n : 1;
    i += n ? n : 1;
  }
  out[used] = 0;
}

/* The one integer of a pattern: where it begins and ends, and how many digits it asks for at least. */
static bool find_field(const char *name, const char **begin, const char **end, size_t *digits) {
  bool found = false;
  for (const char *p = name; *p; p++) {
    if (*p != '%') continue;
    if (p[1] == '%') {
      p++;
      continue;
    }
    const char *q = p + 1;
    bool padded = *q == '0';
    size_t width = 0;
    while (digit(*q) && width < 100) width = width * 10 + (size_t)(*q++ - '0');
    if ((*q != 'd' && *q != 'u' && *q != 'i') || found || width > 20) return false;
    found = true;
    *begin = p;
    *end = q + 1;
    *digits = padded && width ? width : 1;
    p = q;
  }
  return found;
}

bool sg_name_is_pattern(const char *path) {
  const char *begin;
  const char *end;
  size_t digits;
  return find_field(last_part(path), &begin, &end, &digits);
}

void sg_paths_free(sg_paths *paths) {
  for (size_t i = 0; i < paths->count; i++) free(paths->path[i]);
  free(paths->path);
  *paths = (sg_paths){ 0 };
}

int sg_paths_add(sg_paths *paths, const char *folder, const char *name) {
  size_t head = folder ? strlen(folder) : 0;
  const size_t tail = strlen(name);
  char *path = malloc(head + 1 + tail + 1);
  if (!path || !sg_reserve((void **)&paths->path, &paths->capacity, paths->count + 1, sizeof *paths->path)) {
    free(path);
    return 0;
  }
  if (head) {
    memcpy(path, folder, head);
    if (path[head - 1] != '/') path[head++] = '/';
  }
  memcpy(path + head, name, tail);
  path[head + tail] = '\0';
  paths->path[paths->count++] = path;
  return 1;
}

static int compare_paths(const void *left, const void *right) {
  return sg_natural_compare(*(const char *const *)left, *(const char *const *)right);
}

static void sort_paths(sg_paths *paths) {
  if (paths->count) qsort(paths->path, paths->count, sizeof *paths->path, compare_paths);
}

static sagitta_status cannot_list(const char *folder, sagitta_error *error) {
  if (errno == ENOMEM) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to list the folder.");
  const char *why = errno == EACCES ? SG_TRANSLATABLE("you have no permission to list it")
                                    : SG_TRANSLATABLE("there is no such folder");
  return sg_fail(error, SAGITTA_ERROR_MISSING, "The folder \"%s\" cannot be read: %s.", folder,
                 sg_say(sg_error_language(error), why));
}

sagitta_status sg_paths_of_folder(sg_paths *paths, const char *folder, sagitta_error *error) {
  sg_paths found = { 0 };
  size_t videos = 0;
  bool memory = true;
  DIR *directory = opendir(folder);
  if (!directory) return cannot_list(folder, error);
  for (struct dirent *entry; memory && (entry = readdir(directory));) {
    if (entry->d_name[0] == '.') continue;
    sagitta_name_kind kind = sagitta_name_kind_of(entry->d_name);
    videos += kind == SAGITTA_NAME_VIDEO;
    if (kind == SAGITTA_NAME_PICTURE) memory = sg_paths_add(&found, folder, entry->d_name);
  }
  closedir(directory);
  sagitta_status status = SAGITTA_OK;
  if (!memory)
    status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to list the folder \"%s\".", folder);
  else if (videos && found.count)
    status = sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                     "The folder \"%s\" holds pictures and videos. Put the pictures of one movement into a folder of "
                     "their own, or name one video.",
                     folder);
  else if (videos)
    status =
        sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                "The folder \"%s\" holds videos, and one video is measured at a time. Name one of them, or measure all "
                "into a table with --table FILE.csv.",
                folder);
  else if (!found.count)
    status = sg_fail(error, SAGITTA_ERROR_NOT_VIDEO,
                     "The folder \"%s\" holds no pictures (JPEG, PNG, TIFF, BMP, WebP …).", folder);
  if (status != SAGITTA_OK) {
    sg_paths_free(&found);
    return status;
  }
  sort_paths(&found);
  *paths = found;
  return SAGITTA_OK;
}

/* Whether text of `length` bytes equals pattern text in which "%%" stands for '%'. */
static bool same_text(const char *text, size_t length, const char *pattern, const char *end) {
  size_t i = 0;
  for (const char *p = pattern; p < end; p++, i++) {
    if (i >= length || text[i] != *p) return false;
    if (*p == '%') p++;
  }
  return i == length;
}

static size_t text_length(const char *pattern, const char *end) {
  size_t length = 0;
  for (const char *p = pattern; p < end; p++, length++)
    if (*p == '%') p++;
  return length;
}

static bool matches(const char *name, const char *pattern) {
  const char *begin;
  const char *end;
  size_t digits;
  if (!find_field(pattern, &begin, &end, &digits)) return false;
  size_t head = text_length(pattern, begin);
  size_t tail = text_length(end, end + strlen(end));
  size_t length = strlen(name);
  if (length < head + tail + digits) return false;
  size_t count = length - head - tail;
  for (size_t i = 0; i < count; i++)
    if (!digit(name[head + i])) return false;
  /* More digits than asked for are printed only for numbers that need them. */
  if (count > digits && name[head] == '0') return false;
  return same_text(name, head, pattern, begin) && same_text(name + length - tail, tail, end, end + strlen(end));
}

sagitta_status sg_paths_of_pattern(sg_paths *paths, const char *pattern, sagitta_error *error) {
  sg_paths found = { 0 };
  bool memory = true;
  const char *name = last_part(pattern);
  char *folder = name == pattern ? strdup(".") : strndup(pattern, (size_t)(name - pattern));
  if (!folder) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to list the folder.");
  DIR *directory = opendir(folder);
  if (!directory) {
    sagitta_status status = cannot_list(folder, error);
    free(folder);
    return status;
  }
  const char *prefix = name == pattern ? NULL : folder;
  for (struct dirent *entry; memory && (entry = readdir(directory));)
    if (matches(entry->d_name, name)) memory = sg_paths_add(&found, prefix, entry->d_name);
  closedir(directory);
  free(folder);
  if (memory && found.count) {
    sort_paths(&found);
    *paths = found;
    return SAGITTA_OK;
  }
  sg_paths_free(&found);
  if (!memory) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to list the pictures.");
  return sg_fail(error, SAGITTA_ERROR_MISSING,
                 "No picture is called like \"%s\". Check the folder and the number of digits.", pattern);
}
