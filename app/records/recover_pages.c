/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows out of the leaf pages of a damaged SQLite file, one page after the other
 * and whatever the rest looks like; the file format is SQLite's, "Database File
 * Format", sections 1.6 and 2.1. Which table a row is of shows in its columns.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "records/recover.h"

#include "cli/failure.h"

#define LEAF        0x0D
#define COLUMNS_MAX 20
#define ROW_MAX     ((size_t)32 << 20)

typedef struct pages {
  const unsigned char *bytes;
  size_t size, page; /* of the file, and of one page */
} pages;

static uint32_t big_endian(const unsigned char *at, int count) {
  uint32_t value = 0;
  for (int i = 0; i < count; i++) value = value << 8 | at[i];
  return value;
}

/* A variable-length integer; moves *at, which becomes NULL at `end`. */
static uint64_t varint(const unsigned char **at, const unsigned char *end) {
  uint64_t value = 0;
  for (int i = 0; *at && i < 9; i++) {
    if (*at >= end) {
      *at = NULL;
      return 0;
    }
    const unsigned char byte = *(*at)++;
    if (i == 8) return value << 8 | byte;
    value = value << 7 | (byte & 0x7F);
    if (!(byte & 0x80)) return value;
  }
  return value;
}

/* The whole payload of a cell, its overflow pages followed; NULL when the chain breaks or memory is short. */
static unsigned char *payload_of(const pages *p, const unsigned char *local, const unsigned char *page_end,
                                 size_t length) {
  const size_t usable = p->page, most = usable - 35, least = (usable - 12) * 32 / 255 - 23;
  const size_t rest = least + (length - least) % (usable - 4);
  const size_t here = length <= most ? length : rest <= most ? rest : least;
  if (length > ROW_MAX || length > p->size || here + (here < length ? 4 : 0) > (size_t)(page_end - local)) return NULL;
  unsigned char *payload = malloc(length + 1);
  if (!payload) return NULL;
  memcpy(payload, local, here);
  size_t have = here;
  uint32_t next = have < length ? big_endian(local + here, 4) : 0;
  for (size_t followed = 0; have < length; followed++) {
    if (next == 0 || (size_t)next * p->page > p->size || followed > p->size / p->page) {
      free(payload);
      return NULL;
    }
    const unsigned char *page = p->bytes + (size_t)(next - 1) * p->page;
    const size_t part = length - have < usable - 4 ? length - have : usable - 4;
    memcpy(payload + have, page + 4, part);
    have += part;
    next = big_endian(page, 4);
  }
  return payload;
}

static size_t bytes_of_type(uint64_t type) {
  static const size_t fixed[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0 };
  if (type < 10) return fixed[type];
  return type < 12 ? SIZE_MAX : (size_t)((type - 12) / 2);
}

static salvage_cell read_cell(uint64_t type, const unsigned char *at, size_t length) {
  salvage_cell cell = { .kind = SALVAGE_NULL };
  if (type >= 13 && type % 2 == 1) {
    cell.kind = SALVAGE_TEXT;
    cell.text = (const char *)at;
    cell.length = length;
  } else if (type == 7) {
    uint64_t bits = (uint64_t)big_endian(at, 4) << 32 | big_endian(at + 4, 4);
    cell.kind = SALVAGE_REAL;
    memcpy(&cell.real, &bits, sizeof bits);
  } else if (type >= 1 && type <= 9) {
    uint64_t bits = length && (at[0] & 0x80) ? UINT64_MAX : 0;
    for (size_t i = 0; i < length; i++) bits = bits << 8 | at[i];
    cell.kind = SALVAGE_INTEGER;
    cell.integer = type == 8 ? 0 : type == 9 ? 1 : (int64_t)bits;
  }
  return cell;
}

/* The number of columns of a record, 0 when it is none. */
static int read_record(const unsigned char *payload, size_t length, salvage_cell *cell) {
  const unsigned char *at = payload, *end = payload + length;
  const uint64_t header = varint(&at, end);
  if (!at || header > length) return 0;
  const unsigned char *body = payload + header, *stop = body;
  int count = 0;
  while (at && at < stop && count < COLUMNS_MAX) {
    const uint64_t type = varint(&at, stop);
    const size_t bytes = at ? bytes_of_type(type) : SIZE_MAX;
    if (bytes > (size_t)(end - body)) return 0;
    cell[count++] = read_cell(type, body, bytes);
    body += bytes;
  }
  return at == stop ? count : 0;
}

static bool is_text(const salvage_cell *cell) {
  return cell->kind == SALVAGE_TEXT;
}

static bool is_day(const salvage_cell *cell) {
  return is_text(cell) && cell->length == 10 && cell->text[4] == '-' && cell->text[7] == '-';
}

/* Rows of results before version 5 have not all of its columns: from where in the row each of its first 19 is taken; 0:
 * it is not there. */
static void take_columns(salvage_cell *cell, const unsigned char from[19]) {
  salvage_cell old[COLUMNS_MAX];
  memcpy(old, cell, sizeof old);
  memset(cell, 0, COLUMNS_MAX * sizeof *cell);
  for (int c = 1; c < 19; c++) {
    if (from[c]) cell[c] = old[from[c]];
  }
}

/* Of versions 1 and 2: visit, saved_at, program, settings, document, and of 2 pain, treatment, session. */
static void results_of_version_2(salvage_cell *cell, int count) {
  static const unsigned char one[19] = { [2] = 1, [4] = 2, [12] = 3, [17] = 4, [18] = 5 };
  static const unsigned char two[19] = { [2] = 1, [4] = 2, [12] = 3, [17] = 4, [18] = 5, [11] = 6, [8] = 7, [3] = 8 };
  take_columns(cell, count < 9 ? one : two);
}

/* Of version 3, which has no side. */
static void results_of_version_3(salvage_cell *cell) {
  static const unsigned char from[19] = { 0, 1, 2, 3, 4, 5, 6, 0, 7, 0, 0, 8, 9, 10, 11, 0, 12, 13, 14 };
  take_columns(cell, from);
}

/* Of version 4, which knows no markers left on, no rest and no video. */
static void results_of_version_4(salvage_cell *cell) {
  static const unsigned char from[19] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 9, 10, 11, 12, 0, 13, 14, 15 };
  take_columns(cell, from);
}

static bool is_hex(const salvage_cell *cell, size_t length) {
  if (!is_text(cell) || cell->length != length) return false;
  for (size_t i = 0; i < length; i++) {
    if (!strchr("0123456789abcdef", cell->text[i])) return false;
  }
  return true;
}

/* Which table the record is of; SALVAGE_TABLES for none. The id is no column of a record: it stands as NULL. */
static int table_of(salvage_cell *cell, int count) {
  if (count < 3 || cell[0].kind != SALVAGE_NULL) return SALVAGE_TABLES;
  const bool whose = cell[1].kind == SALVAGE_INTEGER;
  if (count == 19 && is_text(&cell[1]) && is_text(&cell[18])) return SALVAGE_RESULTS;
  if (count == 16 && is_text(&cell[1]) && is_text(&cell[15])) {
    results_of_version_4(cell);
    return SALVAGE_RESULTS;
  }
  if (count == 15 && is_text(&cell[1]) && is_text(&cell[14])) {
    results_of_version_3(cell);
    return SALVAGE_RESULTS;
  }
  if ((count == 6 || count == 9) && whose && is_text(&cell[2]) && is_text(&cell[5])) {
    results_of_version_2(cell, count);
    return SALVAGE_RESULTS;
  }
  if ((count == 8 || count == 9) && is_text(&cell[1]) && is_text(&cell[2]) && is_text(&cell[7])) return SALVAGE_CLIENTS;
  if (count == 3 && is_hex(&cell[1], 64) && is_text(&cell[2])) return SALVAGE_TRACKS;
  if (count == 3 && is_hex(&cell[1], 32) && cell[2].kind == SALVAGE_INTEGER) return SALVAGE_MERGED;
  if ((count == 3 || count == 5) && whose && is_day(&cell[2])) return SALVAGE_VISITS;
  return count == 4 && whose && is_day(&cell[2]) ? SALVAGE_SESSIONS : SALVAGE_TABLES;
}

static sagitta_status take_row(const pages *p, salvage *s, const unsigned char *at, const unsigned char *page_end,
                               sagitta_error *error) {
  const uint64_t length = varint(&at, page_end);
  const uint64_t id = at ? varint(&at, page_end) : 0;
  if (!at || length < 4 || length > ROW_MAX || id == 0 || id > INT64_MAX) return SAGITTA_OK;
  unsigned char *payload = payload_of(p, at, page_end, (size_t)length);
  if (!payload) return SAGITTA_OK;
  salvage_cell cell[COLUMNS_MAX];
  memset(cell, 0, sizeof cell);
  const int table = table_of(cell, read_record(payload, (size_t)length, cell));
  sagitta_status status = SAGITTA_OK;
  if (table < SALVAGE_TABLES) {
    cell[0] = (salvage_cell){ .kind = SALVAGE_INTEGER, .integer = (int64_t)id };
    status = salvage_add_cells(s, (salvage_table)table, cell, error);
  }
  free(payload);
  return status;
}

static sagitta_status take_page(const pages *p, salvage *s, size_t index, sagitta_error *error) {
  const unsigned char *page = p->bytes + index * p->page, *end = page + p->page;
  const size_t head = index == 0 ? 100 : 0;
  if (page[head] != LEAF) return SAGITTA_OK;
  const size_t cells = big_endian(page + head + 3, 2);
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < cells && head + 8 + 2 * i + 2 <= p->page && status == SAGITTA_OK; i++) {
    const size_t at = big_endian(page + head + 8 + 2 * i, 2);
    if (at > head && at < p->page) status = take_row(p, s, page + at, end, error);
  }
  return status;
}

/* From the file's head where that makes sense, else what SQLite makes by default. */
static size_t page_size(const unsigned char *bytes) {
  const uint32_t said = big_endian(bytes + 16, 2), size = said == 1 ? 65536 : said;
  const bool fits = size >= 512 && (size & (size - 1)) == 0 && memcmp(bytes, "SQLite format 3", 15) == 0;
  return fits ? size : 4096;
}

sagitta_status salvage_pages(salvage *s, const char *path, sagitta_error *error) {
  struct stat about;
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fstat(fd, &about) != 0) {
    const int code = errno;
    if (fd >= 0) (void)close(fd);
    return fail_with(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be read: %s.", path, error_reason(error, code));
  }
  const size_t size = (size_t)about.st_size;
  void *bytes = size >= 512 ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
  (void)close(fd);
  if (bytes == MAP_FAILED) return SAGITTA_OK; /* too small to hold anything, or on no disk */
  const pages p = { bytes, size, page_size(bytes) };
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; (i + 1) * p.page <= size && status == SAGITTA_OK; i++) status = take_page(&p, s, i, error);
  (void)munmap(bytes, size);
  return status;
}
