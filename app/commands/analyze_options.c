/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/analyze_options.h"

#include <stdio.h>
#include <string.h>

#include "cli/files.h"
#include "cli/options.h"
#include "cli/side.h"
#include "commands/measure_rows.h"
#include "report/report.h"

const option_row analyze_rows[] = {
  MEASURE_ROWS,
  PICK_ROW(analyze_options, measure.picks,
           "The marker ROLE is at pixel X,Y of the upright picture, S seconds from the start: learn its colour there. "
           "May be repeated."),
  RATE_ROW(analyze_options, measure.rate,
           "The true capture rate in frames/s: for pictures (default 25), and for slow motion that was exported "
           "without its clock."),
  SECONDS_ROW(analyze_options, measure.seconds, SECONDS_HELP),
  CUSTOM_ROW(analyze_options, measure.map, "map", "ROLE=NAME,…", map_parse,
             "Which points of another program's file (TRC, C3D, trajectories of Kinovea or Tracker) are which: "
             "hip=RGTRO,shoulder=RSHO,knee=RKNE; of strips both ends, pelvis_a=… and pelvis_b=…; up=z where Z is up; "
             "side=left for the left joints of keypoints; units=cm (px, mm, m) where the file does not say it."),
  CUSTOM_ROW(analyze_options, measure.points, "points", "markers|clicked|keypoints", points_parse,
             "What the points of a tracks file are: markers (stickers, or a laboratory's), clicked (stickers that "
             "Kinovea or Tracker followed from a click) or keypoints (joints guessed without stickers: Sports2D, "
             "OpenCap). Intervals are as wide as that asks for; a file of keypoints is refused without it."),
  TEXT_ROW(analyze_options, batch.table, "table", "FILE.csv",
           "Measure several inputs, every video of a folder, or what @LIST names, into one table, a line a file. What "
           "is in it already "
           "is not measured again."),
  COUNT_ROW(analyze_options, batch.jobs, "jobs", "N", 1, 256,
            "With --table: files at a time (default: one per processor)."),
  TEXT_ROW(analyze_options, batch.roster, "roster", "FILE.csv",
           "With --table: whose each file is, in columns file, client, age, sex, height_cm, side, map, points."),
  TEXT_ROW(analyze_options, batch.sort, "sort", "name|score",
           "With --table: in which order the class is printed, and stands in its report (default: name)."),
  FLAG_ROW(analyze_options, batch.all_columns, "all-columns",
           "With --table: also the columns that are empty for all files."),
  FLAG_ROW(analyze_options, batch.strict, "strict",
           "With --table: exit status 1 when some files could not be measured."),
  FLAG_ROW(analyze_options, timings, "timings",
           "Print what the input is, and the milliseconds of each stage, on standard error."),
  FLAG_ROW(analyze_options, progress, "progress",
           "For programs: say on standard error, in lines, how far the work has come (progress 0.420 STAGE; -1: not "
           "known), under which number the result was saved (saved N), and whether it was there before (already N)."),
  TEXT_ROW(analyze_options, measure.called, "called", "NAME",
           "The recording's name in the result and on its pages, where the file has another one."),
  TEXT_ROW(analyze_options, name, "name", "TEXT",
           "With --report: whose page it is, without or instead of the records' name."),
  TEXT_ROW(analyze_options, key_frames, "key-frames", "FOLDER",
           "Write start.jpg, middle.jpg and deepest.jpg of the first repetition that counts, the head hidden; with "
           "--client they are kept beside the records as well."),
  TEXT_ROW(
      analyze_options, debug, "debug", "FOLDER",
      "Write what was seen at the moments of --debug-at: pictures with the head hidden, every candidate, why it was "
      "refused, what it cost; and how the start was chosen."),
  CUSTOM_ROW(analyze_options, measure.explain, "debug-at", "S,…", moments_parse,
             "With --debug: the moments, in seconds from the start. May be repeated."),
  HELP_ROWS(analyze_options)
};

outputs analyze_options_outputs(const analyze_options *o) {
  return (outputs){ .asked = { o->json, o->tracks, o->angles, o->c3d, o->fhir, o->overlay, o->report },
                    .with_angles = o->with_angles };
}

/* A marker map needs another program's file, a declaration of points a tracks file, and millimetres need something that
 * says how long one is. */
static bool check_space(const analyze_options *options, const outputs *wanted, const char *input, char *why) {
  const bool scaled =
      options->measure.camera || options->measure.ruler > 0 || options->measure.height > 0 || options->keep.client;
  const char *mm = outputs_need_scale(wanted);
  if (map_given(&options->measure.map) && !input_is_in_space(input)) {
    return options_refuse(why,
                          "--map names the points of another program's file (TRC, C3D, trajectories of Kinovea or "
                          "Tracker), and '%.80s' is none: leave it out.",
                          input);
  }
  if (options->measure.points == SAGITTA_POINTS_KEYPOINTS && options->keep.client) {
    return options_refuse(why,
                          "Records keep no result of keypoints: what changes from day to day cannot be told from such "
                          "guesses. Leave --client out, and keep the result as a file (--json).");
  }
  if (options->measure.points && !input_is_tracks(input)) {
    return options_refuse(why,
                          "--points says what the points of a tracks file are, and '%.80s' is none: its markers are "
                          "found. Leave it out.",
                          input);
  }
  if (!mm || scaled || input_is_in_space(input)) return true;
  return options_refuse(
      why,
      "%s holds millimetres, and nothing says how long one is: add --ruler CM (two ruler marks in the picture), "
      "--camera FILE (a calibrated plane) or --height CM (the person's stature, rough).",
      mm);
}

static bool check_tracks_input(const analyze_options *options, const char *input, int input_count, char *why) {
  const struct {
    bool given;
    const char *option, *because;
  } misfits[] = {
    { options->debug != NULL, "--debug", TRANSLATABLE("its markers are already found. Analyse the video itself") },
    { options->key_frames != NULL, "--key-frames", TRANSLATABLE("it holds no picture. Analyse the video itself") },
    { options->overlay != NULL, "--overlay", TRANSLATABLE("it holds no picture to draw on. Analyse the video itself") },
    { options->measure.markers != NULL, "--markers", TRANSLATABLE("its markers are already found") },
    { options->measure.picks.count > 0, "--pick", TRANSLATABLE("its markers are already found") },
    { options->measure.rate > 0, "--rate", TRANSLATABLE("it has its own times") },
    { options->measure.seconds > 0, "--seconds", TRANSLATABLE("it is read whole") },
    { options->measure.camera && input_is_in_space(input), "--camera",
      TRANSLATABLE("the points of another program's file are in the plane of movement already") },
  };
  if (input_count > 1) {
    return options_refuse(why, "A tracks file is analysed alone: give one input at a time.");
  }
  for (size_t i = 0; i < sizeof misfits / sizeof *misfits; i++) {
    if (!misfits[i].given) continue;
    return options_refuse(why, "%s does not go with a tracks file: %s.", misfits[i].option,
                          say(text_language(), misfits[i].because));
  }
  return true;
}

static bool check_test(const char *name, char *why) {
  if (sagitta_test_find(name)) return true;
  size_t count;
  const sagitta_test *tests = sagitta_tests(&count);
  const char *near = test_nearest(name);
  options_refuse(why, "There is no test '%.80s'.", name);
  if (near) options_add(why, " Did you mean %s?", near);
  options_add(why, " There are:");
  for (size_t i = 0; i < count; i++) options_add(why, "%s %s", i ? "," : "", tests[i].name);
  options_add(why, ".");
  return false;
}

static bool check_simd(const char *level, char *why) {
  if (sagitta_simd_usable(level)) return true;
  size_t count;
  const sagitta_kernel *kernels = sagitta_kernels(&count);
  options_refuse(why, "--simd %.40s does not run here. This machine has:", level);
  for (size_t i = 0; i < count; i++) {
    bool seen = !kernels[i].usable;
    for (size_t j = 0; j < i && !seen; j++) seen = kernels[j].usable && strcmp(kernels[i].level, kernels[j].level) == 0;
    if (!seen) options_add(why, " %s", kernels[i].level);
  }
  options_add(why, ".");
  return false;
}

static bool check_report(const char *name, bool film, const char *overlay, char *why) {
  const report_format format = name ? report_format_of(name) : REPORT_NONE;
  if (name && format == REPORT_NONE) {
    options_refuse(why, "A report is a .pdf, .html, .svg or .png by the end of its name, and '%.200s' is none.", name);
  } else if (film && format != REPORT_HTML) {
    options_refuse(why, "--report-video goes with an HTML report: add --report page.html, or leave it out.");
  } else if (film && (!overlay || !file_is_regular_or_new(overlay))) {
    options_refuse(why, "--report-video shows the overlay video: add --overlay FILE.mp4, or leave it out.");
  } else {
    return true;
  }
  return false;
}

/* How the report looks. */
static bool check_look(const analyze_options *o, char *why) {
  report_paper paper;
  if ((o->clinic || o->paper || o->name) && !o->report) {
    options_refuse(why, "%s is for the report: add --report page.pdf, or leave it out.",
                   o->clinic ? "--clinic" : "--paper");
  } else if (o->paper && !report_paper_of(o->paper, &paper)) {
    options_refuse(why, "--paper is a4 or letter, and not '%.80s'.", o->paper);
  } else {
    return true;
  }
  return false;
}

/* A folder and moments go together. */
static bool check_debug(const char *folder, size_t moments, char *why) {
  if (folder && moments == 0) {
    options_refuse(why, "Which moments shall --debug show? Add them in seconds, as in --debug-at 1.5,3.2.");
  } else if (!folder && moments > 0) {
    options_refuse(why, "--debug-at goes with --debug FOLDER, into which the moments are written.");
  } else if (folder && strcmp(folder, "-") == 0) {
    options_refuse(why, "--debug writes several files: name a folder.");
  } else {
    return true;
  }
  return false;
}

/* What does not go with --table. */
static bool check_batch(const analyze_options *o, char *const *inputs, int count, char *why) {
  const struct {
    const char *option;
    bool given;
  } misfits[] = {
    { "--json", o->json },
    { "--tracks", o->tracks },
    { "--with-angles", o->with_angles },
    { "--angles", o->angles },
    { "--c3d", o->c3d },
    { "--fhir", o->fhir },
    { "--overlay", o->overlay },
    { "--report-video", o->report_video },
    { "--timings", o->timings },
    { "--debug", o->debug },
    { "--key-frames", o->key_frames },
    { "--called", o->measure.called },
    { "--name", o->name },
    { "--pick", o->measure.picks.count > 0 },
    { "--client", o->keep.client },
  };
  for (size_t i = 0; i < sizeof misfits / sizeof *misfits; i++) {
    if (!misfits[i].given) continue;
    return options_refuse(why, "%s is for one input at a time, and does not go with --table.", misfits[i].option);
  }
  for (int i = 0; i < count; i++) {
    const bool live = strcmp(inputs[i], "-") == 0 || file_is_camera(inputs[i]);
    if (live) options_refuse(why, "'%.80s' does not go with --table, which measures files.", inputs[i]);
    if (live) return false;
    const bool table = files_same(o->batch.table, inputs[i]), sheet = o->report && files_same(o->report, inputs[i]);
    if (!table && !sheet) continue;
    return options_refuse(why, "%s would overwrite the input, '%.200s': give it another name.",
                          table ? "--table" : "--report", inputs[i]);
  }
  if (o->batch.sort && strcmp(o->batch.sort, "name") != 0 && strcmp(o->batch.sort, "score") != 0) {
    return options_refuse(why, "--sort is name or score, and not '%.80s'.", o->batch.sort);
  }
  if (o->report && (strcmp(o->report, "-") == 0 || files_same(o->batch.table, o->report))) {
    return options_refuse(why, "--report is a file of its own beside --table: give it another name.");
  }
  if (!o->batch.roster || !files_same(o->batch.table, o->batch.roster)) return true;
  return options_refuse(why, "--table would overwrite the roster, '%.200s': give it another name.", o->batch.roster);
}

/* The inputs themselves, and how many they are. */
static bool check_inputs(const analyze_options *options, char *const *inputs, int input_count, char *why) {
  if (input_count == 0) {
    return options_refuse(why, "What is to be analysed? Give a video: sagitta analyze VIDEO.");
  }
  int dashes = 0, tables = 0;
  for (int i = 0; i < input_count; i++) {
    if (!*inputs[i]) {
      return options_refuse(why, "The name of an input is empty.");
    }
    dashes += strcmp(inputs[i], "-") == 0;
    tables += input_is_tracks(inputs[i]);
  }
  const bool many = options->batch.table;
  const batch_settings *b = &options->batch;
  const char *of_table = b->roster        ? "--roster"
                         : b->jobs        ? "--jobs"
                         : b->sort        ? "--sort"
                         : b->all_columns ? "--all-columns"
                         : b->strict      ? "--strict"
                                          : NULL;
  if (!many && of_table) {
    return options_refuse(why, "%s goes with --table FILE.csv, into which several inputs are measured.", of_table);
  }
  if (!many && dashes > 0 && input_count > 1) {
    return options_refuse(why, "Standard input (-) is analysed alone: give one input at a time.");
  }
  if (!many && tables > 0 && !check_tracks_input(options, inputs[0], input_count, why)) return false;
  if (file_is_camera(inputs[0]) && !(options->measure.seconds > 0)) {
    return options_refuse(why, "How long shall the camera record? Add, for example, --seconds 20.");
  }
  return true;
}

bool analyze_options_check(const analyze_options *options, char *const *inputs, int input_count, char *why) {
  const bool many = options->batch.table;
  const char *called = options->measure.called;
  if (called && (!records_text_is_plain(called, false) || strlen(called) >= SAGITTA_SOURCE_TEXT)) {
    return options_refuse(why, "The name is too long, or has control characters in it.");
  }
  if (options->name && (!records_text_is_plain(options->name, false) || strlen(options->name) >= RECORDS_NAME)) {
    return options_refuse(why, "The name is too long, or has control characters in it.");
  }
  if (!check_inputs(options, inputs, input_count, why)) return false;
  if (options->measure.language && !language_check(options->measure.language, why)) return false;
  if (options->measure.sex && strcmp(options->measure.sex, "f") != 0 && strcmp(options->measure.sex, "m") != 0) {
    return options_refuse(why, "--sex is f or m, the two that norms are published for. Leave it out otherwise.");
  }
  if (!keep_check(&options->keep, why)) return false;
  const outputs wanted = analyze_options_outputs(options);
  if (!many && !outputs_check(&wanted, inputs, input_count, why)) return false;
  if (!check_report(options->report, options->report_video, options->overlay, why)) return false;
  if (!check_look(options, why)) return false;
  if (!many && !check_space(options, &wanted, inputs[0], why)) return false;
  if (!check_test(options->measure.test, why)) return false;
  if (!check_debug(options->debug, options->measure.explain.count, why)) return false;
  if (options->measure.simd && !check_simd(options->measure.simd, why)) return false;
  return !many || check_batch(options, inputs, input_count, why);
}
