/* SPDX-License-Identifier: Apache-2.0 */
/* What a flag says, of one repetition or of several that have it for the same reason: then once, with the repetitions
 * listed and the least and the greatest of its numbers. */
#include "assess/flag_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"

/* How sentences about one repetition begin, and how they begin about several. */
static const struct {
  const char *one, *several;
} beginnings[] = {
  { SG_TRANSLATABLE("Repetition %zu was not used: "), SG_TRANSLATABLE("Repetitions %s were not used: ") },
  { SG_TRANSLATABLE("Repetition %zu: "), SG_TRANSLATABLE("Repetitions %s: ") },
};

typedef struct {
  char text[SAGITTA_WARNING_TEXT];
  size_t length;
} sentence;

static void add(sentence *s, const char *text, size_t length) {
  const size_t room = sizeof s->text - 1 - s->length;
  const size_t part = length < room ? length : room;
  memcpy(s->text + s->length, text, part);
  s->length += part;
  s->text[s->length] = 0;
}

static void add_text(sentence *s, const char *text) {
  add(s, text, strlen(text));
}

/* A number with so many decimals, or the range of several: "4 to 7". */
static void add_range(sentence *s, const char *language, int decimals, double low, double high) {
  char from[32], to[32];
  sg_print_fixed(from, low, decimals);
  sg_print_fixed(to, high, decimals);
  add_text(s, from);
  if (strcmp(from, to) == 0) return;
  add_text(s, sg_say(language, " to "));
  add_text(s, to);
}

static void add_numbers(sentence *s, const char *language, const sg_flag_note *note, size_t count) {
  for (size_t i = 0; i < count; i++) {
    char number[24];
    if (i > 0) add_text(s, i + 1 < count ? ", " : sg_say(language, " and "));
    (void)snprintf(number, sizeof number, "%zu", note[i].number);
    add_text(s, number);
  }
}

/* The beginning that `format` has, with its repetitions; returns what follows it in the format. */
static const char *begin(sentence *s, const char *language, const char *format, const sg_flag_note *note,
                         size_t count) {
  for (size_t k = 0; k < sizeof beginnings / sizeof *beginnings; k++) {
    const char *one = sg_say(language, beginnings[k].one);
    if (strncmp(format, one, strlen(one)) != 0) continue;
    const char *how = count > 1 ? sg_say(language, beginnings[k].several) : one;
    const char *place = strchr(how, '%');
    add(s, how, (size_t)(place - how));
    add_numbers(s, language, note, count);
    add_text(s, place + (count > 1 ? 2 : 3)); /* %s, %zu */
    return format + strlen(one);
  }
  return format;
}

static void say(sentence *s, const char *language, const sg_flag_note *note, size_t count) {
  int argument = 0;
  const char *at = begin(s, language, sg_message_text(language, note->message), note, count);
  while (*at) {
    const size_t plain = strcspn(at, "%");
    add(s, at, plain);
    at += plain;
    if (at[0] == '%' && at[1] == '%') {
      add(s, "%", 1);
      at += 2;
    } else if (at[0] == '%' && at[1] == '.' && at[2] && at[3] == 'f' && argument < SG_FLAG_NUMBERS) {
      double low = INFINITY, high = -INFINITY;
      for (size_t i = 0; i < count; i++) {
        low = fmin(low, note[i].value[argument]);
        high = fmax(high, note[i].value[argument]);
      }
      add_range(s, language, at[2] - '0', low, high);
      argument++;
      at += 4;
    } else if (*at) {
      add(s, at++, 1);
    }
  }
}

sagitta_warning sg_flag_warning(const char *language, const sg_flag_note *note, size_t count) {
  sentence s = { .length = 0 };
  s.text[0] = 0;
  say(&s, language, note, count);
  return sg_warning(NULL, note->code, note->role, note->from_s, note[count - 1].to_s, "%s", s.text);
}

/* ---- flags that repeat ---- */

int sg_note_flag(sg_flag_notes *notes, const sg_flag_note *note) {
  void *items = notes->note;
  const int room = sg_reserve(&items, &notes->room, notes->count + 1, sizeof *notes->note);
  notes->note = items;
  if (room) notes->note[notes->count++] = *note;
  return room;
}

void sg_flag_notes_free(sg_flag_notes *notes) {
  free(notes->note);
  *notes = (sg_flag_notes){ NULL, 0, 0 };
}

static bool same_reason(const sg_flag_note *a, const sg_flag_note *b) {
  return a->code == b->code && a->role == b->role && a->message == b->message;
}

/* Collect the notes that say the same as notes->note[first], in order, into `group`. */
static size_t collect(const sg_flag_notes *notes, size_t first, sg_flag_note *group) {
  size_t count = 0;
  for (size_t i = first; i < notes->count; i++) {
    if (same_reason(&notes->note[i], &notes->note[first])) group[count++] = notes->note[i];
  }
  return count;
}

/* The warning that says the same as warning i and stays: i itself where it is the first. */
static size_t stays_as(const sagitta_result *r, const sg_flag_notes *notes, size_t i) {
  const sg_flag_note *own = NULL;
  for (size_t k = 0; !own && k < notes->count; k++) own = notes->note[k].warning == i ? &notes->note[k] : NULL;
  for (size_t k = 0; own && k < notes->count; k++) {
    if (same_reason(&notes->note[k], own)) return notes->note[k].warning;
  }
  for (size_t k = 0; k < i; k++) {
    const sagitta_warning *a = &r->warning[k], *b = &r->warning[i];
    if (a->code == b->code && a->role == b->role && strcmp(a->message, b->message) == 0) return k;
  }
  return i;
}

int sg_group_flags(sagitta_result *r, const sg_flag_notes *notes, size_t *index, size_t indices) {
  sg_flag_note *group = malloc((notes->count + 1) * sizeof *group);
  size_t *moved = malloc((r->warnings + 1) * sizeof *moved), kept = 0;
  const int whole = group && moved;
  for (size_t i = 0; whole && i < r->warnings; i++) {
    const size_t first = stays_as(r, notes, i);
    moved[i] = first < i ? moved[first] : kept++;
  }
  for (size_t k = 0; whole && k < notes->count; k++) {
    if (stays_as(r, notes, notes->note[k].warning) != notes->note[k].warning) continue;
    const size_t count = collect(notes, k, group);
    if (count > 1) r->warning[notes->note[k].warning] = sg_flag_warning(r->language, group, count);
  }
  for (size_t i = 0, next = 0; whole && i < r->warnings; i++) {
    if (moved[i] != next) continue;
    r->warning[next++] = r->warning[i];
  }
  for (size_t i = 0; whole && i < indices; i++) {
    if (index[i]) index[i] = moved[index[i] - 1] + 1;
  }
  if (whole) r->warnings = kept;
  free(moved);
  free(group);
  return whole;
}
