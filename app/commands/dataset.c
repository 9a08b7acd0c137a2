/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta dataset: data to share, checked and measured again. */
#include <stdio.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "dataset/dataset.h"

typedef struct pack_options {
  const char *output, *licence, *title, *reference, *camera, *test;
  bool help, version;
} pack_options;

static const option_row pack_rows[] = {
  OUTPUT_ROW(pack_options, output, "FOLDER", "The folder that is made; -o FOLDER for short."),
  TEXT_ROW(pack_options, licence, "licence", "TEXT",
           "Under which others may use it, as CC-BY-4.0. There has to be one."),
  TEXT_ROW(pack_options, title, "title", "TEXT", "What it is, in a few words without names."),
  TEXT_ROW(
      pack_options, reference, "reference", "FILE.csv",
      "Reference values: a data sheet with the column file. Names become numbers, raters letters; columns in which a "
      "name could stand are left out."),
  CAMERA_ROW(pack_options, camera, "The calibration that all of them were measured with; it goes into the set."),
  TEST_ROW(pack_options, test, "The test of tracks that have no result beside them (default toe-touch)."),
  HELP_ROWS(pack_options)
};

static int run_pack(const command *self, int count, char **arguments) {
  pack_options o = { .output = NULL };
  int words;
  const int done = command_begin(self, &o, count, arguments, &words);
  if (done >= 0) return done;
  if (words == 0) {
    return command_misused(self,
                           "Which recordings? Name the tracks files that analyze --tracks wrote: "
                           "sagitta dataset pack tracks/*.csv -o set --licence CC-BY-4.0.");
  }
  if (!o.output) return command_misused(self, "What shall the set be called? Add, for example, -o set.");
  if (!o.licence) {
    return command_misused(self, "Under which licence may others use it? Add, for example, --licence CC-BY-4.0.");
  }
  const dataset_request request = { .tracks = arguments,
                                    .count = words,
                                    .folder = o.output,
                                    .licence = o.licence,
                                    .title = o.title,
                                    .reference = o.reference,
                                    .camera = o.camera,
                                    .test = o.test };
  sagitta_error error = error_at_terminal();
  const sagitta_status status = dataset_pack(&request, stderr, &error);
  if (status == SAGITTA_OK) {
    printf(say(text_language(), "Packed %d recordings. Look through it once before you share it: "), words);
    text_wrap(stdout, o.output, text_columns(stdout), 60, 0);
  }
  return command_end(status, &error);
}

static int run_verify(const command *self, int count, char **arguments) {
  plain_settings o = { false, false };
  int words;
  size_t faults = 0;
  const int done = command_begin_words(self, &o, count, arguments, 1, 1, "Which data set? Name its folder.", &words);
  if (done >= 0) return done;
  sagitta_error error = error_at_terminal();
  const sagitta_status status = dataset_verify(arguments[0], stderr, &faults, &error);
  if (status != SAGITTA_OK) return command_fail(&error);
  if (faults == 0) {
    puts(say(text_language(), "Every file is there and is what its checksum says."));
  } else {
    printf(say(text_language(), "Faults: %zu.\n"), faults);
  }
  return command_finish(faults ? EXIT_NO_MEASUREMENT : EXIT_MEASURED);
}

typedef struct again_options {
  const char *table;
  bool help, version;
} again_options;

static const option_row again_rows[] = {
  TEXT_ROW(again_options, table, "table", "FILE.csv",
           "The values, a line a recording, as analyze --table names them: for sagitta agreement."),
  HELP_ROWS(again_options)
};

static int run_analyze(const command *self, int count, char **arguments) {
  again_options o = { .table = NULL };
  int words;
  dataset_again again;
  const int done = command_begin_words(self, &o, count, arguments, 1, 1, "Which data set? Name its folder.", &words);
  if (done >= 0) return done;
  sagitta_error error = error_at_terminal();
  const sagitta_status status = dataset_analyze(arguments[0], o.table, stderr, &again, &error);
  if (status != SAGITTA_OK) return command_fail(&error);
  printf(say(text_language(), "Recordings: %zu. The same to the byte: %zu. Other: %zu. Not measured any more: %zu.\n"),
         again.recordings, again.same, again.other, again.refused);
  return command_finish(again.same == again.recordings ? EXIT_MEASURED : EXIT_NO_MEASUREMENT);
}

static const command pack_command = {
  .name = "dataset pack",
  .usage = "TRACKS.csv… -o FOLDER --licence TEXT [options]",
  .purpose = TRANSLATABLE("Tracks, results and reference values as a folder to share."),
  .about = TRANSLATABLE(
      "No video, no picture and no name goes in: recordings are numbered by the checksum of their tracks, persons in "
      "the "
      "order in which they come then. NAME.json beside NAME.csv says how it was measured; the result is made again "
      "from "
      "the tracks in the set. FOLDER gets tracks, results, reference.csv, a codebook, and dataset.json with checksums "
      "and "
      "licence. The list that joins numbers and names is written nowhere."),
  .options = pack_rows,
  .run = run_pack,
};

static const command verify_command = {
  .name = "dataset verify",
  .usage = "FOLDER",
  .purpose = TRANSLATABLE("Whether a data set is whole and unchanged."),
  .options = plain_options,
  .run = run_verify,
};

static const command analyze_again_command = {
  .name = "dataset analyze",
  .usage = "FOLDER [--table FILE.csv]",
  .purpose = TRANSLATABLE("Every recording of a data set measured again."),
  .options = again_rows,
  .run = run_analyze,
};

static const command *const parts[] = { &pack_command, &verify_command, &analyze_again_command, NULL };

const command dataset_command = {
  .name = "dataset",
  .usage = "pack|verify|analyze …",
  .purpose = TRANSLATABLE("Data to share, without faces or names: packed, checked, measured again."),
  .about =
      TRANSLATABLE("Pack tracks, results and reference values; check a set; measure all of it again with one command."),
  .options = plain_options,
  .run = command_run_part,
  .parts = parts,
  .which_part = TRANSLATABLE("What shall be done with the data set: pack, verify or analyze?"),
  .list_in_full = true,
};
