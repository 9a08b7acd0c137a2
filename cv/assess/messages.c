/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/messages.h"

#include "base/translate.h"

static const char *const english[SG_MESSAGES] = {
  [SG_MESSAGE_SAID_HIPS] = "The hips did most of this bend: %s sure.",
  [SG_MESSAGE_SAID_BACK] = "The lower back did most of this bend: %s sure.",
  [SG_MESSAGE_SAID_BOTH] = "Hips and lower back shared this bend: %s sure.",
  [SG_MESSAGE_SAID_BOTH_HIPS] =
      "Hips and lower back shared this bend (%s sure); somewhat more came from the hips (%s sure).",
  [SG_MESSAGE_SAID_BOTH_BACK] =
      "Hips and lower back shared this bend (%s sure); somewhat more came from the lower back (%s sure).",
  [SG_MESSAGE_SAID_MORE_HIPS] = "More of this bend came from the hips than from the lower back: %s sure.",
  [SG_MESSAGE_SAID_MORE_BACK] = "More of this bend came from the lower back than from the hips: %s sure.",
  [SG_MESSAGE_PROBABLY_HIPS] =
      "This bend probably came more from the hips than from the lower back (%s sure); this recording cannot settle it.",
  [SG_MESSAGE_PROBABLY_BACK] =
      "This bend probably came more from the lower back than from the hips (%s sure); this recording cannot settle it.",
  [SG_MESSAGE_PROBABLY_BOTH] =
      "Probably hips and lower back shared this bend (%s sure); which did more, this recording cannot tell.",
  [SG_MESSAGE_OPEN_HIPS] =
      "Hips and lower back both took part in this bend; which did more, this recording cannot tell (the hips: %s "
      "sure).",
  [SG_MESSAGE_OPEN_BACK] =
      "Hips and lower back both took part in this bend; which did more, this recording cannot tell (the lower back: "
      "%s sure).",
  [SG_MESSAGE_ON_USUAL] =
      " This rests on what is usual: most people bend like that, and what these markers show adds little to it.",
  [SG_MESSAGE_SHARE] =
      " About %.0f %% of the movement came from the lower back (between %.0f and %.0f %%), the rest from the hips.",
  [SG_MESSAGE_USUAL_WITHIN] = " That is usual: in most pain-free adults it is between %.0f and %.0f %%.",
  [SG_MESSAGE_USUAL_ABOUT] =
      " That is usual, as far as can be told: in most pain-free adults it is between %.0f and %.0f %%.",
  [SG_MESSAGE_USUAL_MAYBE_LESS] =
      " That may be less than is usual: in most pain-free adults it is between %.0f and %.0f %%.",
  [SG_MESSAGE_USUAL_MAYBE_MORE] =
      " That may be more than is usual: in most pain-free adults it is between %.0f and %.0f %%.",
  [SG_MESSAGE_USUAL_LESS] = " That is less than is usual: in most pain-free adults it is between %.0f and %.0f %%.",
  [SG_MESSAGE_USUAL_MORE] = " That is more than is usual: in most pain-free adults it is between %.0f and %.0f %%.",
  [SG_MESSAGE_BORDER] =
      " Values near the line between two descriptions are ordinary: the averages of published groups run from 37 to "
      "53 %%.",
  [SG_MESSAGE_NO_NORM] = " It describes how you moved today; there is no single correct pattern.",
  [SG_MESSAGE_WITHHELD_SMALL] =
      "The bend was too small to say how hips and lower back share it: together they turned by %.0f°, and %.0f° are "
      "needed. The angles themselves stand.",
  [SG_MESSAGE_WITHHELD_INVALID] =
      "No bend in this recording can be used to say how hips and lower back share it. The notes say why, and what to "
      "do.",
  [SG_MESSAGE_NONE_VALID] = "No repetition in this recording can be used. The notes say why, and what to do.",
  [SG_MESSAGE_REACH_BEYOND] = "The best reach was %.1f cm beyond the soles (95 %% interval: %.1f to %.1f cm).",
  [SG_MESSAGE_REACH_SHORT] = "The best reach stayed %.1f cm short of the soles (95 %% interval: %.1f to %.1f cm).",
  [SG_MESSAGE_REACH_AT] =
      "The best reach came about to the soles: between %.1f cm short of them and %.1f cm beyond (95 %% interval).",
  [SG_MESSAGE_REACH_UNKNOWN] = "The reach cannot be told in centimetres. The notes say what is missing.",
  [SG_MESSAGE_PERCENTILE_F] =
      " On the YMCA's scale, with the soles at 15 inches, that is %.1f inches: about %.0f %% of women aged %d to %d "
      "reach less far.",
  [SG_MESSAGE_PERCENTILE_F_OLD] =
      " On the YMCA's scale, with the soles at 15 inches, that is %.1f inches: about %.0f %% of women aged %d and "
      "older reach less far.",
  [SG_MESSAGE_PERCENTILE_M] =
      " On the YMCA's scale, with the soles at 15 inches, that is %.1f inches: about %.0f %% of men aged %d to %d "
      "reach less far.",
  [SG_MESSAGE_PERCENTILE_M_OLD] =
      " On the YMCA's scale, with the soles at 15 inches, that is %.1f inches: about %.0f %% of men aged %d and older "
      "reach less far.",
  [SG_MESSAGE_PERCENTILE_INTERVAL] = " The 95 %% interval of that is %.0f to %.0f %%.",
  [SG_MESSAGE_PERCENTILE_OPEN_LOW] =
      " The 95 %% interval of that goes from below the table's lowest row (%.0f %%) to %.0f %%.",
  [SG_MESSAGE_PERCENTILE_OPEN_HIGH] =
      " The 95 %% interval of that goes from %.0f %% to above the table's highest row (%.0f %%).",
  [SG_MESSAGE_PERCENTILE_OPEN_BOTH] =
      " The 95 %% interval of that goes beyond the table on both sides (%.0f and %.0f %%): it says little.",
  [SG_MESSAGE_PERCENTILE_BELOW] =
      " On the YMCA's scale, with the soles at 15 inches, that is %.1f inches, below the lowest row of its table for "
      "this age and sex (%.0f %% reach less far).",
  [SG_MESSAGE_PERCENTILE_ABOVE] =
      " On the YMCA's scale, with the soles at 15 inches, that is %.1f inches, above the highest row of its table for "
      "this age and sex (%.0f %% reach less far).",
  [SG_MESSAGE_SITTING_SHARE] =
      " From sitting upright, about %.0f %% of the movement came from the lower back (between %.0f and %.0f %%), the "
      "rest from the hips; what is usual in a bend from standing does not apply to it.",
  [SG_MESSAGE_FLOOR_ABOVE] = "The fingertips stayed %.1f cm above the floor (95 %% interval: %.1f to %.1f cm). ",
  [SG_MESSAGE_FLOOR_BELOW] =
      "The fingertips reached %.1f cm below the level of the soles (95 %% interval: %.1f to %.1f cm). ",
  [SG_MESSAGE_FLOOR_AT] =
      "The fingertips came about to the floor: between %.1f cm above it and %.1f cm below (95 %% interval). ",
  [SG_MESSAGE_FLOOR_UNKNOWN] =
      "The distance to the floor cannot be told in centimetres; the notes say what is missing. ",
  [SG_MESSAGE_LEG] = "The straight leg was raised by %.0f° (95 %% interval: %.0f to %.0f°).",
  [SG_MESSAGE_LEG_HIP] =
      " The hip itself bent by %.0f° of it (95 %% interval: %.0f to %.0f°), and the pelvis rolled along for the rest.",
  [SG_MESSAGE_LEG_HIP_OPEN] =
      " The hip itself bent by %.0f° (95 %% interval: %.0f to %.0f°); whether the pelvis rolled along cannot be told.",
  [SG_MESSAGE_LEG_ABOUT] = " How far it rises may be related to hamstring extensibility.",
  [SG_MESSAGE_KNEE] =
      "The knee straightened to %.0f° from straight (95 %% interval: %.0f to %.0f°), with the thigh held upright.",
  [SG_MESSAGE_KNEE_STRAIGHT] =
      "The knee straightened in full, as far as can be told (95 %% interval: %.0f to %.0f° from straight), with the "
      "thigh "
      "held upright.",
  [SG_MESSAGE_KNEE_HIP] = " Thigh and trunk were at %.0f° meanwhile.",
  [SG_MESSAGE_KNEE_HIP_LEVEL] = " Thigh and trunk were at about %.0f° meanwhile, the trunk taken as level.",
  [SG_MESSAGE_HOLD] =
      "The stretch was held for %.0f s with the lower back in its neutral band and the hips doing the bending (95 %% "
      "interval: %.0f to %.0f s); %.0f s are asked for.",
  [SG_MESSAGE_HOLD_BEND] = " At the deepest point the hips were bent by %.0f° and the lower back by %.0f°.",
  [SG_MESSAGE_HOLD_PROBABLY] =
      "Probably the stretch was held for %.0f s with the lower back in its neutral band and the hips doing the "
      "bending, "
      "but it may have been none (95 %% interval: %.0f to %.0f s); %.0f s are asked for.",
  [SG_MESSAGE_HOLD_PROBABLY_NONE] =
      "Probably the stretch was not held with the lower back in its neutral band and the hips doing the bending, but "
      "up "
      "to %.0f s are possible (95 %% interval); %.0f s are asked for.",
  [SG_MESSAGE_HOLD_NONE] =
      "The stretch was not held with the lower back in its neutral band and the hips doing the bending (95 %% "
      "interval: "
      "up to %.0f s); %.0f s are asked for.",
  [SG_MESSAGE_HOLD_UNTOLD] =
      "It cannot be told whether the stretch was held with the lower back in its neutral band and the hips doing the "
      "bending, so no time was counted; %.0f s are asked for. The notes say what would show it.",
  [SG_MESSAGE_HOLD_KNEES] = " %.0f s of it were with the knee bent, and %.0f s with the knee straight.",
  [SG_MESSAGE_HOLD_KNEE_BENT] = " The knee was bent meanwhile.",
  [SG_MESSAGE_HOLD_KNEE_STRAIGHT] = " The knee was straight meanwhile.",
  [SG_MESSAGE_BOW_STAYED] =
      "With the back straight the hips bent by %.0f° (95 %% interval: %.0f to %.0f°); the lower back probably stayed "
      "within %.0f° of the person's own standing posture.",
  [SG_MESSAGE_BOW_LEFT] =
      "With the back straight the hips bent by %.0f° (95 %% interval: %.0f to %.0f°); then the lower back probably "
      "went "
      "more than %.0f° from the person's own standing posture.",
  [SG_MESSAGE_BOW_MIXED] =
      "With the back straight the hips bent by %.0f° (95 %% interval: %.0f to %.0f°); in %zu of %zu repetitions the "
      "lower back then probably went more than %.0f° from the person's own standing posture.",
  [SG_MESSAGE_BOW_UNTOLD] =
      "It cannot be told how far the hips bent before the lower back went more than %.0f° from the person's own "
      "standing posture, or whether it did. The notes say what would show it.",
  [SG_MESSAGE_BOW_ROUNDED] =
      " When the hips had bent by 50° the lower back had rounded by %.0f° (95 %% interval: %.0f to %.0f°).",
  [SG_MESSAGE_BOW_HOLLOWED] =
      " When the hips had bent by 50° the lower back had hollowed by %.0f° (95 %% interval: %.0f to %.0f°).",
  [SG_MESSAGE_BOW_AT_OPEN] =
      " When the hips had bent by 50°, whether the lower back had rounded or hollowed cannot be told (%.0f°; 95 %% "
      "interval: %.0f to %.0f°, below zero is hollowed).",
  [SG_MESSAGE_RANGES] = "Change from the posture at the start, forward positive:",
  [SG_MESSAGE_RANGES_IN_SPACE] = "Angles in space, forward positive:",
  [SG_MESSAGE_RANGE] = " %s %.0f to %.0f°;",
  [SG_MESSAGE_TILT_BOTH] =
      "In quiet standing the strip on the pelvis leaned by %.1f° (95 %% interval: %.1f to %.1f°) and the strip on the "
      "ribs "
      "by %.1f° (%.1f to %.1f°), forward positive.",
  [SG_MESSAGE_TILT_PELVIS] =
      "In quiet standing the strip on the pelvis leaned by %.1f° (95 %% interval: %.1f to %.1f°), forward positive.",
  [SG_MESSAGE_TILT_RIBS] =
      "In quiet standing the strip on the ribs leaned by %.1f° (95 %% interval: %.1f to %.1f°), forward positive.",
  [SG_MESSAGE_TILT_OWN_DAYS] =
      " That says something only beside the same person's other days, with the strips put on at the same places; no "
      "posture is the right one.",
  [SG_MESSAGE_DESCRIBES] =
      " It describes how you moved today, and does not show that pain or injury is present or likely.",
  [SG_MESSAGE_MARKER_HIDDEN] = "The %s marker was out of sight from %.1f s to %.1f s. %s",
  [SG_MESSAGE_HIP_REMEDY] = "Probably the arm covers it: fold the arms at the start.",
  [SG_MESSAGE_HIDDEN_REMEDY] = "Keep every marker in the picture and uncovered.",
  [SG_MESSAGE_HIDDEN_AT_END] = "The %s marker was hidden from %.1f s to %.1f s, at the deepest point of the bend. %s",
  [SG_MESSAGE_GONE] =
      "The %s marker was not seen again after %.1f s: it came off, or something covers it. Fix it so that it holds, "
      "keep "
      "it in sight of the camera, and film again.",
  [SG_MESSAGE_GONE_AS_MOVED] =
      "The %s marker was not seen again after %.1f s, when the camera moved: it is outside the picture, or covered. "
      "Put "
      "the camera where it sees every marker, do not touch it while it records, and film again.",
  [SG_MESSAGE_FELL_OFF] =
      "The %s marker came off at %.1f s. What hangs on it is left out after that. "
      "Fix it so that it holds, and film again.",
  [SG_MESSAGE_FELL_AT_END] =
      "The %s marker came off at %.1f s, so that the deepest point of the bend cannot be measured. Fix it so that it "
      "holds, and film again.",
  [SG_MESSAGE_EXCHANGED] =
      "At %.1f s markers change places: %s. From then on one bears the label of another. Put the labels right in the "
      "program that the markers come from and export them again, or film again.",
  [SG_MESSAGE_NOT_FILMED] =
      "Nothing was filmed from %.1f s to %.1f s. What happened then is not known. Film without a pause, and close "
      "other programs on the recording device.",
  [SG_MESSAGE_OFTEN_NOT_FILMED] =
      "The recording has %zu holes in which nothing was filmed, %.1f s in all; the longest is from %.1f s to %.1f s. "
      "What happened then is not known. Film without a pause, and close other programs on the recording device.",
  [SG_MESSAGE_REPEATED] =
      "The recording stood still from %.1f s to %.1f s, although the person was moving: one picture was repeated. "
      "Close other programs on the recording device, and film again.",
  [SG_MESSAGE_OFTEN_REPEATED] =
      "The recording stood still %zu times, for %.1f s in all, although the person was moving; the longest is from "
      "%.1f s to %.1f s. Close other programs on the recording device, and film again.",
  [SG_MESSAGE_END_NOT_FILMED] =
      "Repetition %zu was not used: its end range was not filmed, since nothing was filmed from %.1f s to %.1f s. Film "
      "without a pause, and close other programs on the recording device.",
  [SG_MESSAGE_END_REPEATED] =
      "Repetition %zu was not used: its end range was not filmed, since the recording stood still from %.1f s to %.1f "
      "s. Close other programs on the recording device, and film again.",
  [SG_MESSAGE_JOINED] =
      "At %.1f s everything jumps from one picture to the next, as where a recording is paused and joined again. How "
      "much time is missing is not known, so nothing is counted across it. Film without a pause.",
  [SG_MESSAGE_OFTEN_JOINED] =
      "Everything jumps from one picture to the next %zu times, as where a recording is paused and joined again. How "
      "much time is missing is not known, so nothing is counted across it. Film without a pause.",
  [SG_MESSAGE_END_JOINED] =
      "Repetition %zu was not used: its end range was not filmed, since the recording was paused at %.1f s and joined "
      "again. Film without a pause.",
  [SG_MESSAGE_END_KNOCKED] =
      "Repetition %zu was not used: the camera was knocked at %.1f s, at its end range. Put it on something firm and "
      "do "
      "not touch it while it records.",
  [SG_MESSAGE_START_NOT_STILL] =
      "The person did not stand still before bending, so the intervals are wider. Stand still for "
      "a second before the first bend.",
  [SG_MESSAGE_REST_NOT_STILL] =
      "The person did not keep still before moving, so the intervals are wider. Keep still for a second before the "
      "first "
      "repetition.",
  [SG_MESSAGE_IN_SPACE] =
      "The person was never at rest in this recording, so there is no start to count from: the angles are those in "
      "space, from upright. Keep still for a second before moving.",
  [SG_MESSAGE_START_UNCERTAIN] =
      "The person never stood still upright in this recording, so it is uncertain what the angles are counted from: "
      "the "
      "moment most like it, at %.1f s, was taken, and the intervals are much wider. Stand upright and still for a "
      "second "
      "before the first bend.",
  [SG_MESSAGE_REST_UNCERTAIN] =
      "The person never kept still in the posture in which this test begins, so it is uncertain what the angles are "
      "counted from: the moment most like it, at %.1f s, was taken, and the intervals are much wider. Keep still for a "
      "second before the first repetition.",
  [SG_MESSAGE_START_LEANS] =
      "The person stood still only with the trunk %.0f° from upright, so it is uncertain what the angles are counted "
      "from, and the intervals are wider. Stand upright and still for a second before the first bend.",
  [SG_MESSAGE_ONE_BEND] = "One repetition was recorded; with %d the mean is steadier.",
  [SG_MESSAGE_FEW_BENDS] = "%zu repetitions were recorded; with %d the mean is steadier.",
  [SG_MESSAGE_NONE_USED] = "No repetition could be used. Record %d that can.",
  [SG_MESSAGE_FEW_USED] = "%zu of %zu repetitions could be used; with %d the mean is steadier.",
  [SG_MESSAGE_NO_KNEE] =
      "Without an ankle marker it cannot be seen whether the knees stayed straight. Put a marker on the "
      "outer ankle to measure it.",
  [SG_MESSAGE_LOW_RATE] = "The recording has %.1f frames per second, too few for a speed. Record at 25 or more.",
  [SG_MESSAGE_CAMERA_MOVED] =
      "The camera moved at %.1f s: the picture %s. That was taken out again by what stands still. Put the camera on "
      "something firm and do not touch it while it records.",
  [SG_MESSAGE_CAMERA_MOVED_LONG] =
      "The camera moved from %.1f s to %.1f s: the picture %s. That was taken out again by what stands still. Put the "
      "camera on something firm and do not touch it while it records.",
  [SG_MESSAGE_PICTURE_SHIFTED] = "shifted by %.0f px",
  [SG_MESSAGE_PICTURE_SHIFTED_UP_TO] = "shifted by up to %.0f px",
  [SG_MESSAGE_PICTURE_TURNED] = "turned by %.1f°",
  [SG_MESSAGE_PICTURE_TURNED_UP_TO] = "turned by up to %.1f°",
  [SG_MESSAGE_PICTURE_SIZED] = "changed its size by %.1f %%",
  [SG_MESSAGE_PICTURE_SIZED_UP_TO] = "changed its size by up to %.1f %%",
  [SG_MESSAGE_CAMERA_LOST] =
      "The camera moved between %.1f s and %.1f s, and nothing that stands still shows how. What is counted from the "
      "room (the pelvis in space, the reach, where feet and hips are) is left out there; the angles between parts of "
      "the body stand. Put the camera on something firm and do not touch it while it records.",
  [SG_MESSAGE_TURNED] =
      "The camera does not look on from the side: the movement is turned away from it by %.0f° or more, so that angles "
      "look smaller than they are. Stand side-on to the camera, or calibrate it (sagitta calibrate plane).",
  [SG_MESSAGE_UNEVEN] =
      "The frames are not evenly spaced in time. Each frame's own time stamp was used; nothing needs to be done.",
  [SG_MESSAGE_NO_SCALE] =
      "Nothing in this recording says how long a centimetre is. Put two ruler marks beside the movement and give their "
      "distance with --ruler, or calibrate the plane (--camera), or give the stature with --height.",
  [SG_MESSAGE_NO_SCALE_RULER] =
      "Two ruler marks are in the picture, and their distance is not known. Give it in centimetres with --ruler.",
  [SG_MESSAGE_ROUGH_SCALE] =
      "Centimetres were taken from the stature, by the proportions of an average body, so the interval is wider. Two "
      "ruler "
      "marks (--ruler) measure them.",
  [SG_MESSAGE_SOLES_ESTIMATED] =
      "Where the soles are was estimated from the ankle marker, so the interval is wider. A ruler mark at the soles "
      "measures it.",
  [SG_MESSAGE_NO_SOLES] =
      "Nothing in this recording says where the soles are. Put the ruler's first mark at the soles, or a marker on the "
      "outer ankle.",
  [SG_MESSAGE_NORM_AGE_OR_SEX] = "A percentile needs both age and sex: give --age and --sex.",
  [SG_MESSAGE_NORM_TOO_YOUNG] = "There is no percentile: the YMCA's table begins at 18 years.",
  [SG_MESSAGE_KEYPOINTS] =
      "The points are keypoints: joints that were guessed, not stickers. Such a guess is some centimetres off at hip "
      "and "
      "shoulder, and differently in every posture, so intervals are wide and most bends cannot be told. For an answer, "
      "put stickers on and film again.",
  [SG_MESSAGE_CLICKED] =
      "The stickers were followed by another program, which slips on them by some millimetres: intervals are a little "
      "wider for it. Where the video is at hand, measure that.",
  [SG_MESSAGE_KEYPOINTS_STRIPS] =
      "The points were declared to be keypoints, but there are directions of strips among them, which keypoints do not "
      "show. Declare them as markers, or leave the strips out.",
  [SG_MESSAGE_SIDE_UNKNOWN] =
      "Which leg was tested was not said, so that this result is not set beside those of other days. Say it with "
      "--side "
      "left, --side right or --side both.",
  [SG_MESSAGE_RIGHT_IS_SEEN] =
      "The left leg was named, but the markers are on the side that the camera sees, which is the right one, unless "
      "the "
      "recording is mirrored. If it is not, measure it again with the right side named.",
  [SG_MESSAGE_LEFT_IS_SEEN] =
      "The right leg was named, but the markers are on the side that the camera sees, which is the left one, unless "
      "the "
      "recording is mirrored. If it is not, measure it again with the left side named.",
  [SG_MESSAGE_SMALL_BEND] =
      "Repetition %zu: hips and lower back together turned by %.0f°; below %.0f° their share is "
      "not stated. Bend further if it is comfortable.",
  [SG_MESSAGE_KNEES_SLIGHTLY] =
      "Repetition %zu: the knees bent by %.0f°. Keep them straighter, so that days can be compared.",
  [SG_MESSAGE_KNEES_BENT] =
      "Repetition %zu was not used: the knees bent by %.0f°, more than %.0f°. Keep them straight.",
  [SG_MESSAGE_KNEES_BENT_TEST] =
      "Repetition %zu was not used: the knees bent by %.0f°, more than %.0f°. Keep them straight, or measure the bend "
      "with bent knees by --test toe-touch-knees-bent.",
  [SG_MESSAGE_KNEES_BENT_FREE] =
      "Repetition %zu was not used: the knees bent by %.0f°, more than %.0f°, as in a squat. Keep them straight, or "
      "measure the movement as it is by --test free.",
  [SG_MESSAGE_KNEES_TOO_BENT] =
      "Repetition %zu was not used: the knees bent by %.0f°, more than %.0f°, as in a squat. Bend them a little only.",
  [SG_MESSAGE_KNEES_NOT_BENT] =
      "Repetition %zu was not used: the knees bent by %.0f° only, and this test asks for %.0f° or more. Bend the knees "
      "a "
      "little and keep them bent; for straight knees there is --test toe-touch.",
  [SG_MESSAGE_CUT_OFF_OTHER] =
      "Repetition %zu was not used: the recording starts or ends within it. Start and end the recording at rest.",
  [SG_MESSAGE_CUT_OFF] =
      "Repetition %zu was not used: the recording starts or ends within it. Start and end the recording "
      "standing.",
  [SG_MESSAGE_HOLD_SHORT] =
      "Repetition %zu: the deepest point was held for %.1f s only. Stay there for %.1f s or more.",
  [SG_MESSAGE_STRETCH_SHORT] =
      "Repetition %zu: the stretch was held well for %.0f s of %.0f s. Hold it longer, and rather less deep.",
  [SG_MESSAGE_TOO_FAST] = "Repetition %zu: the way out took %.1f s, less than %.0f s. Move more slowly.",
  [SG_MESSAGE_TOO_SLOW] = "Repetition %zu: the way out took %.1f s, more than %.0f s. Move in one even movement.",
  [SG_MESSAGE_FEET_MOVED] = "Repetition %zu: the ankle moved by %.0f cm. Keep the feet where they are.",
  [SG_MESSAGE_HEELS_LIFTED] = "Repetition %zu: the ankle rose by %.0f cm. Keep the heels on the floor.",
  [SG_MESSAGE_HIPS_BACK] =
      "Repetition %zu: the hips moved back by %.0f cm over the feet. Keep them over the feet, with the weight on the "
      "whole "
      "sole.",
  [SG_MESSAGE_HIPS_AHEAD] =
      "Repetition %zu: the hips moved forward by %.0f cm over the feet. Keep them over the feet, with the weight on "
      "the "
      "whole sole.",
  [SG_MESSAGE_HIPS_SLID] = "Repetition %zu: the hips slid by %.0f cm. Keep them where they are.",
  [SG_MESSAGE_IMPLAUSIBLE] =
      "Repetition %zu was not used: the markers moved as those of no human body do. Check that none "
      "came off, and that none are exchanged.",
  [SG_MESSAGE_WRONG_MOVEMENT] =
      "Repetition %zu was not used: the thigh turned by %.0f°, as in a squat or a step, not in a bend with straight "
      "knees. Keep the knees straight; for bent knees there is --test toe-touch-knees-bent.",
  [SG_MESSAGE_LEGS_MOVED] =
      "Repetition %zu was not used: the thigh turned by %.0f°, and in this test the legs stay where they are. Keep "
      "them "
      "straight and down.",
  [SG_MESSAGE_SAT_UP] =
      "Repetition %zu was not used: the trunk turned by %.0f°, as in a sit-up. Leave the trunk and the head down.",
  [SG_MESSAGE_BENT_BACK] =
      "Repetition %zu was not used: hips and knees move as in a bend backwards, by %.0f°. This test is a bend forward.",
  [SG_MESSAGE_NOT_RIGHT_ANGLE] =
      "Repetition %zu was not used: thigh and trunk were at %.0f°, more than %.0f° from a right angle. Hold the thigh "
      "upright with both hands.",
  [SG_MESSAGE_OFF_RIGHT_ANGLE] =
      "Repetition %zu: thigh and trunk were at %.0f°. Hold the thigh upright with both hands, at 90°.",
  [SG_MESSAGE_PELVIS_ROLLED] =
      "Repetition %zu: the pelvis rolled by %.0f° of the leg's %.0f°. Keep the other leg down.",
  [SG_MESSAGE_BACK_ROUNDED] =
      "Repetition %zu: for %.0f s the lower back was more than %.0f° from its upright shape, and they did not count. "
      "Come "
      "up until the back is flat, and bend from the hips.",
  [SG_MESSAGE_HIPS_NOT_BENT] =
      "Repetition %zu: the hips bent by %.0f° and the lower back by %.0f°: the hips did not do the bending. Push the "
      "hips "
      "back and keep the back flat.",
  [SG_MESSAGE_HOLD_NOT_TOLD] =
      "Repetition %zu: whether the lower back stayed in its neutral band and the hips did the bending cannot be told, "
      "so "
      "no time was counted. %s",
  [SG_MESSAGE_BOW_NOT_TOLD] = "Repetition %zu: whether the lower back stayed in its neutral band cannot be told. %s",
  [SG_MESSAGE_UNTOLD_MARKERS] = "Put strips of tape on pelvis and lower ribs: they show the lower back.",
  [SG_MESSAGE_UNTOLD_BORDER] =
      "It was close to the edge of the band: come up a little, and make sure that the strips lie flat on the skin.",
  [SG_MESSAGE_UNTOLD_HIDDEN] = "Markers were out of sight meanwhile: keep all of them in the picture and uncovered.",
  [SG_MESSAGE_BOW_ROUNDS] =
      "Repetition %zu: the lower back left its neutral band when the hips had bent by %.0f°, %.0f° either way. Push "
      "the "
      "hips back, keep the lower back as it was, and go only as far as that holds.",
  [SG_MESSAGE_BOW_SHALLOW] =
      "Repetition %zu: the hips bent by %.0f°; this test asks for %.0f°. Bend further if it is comfortable.",
  [SG_MESSAGE_UNSTEADY] =
      "The person stood quietly for %.1f s only; with %.0f s or more the tilt is steadier. Stand quietly for ten "
      "seconds.",
  [SG_MESSAGE_TOO_UNSTEADY] =
      "The person stood quietly for %.1f s only, too short to be measured; %.0f s are needed. Stand quietly for ten "
      "seconds.",
  [SG_MESSAGE_NONE_COUNTS] = "None of the %zu repetitions could be used. %s",
  [SG_MESSAGE_NO_REACH] =
      "No reach was found that leaves sitting and comes back. Record from sitting upright, forward along the legs and "
      "back, "
      "side-on to the camera.",
  [SG_MESSAGE_NO_RAISE] =
      "No leg was raised and lowered again. Record from lying, the straight leg up and down again, side-on to the "
      "camera.",
  [SG_MESSAGE_NO_EXTENSION] =
      "The knee was not straightened and bent again. Record from the bent knee, as straight as it goes and back, "
      "side-on to "
      "the camera.",
  [SG_MESSAGE_NO_STANDING] =
      "Nobody stands quietly in this recording. Stand quietly for ten seconds, then bend forward once.",
  [SG_MESSAGE_ONLY_SQUAT] =
      "No bend was found; the thigh turned by %.0f° instead, as in a squat. Keep the knees straight and bend forward "
      "from "
      "standing.",
  [SG_MESSAGE_NO_BEND] =
      "No bend was found that leaves standing and comes back. Record from standing, down towards the "
      "toes and up again, side-on to the camera.",
};

const char *sg_message_text(const char *language, sg_message word) {
  return sg_say(language, english[word]);
}
