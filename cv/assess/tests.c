/* SPDX-License-Identifier: Apache-2.0 */
/* The tests of movement: the wording of each, and its limits. */
#include "assess/tests.h"

#include <string.h>

/* ---- wording ---- */

#define KEYS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Both of a pair yield these, so that they can be set side by side. */
#define BEND_KEYS \
  "hip_hinge_deg", "lumbar_flexion_deg", "lumbar_share", "pelvic_rotation_deg", "knee_flexion_deg", "reach_cm"

#define SHARE_NORMS                                                                                                    \
  "Below 40 % the bend is said to come from the hips, above 60 % from the lower back, between them from both. No "     \
  "study validates these limits. Of pain-free adults eight in ten lie between 30 and 57 %; the averages of published " \
  "groups run from 37 to 53 %."

#define BEND_COUNTS                                                                                                    \
  "Flagged: knees, feet, heels or hips that move, turning away, a bend faster than 1 s or slower than 6 s, a deepest " \
  "point that is not held, fewer than three repetitions."

static const sagitta_test texts[SG_TESTS] = {
  [SG_TEST_TOE_TOUCH] = {
      .name = "toe-touch",
      .title = "Toe touch",
      .purpose = "How far you bend forward, and how much of it comes from the hips and how much from the lower back.",
      .instructions =
          "Stand side-on to the camera, feet together, knees straight, arms folded or held away from the hip. Stand "
          "still for a moment. Bend forward as if to touch your toes, without bouncing, stay there for a second, and "
          "come up again. Three times.",
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
      .usual_share = true,
      .prompts = { "Stand still.", "Bend slowly.", "As far as is comfortable.", "Stay there.", "Come up.", "BEND", "UP" },
  },
  [SG_TEST_TOE_TOUCH_KNEES_BENT] = {
      .name = "toe-touch-knees-bent",
      .title = "Toe touch, knees bent",
      .purpose = "The same bend with the hamstrings slack: set beside the toe touch with straight knees it shows "
                 "whether the hips bend further then.",
      .instructions =
          "Stand side-on to the camera, feet together, knees straight, and stand still for a moment. Bend the knees a "
          "little and keep them bent, bend forward as if to touch your toes, without bouncing, stay there for a "
          "second, and come up to straight standing again. Three times.",
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
      .prompts = { "Stand still, knees straight.", "Bend the knees a little, then bend slowly.", "As far as is comfortable, knees bent.", "Stay there.", "Come up, knees straight.", "BEND", "UP" },
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
      .prompts = { "Sit upright and still.", "Reach forward slowly.", "As far as is comfortable.", "Stay there.", "Come back.", "REACH", "BACK" },
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
      .usual_share = true,
      .prompts = { "Stand still.", "Reach for the floor slowly.", "As far as is comfortable.", "Stay there.", "Come up.", "BEND", "UP" },
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
      .side = "the leg that is raised",
      .prompts = { "Lie still.", "Raise the leg slowly.", "To the first firm stop, knee straight.", "Stay there.", "Lower the leg.", "RAISE", "DOWN" },
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
      .side = "the knee that is extended",
      .prompts = { "Keep still, thigh upright.", "Straighten the knee slowly.", "As far as it goes.", "Stay there.", "Bend the knee.", "STRAIGHTEN", "BACK" },
  },
  [SG_TEST_SUPPORTED_STRETCH] = {
      .name = "supported-stretch",
      .title = "Supported stretch",
      .purpose =
          "Holding a hamstring stretch from the hips: only the time in which the lower back stays neutral counts.",
      .instructions =
          "Stand side-on to the camera, the heel of the leg with the markers on a step or chair, knee straight or a "
          "little bent. Stand upright and still for a moment. Bend forward from the hips with a flat back until the "
          "back of the thigh pulls, then straighten the knee as far as the back stays flat, and hold for 30 s. If the "
          "back begins to round, come up a little. Come back up.",
      .markers = "Shoulder, hip, knee; pelvis and ribs strips as well to see the lower back. An ankle marker shows the "
                 "knee.",
      .measures =
          "Seconds held with the lower back within 15° of its own upright shape and the hips doing the bending, and how "
          "many of them with the knee bent (10° or more) and straight; hip hinge, lumbar flexion and knee at the "
          "deepest point.",
      .start = "Standing upright, one foot on a step or a chair.",
      .counts =
          "Time counts while the hips are bent by 20° or more, the lower back stays within 15° of its shape at the "
          "start, the hips do 60 % of the bend or more, and nobody moves. Where the markers leave open whether it does, "
          "nothing is counted. Flagged: less than 30 s, a back that rounds, hips that do not bend.",
      .norms =
          "30 s once a day lengthened hamstrings as well as longer or more frequent holds (five days a week for six "
          "weeks).",
      .limits = "Longer hamstrings do not by themselves change how one stands or bends.",
      .pair = NULL,
      .quantities = KEYS("neutral_hold_s", "bent_knee_hold_s", "straight_knee_hold_s", "hip_hinge_deg",
                         "lumbar_flexion_deg", "lumbar_share", "knee_angle_deg"),
      .repetitions = 1,
      .verdict = false,
      .side = "the foot on the step",
      .prompts = { "Stand upright and still.", "Bend from the hips, back flat.", "Until the back of the thigh pulls.", "Hold, back flat.", "Come up.", "BEND", "UP" },
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
      .prompts = { "Stand as you always stand.", "Bend forward once.", "Bend forward once.", "Stand quietly.", "Come up.", "BEND", "UP" },
  },
  [SG_TEST_WAITERS_BOW] = {
      .name = "waiters-bow",
      .title = "Waiter's bow",
      .purpose = "How far you can bend from the hips before the lower back joins in.",
      .instructions =
          "Stand side-on to the camera, feet together, knees straight or a little bent, arms folded or held away from "
          "the hip. Stand still for a moment. Bend from the hips, not from the lower back, like a waiter who bows: push "
          "the hips back and keep the lower back as it was in standing. Go as far as that holds, 50 to 70° at the hips, "
          "stay there for a second, and come up again. Three times.",
      .markers = "Shoulder, hip, knee, and strips on pelvis and lower ribs, which show the lower back. With fewer markers "
                 "it often cannot be told whether the lower back stayed as it was. An ankle marker shows the knees.",
      .measures = "The hip hinge at which the lower back leaves its neutral band, 10° either way of its shape at the "
                  "start; how far it has rounded or hollowed when the hips have bent by 50°; hip hinge, lumbar flexion "
                  "and knees at the deepest point.",
      .start = "Standing upright.",
      .counts =
          "A repetition counts when the knees bend by no more than 30° and the markers are seen at start and end range. "
          "Flagged: a lower back that leaves its band, hips that bend by less than 50°, knees above 15°, feet or heels "
          "that move, a bow faster than 1 s or slower than 6 s.",
      .norms =
          "None is used. As a test of movement control it is rated by eye: hips bent by 50 to 70° without movement of "
          "the lower back (Luomajoki 2007). The band of 10° has not been validated.",
      .limits = "It shows how well hips and lower back can be moved apart today. It does not show that pain or injury is "
                "present or likely.",
      .pair = NULL,
      .quantities = KEYS("neutral_hinge_deg", "lumbar_at_50_deg", "hip_hinge_deg", "lumbar_flexion_deg",
                         "pelvic_rotation_deg", "knee_flexion_deg"),
      .repetitions = 3,
      .verdict = false,
      .prompts = { "Stand still.", "Bow from the hips, back as it was.", "As far as the back stays as it was.", "Stay there.", "Come up.", "BOW", "UP" },
  },
  [SG_TEST_FREE] = {
      .name = "free",
      .title = "Free movement",
      .purpose = "The angles of whatever you do: squats, lifts, standing up from a chair, walking.",
      .instructions =
          "Stay side-on to the camera with every marker in sight. Keep still for a moment before you move: the angles "
          "are counted from there. Then move as agreed.",
      .markers = "Hip and knee at least; with the shoulder the trunk, with an ankle marker the knee, with strips pelvis "
                 "and lower back.",
      .measures = "Each angle through time (--angles), and its least and greatest value with the moment of each.",
      .start = "Any posture; the first moment of rest. Where there is none, the angles are those in space, from upright.",
      .counts = "No repetitions are counted, and nothing is judged.",
      .norms = "None.",
      .limits = "It names no movement and does not say whether one was done well.",
      .pair = NULL,
      .quantities = KEYS(NULL),
      .repetitions = 0,
      .verdict = false,
      .prompts = { "", "", "", "", "", "", "" },
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

/* ---- limits ---- */

/*
 * To add a test: an identifier in tests.h, its wording above, a row here. A start, an event, a measurement or a topic
 * that there is not yet is one more value of its enumeration, and one function. Where the limits come from:
 * body/METHOD.md 8.
 */
#define BIT(role) (1u << SAGITTA_##role)
#define TRUNK     (BIT(SHOULDER) | BIT(HIP) | BIT(KNEE))
#define LEG       (BIT(HIP) | BIT(KNEE) | BIT(ANKLE))

/* What every bend from standing has in common. */
#define STANDING_BEND                                                                                             \
  .event = SG_EVENT_BENDS, .enter_deg = 18, .leave_deg = 10, .moves_deg = 15, .stay_s = 1, .small_bend_deg = 60,  \
  .hold_s = 0.3, .fast_s = 1, .slow_s = 6, .thigh_ahead_deg = 20, .feet_cm = 3, .heel_cm = 2, .hips_ahead_cm = 6, \
  .nothing_found = SG_MESSAGE_NO_BEND

static const sg_test tests[] = {
  { .text = &texts[SG_TEST_TOE_TOUCH],
    .opening = { SG_START_STANDING, TRUNK, false, false, false },
    .measured = SG_MEASURE_POSTURE | SG_MEASURE_REACH,
    .topic = SG_TOPIC_SHARE,
    .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .thigh_back_deg = -32,
    .hips_back_cm = 28,
    STANDING_BEND },
  { .text = &texts[SG_TEST_TOE_TOUCH_KNEES_BENT],
    .opening = { SG_START_STANDING, TRUNK | BIT(ANKLE), true, false, false },
    .measured = SG_MEASURE_POSTURE | SG_MEASURE_REACH,
    .topic = SG_TOPIC_SHARE,
    .knee_least_deg = 15,
    .knee_most_deg = 75,
    .thigh_back_deg = -65,
    .hips_back_cm = 45,
    STANDING_BEND },
  { .text = &texts[SG_TEST_SIT_AND_REACH],
    .moves_deg = 8,
    .stay_s = 2,
    .opening = { SG_START_LONG_SITTING, TRUNK | BIT(HAND), false, false, false },
    .event = SG_EVENT_BENDS,
    .measured = SG_MEASURE_POSTURE | SG_MEASURE_REACH,
    .topic = SG_TOPIC_REACH,
    .nothing_found = SG_MESSAGE_NO_REACH,
    .enter_deg = 8,
    .leave_deg = 4,
    .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .small_bend_deg = 25,
    .hold_s = 1,
    .fast_s = 1,
    .slow_s = 6,
    .thigh_back_deg = -20,
    .thigh_ahead_deg = 20,
    .feet_cm = 3,
    .hips_ahead_cm = 3,
    .hips_back_cm = 3,
    .scored = true },
  { .text = &texts[SG_TEST_FINGERTIP_TO_FLOOR],
    .opening = { SG_START_STANDING, TRUNK | BIT(HAND), false, false, false },
    .measured = SG_MEASURE_POSTURE | SG_MEASURE_REACH | SG_MEASURE_FLOOR,
    .topic = SG_TOPIC_FLOOR,
    .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .thigh_back_deg = -32,
    .hips_back_cm = 28,
    STANDING_BEND },
  { .text = &texts[SG_TEST_STRAIGHT_LEG_RAISE],
    .moves_deg = 15,
    .stay_s = 1,
    .opening = { SG_START_LYING, LEG, false, false, false },
    .event = SG_EVENT_RAISES,
    .measured = SG_MEASURE_LEG,
    .topic = SG_TOPIC_LEG,
    .nothing_found = SG_MESSAGE_NO_RAISE,
    .enter_deg = 15,
    .leave_deg = 8,
    .knee_note_deg = 5,
    .knee_limit_deg = 15,
    .hold_s = 0.5,
    .fast_s = 1,
    .slow_s = 6,
    .trunk_deg = 20,
    .hips_ahead_cm = 4,
    .hips_back_cm = 4 },
  { .text = &texts[SG_TEST_KNEE_EXTENSION],
    .moves_deg = 12,
    .stay_s = 1,
    .opening = { SG_START_LYING_90, LEG, false, false, false },
    .event = SG_EVENT_EXTENDS,
    .measured = SG_MEASURE_KNEE,
    .topic = SG_TOPIC_KNEE,
    .nothing_found = SG_MESSAGE_NO_EXTENSION,
    .enter_deg = 12,
    .leave_deg = 6,
    .hold_s = 0.5,
    .fast_s = 1,
    .slow_s = 6,
    .trunk_deg = 20,
    .right_note_deg = 10,
    .right_limit_deg = 20 },
  { .text = &texts[SG_TEST_SUPPORTED_STRETCH],
    .moves_deg = 15,
    .stay_s = 30,
    .opening = { SG_START_STEPPING, TRUNK, true, false, true },
    .event = SG_EVENT_BENDS,
    .measured = SG_MEASURE_POSTURE | SG_MEASURE_HOLD | SG_MEASURE_ANGLE,
    .topic = SG_TOPIC_HOLD,
    .nothing_found = SG_MESSAGE_NO_BEND,
    .enter_deg = 15,
    .leave_deg = 8,
    .small_bend_deg = 25,
    .hold_s = 30,
    .feet_cm = 3,
    .neutral_deg = 15,
    .hinge_deg = 20,
    .thigh_back_deg = -35,
    .thigh_ahead_deg = 35,
    .cut_off_counts = true },
  { .text = &texts[SG_TEST_STANDING_POSTURE],
    .moves_deg = 15,
    .stay_s = 10,
    .opening = { SG_START_STANDING, TRUNK, false, true, false },
    .event = SG_EVENT_STANDS,
    .measured = SG_MEASURE_TILT,
    .topic = SG_TOPIC_TILT,
    .nothing_found = SG_MESSAGE_NO_STANDING,
    .hold_s = 5 },
  { .text = &texts[SG_TEST_WAITERS_BOW],
    .moves_deg = 15,
    .stay_s = 1,
    .opening = { SG_START_STANDING, TRUNK, false, false, true },
    .event = SG_EVENT_BENDS,
    .measured = SG_MEASURE_POSTURE | SG_MEASURE_BOW,
    .topic = SG_TOPIC_BOW,
    .nothing_found = SG_MESSAGE_NO_BEND,
    .enter_deg = 15,
    .leave_deg = 8,
    .knee_note_deg = 15,
    .knee_limit_deg = 30,
    .small_bend_deg = 30,
    .hold_s = 0.3,
    .fast_s = 1,
    .slow_s = 6,
    .feet_cm = 3,
    .heel_cm = 2,
    .neutral_deg = 10,
    .hinge_deg = 50,
    .thigh_back_deg = -45,
    .thigh_ahead_deg = 20 },
  { .text = &texts[SG_TEST_FREE],
    .opening = { SG_START_FREE, BIT(HIP) | BIT(KNEE), true, false, true },
    .event = SG_EVENT_NONE,
    .measured = SG_MEASURE_RANGES,
    .topic = SG_TOPIC_RANGES,
    .nothing_found = SG_MESSAGE_NO_BEND },
};

_Static_assert(sizeof tests / sizeof *tests == SG_TESTS, "one row for each wording");

const sagitta_test *sagitta_tests(size_t *count) {
  if (count) *count = SG_TESTS;
  return texts;
}

const sg_test *sg_test_find(const char *name) {
  for (int i = 0; name && i < SG_TESTS; i++) {
    if (strcmp(tests[i].text->name, name) == 0) return &tests[i];
  }
  return NULL;
}

const sagitta_test *sagitta_test_find(const char *name) {
  const sg_test *test = sg_test_find(name);
  return test ? test->text : NULL;
}
