/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/gate.h"

#include <stddef.h>
#include <string.h>

#include "cli/text.h"

static bool is(const char *a, const char *b) {
  return a && strcmp(a, b) == 0;
}

static bool is_read(const char *method) {
  return is(method, "GET") || is(method, "HEAD");
}

static bool is_known(const char *method) {
  return is_read(method) || is(method, "POST") || is(method, "PUT") || is(method, "PATCH") || is(method, "DELETE");
}

/* Browsers say where a request comes from; programs and old browsers do not. */
static bool is_own_site(const char *site) {
  return !site || is(site, "same-origin") || is(site, "none");
}

static bool is_own_origin(const char *origin, const char *authority) {
  static const char scheme[] = "http://";
  return origin && strncmp(origin, scheme, sizeof scheme - 1) == 0 && is(origin + sizeof scheme - 1, authority);
}

gate_answer gate_judge(const gate_request *q, const char *authority) {
  if (!q->method || !q->path || q->path[0] != '/' || q->repeated) return GATE_MALFORMED;
  if (!is(q->host, authority)) return GATE_WRONG_HOST;
  if (!is_known(q->method)) return GATE_WRONG_VERB;
  /* A page from a file opens this one: cross-site, and without a cookie. */
  if (q->has_secret && is(q->method, "GET") && is(q->path, "/")) return GATE_ENTER;
  if (!is_own_site(q->site)) return GATE_FOREIGN;
  if (!q->has_cookie) return GATE_NOT_ENTERED;
  if (is_read(q->method)) return GATE_OPEN;
  return is_own_origin(q->origin, authority) && is(q->mark, "1") ? GATE_OPEN : GATE_FOREIGN;
}

unsigned gate_status(gate_answer answer) {
  static const unsigned status[GATE_ANSWERS] = { 200, 200, 400, 421, 405, 403, 401 };
  return answer < GATE_ANSWERS ? status[answer] : 400;
}

const char *gate_words(gate_answer answer) {
  static const char *const words[GATE_ANSWERS] = {
    "",
    "",
    TRANSLATABLE("This request is not understood."),
    TRANSLATABLE("This page answers under its own address alone."),
    TRANSLATABLE("This request is not understood."),
    TRANSLATABLE("Another page asked for this: it is refused."),
    TRANSLATABLE(
        "This page has to be opened anew: by the file that sagitta serve names, or by starting Sagitta again."),
  };
  return answer < GATE_ANSWERS ? words[answer] : "";
}
