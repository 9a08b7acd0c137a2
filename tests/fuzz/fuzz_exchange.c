/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes as records from elsewhere: taken in whole or not at all, and what was taken in is exported and taken in again
 * as what is there already. Behind the checksums of results bytes alone do not come: where the text is a document, they
 * are set right and it is tried once more.
 */
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "fuzz.h"
#include "records/records.h"

static char folder[64], base_file[80], out_file[80];
static records *base;

static void leave(void) {
  static const char *const ends[] = { "x.db", "x.db-wal", "x.db-shm", "out.json", "" };
  char path[128];
  records_close(&base);
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    (void)snprintf(path, sizeof path, "%s/%s", folder, ends[i]);
    (void)remove(path);
  }
}

static void begin(void) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  (void)snprintf(folder, sizeof folder, "/dev/shm/sagitta-fuzz-XXXXXX");
  CHECK(mkdtemp(folder) && atexit(leave) == 0);
  (void)snprintf(base_file, sizeof base_file, "%s/x.db", folder);
  (void)snprintf(out_file, sizeof out_file, "%s/out.json", folder);
  const records_place place = { .file = base_file };
  CHECK(records_open(&base, &place, RECORDS_MAKE, &error) == SAGITTA_OK);
}

/* Everything is removed again; how many clients there were. */
static size_t empty(void) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  records_client_row *rows = NULL;
  size_t count = 0;
  CHECK(records_clients(base, &rows, &count, &error) == SAGITTA_OK);
  for (size_t i = 0; i < count; i++) {
    records_client c;
    records_removed removed;
    CHECK(records_client_find(base, rows[i].code, &c, &error) == SAGITTA_OK);
    CHECK(records_client_remove(base, c.id, &removed, &error) == SAGITTA_OK);
  }
  free(rows);
  return count;
}

/* Out, and in once more: nothing is new. */
static void check_round(const exchange_counts *first) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_output *output = NULL;
  exchange_counts counts;
  char *text = malloc((size_t)1 << 20);
  CHECK(text && sagitta_output_open(&output, out_file, &error) == SAGITTA_OK);
  if (exchange_export(base, NULL, output, &error) != SAGITTA_OK) (void)fprintf(stderr, "%s\n", error.text);
  CHECK(!error.text[0] && sagitta_output_commit(&output, &error) == SAGITTA_OK);
  FILE *file = fopen(out_file, "rb");
  CHECK(file);
  const size_t length = fread(text, 1, (size_t)1 << 20, file);
  (void)fclose(file);
  if (exchange_import(base, text, length, NULL, &counts, &error) != SAGITTA_OK)
    (void)fprintf(stderr, "%s\n", error.text);
  CHECK(!error.text[0] && counts.clients == 0 && counts.visits == 0 && counts.results == 0);
  CHECK(counts.already >= first->results);
  free(text);
}

static void import(const char *text, size_t length) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  exchange_counts counts;
  const sagitta_status status = exchange_import(base, text, length, NULL, &counts, &error);
  CHECK(status == SAGITTA_OK || error.text[0]);
  if (status == SAGITTA_OK) check_round(&counts);
  const size_t clients = empty();
  CHECK(clients == (status == SAGITTA_OK ? counts.clients : 0));
}

/* The checksum of a result's document, as it is stored. */
static void set_right(json_t *result) {
  char hash[RECORDS_HASH];
  json_t *document = json_object_get(result, "document");
  char *text = json_is_object(document) ? json_dumps(document, JSON_INDENT(2) | JSON_REAL_PRECISION(12)) : NULL;
  char *line = NULL;
  if (text && asprintf(&line, "%s\n", text) > 0 && hash_text(line, strlen(line), hash))
    (void)json_object_set_new(result, "document_sha256", json_string(hash));
  free(line);
  free(text);
}

static char *repaired(const uint8_t *data, size_t size) {
  size_t i, k, n;
  json_t *client, *visit, *result;
  json_t *root = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
  json_array_foreach(json_object_get(root, "clients"), i, client)
      json_array_foreach(json_object_get(client, "visits"), k, visit)
          json_array_foreach(json_object_get(visit, "results"), n, result) set_right(result);
  char *text = root ? json_dumps(root, JSON_REAL_PRECISION(12)) : NULL;
  json_decref(root);
  return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!base) begin();
  (void)exchange_is_export((const char *)data, size);
  import((const char *)data, size);
  char *text = repaired(data, size);
  if (text) import(text, strlen(text));
  free(text);
  return 0;
}
