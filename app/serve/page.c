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
static void *pack(const void *bytes, size_t length, size_t *size) {
  z_stream z = { .next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)length };
  const int gzip = 16 + MAX_WBITS;
  if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) return NULL;
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
    p->bytes = pack(bytes, size, &p->size);
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

void page_index(server *s, http_request *q, http_reply *a) {
  say_fixed(s, q, a, &web_files[0]);
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

/* English → that language, of every text of the page. */
void page_words(server *s, http_request *q, http_reply *a) {
  (void)s;
  json_t *all = json_object();
  for (const char *const *text = web_texts; all && *text; text++) {
    (void)json_object_set_new(all, *text, json_string(sagitta_translate(q->word[0], *text)));
  }
  http_say(a, 200, all);
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
