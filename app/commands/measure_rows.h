/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the commands: the options of whatever measures one input, a recording or a person who is being filmed:
 * how it is measured, its outputs, the client's records. Rows of a table whose settings are, or begin with, an
 * analyze_options. */
#ifndef SG_COMMANDS_MEASURE_ROWS_H
#define SG_COMMANDS_MEASURE_ROWS_H

#include "cli/side.h"
#include "commands/analyze_options.h"

#define MEASURE_ROWS                                                                                                   \
  TEXT_ROW(analyze_options, measure.markers, "markers", "FILE|SET",                                                    \
           "Which markers to expect: a set (strip, discs, clinic) or a file of learnt colours (markers.json). "        \
           "Without it, they are found."),                                                                             \
      TEST_ROW(analyze_options, measure.test, "The movement: toe-touch (default). See: sagitta tests."),               \
      CUSTOM_ROW(                                                                                                      \
          analyze_options, measure.side, "side", "left|right|both", side_parse,                                        \
          "Which leg is tested, where the test has a side (straight-leg-raise, knee-extension, supported-stretch). "   \
          "Else it is asked once, at a terminal."),                                                                    \
      CAMERA_ROW(analyze_options, measure.camera,                                                                      \
                 "The camera's calibration (camera.json, from sagitta calibrate): lens, level, scale."),               \
      NUMBER_ROW(analyze_options, measure.ruler, "ruler", "CM", 1, 1000,                                               \
                 "The two ruler marks in the picture are so many cm apart: gives reach in cm."),                       \
      NUMBER_ROW(analyze_options, measure.height, "height", "CM", 50, 280,                                             \
                 "The person's stature in cm: a rough scale where there is neither a ruler nor a calibrated plane."),  \
      NUMBER_ROW(analyze_options, measure.age, "age", "N", 1, 120, "The person's age in years, for norms."),           \
      TEXT_ROW(analyze_options, measure.sex, "sex", "f|m", "The person's sex, for norms."),                            \
      LANGUAGE_ROW(                                                                                                    \
          analyze_options, measure.language,                                                                           \
          "The language of the sentences, in files and on the terminal: en (default), de or es. Without it the "       \
          "terminal speaks that of the environment (LC_MESSAGES), and files do not ask it, so that results "           \
          "are the same everywhere."),                                                                                 \
      JSON_ROW(analyze_options, json, "Write the result as JSON."),                                                    \
      TEXT_ROW(                                                                                                        \
          analyze_options, tracks, "tracks", "FILE.csv|.trc",                                                          \
          "Write the markers' places through time; the file can be analysed again. As .trc for OpenSim, in mm: needs " \
          "a scale."),                                                                                                 \
      FLAG_ROW(analyze_options, with_angles, "with-angles",                                                            \
               "With --tracks FILE.csv: the angles of each frame in the same table, after the markers."),              \
      TEXT_ROW(analyze_options, angles, "angles", "FILE.csv|.mot",                                                     \
               "Write the angles through time; as .mot with OpenSim's names and signs."),                              \
      TEXT_ROW(analyze_options, c3d, "c3d", "FILE.c3d", "Write the markers in mm as C3D: needs a scale."),             \
      TEXT_ROW(analyze_options, fhir, "fhir", "FILE.json", "Write the result as FHIR R4 Observations."),               \
      TEXT_ROW(analyze_options, overlay, "overlay", "FILE.mp4",                                                        \
               "Write a video with markers, angles and a time line drawn in, and the head hidden."),                   \
      TEXT_ROW(                                                                                                        \
          analyze_options, report, "report", "FILE",                                                                   \
          "Write a page for the client and one for the professional, by the end of the name as .pdf, .html, .svg or "  \
          ".png. See: sagitta report."),                                                                               \
      FLAG_ROW(analyze_options, report_video, "report-video",                                                          \
               "Put the overlay video into the HTML report, beside the chart that follows it."),                       \
      CLINIC_ROW(analyze_options, clinic), PAPER_ROW(analyze_options, paper),                                          \
      BACKGROUND_ROW(analyze_options, keep_background),                                                                \
      TEXT_ROW(analyze_options, keep.client, "client", "ID",                                                           \
               "Save the result in this client's records. Height, age and sex are theirs unless given. See: sagitta "  \
               "records."),                                                                                            \
      DATE_ROW(analyze_options, keep.date, "The day of the visit (default: today)."),                                  \
      PAIN_ROW(analyze_options, keep.pain, "The client's pain during the movement."),                                  \
      FLAG_ROW(analyze_options, keep.before, "before", "Measured before a treatment."),                                \
      FLAG_ROW(analyze_options, keep.after, "after", "Measured after a treatment."),                                   \
      FLAG_ROW(analyze_options, keep.same_markers, "same-markers",                                                     \
               "The markers are still where they were for the recording before of this visit: a smaller change "       \
               "counts then. "                                                                                         \
               "Else it is asked once, at a terminal."),                                                               \
      FLAG_ROW(analyze_options, keep.new_markers, "new-markers", "The markers were put on anew."),                     \
      REST_ROW(analyze_options, keep.rest,                                                                             \
               "Minutes without bending since the recording before of this visit. Bending itself loosens: without a "  \
               "rest, or "                                                                                             \
               "two recordings before, no change is called real."),                                                    \
      PRETEST_ROW(                                                                                                     \
          analyze_options, keep.pretest,                                                                               \
          "The answers to the questions before a test (sagitta records questions prints a form). Else they are "       \
          "asked once for each visit, at a terminal."),                                                                \
      FLAG_ROW(analyze_options, keep.force, "force",                                                                   \
               "Measure although an answer was yes: a clinician has cleared the client."),                             \
      RECORDS_ROWS(analyze_options, keep.place),                                                                       \
      COUNT_ROW(analyze_options, measure.threads, "threads", "N", 1, 256,                                              \
                "Decoder threads (default: two more than processors)."),                                               \
      TEXT_ROW(analyze_options, measure.simd, "simd", "LEVEL", "Highest kernel level to use. See: sagitta cpu.")

#endif
