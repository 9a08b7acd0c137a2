/* SPDX-License-Identifier: Apache-2.0 */
/* The one thing that a module of decoding shows: its functions. */
#include "sagitta/version.h"
#include "video/cage.h"
#include "video/open_video.h"

#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const sg_decoding sg_decoding_here = {
  .version = SAGITTA_VERSION,
  .open = sg_local_video_open,
  .read = sg_local_video_read,
  .seek = sg_local_video_seek,
  .hurry = sg_local_video_hurry,
  .rewind = sg_local_video_rewind,
  .info = sg_local_video_info,
  .warnings = sg_local_video_warnings,
  .close = sg_local_video_close,
  .content = sg_bytes_content,
  .record = sg_camera_record,
  .camera_record = sg_camera_record_source,
  .packets_open = sg_packets_open,
  .packets_close = sg_packets_close,
  .packets_read = sg_packets_read,
  .serve_cage = sg_cage_serve,
  .close_walls = sg_cage_close_walls,
};
