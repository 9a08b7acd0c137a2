/* SPDX-License-Identifier: Apache-2.0 */
/* A job as the page is told of it, and its order as it is kept beside the recording. */
#include <stdio.h>
#include <string.h>

#include "cli/system.h"
#include "serve/jobs.h"

static const char *const states[JOB_STATES] = { "coming",  "waiting", "running",   "done",   "unmeasured",
                                                "refused", "broken",  "cancelled", "filming" };

const char *job_state_name(job_state state) {
  return state < JOB_STATES ? states[state] : "broken";
}

typedef struct order_text {
  const char *key;
  size_t offset, room;
} order_text;

#define ORDER_TEXT(field) \
  { #field, offsetof(job_order, field), sizeof(((job_order *)0)->field) }

static const order_text texts[] = { ORDER_TEXT(name),    ORDER_TEXT(ending), ORDER_TEXT(client), ORDER_TEXT(test),
                                    ORDER_TEXT(side),    ORDER_TEXT(set),    ORDER_TEXT(mark),   ORDER_TEXT(language),
                                    ORDER_TEXT(markers), ORDER_TEXT(paper),  ORDER_TEXT(day),    ORDER_TEXT(points),
                                    ORDER_TEXT(person) };
#define TEXTS (sizeof texts / sizeof *texts)

json_t *job_order_document(const job_order *o) {
  json_t *picks = json_array();
  for (size_t i = 0; i < o->picks; i++) (void)json_array_append_new(picks, json_string(o->pick[i]));
  json_t *all = json_pack("{s:i, s:i, s:i, s:b, s:b, s:I, s:o}", "kind", (int)o->kind, "pain", o->pain, "rest", o->rest,
                          "cleared", o->cleared, "filmed", o->filmed, "record", (json_int_t)o->record, "picks", picks);
  for (size_t i = 0; all && i < TEXTS; i++) {
    (void)json_object_set_new(all, texts[i].key, json_string((const char *)o + texts[i].offset));
  }
  return all;
}

bool job_order_read(job_order *o, const json_t *document) {
  int kind = 0, cleared = 0, filmed = 0;
  json_int_t record = 0;
  json_t *picks = NULL;
  *o = (job_order){ 0 };
  if (json_unpack((json_t *)(uintptr_t)document, "{s:i, s:i, s:i, s:b, s?b, s:I, s:o}", "kind", &kind, "pain", &o->pain,
                  "rest", &o->rest, "cleared", &cleared, "filmed", &filmed, "record", &record, "picks", &picks) != 0) {
    return false;
  }
  if (kind < JOB_RECORDING || kind > JOB_CLASS || json_array_size(picks) > JOB_PICKS) return false;
  o->kind = (job_kind)kind;
  o->cleared = cleared != 0;
  o->filmed = filmed != 0;
  o->record = record;
  for (size_t i = 0; i < TEXTS; i++) {
    const json_t *value = json_object_get(document, texts[i].key);
    const char *text = value ? json_string_value(value) : ""; /* an earlier server knew fewer */
    if (!text || strlen(text) >= texts[i].room) return false;
    (void)snprintf((char *)o + texts[i].offset, texts[i].room, "%s", text);
  }
  for (size_t i = 0; i < json_array_size(picks); i++) {
    const char *text = json_string_value(json_array_get(picks, i));
    if (!text || strlen(text) >= JOB_PICK) return false;
    (void)snprintf(o->pick[o->picks++], JOB_PICK, "%s", text);
  }
  return true;
}

void job_film_name(const job_order *o, char name[JOB_FILM]) {
  (void)snprintf(name, JOB_FILM, "recording%s", o->ending);
}

bool job_is_video(const job_order *o) {
  return (o->kind == JOB_RECORDING || (o->kind == JOB_SAVED && *o->ending)) && strcmp(o->ending, ".csv") != 0 &&
         strcmp(o->ending, ".txt") != 0 && strcmp(o->ending, ".trc") != 0 && strcmp(o->ending, ".c3d") != 0;
}

json_t *job_document(const job *j) {
  static const char *const kinds[] = { "recording", "sample", "saved", "session", "compare", "class" };
  json_t *picks = json_array();
  for (size_t i = 0; i < j->order.picks; i++) (void)json_array_append_new(picks, json_string(j->order.pick[i]));
  json_t *all = json_pack(
      "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:I, s:b, s:b, s:b, s:s, s:s, s:b, "
      "s:o}",
      "id", j->id, "state", job_state_name(j->state), "kind", kinds[j->order.kind], "name", j->order.name, "client",
      j->order.client, "test", j->order.test, "mark", j->order.mark, "message", j->message, "pages_failed", j->unpaged,
      "pages", j->pages, "film", j->film, "video", j->film && job_is_video(&j->order), "kept", j->kept, "filmed",
      j->order.filmed, "stills", strcmp(j->order.ending, ".nut") == 0, "saved", (json_int_t)j->saved, "already",
      j->already, "measured", j->measured, "stale", j->stale, "person", j->order.person, "points", j->order.points,
      "table", j->order.kind == JOB_RECORDING && *j->order.ending && !job_is_video(&j->order), "picks", picks);
  static const char *const ways[] = { [JOB_KEEPING] = "keeping", [JOB_OPENING] = "opening" };
  if (all && j->carry != JOB_STILL) (void)json_object_set_new(all, ways[j->carry], json_real(j->carry_fraction));
  if (all && *j->carry_failed) (void)json_object_set_new(all, "film_failed", json_string(j->carry_failed));
  const double passed = system_seconds() - j->began_s;
  if (!all || j->state != JOB_RUNNING || j->fraction < 0) return all;
  (void)json_object_set_new(all, "fraction", json_real(j->fraction));
  if (j->fraction > 0.02) {
    (void)json_object_set_new(all, "left_s", json_real(passed * (1 - j->fraction) / j->fraction));
  }
  return all;
}
