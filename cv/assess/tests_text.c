/* SPDX-License-Identifier: Apache-2.0 */
/* The wording of the tests, row by row as in tests.c. */
#include "assess/tests.h"

#define KEYS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Both of a pair yield these, so that they can be set side by side. */
#define BEND_KEYS \
  "hip_hinge_deg", "lumbar_flexion_deg", "lumbar_share", "pelvic_rotation_deg", "knee_flexion_deg", "reach_cm"

#define SHARE_NORMS                                                                                                \
  "Below 40 % the bend is said to come from the hips, above 60 % from the lower back, between them from both. No " \
  "study validates these limits; published averages run from 37 to 53 %."

#define BEND_COUNTS                                                                                                    \
  "Flagged: knees, feet, heels or hips that move, turning away, a bend faster than 1 s or slower than 6 s, a deepest " \
  "point that is not held, fewer than three repetitions."

const sagitta_test sg_test_texts[SG_TESTS] = {
  [SG_TEST_TOE_TOUCH] = {
      .name = "toe-touch",
      .title = "Toe touch",
      .purpose = "How far you bend forward, and how much of it comes from the hips and how much from the lower back.",
      .instructions =
          "Stand side-on to the camera, feet together, knees straight, arms folded or held away from the hip. Stand "
          "still for a moment. Reach down towards your toes without bouncing, stay there for a second, and come up "
          "again. Three times.",
      .markers = "Shoulder, hip, knee; the hip as a strip (recommended), or pelvis and ribs strips as well. An ankle "
                 "marker shows whether the knees stay straight; hand and ruler give the reach in cm.",
      .measures = "Hip hinge, lumbar flexion, lumbar share (also by thirds of the bend), pelvic rotation, trunk-thigh "
                  "angle, knee flexion, order of hips and back, speed.",
      .start = "Standing upright, knees straight.",
      .counts = "A repetition counts when the knees bend by no more than 15° and the markers are seen at start and end "
                "range. Below 60° of hip hinge and lumbar flexion together the share is withheld. " BEND_COUNTS,
      .norms = SHARE_NORMS,
      .limits = "It describes how you bent today. There is no single correct pattern, and it does not show that pain "
                "or injury is present or likely.",
      .pair = "toe-touch-knees-bent",
      .quantities = KEYS(BEND_KEYS),
      .repetitions = 3,
      .verdict = true,
  },
  [SG_TEST_TOE_TOUCH_KNEES_BENT] = {
      .name = "toe-touch-knees-bent",
      .title = "Toe touch, knees bent",
      .purpose = "The same bend with the hamstrings slack: set beside the toe touch with straight knees it shows "
                 "whether the hips bend further then.",
      .instructions =
          "Stand side-on to the camera, feet together, knees straight, and stand still for a moment. Bend the knees a "
          "little and keep them bent, reach down towards your toes without bouncing, stay there for a second, and come "
          "up to straight standing again. Three times.",
      .markers = "Shoulder, hip, knee and ankle; the hip as a strip (recommended), or pelvis and ribs strips as well. "
                 "Hand and ruler give the reach in cm.",
      .measures = "The same as the toe touch, so that both can be set side by side.",
      .start = "Standing upright, knees straight: both tests of the pair are measured from there.",
      .counts =
          "A repetition counts when the knees are bent by 15 to 75° at the deepest point and the markers are seen "
          "at start and end range. " BEND_COUNTS,
      .norms = SHARE_NORMS " For straight and bent knees compare the hip hinge of the two recordings.",
      .limits = "More hip hinge with bent knees may be related to hamstring extensibility; the straight leg raise or "
                "the knee extension can check that.",
      .pair = "toe-touch",
      .quantities = KEYS(BEND_KEYS),
      .repetitions = 3,
      .verdict = true,
  },
  [SG_TEST_SIT_AND_REACH] = {
      .name = "sit-and-reach",
      .title = "Sit and reach",
      .purpose = "How far beyond the soles you reach from sitting, and how that is scored.",
      .instructions =
          "Shoes off, after a warm-up. Sit side-on to the camera, legs straight, soles against a box or wall, and sit "
          "upright and still for a moment. Hands on top of each other, reach slowly forward along the ruler, breathe "
          "out, head down, no bouncing, and stay at the furthest point for two seconds. Come back. Three times. Nobody "
          "presses the knees.",
      .markers = "Shoulder, hip, knee and hand; an ankle marker shows whether the knees stay straight. The ruler's "
                 "first mark at the soles, the second further away, and their distance with --ruler. Strips on pelvis "
                 "and ribs tell the lower back's part.",
      .measures = "Reach in cm beyond the soles, also as CSEP, President's, Eurofit and YMCA score it, with the "
                  "percentile for age and sex; hip hinge and lumbar flexion from sitting.",
      .start = "Sitting upright with the legs straight.",
      .counts =
          "A trial counts when the knees bend by no more than 15° and the markers are seen at its furthest point. "
          "The best trial is the score: of the first two for CSEP and Eurofit, of the first three for the YMCA "
          "and the President's test. Flagged: knees above 5°, feet or hips that slide, a furthest point held for "
          "less than a second, a reach faster than 1 s.",
      .norms = "Percentiles are the YMCA's, by age and sex, as in ACSM's Guidelines, table 4.17; between its rows they "
               "are interpolated, and beyond them only the side is said. They hold for the YMCA's way of measuring.",
      .limits = "It goes with hamstring extensibility, to a moderate degree, and is no test of the back. "
                "A toe touch from standing must not be scored with it.",
      .pair = NULL,
      .quantities = KEYS("reach_cm", "hip_hinge_deg", "lumbar_flexion_deg", "lumbar_share", "pelvic_rotation_deg",
                         "knee_flexion_deg"),
      .repetitions = 3,
      .verdict = false,
  },
  [SG_TEST_FINGERTIP_TO_FLOOR] = {
      .name = "fingertip-to-floor",
      .title = "Fingertip to floor",
      .purpose = "How far the fingertips stay from the floor in a full bend, and where the bend comes from.",
      .instructions =
          "Barefoot, side-on to the camera, feet together, knees straight. Stand still for a moment. Bend forward as "
          "far as you can and reach for the floor with both hands, without bouncing; stay there for a second and come "
          "up again. Three times. Whoever reaches below the soles stands on a box.",
      .markers = "Shoulder, hip, knee and hand; an ankle marker shows whether the knees stay straight. The ruler's "
                 "first mark at the level of the soles, and its distance to the second with --ruler.",
      .measures = "Distance of the fingertip from the level of the soles in cm (below it: negative), and all that the "
                  "toe touch measures.",
      .start = "Standing upright, knees straight.",
      .counts = "A repetition counts when the knees bend by no more than 15° and the markers, the hand's as well, are "
                "seen at end range. " BEND_COUNTS,
      .norms = "None is used. Against the person's own other days a change above 4.5 cm is more than the measurement's "
               "own scatter.",
      .limits = "The distance follows the hips far more than the back (r = -.79 against .10), and arms and legs of any "
                "length. That is why hips and back are told beside it.",
      .pair = NULL,
      .quantities = KEYS("fingertip_to_floor_cm", BEND_KEYS),
      .repetitions = 3,
      .verdict = true,
  },
  [SG_TEST_STRAIGHT_LEG_RAISE] = {
      .name = "straight-leg-raise",
      .title = "Straight leg raise",
      .purpose = "How far the straight leg rises from lying: the length of the hamstrings, in degrees.",
      .instructions =
          "Lie on your back, side-on to the camera, both legs straight, the leg with the markers on the camera's side. "
          "Lie still for a moment. The leg is raised slowly with the knee straight, by yourself or by the therapist, "
          "until the first firm stop; hold for a second, and lower it. The other leg stays down. Three times, then the "
          "other side in a recording of its own.",
      .markers =
          "Hip, knee and ankle. A shoulder marker shows that the trunk stays down, a strip on the pelvis how far "
          "it rolls along.",
      .measures = "How far the thigh rises, the knee's flexion, and, with a strip on the pelvis, how much of it is the "
                  "hip's own.",
      .start = "Lying on the back, both legs straight.",
      .counts = "A repetition counts when the knee bends by no more than 15° and the trunk stays down. Flagged: knee "
                "above 5°, a pelvis that rolls or slides, a raise faster than 1 s or slower than 6 s.",
      .norms = "None is scored. In studies below 70 to 80° is called reduced, for a passive raise.",
      .limits = "It names no muscle and no nerve. Pain or tingling down the leg is a matter for a clinician.",
      .pair = NULL,
      .quantities = KEYS("leg_raise_deg", "hip_hinge_deg", "pelvic_rotation_deg", "knee_flexion_deg"),
      .repetitions = 3,
      .verdict = false,
  },
  [SG_TEST_KNEE_EXTENSION] = {
      .name = "knee-extension",
      .title = "Knee extension, 90/90",
      .purpose = "How far the knee straightens with the thigh held upright: the length of the hamstrings, in degrees.",
      .instructions =
          "Lie on your back, side-on to the camera, the thigh with the markers upright and held there, the knee bent "
          "at "
          "a right angle. Keep still for a moment. Straighten the knee slowly as far as it goes, hold for a second, "
          "and "
          "bend it again. The thigh does not move. Three times, then the other side in a recording of its own.",
      .markers = "Hip, knee and ankle. With a shoulder marker the hip's angle is measured, without it the trunk is "
                 "taken as level.",
      .measures = "The knee's angle from straight (0 = straight), and the angle between thigh and trunk.",
      .start = "Lying on the back, thigh upright, knee bent.",
      .counts =
          "A repetition counts when thigh and trunk stay within 20° of a right angle. Flagged: more than 10° off, "
          "a movement faster than 1 s or slower than 6 s, a furthest point that is not held.",
      .norms = "None is scored. In studies 30° and more from straight is called limited.",
      .limits = "It names no muscle and no nerve. Pain or tingling down the leg is a matter for a clinician.",
      .pair = NULL,
      .quantities = KEYS("knee_angle_deg", "hip_angle_deg"),
      .repetitions = 3,
      .verdict = false,
  },
  [SG_TEST_SUPPORTED_STRETCH] = {
      .name = "supported-stretch",
      .title = "Supported stretch",
      .purpose =
          "Holding a hamstring stretch from the hips: only the time in which the lower back stays neutral counts.",
      .instructions =
          "Stand side-on to the camera, the heel of the leg with the markers on a step or chair, knee straight or a "
          "little bent. Stand upright and still for a moment. Bend forward from the hips with a flat back until the "
          "back of the thigh pulls, and hold for 30 s. If the back begins to round, come up a little. Come back up.",
      .markers = "Shoulder, hip, knee; pelvis and ribs strips as well to see the lower back. An ankle marker shows the "
                 "knee.",
      .measures =
          "Seconds held with the lower back within 15° of its own upright shape and the hips doing the bending; "
          "hip hinge, lumbar flexion and knee at the deepest point.",
      .start = "Standing upright, one foot on a step or a chair.",
      .counts =
          "Time counts while the hips are bent by 20° or more, the lower back stays within 15° of its shape at the "
          "start, the hips do 60 % of the bend or more, and nobody moves. Flagged: less than 30 s, a back that "
          "rounds, hips that do not bend.",
      .norms =
          "30 s once a day lengthened hamstrings as well as longer or more frequent holds (five days a week for six "
          "weeks).",
      .limits = "Longer hamstrings do not by themselves change how one stands or bends.",
      .pair = NULL,
      .quantities = KEYS("neutral_hold_s", "hip_hinge_deg", "lumbar_flexion_deg", "lumbar_share", "knee_angle_deg"),
      .repetitions = 1,
      .verdict = false,
  },
  [SG_TEST_STANDING_POSTURE] = {
      .name = "standing-posture",
      .title = "Standing posture",
      .purpose = "How pelvis and lower ribs are tilted in quiet standing, against your own other days.",
      .instructions =
          "Stand side-on to the camera as you always stand, looking ahead, arms folded high enough to leave the strips "
          "free. Stand quietly for ten seconds. Then bend forward once, which shows the program where the front is.",
      .markers = "Shoulder, hip and knee, and strips on pelvis and lower ribs, put on at the same places each time; or "
                 "the hip as a strip, which tells the pelvis alone.",
      .measures = "The tilt of the strip on the pelvis and of the strip on the ribs, forward positive.",
      .start = "Standing upright.",
      .counts = "The longest quiet standing is measured; less than 5 s is flagged.",
      .norms = "None, on purpose: where a strip sits differs between people. Against the person's own other days a "
               "change above 10° is more than the scatter of putting the strips on.",
      .limits =
          "It is no measure of a lordosis, and no posture is the right one. Studies find no difference in standing "
          "between people with short and with normal hamstrings.",
      .pair = NULL,
      .quantities = KEYS("pelvis_tilt_deg", "ribs_tilt_deg"),
      .repetitions = 1,
      .verdict = false,
  },
};

static const char *const first_see[] = {
  "trouble holding or passing urine or stool, or numbness between the legs",
  "weakness of a leg that gets worse, or a change in how you walk",
  "a fall or accident lately; with osteoporosis or after long cortisone even a slight one",
  "cancer, now or before; weight loss without a reason; pain at night that does not let go",
  "fever, a weakened immune system, or drugs injected into a vein",
  "surgery of the spine or a hip lately, or sharp pain in the back or down a leg when bending",
  "pregnancy, dizziness, high blood pressure that is not controlled, or glaucoma",
  NULL,
};

static const sagitta_precaution precaution = {
  .heading = "See a clinician first, and do not test, if there is any of these:",
  .items = first_see,
  .advice = "None of them says that something is wrong; each is a reason to ask first.",
};

const sagitta_precaution *sagitta_before_testing(void) {
  return &precaution;
}

const char *sagitta_disclaimer(void) {
  return "Sagitta is a screening and tracking aid for use by a qualified professional. It is not a diagnosis and not "
         "medical advice. Angles and lengths are estimates from video; each is given with the interval in which it "
         "lies "
         "with 95 % certainty. Stop if there is pain, dizziness or numbness.";
}
