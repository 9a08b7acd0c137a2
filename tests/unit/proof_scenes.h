/* SPDX-License-Identifier: Apache-2.0 */
/* The proof sheet as cameras see it whose every property is known. Shares no code with what is tested but the table of
 * the marks. */
#ifndef SAGITTA_TEST_PROOF_SCENES_H
#define SAGITTA_TEST_PROOF_SCENES_H

#include "sagitta/proof.h"

typedef struct proof_scene {
  int width, height;
  double f, k1;                  /* px; Brown–Conrady */
  double x, y, z;                /* of the sheet's middle before the camera, mm */
  double turn_x, turn_y, turn_z; /* of the sheet, deg, about its own axes */
  double light, uneven, warm;    /* of white paper, 0–1; across the picture; red more and blue less */
  double blur, noise;            /* px; levels of 255 */
} proof_scene;

typedef struct proof_view {
  sagitta_frame frame;
  sagitta_input_info info;
  unsigned char *memory;
} proof_view;

/* Number `i` of many: cameras and lights from good to bad, and the sheet a little elsewhere in each frame. */
proof_scene proof_scene_of(int i, int frame);
/* Draw it, noise by `seed`; memory NULL when it is short. proof_view_free. */
proof_view proof_view_draw(const proof_scene *scene, unsigned seed);
void proof_view_free(proof_view *view);
/* Where a mark's outline has its centroid in the picture, and which way it lies (deg clockwise from straight up). */
void proof_truth(const proof_scene *scene, int mark, double *x, double *y, double *axis_deg);

#endif
