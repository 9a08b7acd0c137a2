/* SPDX-License-Identifier: Apache-2.0 */
/* Cameras that there are, and one of them filming for a page. What is named in a request is looked up among those. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "sagitta/cameras.h"
#include "serve/camera.h"
#include "serve/job_order.h"
#include "serve/route.h"
#include "serve/server.h"
#include "serve/upload.h"

/* The camera that is named where the server is started; its own name may hold a password. */
#define GIVEN "given"
/* The one whose address is in the page's settings. */
#define PHONE "phone"

/* ---- which there are ---- */

/* How it is called: a file by its name, an address without name and password. */
static void show_given(const char *given, char *shown, size_t room) {
  static const char scheme[] = "http://";
  const bool address = strncmp(given, scheme, sizeof scheme - 1) == 0;
  const char *rest = address ? given + sizeof scheme - 1 : file_name(given);
  const char *at = address ? memchr(rest, '@', strcspn(rest, "/")) : NULL;
  (void)snprintf(shown, room, "%s", at ? at + 1 : rest);
}

static json_t *modes_of(const sagitta_camera_found *c) {
  json_t *all = json_array();
  for (size_t i = 0; i < c->modes; i++) {
    const sagitta_camera_mode *m = &c->mode[i];
    (void)json_array_append_new(all, json_pack("{s:i, s:i, s:f, s:s}", "width", m->width, "height", m->height, "rate",
                                               m->rate, "coding", m->coding));
  }
  return all;
}

static void put_named(json_t *all, const char *key, const char *name) {
  char shown[CAMERA_NAME];
  if (!name || !*name) return;
  show_given(name, shown, sizeof shown);
  (void)json_array_append_new(all,
                              json_pack("{s:s, s:s, s:s, s:[]}", "camera", key, "name", shown, "trouble", "", "modes"));
}

static json_t *cameras(const server *s) {
  json_t *all = json_array();
  sagitta_camera_found *found = NULL;
  sagitta_error unheard = error_in(NULL);
  size_t count = 0;
  put_named(all, GIVEN, s->settings->camera);
  put_named(all, PHONE, s->page.address);
  if (sagitta_cameras_find(&found, &count, &unheard) != SAGITTA_OK) return all;
  for (size_t i = 0; i < count; i++) {
    const sagitta_camera_found *c = &found[i];
    if (!c->trouble[0] && c->modes == 0) continue; /* it gives no pictures */
    (void)json_array_append_new(
        all, json_pack("{s:s, s:s, s:s, s:o}", "camera", c->device, "name", c->name[0] ? c->name : c->device, "trouble",
                       server_say(s, c->trouble), "modes", modes_of(c)));
  }
  sagitta_cameras_free(&found, count);
  return all;
}

void camera_list(server *s, http_request *q, http_reply *a) {
  (void)q;
  http_say(a, 200, json_pack("{s:o}", "cameras", cameras(s)));
}

/* What a page calls so, as the library does; "" = the first that there is. False where there is none. */
static bool choose(const server *s, const char *asked, camera_order *o) {
  json_t *all = cameras(s);
  const json_t *one;
  bool found = false;
  size_t i;
  json_array_foreach(all, i, one) {
    const char *key = json_string_value(json_object_get(one, "camera"));
    const char *name = json_string_value(json_object_get(one, "name"));
    if (found || !key || (*asked && strcmp(asked, key) != 0)) continue;
    const char *own = strcmp(key, GIVEN) == 0 ? s->settings->camera : strcmp(key, PHONE) == 0 ? s->page.address : key;
    found = snprintf(o->name, sizeof o->name, "%s", own) < (int)sizeof o->name;
    (void)snprintf(o->job.name, sizeof o->job.name, "%.200s", name ? name : "");
  }
  json_decref(all);
  return found;
}

/* ---- one of them films ---- */

static json_t *body_of(const http_request *q) {
  json_t *o = q->body ? json_loadb(q->body, q->length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  if (json_is_object(o)) return o;
  json_decref(o);
  return NULL;
}

static const char *body_word(const void *from, const char *name) {
  return json_string_value(json_object_get(from, name));
}

static void say_misunderstood(const server *s, http_reply *a) {
  http_refuse(a, 422, server_say(s, "This request is not understood."));
}

/* From the words of a request to an order; or answered. */
static bool take_order(server *s, const json_t *body, camera_order *o, http_reply *a) {
  const order_words words = { body_word, body };
  const char *asked = body ? body_word(body, "camera") : NULL, *mode = body ? body_word(body, "mode") : NULL;
  if (!body || !job_order_take(s, &words, &o->job) || o->job.kind != JOB_RECORDING ||
      !page_mode_read(mode ? mode : "", &o->width, &o->height, &o->rate)) {
    say_misunderstood(s, a);
    return false;
  }
  if (!job_order_has_client(s, o->job.client, a)) return false;
  if (!choose(s, asked ? asked : "", o)) {
    http_refuse(a, 404,
                asked && *asked
                    ? server_say(s, "This camera is not there any more: plug it in again, or choose another one.")
                    : server_say(s, "There is no camera: plug one in, or name a phone's address under Settings."));
    return false;
  }
  if (own_folder_free(&s->own) < UPLOAD_SPARE) {
    http_refuse(a, 507, server_say(s, "There is not enough room on the disk to film: free some space."));
    return false;
  }
  o->job.filmed = true;
  o->unlocked = s->page.unlocked;
  const char *ending = file_is_camera(o->name) ? ".nut" : upload_ending(o->name);
  (void)snprintf(o->job.ending, sizeof o->job.ending, "%s", ending);
  return true;
}

static void begin(server *s, const json_t *body, bool take_over, http_reply *a) {
  camera_order o = { .name = "" };
  char id[JOB_ID];
  if (!take_order(s, body, &o, a)) return;
  switch (camera_begin(s->camera, &o, take_over, id)) {
    case CAMERA_YOURS:
      http_say(a, 202, json_pack("{s:s, s:s}", "id", id, "name", o.job.name));
      break;
    case CAMERA_IN_USE:
      http_say(
          a, 409,
          json_pack("{s:s, s:b}", "error",
                    server_say(s, "The camera is in use in another tab. Taking it over ends what is filmed there."),
                    "in_use", 1));
      break;
    case CAMERA_FAILED:
      http_refuse(a, 500, server_say(s, "Not enough memory: close other programs."));
      break;
  }
}

void camera_open(server *s, http_request *q, http_reply *a) {
  json_t *body = body_of(q);
  begin(s, body, false, a);
  json_decref(body);
}

void camera_take_over(server *s, http_request *q, http_reply *a) {
  json_t *body = body_of(q);
  begin(s, body, true, a);
  json_decref(body);
}

static void say_none(const server *s, http_reply *a) {
  http_refuse(a, 404, server_say(s, "Nothing is filmed for this page any more."));
}

/* { "id": "…" }: the page's session. */
static void ask(server *s, const http_request *q, camera_wish wish, http_reply *a) {
  json_t *body = body_of(q);
  const char *id = body ? body_word(body, "id") : NULL;
  if (!id) {
    say_misunderstood(s, a);
  } else if (wish == CAMERA_GO_ON ? camera_by_hand(s->camera, id) : camera_ask(s->camera, id, wish)) {
    http_say(a, 200, json_object());
  } else {
    say_none(s, a);
  }
  json_decref(body);
}

void camera_start(server *s, http_request *q, http_reply *a) {
  ask(s, q, CAMERA_GO_ON, a);
}

void camera_stop(server *s, http_request *q, http_reply *a) {
  ask(s, q, CAMERA_STOP, a);
}

void camera_again(server *s, http_request *q, http_reply *a) {
  ask(s, q, CAMERA_AGAIN, a);
}

void camera_cancel(server *s, http_request *q, http_reply *a) {
  ask(s, q, CAMERA_CANCEL, a);
}

void camera_stream(server *s, http_request *q, http_reply *a) {
  const char *id = http_query(q, "id");
  http_feed *f = id ? camera_feed(s->camera, id) : NULL;
  if (f && http_feed_unread_s(f) < 0) {
    http_feed_free(&f);
    http_refuse(a, 409, server_say(s, "This is shown already."));
  } else if (f) {
    http_say_feed(a, "application/octet-stream", f);
  } else {
    say_none(s, a);
  }
}
