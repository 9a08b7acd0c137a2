/* SPDX-License-Identifier: Apache-2.0 */
/* The key frames' photographs: cut out around the person, the head hidden before anything else is done with them. */
#ifndef APP_REPORT_PHOTOS_H
#define APP_REPORT_PHOTOS_H

#include "report/model.h"

/* What the pictures show: the person in both instants, with room for the head, the feet and the words. */
void photos_choose_crop(report *r);

/*
 * Take the photographs of r->moment[] from the video that the tracks were made from. A moment in which shoulder or hip
 * is not seen gets none: where the head is could not be said. Errors: those of reading, ARGUMENT (not the video of
 * these tracks), MEMORY.
 */
sagitta_status photos_take(report *r, const sagitta_source *source, sagitta_error *error);

#endif
