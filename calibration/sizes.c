/* SPDX-License-Identifier: Apache-2.0 */
/* One size for all pictures: a lens belongs to one camera, held one way, with one setting. */
#include "base/base.h"
#include "views.h"

#define OTHERS_LEAST 4 /* one in so many pictures of another size is no stray any more */

static bool same_size(const sg_view *a, const sg_view *b) {
  return a->width == b->width && a->height == b->height;
}

/* Views that show the board and, unless `like` is NULL, have the size of that one. */
static size_t count_like(const sg_views *views, const sg_view *like) {
  size_t count = 0;
  for (size_t i = 0; i < views->count; i++) {
    const sg_view *view = &views->list[i];
    count += view->xy && (!like || same_size(view, like));
  }
  return count;
}

/* A view of the commonest size; the first picture that could be read where no board is to be seen. */
static const sg_view *commonest(const sg_views *views) {
  const sg_view *best = NULL;
  size_t most = 0;
  for (size_t i = 0; i < views->count; i++) {
    const sg_view *view = &views->list[i];
    const size_t count = view->xy ? count_like(views, view) : 0;
    if (view->width == 0 || (best && count <= most)) continue;
    best = view;
    most = count;
  }
  return best;
}

sagitta_status sg_views_settle_size(sg_views *views, sagitta_error *error) {
  const sg_view *usual = commonest(views);
  const size_t all = count_like(views, NULL), others = usual ? all - count_like(views, usual) : 0;
  if (!usual) return SAGITTA_OK;
  views->width = usual->width;
  views->height = usual->height;
  for (size_t i = 0; i < views->count; i++) {
    sg_view *view = &views->list[i];
    if (!view->xy || same_size(view, usual)) continue;
    if (others * OTHERS_LEAST >= all) {
      return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                     "The pictures are not all of one size: %s is %d x %d px, but %s is %d x %d px. Calibrate with "
                     "pictures of one camera, held one way, with one setting.",
                     usual->about.name, usual->width, usual->height, view->about.name, view->width, view->height);
    }
    sg_view_drop(view, SAGITTA_VIEW_OTHER_SIZE,
                 "it is %d x %d px, the others are %d x %d px: another camera or setting", view->width, view->height,
                 usual->width, usual->height);
  }
  return SAGITTA_OK;
}
