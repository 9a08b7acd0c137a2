/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/live_screen.h"

#include <math.h>
#include <string.h>

#include "cli/system.h"
#include "cli/text.h"
#include "drawing/block_letters.h"

#define ROWS 9 /* of characters, that the word may be high: some 12 cm on a desk's screen */

void live_screen_begin(live_screen *s) {
  s->full = text_styled(s->to) && system_terminal_columns(s->to) >= 40;
  s->state = SAGITTA_LIVE_STATES;
  s->shown_s = -1;
  if (s->full) fputs("\033[?1049h\033[?25l\033[2J", s->to);
}

void live_screen_end(live_screen *s) {
  if (s->full) fputs("\033[?25h\033[?1049l", s->to);
  (void)fflush(s->to);
}

/* "HOLD 2", "BEND", "2 / 3" while standing between two. */
static void find_word(const live_screen *s, const sagitta_live_view *v, char *word, size_t size) {
  if (v->state == SAGITTA_LIVE_HOLD && v->hold_asked_s > 5)
    snprintf(word, size, "%d / %.0f", s->shown_s, v->hold_asked_s); /* of a stretch the clock is what is looked for */
  else if (v->state == SAGITTA_LIVE_HOLD)
    snprintf(word, size, "%s %d", v->state_word, s->shown_s);
  else
    snprintf(word, size, "%s", v->state_word);
}

/* The numbers of the last repetition. They are provisional, and say so. */
static void print_numbers(const live_screen *s, const sagitta_live_view *v) {
  const sagitta_live_repetition *p = &v->provisional;
  if (p->number == 0) return;
  fprintf(s->to, say(s->language, "hip hinge ≈ %.0f°"), p->hip_hinge_deg);
  if (!isnan(p->lumbar_flexion_deg)) {
    fputs(", ", s->to);
    fprintf(s->to, say(s->language, "lower back ≈ %.0f°"), p->lumbar_flexion_deg);
  }
}

static void draw_all(const live_screen *s, const sagitta_live_view *v) {
  const int columns = text_columns(s->to), whole = system_terminal_columns(s->to);
  char count[64];
  fputs("\033[H", s->to);
  block_letters(s->to, s->word, whole, ROWS);
  fputs("\033[K\n", s->to);
  if (v->asked > 0) {
    snprintf(count, sizeof count, "%zu / %d", v->repetitions, v->asked);
    block_letters(s->to, count, whole, ROWS - 3);
  }
  fputs("\033[K\n", s->to);
  text_wrap(s->to, v->prompt, columns, 0, 0);
  fputs("\033[K", s->to);
  print_numbers(s, v);
  fputs("\033[K\n\033[J", s->to);
}

static void print_line(const live_screen *s, const sagitta_live_view *v) {
  fprintf(s->to, "%8.2f s  %-8s %s\n", v->time_s, sagitta_live_state_name(v->state), v->prompt);
}

static void print_repetition(const live_screen *s, const sagitta_live_view *v) {
  fprintf(s->to, "%8.2f s  ", v->time_s);
  fprintf(s->to, say(s->language, "repetition %zu"), v->repetitions);
  if (v->provisional.number == v->repetitions) {
    fputs("  ", s->to);
    print_numbers(s, v);
  }
  fputs("\n", s->to);
}

void live_screen_show(live_screen *s, const sagitta_live_view *v) {
  char word[sizeof s->word];
  s->shown_s = v->state == SAGITTA_LIVE_HOLD ? (int)v->hold_s : -1;
  find_word(s, v, word, sizeof word);
  const bool said = !s->begun || strcmp(s->prompt, v->prompt) != 0 || s->state != v->state;
  const bool counted = v->repetitions != s->repetitions || v->provisional.number != s->provisional;
  const bool other = strcmp(word, s->word) != 0;
  snprintf(s->word, sizeof s->word, "%s", word);
  if (s->full && (said || counted || other)) draw_all(s, v);
  if (!s->full && said) print_line(s, v);
  if (!s->full && v->repetitions != s->repetitions) print_repetition(s, v);
  if (s->full && v->cue != SAGITTA_CUE_NONE) fputc('\a', s->to);
  (void)fflush(s->to);
  s->begun = true;
  s->state = v->state;
  s->repetitions = v->repetitions;
  s->provisional = v->provisional.number;
  snprintf(s->prompt, sizeof s->prompt, "%s", v->prompt);
}
