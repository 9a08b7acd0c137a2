/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/settings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/page.h"
#include "measure/exports.h"
#include "cli/language.h"
#include "cli/pick.h"

static bool parse_pick(void *settings, const char *value, char *why) {
  analyze_options *options = settings;
  return pick_parse(&options->picks, &options->pick_count, &options->pick_capacity, value, why);
}

static bool parse_map(void *settings, const char *value, char *why) {
  analyze_options *options = settings;
  return map_parse(&options->map, value, why);
}

#define AT(field) offsetof(analyze_options, field)

const option_row analyze_rows[] = {
  { "markers", "FILE|SET", OPTION_TEXT, AT(markers), 0, 0, NULL,
    "Which markers to expect: a set (strip, discs, clinic) or a file of learnt colours (markers.json). Without it, "
    "they are found." },
  { "pick", "ROLE=X,Y[@S]", OPTION_CUSTOM, 0, 0, 0, parse_pick,
    "The marker ROLE is at pixel X,Y of the upright picture, S seconds from the start: learn its colour there. May be "
    "repeated." },
  { "test", "NAME", OPTION_TEXT, AT(test), 0, 0, NULL, "The movement: toe-touch (default). See: sagitta tests." },
  { "rate", "FPS", OPTION_NUMBER, AT(rate), 0.01, 100000, NULL,
    "The true capture rate in frames/s: for pictures (default 25), and for slow motion that was exported without its "
    "clock." },
  { "seconds", "N", OPTION_NUMBER, AT(seconds), 0.01, 1e6, NULL, "Stop after N seconds of input. A camera needs it." },
  { "camera", "FILE", OPTION_TEXT, AT(camera), 0, 0, NULL,
    "The camera's calibration (camera.json, from sagitta calibrate): lens, level, scale." },
  { "ruler", "CM", OPTION_NUMBER, AT(ruler), 1, 1000, NULL,
    "The two ruler marks in the picture are so many cm apart: gives reach in cm." },
  { "height", "CM", OPTION_NUMBER, AT(height), 50, 280, NULL,
    "The person's stature in cm: a rough scale where there is neither a ruler nor a calibrated plane." },
  { "age", "N", OPTION_NUMBER, AT(age), 1, 120, NULL, "The person's age in years, for norms." },
  { "sex", "f|m", OPTION_TEXT, AT(sex), 0, 0, NULL, "The person's sex, for norms." },
  { "language", "CODE", OPTION_TEXT, AT(language), 0, 0, NULL,
    "The language of the sentences: en (default), de or es. The environment's is not asked, so that results are the "
    "same everywhere." },
  { "json", "FILE", OPTION_TEXT, AT(json), 0, 0, NULL, "Write the result as JSON." },
  { "tracks", "FILE.csv|.trc", OPTION_TEXT, AT(tracks), 0, 0, NULL,
    "Write the markers' places through time; the file can be analysed again. As .trc for OpenSim, in mm: needs a "
    "scale." },
  { "angles", "FILE.csv|.mot", OPTION_TEXT, AT(angles), 0, 0, NULL,
    "Write the angles through time; as .mot with OpenSim's names and signs." },
  { "c3d", "FILE.c3d", OPTION_TEXT, AT(c3d), 0, 0, NULL, "Write the markers in mm as C3D: needs a scale." },
  { "fhir", "FILE.json", OPTION_TEXT, AT(fhir), 0, 0, NULL, "Write the result as FHIR R4 Observations." },
  { "map", "ROLE=NAME,…", OPTION_CUSTOM, 0, 0, 0, parse_map,
    "Which markers of a TRC file are which: hip=RGTRO,shoulder=RSHO,knee=RKNE; of strips both ends, pelvis_a=… and "
    "pelvis_b=…; up=z where Z is up." },
  { "overlay", "FILE.mp4", OPTION_TEXT, AT(overlay), 0, 0, NULL,
    "Write a video with markers, angles and a time line drawn in, and the head hidden." },
  { "report", "FILE", OPTION_TEXT, AT(report), 0, 0, NULL,
    "Write a page for the client and one for the professional, by the end of the name as .pdf, .html, .svg or .png. "
    "See: sagitta report." },
  { "report-video", NULL, OPTION_FLAG, AT(report_video), 0, 0, NULL,
    "Put the overlay video into the HTML report, beside the chart that follows it." },
  { "client", "ID", OPTION_TEXT, AT(keep.client), 0, 0, NULL,
    "Save the result in this client's records. Height, age and sex are theirs unless given. See: sagitta records." },
  { "date", "YYYY-MM-DD", OPTION_TEXT, AT(keep.date), 0, 0, NULL, "The day of the visit (default: today)." },
  { "pain", "0-10", OPTION_COUNT, AT(keep.pain), 0, 10, NULL, "The client's pain during the movement." },
  { "before", NULL, OPTION_FLAG, AT(keep.before), 0, 0, NULL, "Measured before a treatment." },
  { "after", NULL, OPTION_FLAG, AT(keep.after), 0, 0, NULL, "Measured after a treatment." },
  { "pretest", "FILE", OPTION_TEXT, AT(keep.pretest), 0, 0, NULL,
    "The answers to the questions before a test (sagitta records questions prints a form). Else they are asked once "
    "for "
    "each visit, at a terminal." },
  { "force", NULL, OPTION_FLAG, AT(keep.force), 0, 0, NULL,
    "Measure although an answer was yes: a clinician has cleared the client." },
  { "records", "FILE", OPTION_TEXT, AT(keep.place.file), 0, 0, NULL,
    "Another records file than your own ($XDG_DATA_HOME/sagitta/records.db)." },
  { "key-file", "FILE", OPTION_TEXT, AT(keep.place.key_file), 0, 0, NULL,
    "Encrypted records: the file that holds their key. Else SAGITTA_PASSPHRASE, or asked for." },
  { "table", "FILE.csv", OPTION_TEXT, AT(table), 0, 0, NULL,
    "Measure several inputs, or every video of a folder, into one table, a line a file. What is in it already is not "
    "measured again." },
  { "jobs", "N", OPTION_COUNT, AT(jobs), 1, 256, NULL, "With --table: files at a time (default: one per processor)." },
  { "roster", "FILE.csv", OPTION_TEXT, AT(roster), 0, 0, NULL,
    "With --table: whose each file is, in columns file, client, age, sex, height_cm." },
  { "timings", NULL, OPTION_FLAG, AT(timings), 0, 0, NULL,
    "Print what the input is, and the milliseconds of each stage, on standard error." },
  { "threads", "N", OPTION_COUNT, AT(threads), 1, 256, NULL, "Decoder threads (default: two more than processors)." },
  { "simd", "LEVEL", OPTION_TEXT, AT(simd), 0, 0, NULL, "Highest kernel level to use. See: sagitta cpu." },
  { "help", NULL, OPTION_FLAG, AT(help), 0, 0, NULL, "This help." },
  { "version", NULL, OPTION_FLAG, AT(version), 0, 0, NULL, "The version." },
  { .name = NULL }
};

bool input_is_trc(const char *path) {
  return ends_as(path, ".trc");
}

bool input_is_tracks(const char *path) {
  return ends_as(path, ".csv") || input_is_trc(path);
}

/* A marker map needs a TRC file, and millimetres need something that says how long one is. */
static bool check_space(const analyze_options *options, const outputs *wanted, const char *input, char *why) {
  const bool scaled = options->camera || options->ruler > 0 || options->height > 0 || options->keep.client;
  const char *mm = exports_need_scale(wanted);
  if (map_given(&options->map) && !input_is_trc(input)) {
    snprintf(why, OPTION_WHY, "--map names the markers of a TRC file, and '%.80s' is none: leave it out.", input);
    return false;
  }
  if (!mm || scaled || input_is_trc(input)) return true;
  snprintf(why, OPTION_WHY,
           "%s holds millimetres, and nothing says how long one is: add --ruler CM (two ruler marks in the picture), "
           "--camera FILE (a calibrated plane) or --height CM (the person's stature, rough).",
           mm);
  return false;
}

static bool check_tracks_input(const analyze_options *options, const char *input, int input_count, char *why) {
  const struct {
    bool given;
    const char *option, *because;
  } misfits[] = {
    { options->overlay != NULL, "--overlay", "it holds no picture to draw on. Analyse the video itself" },
    { options->markers != NULL, "--markers", "its markers are already found" },
    { options->pick_count > 0, "--pick", "its markers are already found" },
    { options->rate > 0, "--rate", "it has its own times" },
    { options->seconds > 0, "--seconds", "it is read whole" },
    { options->camera && input_is_trc(input), "--camera", "a TRC file's markers are in the plane of movement already" },
  };
  if (input_count > 1) {
    snprintf(why, OPTION_WHY, "A tracks file is analysed alone: give one input at a time.");
    return false;
  }
  for (size_t i = 0; i < sizeof misfits / sizeof *misfits; i++) {
    if (!misfits[i].given) continue;
    snprintf(why, OPTION_WHY, "%s does not go with a tracks file: %s.", misfits[i].option, misfits[i].because);
    return false;
  }
  return true;
}

static bool check_test(const char *name, char *why) {
  size_t count;
  const sagitta_test *tests = sagitta_tests(&count);
  const char *names[OPTIONS_MAX + 1] = { NULL };
  for (size_t i = 0; i < count; i++) {
    if (strcmp(tests[i].name, name) == 0) return true;
    if (i < OPTIONS_MAX) names[i] = tests[i].name;
  }
  const char *near = options_nearest(name, names);
  size_t at =
      near ? (size_t)snprintf(why, OPTION_WHY, "There is no test '%.80s'. Did you mean %s? There are:", name, near)
           : (size_t)snprintf(why, OPTION_WHY, "There is no test '%.80s'. There are:", name);
  for (size_t i = 0; i < count && at < OPTION_WHY; i++) {
    at += (size_t)snprintf(why + at, OPTION_WHY - at, "%s %s", i ? "," : "", tests[i].name);
  }
  if (at < OPTION_WHY) snprintf(why + at, OPTION_WHY - at, ".");
  return false;
}

static bool check_simd(const char *level, char *why) {
  if (sagitta_simd_usable(level)) return true;
  size_t count;
  const sagitta_kernel *kernels = sagitta_kernels(&count);
  size_t at = (size_t)snprintf(why, OPTION_WHY, "--simd %.40s does not run here. This machine has:", level);
  for (size_t i = 0; i < count && at < OPTION_WHY; i++) {
    bool seen = !kernels[i].usable;
    for (size_t j = 0; j < i && !seen; j++) seen = kernels[j].usable && strcmp(kernels[i].level, kernels[j].level) == 0;
    if (!seen) at += (size_t)snprintf(why + at, OPTION_WHY - at, " %s", kernels[i].level);
  }
  if (at < OPTION_WHY) snprintf(why + at, OPTION_WHY - at, ".");
  return false;
}

bool analyze_options_check(const analyze_options *options, char *const *inputs, int input_count, char *why) {
  if (input_count == 0) {
    snprintf(why, OPTION_WHY, "What is to be analysed? Give a video: sagitta analyze VIDEO.");
    return false;
  }
  int dashes = 0, tables = 0;
  for (int i = 0; i < input_count; i++) {
    if (!*inputs[i]) {
      snprintf(why, OPTION_WHY, "The name of an input is empty.");
      return false;
    }
    dashes += strcmp(inputs[i], "-") == 0;
    tables += input_is_tracks(inputs[i]);
  }
  const bool many = options->table;
  if (!many && (options->roster || options->jobs)) {
    snprintf(why, OPTION_WHY, "%s goes with --table FILE.csv, into which several inputs are measured.",
             options->roster ? "--roster" : "--jobs");
    return false;
  }
  if (!many && dashes > 0 && input_count > 1) {
    snprintf(why, OPTION_WHY, "Standard input (-) is analysed alone: give one input at a time.");
    return false;
  }
  if (!many && tables > 0 && !check_tracks_input(options, inputs[0], input_count, why)) return false;
  if (strncmp(inputs[0], "/dev/video", 10) == 0 && !(options->seconds > 0)) {
    snprintf(why, OPTION_WHY, "How long shall the camera record? Add, for example, --seconds 20.");
    return false;
  }
  if (options->language && !language_check(options->language, why)) return false;
  if (options->sex && strcmp(options->sex, "f") != 0 && strcmp(options->sex, "m") != 0) {
    snprintf(why, OPTION_WHY, "--sex is f or m, the two that norms are published for. Leave it out otherwise.");
    return false;
  }
  if (!keep_check(&options->keep, why)) return false;
  outputs wanted = { .asked = { options->json, options->tracks, options->angles, options->c3d, options->fhir,
                                options->overlay, options->report } };
  if (!many && !outputs_check(&wanted, inputs, input_count, why, OPTION_WHY)) return false;
  if (!analyze_report_check(options->report, options->report_video, options->overlay, why)) return false;
  if (!many && !check_space(options, &wanted, inputs[0], why)) return false;
  return check_test(options->test, why) && (!options->simd || check_simd(options->simd, why));
}
