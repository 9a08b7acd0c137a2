/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta-render: sample videos with exact truth, from the command line. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "render/render.h"

typedef struct request {
  sample_options options;
  const char *output, *truth, *truth_json;
} request;

static void help(void) {
  const sample_preset *presets;
  size_t n = sample_presets(&presets);
  puts(
      "Usage: sagitta-render [-o FILE] [--truth FILE.csv] [--truth-json FILE.json] [--preset NAME] [options]\n"
      "Renders a person who bends forward, seen from the side, and writes where the markers truly are.\n\n"
      "  -o FILE                              mp4, mov, mkv, avi, nut, webm; a folder or name-%04d.png for pictures;\n"
      "                                       without it, the truth alone\n"
      "  --truth FILE.csv                     markers and angles of every frame\n"
      "  --truth-json FILE.json               what there is at end range\n"
      "  --preset NAME                        one of the scenes below; later options change it\n"
      "  --shuffle N                          scene number N of the random ones");
  sample_options_help(stdout);
  puts("\nPresets");
  for (size_t i = 0; i < n; i++) printf("  %-20s %s\n", presets[i].name, presets[i].about);
}

/* Reads one option at argv[i]; returns how many words it took, 0 on error. */
static int read_option(request *q, int argc, char **argv, int i, char *error) {
  const char *word = argv[i], *next = i + 1 < argc ? argv[i + 1] : NULL;
  struct {
    const char *name;
    const char **to;
  } files[] = { { "-o", &q->output }, { "--truth", &q->truth }, { "--truth-json", &q->truth_json } };
  for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
    if (strcmp(word, files[k].name) != 0) continue;
    if (!next) {
      snprintf(error, SAMPLE_ERROR, "%s needs a file name", word);
      return 0;
    }
    *files[k].to = next;
    return 2;
  }
  if (strcmp(word, "--preset") == 0 && next) return sample_options_preset(&q->options, next, error) ? 2 : 0;
  if (strcmp(word, "--shuffle") == 0 && next) {
    sample_options_shuffle(&q->options, atoi(next));
    return 2;
  }
  if (strncmp(word, "--", 2) != 0) {
    snprintf(error, SAMPLE_ERROR, "\"%s\" is no option: see --help", word);
    return 0;
  }
  char name[64];
  const char *equals = strchr(word, '=');
  size_t length = equals ? (size_t)(equals - word) - 2 : strlen(word) - 2;
  snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), word + 2);
  if (equals) return sample_options_set(&q->options, name, equals + 1, error) ? 1 : 0;
  if (sample_option_is_flag(name)) return sample_options_set(&q->options, name, NULL, error) ? 1 : 0;
  return sample_options_set(&q->options, name, next, error) ? 2 : 0;
}

int main(int argc, char **argv) {
  request q = { .options = sample_options_default() };
  char error[SAMPLE_ERROR] = "";
  for (int i = 1; i < argc;) {
    if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
      help();
      return 0;
    }
    int words = read_option(&q, argc, argv, i, error);
    if (words == 0) {
      fprintf(stderr, "sagitta-render: %s\n", error);
      return 2;
    }
    i += words;
  }
  if (!q.output && !q.truth && !q.truth_json) {
    fprintf(stderr,
            "sagitta-render: say where to write with -o FILE, or --truth FILE.csv for the truth alone; see --help\n");
    return 2;
  }
  if (!sample_render_file(&q.options, q.output, q.truth, q.truth_json, isatty(STDERR_FILENO) != 0, error)) {
    fprintf(stderr, "sagitta-render: %s\n", error);
    return 1;
  }
  return 0;
}
