/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta simulate: tracks of simulated people, with the truth. */
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/text.h"
#include "commands/commands.h"

#define MOST_PEOPLE 99999

typedef struct simulate_options {
  int people;
  sagitta_simulation_settings settings;
  const char *folder;
  bool no_skin, flat_camera, through_time;
  bool help, version;
} simulate_options;

static bool take_set(void *at, const char *value, char *why) {
  sagitta_marker_set *set = at;
  *set = sagitta_marker_set_from_name(value);
  if (*set != SAGITTA_SET_UNKNOWN) return true;
  return options_refuse(why, "There is no marker set '%.80s'. Take discs, strip or clinic.", value);
}

static bool take_seed(void *at, const char *value, char *why) {
  char *end;
  errno = 0;
  const unsigned long long seed = strtoull(value, &end, 10);
  if (*value >= '0' && *value <= '9' && *end == '\0' && errno == 0) {
    *(uint64_t *)at = seed;
    return true;
  }
  return options_refuse(why, "--seed needs a whole number from 0 to 18446744073709551615, not '%.80s'.", value);
}

static bool take_aside(void *at, const char *value, char *why) {
  for (int i = 0; i < SAGITTA_ASIDES; i++) {
    if (strcmp(value, sagitta_simulated_aside_name((sagitta_simulated_aside)i)) != 0) continue;
    *(sagitta_simulated_aside *)at = (sagitta_simulated_aside)i;
    return true;
  }
  return options_refuse(
      why,
      "--aside does not know '%.80s'. Take nothing, reach, arch-first, arch-between, arch-into, walk-in or cut-in.",
      value);
}

static bool take_camera(void *at, const char *value, char *why) {
  for (int i = 0; i < SAGITTA_CAMERAS; i++) {
    if (strcmp(value, sagitta_simulated_camera_name((sagitta_simulated_camera)i)) != 0) continue;
    *(sagitta_simulated_camera *)at = (sagitta_simulated_camera)i;
    return true;
  }
  return options_refuse(why, "--camera-moves does not know '%.80s'. Take still, shifted, rolled, zoomed or knocked.",
                        value);
}

static bool take_recording(void *at, const char *value, char *why) {
  uint64_t number = 0;
  if (take_seed(&number, value, why) && number <= 1000000) {
    *(uint32_t *)at = (uint32_t)number;
    return true;
  }
  return options_refuse(why, "--recording needs a whole number from 0 to 1000000, not '%.80s'.", value);
}

static const option_row rows[] = {
  COUNT_ROW(simulate_options, people, "people", "N", 1, MOST_PEOPLE, "How many people (default 10)."),
  CUSTOM_ROW(simulate_options, settings.set, "set", "SET", take_set,
             "Their markers: discs, strip (default) or clinic."),
  TEST_ROW(simulate_options, settings.test,
           "What they do: toe-touch (default), toe-touch-knees-bent, sit-and-reach or waiters-bow."),
  TEXT_ROW(simulate_options, settings.population, "population", "NAME",
           "Who they are: usual (default), others by other laws (winter, esola, tafazzol, wide, two-habits), or "
           "people who break one assumption of the analysis: more-skin, soft-belly, round-thorax, kyphotic, "
           "far-shoulders, misplaced."),
  CUSTOM_ROW(simulate_options, settings.points, "points", "markers|clicked|keypoints", points_parse,
             "What their points are: markers (default), clicked (stickers that another program slips on) or keypoints "
             "(guesses of joints, with --set discs)."),
  CUSTOM_ROW(simulate_options, settings.seed, "seed", "S", take_seed,
             "Which people: the same seed gives the same people, whatever their number (default 1)."),
  OUTPUT_ROW(simulate_options, folder, "DIR", "The folder to write to; -o DIR for short."),
  COUNT_ROW(simulate_options, settings.repetitions, "repetitions", "N", 1, 10, "Bends of each person (default 3)."),
  CUSTOM_ROW(simulate_options, settings.aside, "aside", "WHAT", take_aside,
             "What they do beside bending: nothing (default), reach (overhead, first), arch-first, arch-between, "
             "arch-into (straight into each bend), walk-in, cut-in (the recording begins within the first bend)."),
  NUMBER_ROW(simulate_options, settings.rate, "fps", "F", 5, 1000, "Frames per second (default 30)."),
  FLAG_ROW(simulate_options, settings.ankle, "ankle", "An ankle marker also in the sets discs and strip."),
  FLAG_ROW(simulate_options, settings.hand, "hand",
           "A fingertip marker, and two ruler marks 20 cm apart, the lower one on the floor."),
  FLAG_ROW(simulate_options, no_skin, "no-skin", "Skin does not slide over bone, and markers sit where they belong."),
  FLAG_ROW(simulate_options, flat_camera, "flat-camera",
           "A camera without perspective or lens, level and square to the person."),
  NUMBER_ROW(simulate_options, settings.noise, "camera-noise", "X", 0, 100,
             "Times the usual noise of marker positions and directions (default 1)."),
  CUSTOM_ROW(
      simulate_options, settings.camera_moves, "camera-moves", "HOW", take_camera,
      "The camera moves once while it records: still (default), shifted, rolled, zoomed or knocked (all of it)."),
  FLAG_ROW(simulate_options, settings.camera_untold, "camera-untold",
           "Nothing behind the person shows that: only the ruler marks of --hand do."),
  FLAG_ROW(simulate_options, through_time, "through-time",
           "Also the true angles of every frame, in a second file per person."),
  CUSTOM_ROW(simulate_options, settings.recording, "recording", "N", take_recording,
             "Another recording of the same people with the same markers (default 0: the first)."),
  FLAG_ROW(simulate_options, settings.markers_anew, "markers-anew",
           "With --recording: the markers are put on, and the camera is set up, anew."),
  HELP_ROWS(simulate_options)
};

/* One file of the folder, whole or not at all. */
static sagitta_status write_file(const char *folder, const char *name, const char *text, size_t length,
                                 sagitta_error *error) {
  sagitta_output *output = NULL;
  sagitta_status status = output_begin_in(&output, folder, name, error);
  if (status == SAGITTA_OK) status = sagitta_output_write(output, text, length, error);
  if (status == SAGITTA_OK) status = output_end(&output, error);
  output_drop(&output);
  return status;
}

/* ---- the truth ---- */

static void print_head(FILE *to, const simulate_options *o) {
  const sagitta_simulation_settings *s = &o->settings;
  const char *points = sagitta_points_name(s->points);
  fprintf(to,
          "# sagitta-simulation/1 people=%d set=%s test=%s population=%s seed=%llu rate=%g repetitions=%d skin=%g "
          "placement=%g "
          "camera=%g noise=%g aside=%s camera_moves=%s%s%s\n",
          o->people, sagitta_marker_set_name(s->set), s->test, s->population ? s->population : "usual",
          (unsigned long long)s->seed, s->rate, s->repetitions, s->skin, s->placement, s->camera, s->noise,
          sagitta_simulated_aside_name(s->aside), sagitta_simulated_camera_name(s->camera_moves),
          points ? " points=" : "", points ? points : "");
  fputs(
      "# Units are in the names: deg = degrees, forward positive, change from the person's own start, mean over "
      "+-0.1 s around end range; s = seconds from the first frame; cm; lumbar_share is a fraction.\n"
      "person,file,sex,age_years,stature_cm,bmi_kg_m2,back_pain,short_hamstrings,facing,repetition,start_s,"
      "end_range_s,end_s,hip_hinge_deg,lumbar_flexion_deg,lumbar_share,pelvic_rotation_deg,ribs_rotation_deg,"
      "thigh_rotation_deg,knee_flexion_deg,hip_lag_s,fingertip_above_floor_cm,label,camera_moved_s,camera_x_px,camera_"
      "y_px,"
      "camera_roll_deg,camera_scale\n",
      to);
}

/* Empty where the camera stood still. */
static void print_motion(FILE *to, sagitta_simulated_motion m) {
  if (isnan(m.at_s)) {
    fputs(",,,,\n", to);
  } else {
    fprintf(to, "%.4f,%.2f,%.2f,%.2f,%.4f\n", m.at_s, m.pose.x, m.pose.y, m.pose.roll, m.pose.scale);
  }
}

static void print_person(FILE *to, int number, const char *file, const sagitta_simulation *simulation) {
  const sagitta_simulated_person p = sagitta_simulation_person(simulation);
  size_t count = 0;
  const sagitta_simulated_bend *bends = sagitta_simulation_bends(simulation, &count);
  for (size_t i = 0; i < count; i++) {
    const sagitta_simulated_bend *b = &bends[i];
    fprintf(to, "%d,%s,%c,%.1f,%.1f,%.1f,%d,%d,%s,%zu,%.4f,%.4f,%.4f,", number, file, p.woman ? 'f' : 'm', p.age_years,
            p.stature_cm, p.bmi, p.back_pain, p.short_hamstrings, p.facing_right ? "right" : "left", i + 1, b->start_s,
            b->end_range_s, b->end_s);
    fprintf(to, "%.2f,%.2f,%.4f,%.2f,%.2f,%.2f,%.2f,%.4f,%.2f,%s,", b->hip_hinge, b->lumbar_flexion, b->lumbar_share,
            b->pelvic_rotation, b->ribs_rotation, b->thigh_rotation, b->knee_flexion, b->hip_lag_s, b->fingertip_cm,
            sagitta_label_name(b->label));
    print_motion(to, sagitta_simulation_motion(simulation));
  }
}

static void print_frames(FILE *to, const sagitta_simulation *simulation) {
  size_t count = 0;
  const sagitta_simulated_frame *frames = sagitta_simulation_frames(simulation, &count);
  fputs(
      "# Truth through time: deg = degrees, forward positive, change from the person's own start.\n"
      "time_s,pelvic_rotation_deg,ribs_rotation_deg,thigh_rotation_deg,hip_hinge_deg,lumbar_flexion_deg,"
      "knee_flexion_deg,fingertip_above_floor_cm,repetition\n",
      to);
  for (size_t i = 0; i < count; i++) {
    const sagitta_simulated_frame *f = &frames[i];
    fprintf(to, "%.4f,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,", f->time_s, f->pelvic_rotation, f->ribs_rotation,
            f->thigh_rotation, f->hip_hinge, f->lumbar_flexion, f->knee_flexion, f->fingertip_cm);
    if (f->repetition) fprintf(to, "%d", f->repetition);
    fputc('\n', to);
  }
}

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "There is not enough memory. Simulate fewer people at a time.");
}

/* ---- the folder ---- */

static sagitta_status write_tracks(const simulate_options *o, const char *name, const sagitta_simulation *simulation,
                                   sagitta_error *error) {
  char *text = NULL;
  size_t length = 0;
  sagitta_status status = sagitta_tracks_print(sagitta_simulation_tracks(simulation), &text, &length, error);
  if (status == SAGITTA_OK) status = write_file(o->folder, name, text, length, error);
  sagitta_free(text);
  return status;
}

static sagitta_status write_frames(const simulate_options *o, int number, const sagitta_simulation *simulation,
                                   sagitta_error *error) {
  char name[64], *text = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&text, &length);
  if (!to) return no_memory(error);
  print_frames(to, simulation);
  snprintf(name, sizeof name, "person-%05d-truth.csv", number);
  sagitta_status status = fclose(to) == 0 ? SAGITTA_OK : no_memory(error);
  if (status == SAGITTA_OK) status = write_file(o->folder, name, text, length, error);
  free(text);
  return status;
}

static sagitta_status make_person(const simulate_options *o, int number, FILE *truth, sagitta_error *error) {
  sagitta_simulation *simulation = NULL;
  char name[64];
  snprintf(name, sizeof name, "person-%05d.csv", number);
  sagitta_status status = sagitta_simulate_person(&simulation, &o->settings, (uint64_t)(number - 1), error);
  if (status == SAGITTA_OK) status = write_tracks(o, name, simulation, error);
  if (status == SAGITTA_OK && o->through_time) status = write_frames(o, number, simulation, error);
  if (status == SAGITTA_OK) print_person(truth, number, name, simulation);
  sagitta_simulation_free(&simulation);
  return status;
}

/* truth.csv is written last: where it is, every tracks file is complete. */
static sagitta_status make_people(const simulate_options *o, sagitta_error *error) {
  char *text = NULL;
  size_t length = 0;
  progress bar;
  FILE *truth = open_memstream(&text, &length);
  if (!truth) return no_memory(error);
  sagitta_status status = SAGITTA_OK;
  print_head(truth, o);
  progress_begin(&bar);
  for (int i = 1; i <= o->people && status == SAGITTA_OK; i++) {
    status = make_person(o, i, truth, error);
    progress_report(&bar, "simulating", (double)i / o->people);
  }
  progress_clear(&bar);
  if (fclose(truth) != 0 && status == SAGITTA_OK) status = no_memory(error);
  if (status == SAGITTA_OK) status = write_file(o->folder, "truth.csv", text, length, error);
  free(text);
  return status;
}

static bool check_words(const simulate_options *o, char *const *words, int count, char *why) {
  if (count > 0) {
    options_refuse(why, "'sagitta simulate' takes no further words, but got '%.80s'. The folder goes after -o.",
                   words[0]);
  } else if (!o->folder) {
    options_refuse(why, "Where shall the people go? Name a folder: sagitta simulate -o people.");
  } else {
    return true;
  }
  return false;
}

static int run(const command *self, int count, char **arguments) {
  simulate_options o = { .people = 10, .settings = sagitta_simulation_default_settings() };
  char why[OPTION_WHY];
  int words;
  const int done = command_begin(self, &o, count, arguments, &words);
  if (done >= 0) return done;
  if (!check_words(&o, arguments, words, why)) return command_misused(self, why);
  if (o.no_skin) o.settings.skin = o.settings.placement = 0;
  if (o.flat_camera) o.settings.camera = 0;
  sagitta_error error = error_at_terminal();
  sagitta_simulation *first = NULL;
  /* What cannot be simulated is said before a folder is made. */
  sagitta_status status = sagitta_simulate_person(&first, &o.settings, 0, &error);
  sagitta_simulation_free(&first);
  if (status == SAGITTA_OK) status = folder_make(o.folder, NULL, &error);
  if (status == SAGITTA_OK) status = make_people(&o, &error);
  if (status != SAGITTA_OK) return command_fail(&error);
  printf(say(error.language, "Simulated people, with truth.csv: %d. Written to %s.\n"), o.people, o.folder);
  return command_finish(EXIT_MEASURED);
}

const command simulate_command = {
  .name = "simulate",
  .usage = "--people N --set SET --seed S -o DIR [options]",
  .purpose = TRANSLATABLE("Tracks of simulated people, with the truth."),
  .about = TRANSLATABLE(
      "Write a tracks file (person-00001.csv …, as 'analyze' reads it) for each of N people who do not exist but "
      "stand, "
      "bend, sway, breathe and are filmed as people are, and truth.csv, which says how each of them really bent. Use "
      "it to try out what you do with results, and to see how often Sagitta is right.\n\n"
      "truth.csv has one row per person and bend; its first lines start with # and state settings and units.\n\n"
      " Exit status: 0 all written · 2 wrong usage\n"
      "              4 an output cannot be written"),
  .options = rows,
  .run = run,
};
