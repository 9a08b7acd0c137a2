/* SPDX-License-Identifier: Apache-2.0 */
#include "method_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "body/anatomy.h"
#include "camera/view.h"

#define OPENING "<!-- table: "
#define CLOSING "<!-- end -->"

char *method_read(const char *path) {
  char *text = NULL;
  size_t length = 0;
  FILE *in = fopen(path, "rb"), *out = in ? open_memstream(&text, &length) : NULL;
  for (int c; out && (c = getc(in)) != EOF;) putc(c, out);
  if (in) fclose(in);
  if (out && fclose(out)) {
    free(text);
    text = NULL;
  }
  return text;
}

static void print_priors(FILE *f) {
  fputs("| row | what | value | spread | unit | source |\n|---|---|---|---|---|---|\n", f);
#define ROW(upper, name, value, spread, unit, source) \
  fprintf(f, "| `%s` | %s | %g | %g | %s | %s |\n", #upper, name, value, spread, unit, source);
  SG_PRIOR_LIST(ROW)
#undef ROW
}

static void print_camera(FILE *f) {
  fputs("| row | what | spread | unit | source |\n|---|---|---|---|---|\n", f);
#define ROW(upper, name, spread, unit, source) \
  fprintf(f, "| `%s` | %s | %g | %s | %s |\n", #upper, name, (double)(spread), unit, source);
  SG_VIEW_LIST(ROW)
#undef ROW
}

static const struct {
  const char *name;
  void (*print)(FILE *f);
} tables[] = { { "priors", print_priors }, { "camera", print_camera } };

static bool print_table(FILE *f, const char *name, size_t length) {
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    if (strlen(tables[i].name) != length || strncmp(tables[i].name, name, length) != 0) continue;
    tables[i].print(f);
    return true;
  }
  return false;
}

char *method_renewed(const char *page) {
  char *text = NULL;
  size_t length = 0;
  FILE *f = open_memstream(&text, &length);
  if (!f) return NULL;
  bool whole = true;
  while (whole) {
    const char *opening = strstr(page, OPENING), *name = opening ? opening + strlen(OPENING) : NULL;
    const char *after = name ? strstr(name, " -->\n") : NULL, *closing = after ? strstr(after, CLOSING) : NULL;
    if (!opening) break;
    whole = closing != NULL;
    if (!whole) break;
    after += strlen(" -->\n");
    fwrite(page, 1, (size_t)(after - page), f);
    whole = print_table(f, name, (size_t)(after - name) - strlen(" -->\n"));
    page = closing;
  }
  fputs(page, f);
  if (fclose(f) || !whole) {
    free(text);
    return NULL;
  }
  return text;
}

char *method_with(const char *page, const char *name, const char *text) {
  char opening[64], *whole = NULL;
  size_t length = 0;
  snprintf(opening, sizeof opening, "<!-- measured: %s -->\n", name);
  const char *at = strstr(page, opening), *closing = at ? strstr(at, CLOSING) : NULL;
  FILE *f = closing ? open_memstream(&whole, &length) : NULL;
  if (!f) return NULL;
  fwrite(page, 1, (size_t)(at - page), f);
  fprintf(f, "%s%s%s", opening, text, closing);
  if (fclose(f)) {
    free(whole);
    return NULL;
  }
  return whole;
}
