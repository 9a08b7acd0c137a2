/* SPDX-License-Identifier: Apache-2.0 */
/* Cameras that are named by an address: the same on every system. */
#include <stdio.h>
#include <string.h>

#include "video/camera_name.h"

bool sg_camera_is_address(const char *input) {
  return strncmp(input, "http://", 7) == 0;
}

void sg_camera_display(char *out, size_t room, const char *camera) {
  const char *host = camera + 7, *slash = sg_camera_is_address(camera) ? host + strcspn(host, "/?#") : NULL;
  const char *at = NULL;
  for (const char *c = host; slash && c < slash; c++)
    if (*c == '@') at = c;
  if (at)
    (void)snprintf(out, room, "http://%s", at + 1);
  else
    (void)snprintf(out, room, "%s", camera);
}
