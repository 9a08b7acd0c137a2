/* SPDX-License-Identifier: Apache-2.0 */
#include "figure_movements.h"

movement figure_toe_touch(void) {
  posture end = figure_standing(), start = with_hand(on_feet(figure_standing()), 8, 75);
  end.pelvis = 62;
  end.lumbar = 46;
  end.thigh = end.shank = -7;
  movement m = movement_default(start, with_hand(on_feet(end), 25, 10));
  m.middle_x = 10;
  return m;
}

movement figure_squat(void) {
  posture end = figure_standing(), start = with_hand(on_feet(figure_standing()), 8, 75);
  end.thigh = -85;
  end.shank = 28;
  end.pelvis = 40;
  end.lumbar = 12;
  movement m = movement_default(start, with_hand(on_feet(end), 40, 60));
  m.middle_x = 10;
  return m;
}

movement figure_upright_squat(void) {
  movement m = figure_squat();
  m.end.pelvis = 8;
  m.end.lumbar = 10;
  return m;
}

/* Hips forward, knees a little bent, lower back hollow. */
movement figure_bend_back(void) {
  posture end = figure_standing(), start = with_hand(on_feet(figure_standing()), 8, 75);
  end.thigh = 6;
  end.shank = 16;
  end.pelvis = -14;
  end.lumbar = -24;
  movement m = movement_default(start, with_hand(on_feet(end), 8, 75));
  m.middle_x = 10;
  return m;
}

/* The same with legs that stay nearly straight: what tells of it is the hips. */
movement figure_bend_back_straight(void) {
  movement m = figure_bend_back();
  m.end.thigh = 8;
  m.end.shank = 10;
  m.end = with_hand(on_feet(m.end), 8, 75);
  return m;
}

movement figure_sit_and_reach(void) {
  posture start = figure_sitting(), end = start;
  double ankle[2];
  figure_ankle(&start, ankle);
  end.pelvis += 34;
  end.lumbar += 14;
  movement m = movement_default(with_hand(start, ankle[0] - 25, 25), with_hand(end, ankle[0] + 10, 20));
  m.middle_x = 60;
  return m;
}

movement figure_sit_up(void) {
  posture start = figure_lying(), end = start;
  end.pelvis += 50;
  end.lumbar += 50;
  movement m = movement_default(with_hand(start, 0, 12), with_hand(end, 30, 30));
  m.middle_x = 20;
  return m;
}

movement figure_leg_raise(void) {
  posture start = figure_lying(), end = start;
  end.thigh -= 70;
  end.shank -= 70;
  movement m = movement_default(with_hand(start, 0, 12), with_hand(end, 0, 12));
  m.middle_x = 20;
  return m;
}

movement figure_extension(void) {
  posture start = figure_lying_90(), end = start;
  end.shank = end.thigh + 25;
  movement m = movement_default(with_hand(start, 0, 12), with_hand(end, 0, 12));
  m.middle_x = 0;
  return m;
}

/* In a chair, leaning forward. */
movement figure_chair(void) {
  posture start = figure_standing(), end;
  start.thigh = -88;
  start = with_hand(start, 40, 60);
  start.hip_y = 48;
  end = start;
  end.pelvis += 30;
  end.lumbar += 20;
  return movement_default(start, end);
}
