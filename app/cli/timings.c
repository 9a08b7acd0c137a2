/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/timings.h"

#include <stdbool.h>

#include "cli/text.h"

static void print_input(const sagitta_input_info *info, FILE *to) {
  static const char *const matrices[] = { "BT.601", "BT.709", "BT.2020" };
  static const char *const kinds[] = { "video", "pictures", "camera", "tracks" };
  text_wrap(to, info->source, 10000, 0, 0);
  fprintf(to, "  kind      %s", kinds[info->kind]);
  if (info->codec[0]) fprintf(to, ", %s, %s", info->codec, info->pixel_format);
  fprintf(to, "\n  size      %d × %d px upright", info->width, info->height);
  bool turned = info->coded_width != info->width || info->coded_height != info->height;
  if (info->coded_width > 0 && turned) fprintf(to, ", %d × %d px coded", info->coded_width, info->coded_height);
  fprintf(to, "\n  rotation  %d°%s", info->rotation_deg, info->mirrored ? ", mirrored" : "");
  if (info->sample_aspect > 0 && info->sample_aspect != 1) fprintf(to, ", sample aspect %.4g", info->sample_aspect);
  fprintf(to, "\n  rate      %.3f frames/s%s", info->frame_rate, info->variable_frame_rate ? ", variable" : "");
  if (info->slow_motion) fputs(", slow motion", to);
  if (info->capture_rate > 0) fprintf(to, ", captured at %.3f", info->capture_rate);
  fprintf(to, "\n  length    %.3f s, %lld frames", info->duration_s, (long long)info->frames);
  if (info->frames_damaged > 0) fprintf(to, ", %lld damaged", (long long)info->frames_damaged);
  if (info->kind != SAGITTA_INPUT_TRACKS) {
    fprintf(to, "\n  colour    %s, %s range%s", matrices[info->matrix], info->full_range ? "full" : "limited",
            info->colour_guessed ? " (guessed)" : "");
  }
  fputc('\n', to);
}

/* Counts and rates are final only at the end of the stream. */
static bool print_source(const sagitta_source *source, FILE *to) {
  sagitta_video *video = NULL;
  if (!source || sagitta_video_open(&video, source, NULL) != SAGITTA_OK) return false;
  sagitta_frame frame;
  while (sagitta_video_read(video, &frame, NULL) == SAGITTA_OK) {
  }
  print_input(sagitta_video_info(video), to);
  sagitta_video_close(&video);
  return true;
}

static void print_stage(const char *name, double ms, double frames, FILE *to) {
  if (!(ms > 0)) return;
  fprintf(to, "  %-9s %9.1f ms", name, ms);
  if (frames > 0) fprintf(to, "  %8.3f ms/frame  %9.1f frames/s", ms / frames, 1e3 * frames / ms);
  fputc('\n', to);
}

void timings_print(const run_timings *timings, const sagitta_source *source, const sagitta_tracks *tracks, FILE *to) {
  const sagitta_timings *t = &timings->library;
  const sagitta_input_info *info = tracks ? sagitta_tracks_input(tracks) : NULL;
  fputc('\n', to);
  if (info && info->width > 0) {
    print_input(info, to);
  } else {
    print_source(source, to);
  }
  double frames = (double)t->frames;
  print_stage("open", t->open_ms, 0, to);
  print_stage("look", t->look_ms, 0, to);
  print_stage("decode", t->decode_ms, frames, to);
  print_stage("scan", t->scan_ms, frames, to);
  print_stage("track", t->track_ms, frames, to);
  print_stage("body", t->body_ms, 0, to);
  print_stage("overlay", timings->overlay_ms, frames, to);
  print_stage("total", timings->total_ms, frames, to);
}
