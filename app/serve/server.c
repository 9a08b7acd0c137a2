/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/system.h"
#include "cli/text.h"

const char *server_say(const server *s, const char *english) {
  return say(s->page.language, english);
}

bool server_knows(server *s, const char *cookie) {
  (void)pthread_mutex_lock(&s->lock);
  const bool known = secret_is_session(&s->secrets, cookie);
  if (known) s->seen_s = system_seconds();
  (void)pthread_mutex_unlock(&s->lock);
  return known;
}

char *server_enter(server *s, const char *secret, http_reply *a) {
  char name[SECRET_COOKIE], session[SECRET_TEXT];
  (void)pthread_mutex_lock(&s->lock);
  const bool in = secret_use(&s->secrets, secret, system_seconds());
  memcpy(session, s->secrets.session, sizeof session);
  (void)pthread_mutex_unlock(&s->lock);
  if (!in) {
    char *text = NULL;
    if (asprintf(&text, "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Sagitta</title>\n<p>%s</p>\n",
                 server_say(s, TRANSLATABLE("This way in was used already, or is older than a minute. Open the file "
                                            "that sagitta serve names once more, or start Sagitta again."))) < 0) {
      text = NULL;
    }
    http_say_text(a, 401, "text/html; charset=utf-8", text);
    return NULL;
  }
  secret_cookie(name, s->port);
  char *cookie;
  if (asprintf(&cookie, "%s=%s; Path=/; HttpOnly; SameSite=Strict", name, session) >= 0) return cookie;
  http_refuse(a, 500, server_say(s, "Not enough memory: close other programs."));
  return NULL;
}

records *server_records(server *s, records_mode mode, http_reply *a) {
  records *r = NULL;
  sagitta_error error = error_in(s->page.language);
  if (records_open(&r, &s->settings->place, mode, &error) == SAGITTA_OK) return r;
  http_fail(a, &error);
  return NULL;
}
