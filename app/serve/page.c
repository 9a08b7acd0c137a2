/* SPDX-License-Identifier: Apache-2.0 */
/* The page itself: its files and its words, as the build put them into the program. */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "cli/failure.h"
#include "report/assets.h"
#include "serve/route.h"
#include "serve/server.h"
#include "sheets/sheet_files.h"
#include "web/web.h"

#define PARTS  48
#define GUIDES 8 /* languages that a guide is kept in */

/* One file as it is sent. */
typedef struct page_part {
  const char *name; /* NULL: there is none yet */
  void *bytes;      /* gzip */
  size_t size;
} page_part;

/* Packed when it is first asked for, and then kept. */
struct page_parts {
  page_part part[PARTS];
  char *guide[GUIDES]; /* in each language drawn once, when it is first asked for */
};

page_parts *page_parts_new(void) {
  return calloc(1, sizeof(page_parts));
}

void page_parts_free(page_parts **parts) {
  for (size_t i = 0; *parts && i < PARTS; i++) free((*parts)->part[i].bytes);
  for (size_t i = 0; *parts && i < GUIDES; i++) free((*parts)->guide[i]);
  free(*parts);
  *parts = NULL;
}

/* NULL when memory is short. */
static void *pack(const void *bytes, size_t length, int level, size_t *size) {
  z_stream z = { .next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)length };
  const int gzip = 16 + MAX_WBITS;
  if (deflateInit2(&z, level, Z_DEFLATED, gzip, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) return NULL;
  const uLong room = deflateBound(&z, z.avail_in);
  unsigned char *packed = malloc(room);
  z.next_out = packed;
  z.avail_out = (uInt)room;
  const bool whole = packed && deflate(&z, Z_FINISH) == Z_STREAM_END;
  *size = z.total_out;
  (void)deflateEnd(&z);
  if (whole) return packed;
  free(packed);
  return NULL;
}

/* That file packed; NULL where that cannot be. `name` is static. */
static const page_part *part_of(page_parts *all, const char *name, const void *bytes, size_t size) {
  for (size_t i = 0; i < PARTS; i++) {
    page_part *p = &all->part[i];
    if (p->name && strcmp(p->name, name) == 0) return p;
    if (p->name) continue;
    p->bytes = pack(bytes, size, Z_DEFAULT_COMPRESSION, &p->size);
    p->name = p->bytes ? name : NULL;
    return p->bytes ? p : NULL;
  }
  return NULL;
}

static void say_fixed(server *s, const http_request *q, http_reply *a, const web_file *f) {
  const char *takes = http_header(q, "Accept-Encoding");
  const page_part *packed = takes && strstr(takes, "gzip") ? part_of(s->parts, f->name, f->bytes, f->size) : NULL;
  a->status = 200;
  a->type = f->type;
  a->packed = packed != NULL;
  a->fixed = packed ? packed->bytes : f->bytes;
  a->length = packed ? packed->size : f->size;
}

/* English → that language, of every text of the page. */
static json_t *words_of(const char *language) {
  json_t *all = json_object();
  for (const char *const *text = web_texts; all && *text; text++) {
    (void)json_object_set_new(all, *text, json_string(sagitta_translate(language, *text)));
  }
  return all;
}

/* What the page has to know at its start, as a text that can stand in HTML. */
static char *first_data(const server *s) {
  const bool english = !*s->page.language || strcmp(s->page.language, "en") == 0;
  json_t *all =
      json_pack("{s:o, s:o}", "state", server_state(s), "words", english ? json_object() : words_of(s->page.language));
  char *text = all ? json_dumps(all, JSON_COMPACT | JSON_REAL_PRECISION(12)) : NULL;
  json_decref(all);
  size_t signs = 0;
  for (const char *at = text; at && *at; at++) signs += *at == '<';
  char *safe = text ? malloc(strlen(text) + 5 * signs + 1) : NULL, *to = safe;
  for (const char *at = text; safe && *at; at++) {
    if (*at != '<') *to++ = *at;
    if (*at == '<') to = stpcpy(to, "\\u003c"); /* no end of the element, no comment */
  }
  if (safe) *to = '\0';
  free(text);
  return safe;
}

/* The page with two words replaced: which screen comes first, and its data. NULL when memory is short. */
static char *filled(const char *page, const char *screen, const char *data) {
  static const char first_screen[] = "FIRST-SCREEN", first[] = "FIRST-DATA";
  const char *one = strstr(page, first_screen), *two = one ? strstr(one, first) : NULL;
  char *all = NULL;
  if (!two) return NULL;
  const char *between = one + strlen(first_screen), *after = two + strlen(first);
  const int made =
      asprintf(&all, "%.*s%s%.*s%s%s", (int)(one - page), page, screen, (int)(two - between), between, data, after);
  return made >= 0 ? all : NULL;
}

void page_show(server *s, const http_request *q, http_reply *a) {
  const char *takes = http_header(q, "Accept-Encoding");
  char *data = first_data(s);
  char *page = data ? filled((const char *)web_files[0].bytes, s->page.welcomed ? "clients" : "welcome", data) : NULL;
  size_t size = 0;
  char *packed = page && takes && strstr(takes, "gzip") ? pack(page, strlen(page), Z_BEST_SPEED, &size) : NULL;
  free(data);
  if (packed) free(page);
  http_say_text(a, 200, web_files[0].type, packed ? packed : page);
  if (packed) a->length = size;
  a->packed = packed != NULL;
}

void page_index(server *s, http_request *q, http_reply *a) {
  page_show(s, q, a);
}

void page_asset(server *s, http_request *q, http_reply *a) {
  /* The chart library, as the reports have it. */
  const web_file charts[] = {
    { "dygraphs.js", "text/javascript; charset=utf-8", asset_dygraphs_js, asset_dygraphs_js_size },
    { "dygraphs.css", "text/css; charset=utf-8", asset_dygraphs_css, asset_dygraphs_css_size },
  };
  const char *name = q->word[1];
  if (strcmp(q->word[0], web_version) == 0) {
    for (const web_file *f = web_files + 1; f->name; f++) {
      if (strcmp(f->name, name) == 0) say_fixed(s, q, a, f);
    }
    for (size_t i = 0; i < sizeof charts / sizeof *charts; i++) {
      if (strcmp(charts[i].name, name) == 0) say_fixed(s, q, a, &charts[i]);
    }
  }
  a->stays = a->status == 200;
  if (!a->status) http_refuse(a, 404, server_say(s, "There is nothing under this address."));
}

void page_icon(server *s, http_request *q, http_reply *a) {
  for (const web_file *f = web_files + 1; f->name; f++) {
    if (strcmp(f->name, "icon.svg") == 0) say_fixed(s, q, a, f);
  }
}

void page_words(server *s, http_request *q, http_reply *a) {
  (void)s;
  http_say(a, 200, words_of(q->word[0]));
}

void page_guide(server *s, http_request *q, http_reply *a) {
  sagitta_error error = error_in(s->page.language);
  size_t languages, of = 0;
  const sagitta_language *language = sagitta_languages(&languages);
  const char *wanted = *s->page.language ? s->page.language : http_header(q, "Accept-Language");
  for (size_t i = 1; wanted && i < languages && i < GUIDES; i++) {
    if (strncmp(language[i].code, wanted, strlen(language[i].code)) == 0) of = i;
  }
  char **svg = &s->parts->guide[of];
  if (!*svg && sheets_guide_svg(svg, language[of].code, &error) != SAGITTA_OK) {
    http_fail(a, &error);
    return;
  }
  /* Kept packed under the language's code, which no file of the page is called. */
  say_fixed(s, q, a, &(web_file){ language[of].code, "image/svg+xml", (const unsigned char *)*svg, strlen(*svg) });
}
