/* SPDX-License-Identifier: Apache-2.0 */
#include "report/jpeg.h"

#include <stddef.h>
#include <turbojpeg.h>

#define QUALITY 82

static void release(void *bytes) {
  tjFree(bytes);
}

bool jpeg_attach(cairo_surface_t *photo) {
  cairo_surface_flush(photo);
  const unsigned one = 1;
  const int layout = *(const unsigned char *)&one ? TJPF_BGRX : TJPF_XRGB; /* cairo's words are native */
  unsigned char *bytes = NULL;
  unsigned long size = 0;
  tjhandle handle = tjInitCompress();
  if (!handle) return false;
  const int made = tjCompress2(handle, cairo_image_surface_get_data(photo), cairo_image_surface_get_width(photo),
                               cairo_image_surface_get_stride(photo), cairo_image_surface_get_height(photo), layout,
                               &bytes, &size, TJSAMP_420, QUALITY, 0);
  tjDestroy(handle);
  if (made != 0) {
    tjFree(bytes);
    return false;
  }
  const cairo_status_t kept = cairo_surface_set_mime_data(photo, CAIRO_MIME_TYPE_JPEG, bytes, size, release, bytes);
  if (kept != CAIRO_STATUS_SUCCESS) tjFree(bytes);
  return kept == CAIRO_STATUS_SUCCESS;
}
