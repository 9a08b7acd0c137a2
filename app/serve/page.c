/* SPDX-License-Identifier: Apache-2.0 */
/* The page itself: its files and its words, as the build put them into the program. */
#include <stdlib.h>
#include <string.h>

#include "report/assets.h"
#include "serve/route.h"
#include "serve/server.h"
#include "sheets/sheet_files.h"
#include "web/web.h"

static void say_fixed(http_reply *a, const char *type, const void *bytes, size_t size) {
  a->status = 200;
  a->type = type;
  a->fixed = bytes;
  a->length = size;
}

void page_index(server *s, http_request *q, http_reply *a) {
  (void)s;
  (void)q;
  say_fixed(a, web_files[0].type, web_files[0].bytes, web_files[0].size);
}

void page_asset(server *s, http_request *q, http_reply *a) {
  const char *name = q->word[1];
  if (strcmp(q->word[0], web_version) == 0) {
    for (const web_file *f = web_files + 1; f->name; f++) {
      if (strcmp(f->name, name) == 0) say_fixed(a, f->type, f->bytes, f->size);
    }
    /* The chart library, as the reports have it. */
    if (strcmp(name, "dygraphs.js") == 0) {
      say_fixed(a, "text/javascript; charset=utf-8", asset_dygraphs_js, asset_dygraphs_js_size);
    }
    if (strcmp(name, "dygraphs.css") == 0) {
      say_fixed(a, "text/css; charset=utf-8", asset_dygraphs_css, asset_dygraphs_css_size);
    }
  }
  a->stays = a->status == 200;
  if (!a->status) http_refuse(a, 404, server_say(s, "There is nothing under this address."));
}

void page_icon(server *s, http_request *q, http_reply *a) {
  (void)s;
  (void)q;
  for (const web_file *f = web_files + 1; f->name; f++) {
    if (strcmp(f->name, "icon.svg") == 0) say_fixed(a, f->type, f->bytes, f->size);
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
  char *svg = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  (void)s;
  (void)q;
  sheets_guide_svg(&svg, &error) == SAGITTA_OK ? http_say_text(a, 200, "image/svg+xml", svg) : http_fail(a, &error);
}
