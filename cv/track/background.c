/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The camera followed through a recording. In every frame the blocks are compared where they were last; where they are
 * not there any more, first in coarser detail, then far and wide. That nothing moved is believed as soon as half of the
 * blocks that show what they showed say so; that the camera moved, only of a clear majority, spread over the picture.
 */
#include "track/background.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#define OFTEN_S      0.028 /* s: frames that follow faster are left out … */
#define PATIENT_S    0.12 /* … and a search far and wide waits this long after one that found nothing, twice as long … */
#define PATIENT_S_M  1.0  /* … after each, up to this */
#define LOST_S       0.5  /* s without a pose: from then on it is looked for every … */
#define SELDOM_S     0.15 /* s */
#define BLOCKS_LEAST 6    /* in the first picture; with fewer a later one is tried */
#define NEAR         0.45 /* samples, within which blocks agree */
#define LOOSE        3.0 /* times that: a camera that turned to the side sees another perspective, which is no similarity */
#define STAY         0.5 /* part of the blocks that says that nothing moved */
#define MOVE         0.6 /* part of them that says that the camera moved */
#define FOUND        0.5 /* the same after a search: blocks that show something else by chance count against it */

struct sg_background {
  sg_keep_off person;
  sg_blocks blocks;
  sg_search *search;
  bool chosen; /* the blocks are those of a frame */
  double last_s, search_s, patience_s, found_s, tried_s;
  sg_similarity pose, before;
  bool known;
  bool loosely; /* the pose was found far and wide: the blocks are near where they are expected, and not nearer */
  sg_background_pose *all;
  size_t frames, capacity, first;
};

sg_background *sg_background_new(const sg_keep_off *person) {
  sg_background *b = calloc(1, sizeof *b);
  if (!b) return NULL;
  if (person) b->person = *person;
  b->pose = b->before = SG_UNMOVED;
  b->last_s = b->search_s = b->found_s = b->tried_s = -1e9;
  b->patience_s = PATIENT_S;
  return b;
}

void sg_background_free(sg_background *b) {
  if (!b) return;
  sg_search_free(b->search);
  free(b->all);
  free(b);
}

const sg_background_pose *sg_background_poses(const sg_background *b, size_t *frames) {
  *frames = b->frames;
  return b->all;
}

size_t sg_background_first(const sg_background *b) {
  return b->first;
}

double sg_background_beside(const sg_background *b, const sg_keep_off *person, int width, int height) {
  int beside = 0;
  for (int i = 0; i < b->blocks.count; i++) {
    const sg_block *block = &b->blocks.block[i];
    beside += !sg_kept_off(person, block->u + 0.5 * width, block->v + 0.5 * height, 0);
  }
  return b->blocks.count > 0 ? (double)beside / b->blocks.count : 0;
}

bool sg_background_step(const sg_background *b, sg_similarity *step) {
  if (b->frames < 2 || !b->known) return false;
  const sg_similarity back = sg_similarity_inverse(&b->before);
  *step = sg_similarity_after(&b->pose, &back);
  const sg_similarity *now = &b->pose, *then = &b->before;
  return now->a != then->a || now->b != then->b || now->x != then->x || now->y != then->y;
}

static int choose(sg_background *b, const sagitta_frame *frame, const sagitta_input_info *info) {
  if (!sg_blocks_choose(&b->blocks, frame, info, &b->person)) return 0;
  b->chosen = b->blocks.count >= BLOCKS_LEAST;
  if (!b->chosen) return 1;
  b->patience_s = PATIENT_S;
  b->search_s = -1e9;
  b->search = sg_search_new(&b->blocks, frame, info);
  return b->search != NULL;
}

/* From where `pose` brings the blocks to where they are if the camera stands as it last did. */
static sg_similarity stood_against(const sg_background *b, const sg_similarity *pose) {
  const sg_similarity back = sg_similarity_inverse(pose);
  return sg_similarity_after(&b->pose, &back);
}

/* Confirm a pose in ever finer steps of the blocks; `least`: the part of them that must agree. */
static bool confirm(const sg_background *b, const sagitta_frame *frame, const sagitta_input_info *info, double least,
                    sg_similarity *pose, bool *adrift) {
  const int extent = info->width > info->height ? info->width : info->height;
  const double unit = b->blocks.unit;
  sg_block_match match[SG_BACKGROUND_BLOCKS];
  sg_similarity moved;
  for (int pass = 0; pass < 4; pass++) {
    const int level = pass < 2 ? 1 : 0;
    const double near = NEAR * unit * (level ? b->blocks.step[1] / b->blocks.step[0] : 1) * (pass % 2 ? 1 : 2);
    const sg_similarity stood = stood_against(b, pose);
    sg_blocks_match(&b->blocks, level, frame, info, pose, match);
    if (!sg_blocks_agree(&b->blocks, match, near, least, extent, &stood, &moved, adrift) &&
        !sg_blocks_agree(&b->blocks, match, LOOSE * near, least, extent, &stood, &moved, NULL))
      return false;
    *pose = sg_similarity_after(&moved, pose);
    if (pass == 3) return true;
  }
  return false;
}

/* Look where the blocks are expected, and again from where they are found: first order is exact only for little. */
static bool look_near(sg_background *b, const sagitta_frame *frame, const sagitta_input_info *info, sg_similarity *pose,
                      bool *adrift) {
  const int extent = info->width > info->height ? info->width : info->height;
  const double near = NEAR * b->blocks.unit;
  sg_block_match match[SG_BACKGROUND_BLOCKS];
  sg_similarity moved;
  const sg_similarity unmoved = SG_UNMOVED;
  *pose = b->pose;
  for (int pass = 0; pass < 3; pass++) {
    const sg_similarity stood = stood_against(b, pose);
    sg_blocks_match(&b->blocks, 0, frame, info, pose, match);
    if (sg_blocks_stay(&b->blocks, match, near, STAY, extent, &moved) ||
        sg_blocks_agree(&b->blocks, match, near, MOVE, extent, &stood, &moved, adrift)) {
      b->loosely = false;
    } else if (!sg_blocks_agree(&b->blocks, match, LOOSE * near, MOVE, extent, &stood, &moved, NULL) &&
               !(b->loosely && sg_blocks_stay(&b->blocks, match, LOOSE * near, STAY, extent, &moved))) {
      return false;
    }
    *pose = sg_similarity_after(&moved, pose);
    if (sg_similarity_apart(&moved, &unmoved, info->width, info->height) < near) break;
  }
  return true;
}

/* Where the camera stands now. False where that cannot be told; *adrift: though it has moved. */
static bool find(sg_background *b, const sagitta_frame *frame, const sagitta_input_info *info, sg_similarity *pose,
                 bool *adrift) {
  if (look_near(b, frame, info, pose, adrift)) return true;
  *pose = b->pose;
  if (confirm(b, frame, info, MOVE, pose, adrift)) return true;
  if (frame->time_s < b->search_s + b->patience_s) return false;
  if (sg_search_find(b->search, &b->blocks, frame, info, &b->pose, pose) &&
      confirm(b, frame, info, FOUND, pose, NULL)) {
    b->patience_s = PATIENT_S;
    b->search_s = -1e9;
    b->loosely = true;
    return true;
  }
  b->patience_s = b->search_s < 0 ? PATIENT_S : fmin(2 * b->patience_s, PATIENT_S_M);
  b->search_s = frame->time_s;
  return false;
}

int sg_background_frame(sg_background *b, const sagitta_frame *frame, const sagitta_input_info *info) {
  if (!sg_reserve((void **)&b->all, &b->capacity, b->frames + 1, sizeof *b->all)) return 0;
  sg_background_pose *now = &b->all[b->frames++];
  *now = (sg_background_pose){ .against_first = b->pose };
  b->before = b->pose;
  b->known = false;
  if (frame->time_s < b->last_s + OFTEN_S) return 1;
  b->last_s = frame->time_s;
  if (!b->chosen) {
    if (frame->time_s < b->search_s + b->patience_s) return 1;
    b->patience_s = fmin(2 * b->patience_s, PATIENT_S_M);
    b->search_s = frame->time_s;
    if (!choose(b, frame, info)) return 0;
    now->known = b->known = b->chosen;
    if (b->chosen) {
      b->found_s = frame->time_s;
      b->first = b->frames - 1;
    }
    return 1;
  }
  if (frame->time_s < b->found_s + LOST_S || frame->time_s >= b->tried_s + SELDOM_S) b->tried_s = frame->time_s;
  if (b->tried_s < frame->time_s) return 1;
  sg_similarity pose;
  if (!find(b, frame, info, &pose, &now->adrift)) return 1;
  now->adrift = false;
  b->pose = now->against_first = pose;
  now->known = b->known = true;
  b->found_s = frame->time_s;
  return 1;
}
