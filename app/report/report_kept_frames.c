/* SPDX-License-Identifier: Apache-2.0 */
/* Photographs of a saved result whose video is gone: out of the key frames that are kept with it, in which the head is
 * hidden and the markers are drawn already. They are of the first repetition that counts: the report shows that one. */
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <turbojpeg.h>

#include "cli/failure.h"
#include "report/report_data.h"

#define RATIO_OFF 0.01 /* by how much a picture's shape may differ from the tracks' */

/* False: no repetition counts, or the moments are others than those of the key frames. */
static bool choose_first(report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  if (!r->tracks || r->ranged >= 0 || r->subject == REPORT_OF_TILT) return false;
  for (size_t i = 0; i < count; i++) {
    if (!repetitions[i].valid) continue;
    r->repetition = i;
    report_choose_keyframes(r);
    return true;
  }
  return false;
}

/* NULL: it is no picture, memory is short, or it is not of these tracks. */
static cairo_surface_t *unpack(const report *r, const unsigned char *bytes, size_t size) {
  const unsigned one = 1;
  const int layout = *(const unsigned char *)&one ? TJPF_BGRX : TJPF_XRGB; /* cairo's words are native */
  const sagitta_tracks_info *plane = sagitta_tracks_get_info(r->tracks);
  int width = 0, height = 0, sampling;
  cairo_surface_t *picture = NULL;
  tjhandle handle = tjInitDecompress();
  if (handle &&
      tjDecompressHeader2(handle, (unsigned char *)(uintptr_t)bytes, (unsigned long)size, &width, &height, &sampling) ==
          0 &&
      width > 0 && height > 0 && width <= SAGITTA_PICTURE_MAX && height <= SAGITTA_PICTURE_MAX &&
      fabs((double)width * plane->height / ((double)height * plane->width) - 1) < RATIO_OFF) {
    picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  }
  if (picture) {
    cairo_surface_flush(picture);
    unsigned char *pixels = cairo_image_surface_get_data(picture);
    if (!pixels || tjDecompress2(handle, bytes, (unsigned long)size, pixels, width,
                                 cairo_image_surface_get_stride(picture), height, layout, 0) != 0) {
      cairo_surface_destroy(picture);
      picture = NULL;
    }
  }
  if (picture) cairo_surface_mark_dirty(picture);
  if (handle) tjDestroy(handle);
  return picture;
}

sagitta_status report_add_kept_frames(report *r, records *from, int64_t id, bool *added, sagitta_error *error) {
  static const char *const names[REPORT_INSTANTS] = { [REPORT_START] = "start.jpg", [REPORT_DEEPEST] = "deepest.jpg" };
  unsigned char *bytes[REPORT_INSTANTS] = { NULL };
  size_t size[REPORT_INSTANTS];
  sagitta_error unheard = error_in(NULL);
  sagitta_status status = SAGITTA_OK;
  bool any = false;
  *added = false;
  /* None are kept, or they are damaged: a page without photographs. */
  for (int i = 0; i < REPORT_INSTANTS; i++) {
    const sagitta_status had = records_pictures_read(from, id, RECORDS_FRAMES, names[i], &bytes[i], &size[i], &unheard);
    any = any || (had == SAGITTA_OK && bytes[i]);
  }
  if (any && choose_first(r) && r->crop.width > 0 && r->crop.height > 0) {
    for (int i = 0; i < REPORT_INSTANTS && status == SAGITTA_OK; i++) {
      if (!bytes[i] || !report_can_show(r, (report_instant)i)) continue;
      cairo_surface_t *whole = unpack(r, bytes[i], size[i]);
      if (!whole) continue;
      const double scale = (double)cairo_image_surface_get_width(whole) / sagitta_tracks_get_info(r->tracks)->width;
      status = report_cut_photo(r, (report_instant)i, whole, scale, error);
      *added = *added || status == SAGITTA_OK;
      cairo_surface_destroy(whole);
    }
  }
  for (int i = 0; i < REPORT_INSTANTS; i++) free(bytes[i]);
  return status;
}
