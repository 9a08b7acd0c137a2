/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a result that somebody else made, or damaged, as a report: whatever can be read is drawn, as HTML and as
 * SVG, in each language; no text of it becomes a tag of the page. */
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "report/report.h"

static char folder[64], path[80];

static void leave(void) {
  (void)rmdir(folder);
}

static void begin(void) {
  (void)snprintf(folder, sizeof folder, "/dev/shm/sagitta-fuzz-XXXXXX");
  (void)snprintf(path, sizeof path, "%s", folder);
  CHECK(mkdtemp(folder) && atexit(leave) == 0);
  (void)snprintf(path, sizeof path, "%s/report", folder);
}

/* The page's bytes, to be freed; NULL where it could not be written. */
static char *draw(const report *r, report_format format, size_t *length) {
  sagitta_output *output = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *text = NULL;
  CHECK(sagitta_output_open(&output, path, &error) == SAGITTA_OK);
  if (report_write(r, REPORT_BOTH, format, NULL, output, &error) == SAGITTA_OK) {
    FILE *file = fopen(sagitta_output_path(output), "rb");
    CHECK(file && fseek(file, 0, SEEK_END) == 0);
    *length = (size_t)ftell(file);
    rewind(file);
    text = malloc(*length + 1);
    CHECK(text && fread(text, 1, *length, file) == *length);
    text[*length] = '\0';
    (void)fclose(file);
  } else {
    (void)fprintf(stderr, "%s\n", error.text);
  }
  sagitta_output_discard(&output);
  return text;
}

static void check_page(const report *r, report_format format) {
  size_t length = 0;
  char *page = draw(r, format, &length);
  CHECK(page && strlen(page) == length);
  /* Texts of the corpus have this in them: in a page it has to be an entity. */
  CHECK(!strstr(page, "<x-"));
  free(page);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sagitta_result *result = NULL;
  report *r = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (!*folder) begin();
  if (sagitta_result_parse(&result, (const char *)data, size, &error) != SAGITTA_OK) return 0;
  if (report_new(&r, result, NULL, NULL, &error) == SAGITTA_OK) {
    static const char *const languages[] = { "en", "de", "es" };
    report_set_language(r, languages[size % 3]);
    report_set_name(r, "A <x-name>");
    check_page(r, REPORT_HTML);
    check_page(r, REPORT_SVG);
    report_free(&r);
  } else {
    CHECK(error.text[0]);
  }
  sagitta_result_free(&result);
  return 0;
}
