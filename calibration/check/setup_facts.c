/* SPDX-License-Identifier: Apache-2.0 */
/* From what was seen to what it means: level, yaw, room around the person, light, flicker, blur. */
#include <math.h>
#include <stdlib.h>

#include "base/math.h"
#include "calibration/check/setup_check.h"

/* Heights as parts of the stature (Drillis and Contini). */
#define SHOULDER_AT 0.818
#define HIP_AT      0.530
#define KNEE_AT     0.285
#define ANKLE_AT    0.039

#define ANKLE_SD   2.5 /* degrees by which people stand other than plumb, shoulder over ankle, */
#define KNEE_SD    3.0 /* and shoulder over knee */
#define SKIN_SD    10.0
#define YAW_PRIOR  15.0
#define RATIO_SD   0.012 /* of a disc that is cut and stuck on by hand */
#define YAW_STEPS  90    /* half degrees */
#define SKIN_STEPS 24

static void measure_level(sagitta_check_facts *f, const sg_check_frames *frames) {
  const sagitta_check_marker *shoulder = &f->marker[SAGITTA_SHOULDER], *ankle = &f->marker[SAGITTA_ANKLE];
  const sagitta_check_marker *low = ankle->found ? ankle : &f->marker[SAGITTA_KNEE];
  f->roll_deg = f->roll_sd_deg = NAN;
  double weight = 0.0, sum = 0.0;
  if (shoulder->found && low->found) {
    const double sd = ankle->found ? ANKLE_SD : KNEE_SD;
    const double lean = atan2(shoulder->x - low->x, low->y - shoulder->y) * SG_DEGREES;
    if (!frames->uprights.found || fabs(lean - frames->uprights.lean_deg) < 3.0 * sd) {
      weight = 1.0 / (sd * sd);
      sum = weight * lean;
    }
  }
  f->roll_from_edges = frames->uprights.found;
  if (frames->uprights.found) {
    const double more = 1.0 / (frames->uprights.sd_deg * frames->uprights.sd_deg);
    weight += more;
    sum += more * frames->uprights.lean_deg;
  }
  if (weight <= 0.0) return;
  f->roll_deg = sum / weight;
  f->roll_sd_deg = 1.0 / sqrt(weight);
}

/* Likelihood of one disc's ratio at a camera yaw, over the skin's own turn. */
static double likelihood(double ratio, double sd, double yaw_deg) {
  double sum = 0.0;
  for (int i = -SKIN_STEPS; i <= SKIN_STEPS; i++) {
    const double z = 3.0 * i / SKIN_STEPS, expected = cos((yaw_deg + z * SKIN_SD) / SG_DEGREES),
                 d = (ratio - expected) / sd;
    sum += exp(-0.5 * z * z - 0.5 * d * d);
  }
  return sum + 1e-12;
}

void sg_check_yaw(const double *ratio, const double *sd, int count, double *mean, double *low, double *high) {
  double weight[YAW_STEPS], total = 0.0, moment = 0.0;
  for (int i = 0; i < YAW_STEPS; i++) {
    const double yaw = 0.5 * i + 0.25, z = yaw / YAW_PRIOR;
    weight[i] = exp(-0.5 * z * z);
    for (int k = 0; k < count; k++) weight[i] *= likelihood(ratio[k], sd[k], yaw);
    total += weight[i];
    moment += weight[i] * yaw;
  }
  *mean = moment / total;
  *low = *high = NAN;
  double below = 0.0;
  for (int i = 0; i < YAW_STEPS; i++) {
    below += weight[i] / total;
    if (isnan(*low) && below >= 0.025) *low = 0.5 * i;
    if (isnan(*high) && below >= 0.975) *high = 0.5 * i + 0.5;
  }
}

static void measure_yaw(sagitta_check_facts *f, const sg_check_frames *frames) {
  double ratio[SAGITTA_ROLES], sd[SAGITTA_ROLES];
  int count = 0;
  for (int r = SAGITTA_SHOULDER; r <= SAGITTA_RIBS; r++) {
    const sg_check_marker_sums *look = &frames->marker[r];
    /* Small discs are as coarse as the chroma samples they are seen in. */
    if (look->ratios == 0 || !f->marker[r].found || f->marker[r].size_px < 12.0) continue;
    const double n = look->ratios, mean = look->ratio / n;
    const double spread = sqrt(fmax(0.0, look->ratio_squared / n - mean * mean));
    ratio[count] = mean;
    sd[count++] = sqrt(RATIO_SD * RATIO_SD + spread * spread / n);
  }
  f->yaw_deg = f->yaw_low = f->yaw_high = NAN;
  if (count >= 2) sg_check_yaw(ratio, sd, count, &f->yaw_deg, &f->yaw_low, &f->yaw_high);
}

static void measure_place(sagitta_check_facts *f, const sagitta_input_info *info) {
  const sagitta_check_marker *shoulder = &f->marker[SAGITTA_SHOULDER], *knee = &f->marker[SAGITTA_KNEE];
  const sagitta_check_marker *ankle = &f->marker[SAGITTA_ANKLE], *hip = &f->marker[SAGITTA_HIP];
  f->stature_px = f->head_room = f->foot_room = f->left_room = f->right_room = NAN;
  if (!shoulder->found || !knee->found) return;
  const double dx = shoulder->x - knee->x, dy = shoulder->y - knee->y;
  f->stature_px = sqrt(dx * dx + dy * dy) / (SHOULDER_AT - KNEE_AT);
  const double head = shoulder->y - (1.0 - SHOULDER_AT) * f->stature_px;
  const double soles = ankle->found ? ankle->y + ANKLE_AT * f->stature_px : knee->y + KNEE_AT * f->stature_px;
  const double middle = hip->found ? hip->x : 0.5 * (shoulder->x + knee->x);
  f->head_room = head / f->stature_px;
  f->foot_room = (info->height - soles) / f->stature_px;
  f->left_room = middle / f->stature_px;
  f->right_room = (info->width - middle) / f->stature_px;
}

void sg_check_body(sagitta_check_facts *facts, const sagitta_input_info *info, const sg_check_frames *frames) {
  measure_level(facts, frames);
  measure_yaw(facts, frames);
  measure_place(facts, info);
}

/* ---- light ---- */

typedef struct wave {
  double amplitude, share; /* part of the mean; part of the variance that it explains */
} wave;

/* Least squares of a line and one sine wave would need a matrix; the line first, then the wave, is as good here. */
static wave wave_at(const double *t, const double *y, size_t n, double hz) {
  double st = 0.0, sy = 0.0, stt = 0.0, sty = 0.0;
  for (size_t i = 0; i < n; i++) {
    st += t[i];
    sy += y[i];
    stt += t[i] * t[i];
    sty += t[i] * y[i];
  }
  const double count = (double)n, slope = (count * sty - st * sy) / fmax(count * stt - st * st, 1e-12);
  const double mean = sy / count, start = mean - slope * st / count;
  double c = 0.0, s = 0.0, rest = 0.0;
  for (size_t i = 0; i < n; i++) {
    const double e = y[i] - start - slope * t[i], a = 2 * SG_PI * hz * t[i];
    c += e * cos(a);
    s += e * sin(a);
    rest += e * e;
  }
  const double amplitude = 2.0 * sqrt(c * c + s * s) / count;
  return (wave){ amplitude / fmax(mean, 1e-6), 0.5 * amplitude * amplitude * count / fmax(rest, 1e-15) };
}

int sg_check_flicker(const double *t, const double *luma, size_t n, double rate, double *amplitude) {
  static const int lamps[] = { 100, 120 };
  *amplitude = NAN;
  if (n < 16 || !(rate > 0.0)) return -1;
  const double length = t[n - 1] - t[0];
  int found = 0, seen = 0;
  for (int i = 0; i < 2; i++) {
    const double alias = fabs(lamps[i] - rate * floor(lamps[i] / rate + 0.5));
    if (alias * length < 2.0 || alias < 0.5 || alias > 0.49 * rate) continue;
    seen++;
    const wave w = wave_at(t, luma, n, lamps[i]);
    if (found == 0 && isnan(*amplitude)) *amplitude = 0.0;
    if (w.amplitude < 0.006 || w.share < 0.5 || w.amplitude <= *amplitude) continue;
    *amplitude = w.amplitude;
    found = lamps[i];
  }
  return seen > 0 ? found : -1;
}

void sg_check_light(sagitta_check_facts *f, const sg_check_frames *frames) {
  double all = 0.0, below = 0.0;
  for (int i = 0; i < SG_CHECK_LUMA_BINS; i++) all += frames->histogram[i];
  f->brightness = f->clipped = f->dark = f->flicker = f->flicker_hz = NAN;
  f->frame_rate = frames->info.kind == SAGITTA_INPUT_PICTURES || frames->count < 2 ? NAN : frames->info.frame_rate;
  if (all <= 0.0) return;
  f->clipped = f->dark = 0.0;
  for (int i = 0; i < SG_CHECK_LUMA_BINS; i++) {
    if (below < 0.5 * all && below + frames->histogram[i] >= 0.5 * all) {
      f->brightness = (double)i / (SG_CHECK_LUMA_BINS - 1);
    }
    below += frames->histogram[i];
    if (i >= 251) f->clipped += frames->histogram[i] / all;
    if (i <= 20) f->dark += frames->histogram[i] / all;
  }
  if (isnan(f->frame_rate)) return;
  double amplitude;
  const int lamps = sg_check_flicker(frames->time_s, frames->luma, frames->count, f->frame_rate, &amplitude);
  if (lamps >= 0) f->flicker = amplitude;
  if (lamps > 0) f->flicker_hz = lamps;
}

/* A brisk bend turns the trunk by 100 degrees in 2 s; its speed peaks at 1.875 times the mean (least jerk), with the
 * shoulder 0.29 of the stature from the hip. */
void sg_check_blur(sagitta_check_facts *f, const sg_check_frames *frames) {
  double shutters[sizeof frames->shutters / sizeof *frames->shutters];
  f->shutter = f->blur_px = f->longest_exposure_s = NAN;
  for (size_t i = 0; i < frames->shutter_count; i++) shutters[i] = frames->shutters[i];
  if (frames->shutter_count >= 3) {
    f->shutter = fmin(1.0, sg_upper_median(shutters, frames->shutter_count));
  }
  if (isnan(f->stature_px) || isnan(f->frame_rate) || !(f->frame_rate > 0.0)) return;
  const double speed = (SHOULDER_AT - HIP_AT) * f->stature_px * 1.875 * 50.0 / SG_DEGREES; /* px/s */
  f->blur_px = speed / f->frame_rate * (isnan(f->shutter) ? 1.0 : f->shutter);
  f->longest_exposure_s = 0.25 * f->marker[SAGITTA_SHOULDER].size_px / speed;
}
