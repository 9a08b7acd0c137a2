/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/side.h"

#include <string.h>
#include <strings.h>

#include "cli/options.h"
#include "cli/text.h"

bool side_parse(void *at, const char *value, char *why) {
  sagitta_side *side = at;
  *side = sagitta_side_from_name(value);
  if (*side) return true;
  return options_refuse(why, "--side is left, right or both: which leg was tested; got '%.40s'.", value);
}

sagitta_side side_of_word(const char *word) {
  static const struct {
    const char *word;
    sagitta_side side;
  } words[] = {
    { "left", SAGITTA_SIDE_LEFT },      { "l", SAGITTA_SIDE_LEFT },     { "links", SAGITTA_SIDE_LEFT },
    { "izquierda", SAGITTA_SIDE_LEFT }, { "i", SAGITTA_SIDE_LEFT },     { "izquierdo", SAGITTA_SIDE_LEFT },
    { "right", SAGITTA_SIDE_RIGHT },    { "r", SAGITTA_SIDE_RIGHT },    { "rechts", SAGITTA_SIDE_RIGHT },
    { "derecha", SAGITTA_SIDE_RIGHT },  { "d", SAGITTA_SIDE_RIGHT },    { "derecho", SAGITTA_SIDE_RIGHT },
    { "both", SAGITTA_SIDE_BOTH },      { "b", SAGITTA_SIDE_BOTH },     { "beide", SAGITTA_SIDE_BOTH },
    { "ambas", SAGITTA_SIDE_BOTH },     { "ambos", SAGITTA_SIDE_BOTH }, { "a", SAGITTA_SIDE_BOTH },
  };
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (strcasecmp(words[i].word, word) == 0) return words[i].side;
  }
  return SAGITTA_SIDE_UNKNOWN;
}

bool side_matters(const char *test) {
  const sagitta_test *row = sagitta_test_find(test);
  return row && row->side;
}

sagitta_side side_ask(const sagitta_test *test, const char *language, FILE *from, FILE *to) {
  char line[64];
  for (;;) {
    fprintf(to, say(language, "Which side is tested (%s)?"), say(language, test->side));
    fprintf(to, " %s ", say(language, "(left/right/both; nothing: not said)"));
    fflush(to);
    if (!fgets(line, sizeof line, from)) return SAGITTA_SIDE_UNKNOWN;
    char *word = line + strspn(line, " \t");
    word[strcspn(word, " \t\r\n")] = '\0';
    const sagitta_side side = side_of_word(word);
    if (side || !*word) return side;
  }
}

const char *side_words(sagitta_side side, const char *language) {
  static const char *const words[] = { [SAGITTA_SIDE_UNKNOWN] = TRANSLATABLE("side unknown"),
                                       [SAGITTA_SIDE_LEFT] = TRANSLATABLE("left leg"),
                                       [SAGITTA_SIDE_RIGHT] = TRANSLATABLE("right leg"),
                                       [SAGITTA_SIDE_BOTH] = TRANSLATABLE("both legs") };
  return say(language, words[(unsigned)side <= SAGITTA_SIDE_BOTH ? side : SAGITTA_SIDE_UNKNOWN]);
}
