/* SPDX-License-Identifier: Apache-2.0 */
/* Which markers of a TRC file are ours. */
#include <stdio.h>

#include "base/base.h"
#include "tracks/trc.h"

#define LIST_BYTES 400
#define NAME_BYTES 100

static const char *const endings[] = { [SAGITTA_WHOLE] = "", [SAGITTA_LOWER] = "_a", [SAGITTA_UPPER] = "_b" };

/* The part after the subject's name: "Anna:LKNE". */
static span own_part(span name) {
  for (const char *at = name.end; at > name.at; at--) {
    if (at[-1] == ':') return (span){ at, name.end };
  }
  return name;
}

/* The number of the marker of that name, or `count`; a full name goes before a part of one. */
static size_t find(const span *names, size_t count, const char *wanted) {
  for (size_t i = 0; i < count; i++) {
    if (equals(names[i], wanted)) return i;
  }
  for (size_t i = 0; i < count; i++) {
    if (equals(own_part(names[i]), wanted)) return i;
  }
  return count;
}

/* "C7, L.ASIS, …" for messages. */
static void list_names(char list[LIST_BYTES], const span *names, size_t count) {
  size_t at = 0;
  list[0] = '\0';
  for (size_t i = 0; i < count; i++) {
    char name[NAME_BYTES] = "";
    const size_t length = size_of(names[i]) < sizeof name - 1 ? size_of(names[i]) : sizeof name - 1;
    memcpy(name, names[i].at, length);
    sg_clean_text(name, sizeof name);
    if (at + strlen(name) + 8 > LIST_BYTES) {
      (void)snprintf(list + at, LIST_BYTES - at, ", …");
      return;
    }
    at += (size_t)snprintf(list + at, LIST_BYTES - at, "%s%s", i ? ", " : "", name);
  }
}

static void take(sg_trc *trc, sagitta_role role, sagitta_strip_end end, size_t marker) {
  trc->slot[trc->slots++] = (sg_trc_slot){ role, end, marker };
}

static bool has(const sg_trc *trc, sagitta_role role, sagitta_strip_end end) {
  for (size_t i = 0; i < trc->slots; i++) {
    if (trc->slot[i].role == role && trc->slot[i].end == end) return true;
  }
  return false;
}

static sagitta_status take_named(sg_trc *trc, const span *names, size_t count, const sagitta_trc_name *wanted,
                                 sagitta_error *error) {
  const char *role = sagitta_role_name(wanted->role);
  if (!role || wanted->end < SAGITTA_WHOLE || wanted->end > SAGITTA_UPPER || !wanted->name) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "A marker's name was given for no role that there is.");
  }
  if (has(trc, wanted->role, wanted->end)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "Two markers were named for %s%s: name one.", role,
                   endings[wanted->end]);
  }
  const size_t marker = find(names, count, wanted->name);
  if (marker == count) {
    char list[LIST_BYTES];
    list_names(list, names, count);
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no marker \"%.100s\" in it. Its markers are: %s.",
                   wanted->name, list);
  }
  take(trc, wanted->role, wanted->end, marker);
  return SAGITTA_OK;
}

/* Markers that bear our names; the two ends of a strip go before one point of it. */
static void take_own(sg_trc *trc, const span *names, size_t count) {
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    size_t marker[3];
    for (int end = SAGITTA_WHOLE; end <= SAGITTA_UPPER; end++) {
      char name[40];
      (void)snprintf(name, sizeof name, "%s%s", sagitta_role_name((sagitta_role)role), endings[end]);
      marker[end] = find(names, count, name);
    }
    if (marker[SAGITTA_LOWER] < count && marker[SAGITTA_UPPER] < count) {
      take(trc, (sagitta_role)role, SAGITTA_LOWER, marker[SAGITTA_LOWER]);
      take(trc, (sagitta_role)role, SAGITTA_UPPER, marker[SAGITTA_UPPER]);
    } else if (marker[SAGITTA_WHOLE] < count) {
      take(trc, (sagitta_role)role, SAGITTA_WHOLE, marker[SAGITTA_WHOLE]);
    }
  }
}

/* A strip has both of its ends, and is then no point. */
static sagitta_status check_strips(const sg_trc *trc, sagitta_error *error) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_role role = (sagitta_role)r;
    const bool lower = has(trc, role, SAGITTA_LOWER), upper = has(trc, role, SAGITTA_UPPER);
    if (lower != upper) {
      return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                     "A marker was named for %s_%c, but none for %s_%c: a direction needs both ends.",
                     sagitta_role_name(role), lower ? 'a' : 'b', sagitta_role_name(role), lower ? 'b' : 'a');
    }
    if (lower && has(trc, role, SAGITTA_WHOLE)) {
      return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                     "Markers were named for %s and for its two ends, %s_a and %s_b: name either.",
                     sagitta_role_name(role), sagitta_role_name(role), sagitta_role_name(role));
    }
  }
  return SAGITTA_OK;
}

sagitta_status sg_trc_choose(sg_trc *trc, const span *names, size_t count, const sagitta_trc_settings *settings,
                             sagitta_error *error) {
  for (size_t i = 0; i < settings->name_count; i++) {
    const sagitta_status status = take_named(trc, names, count, &settings->names[i], error);
    if (status != SAGITTA_OK) return status;
  }
  if (settings->name_count == 0) take_own(trc, names, count);
  if (trc->slots > 0) return check_strips(trc, error);
  char list[LIST_BYTES];
  list_names(list, names, count);
  return sg_fail(error, SAGITTA_ERROR_FORMAT,
                 "None of its markers bears a name of ours. Say which is which, as in --map "
                 "hip=NAME,shoulder=NAME,knee=NAME. Its markers are: %s.",
                 list);
}
