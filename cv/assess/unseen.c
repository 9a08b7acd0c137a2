/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/unseen.h"

#include "assess/messages.h"
#include "base/base.h"
#include "base/translate.h"

#define EACH 3 /* so many are told one by one */

static const struct {
  sg_unseen cause;
  sagitta_warning_code code;
  sg_message once, often, end; /* SG_MESSAGES: it is told elsewhere */
} causes[] = {
  { SG_NOT_FILMED, SAGITTA_WARNING_NOT_FILMED, SG_MESSAGE_NOT_FILMED, SG_MESSAGE_OFTEN_NOT_FILMED,
    SG_MESSAGE_END_NOT_FILMED },
  { SG_REPEATED, SAGITTA_WARNING_PICTURES_REPEATED, SG_MESSAGE_REPEATED, SG_MESSAGE_OFTEN_REPEATED,
    SG_MESSAGE_END_REPEATED },
  { SG_JOINED, SAGITTA_WARNING_RECORDING_JOINED, SG_MESSAGE_JOINED, SG_MESSAGE_OFTEN_JOINED, SG_MESSAGE_END_JOINED },
  { SG_KNOCKED, SAGITTA_WARNING_CAMERA_MOVED, SG_MESSAGES, SG_MESSAGES, SG_MESSAGE_END_KNOCKED },
};

/* The row of a cause. */
static size_t row_of(sg_unseen cause) {
  size_t k = 0;
  while (causes[k].cause != cause) k++;
  return k;
}

sagitta_warning sg_end_unseen(const char *language, size_t number, const sg_unseen_rows *rows) {
  const size_t k = row_of(rows->cause);
  return sg_warning(language, causes[k].code, -1, rows->from_s, rows->to_s, sg_message_text(language, causes[k].end),
                    number, rows->from_s, rows->to_s);
}

/* Whether a marker stayed unknown in it: not all of it was bridged. */
static bool stayed(const sg_signals *s, const sg_unseen_rows *rows) {
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (!s->value[role][SG_CHANNEL_X]) continue;
    for (size_t i = rows->first; i <= rows->last; i++) {
      if (!sg_signals_known(s, (sagitta_role)role, i)) return true;
    }
  }
  return false;
}

/* Whether a repetition's flag tells it already. */
static bool said(const sagitta_result *r, sagitta_warning_code code, const sg_unseen_rows *rows) {
  for (size_t i = 0; i < r->warnings; i++) {
    const sagitta_warning *w = &r->warning[i];
    if (w->code == code && w->from_s <= rows->from_s && w->to_s >= rows->to_s) return true;
  }
  return false;
}

static int note_cause(sagitta_result *r, const sg_signals *s, size_t k) {
  const char *language = r->language;
  sg_unseen_rows rows, longest = { 0 };
  size_t count = 0;
  double total = 0;
  for (size_t row = 0; sg_next_unseen(s, row, &rows); row = rows.last + 1) {
    if (rows.cause != causes[k].cause || !stayed(s, &rows)) continue;
    const double length = rows.to_s - rows.from_s;
    if (count == 0 || length > longest.to_s - longest.from_s) longest = rows;
    total += length;
    count++;
  }
  if (count > EACH) {
    const sagitta_warning w =
        sg_warning(language, causes[k].code, -1, longest.from_s, longest.to_s,
                   sg_message_text(language, causes[k].often), count, total, longest.from_s, longest.to_s);
    return sg_result_warn(r, &w);
  }
  for (size_t row = 0; count > 0 && sg_next_unseen(s, row, &rows); row = rows.last + 1) {
    if (rows.cause != causes[k].cause || !stayed(s, &rows) || said(r, causes[k].code, &rows)) continue;
    const sagitta_warning w = sg_warning(language, causes[k].code, -1, rows.from_s, rows.to_s,
                                         sg_message_text(language, causes[k].once), rows.from_s, rows.to_s);
    if (!sg_result_warn(r, &w)) return 0;
  }
  return 1;
}

int sg_note_unseen(sagitta_result *r, const sg_signals *s) {
  for (size_t k = 0; k < sizeof causes / sizeof *causes; k++) {
    if (causes[k].once != SG_MESSAGES && !note_cause(r, s, k)) return 0;
  }
  return 1;
}
