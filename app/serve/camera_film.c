/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/camera_film.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/filming.h"
#include "cli/option_values.h"
#include "cli/own_pace.h"
#include "cli/sandbox.h"
#include "cli/system.h"
#include "cli/text.h"
#include "sagitta/cameras.h"
#include "serve/camera_picture.h"
#include "serve/camera_record.h"
#include "serve/upload.h"

#define BEFORE_S 2.0 /* of recording before somebody with markers is seen */
#define ROOM_S   5.0 /* between two looks at the room on the disk */

typedef struct take {
  camera_session *s;
  const own_folder *own;
  sagitta_live *live;
  camera_picture *picture;
  sagitta_camera_packet packet; /* of the frame that is looked at */
  sagitta_live_view view;       /* the last */
  filming filming;              /* what the camera is to do */
  double picture_s, room_s;     /* when a picture was made, when the room was looked at last */
  bool played;                  /* a file: it goes on to its end */
  bool left;                    /* nobody looks any more */
  sagitta_status status;
  sagitta_error *error;
} take;

void camera_session_ask(camera_session *s, camera_wish wish) {
  int before = atomic_load(&s->wish);
  while (before < (int)wish && !atomic_compare_exchange_weak(&s->wish, &before, (int)wish)) continue;
}

bool camera_session_is_left(camera_session *s) {
  const double since = http_feed_unread_s(s->feed);
  if (since < 0) atomic_store(&s->was_read, true);
  const double most = atomic_load(&s->was_read) ? CAMERA_UNREAD_S : CAMERA_UNCLAIMED_S;
  return since >= 0 && system_seconds() - since > most;
}

/* ---- told ---- */

/* The JPEG of a frame: the camera's own, or now and then a small one; NULL = this record has none. */
static const uint8_t *picture_of(take *f, const sagitta_frame *frame, const sagitta_input_info *info, size_t *size) {
  if (f->packet.jpeg && f->packet.bytes) {
    *size = f->packet.size;
    return f->packet.bytes;
  }
  const double since = frame ? frame->time_s - f->picture_s : 0;
  if (!frame || !info || (f->picture_s >= 0 && since < 1.0 / CAMERA_PICTURE_RATE - 1e-3)) return NULL;
  f->picture_s = frame->time_s;
  return camera_picture_make(f->picture, frame, info, size);
}

/* A phone is not plugged in. */
static void say_phone(take *f) {
  if (f->view.state != SAGITTA_LIVE_GONE || strncmp(f->s->order.name, "http://", 7) != 0) return;
  f->view.prompt = say(f->s->order.job.language,
                       "The phone gives no pictures: see that its app is open and that it is in the same network.");
}

static void tell(take *f, const sagitta_frame *frame, const sagitta_input_info *info) {
  void *record = NULL;
  size_t jpeg_size = 0;
  say_phone(f);
  if (f->view.cue != SAGITTA_CUE_NONE) f->s->cues++;
  const uint8_t *jpeg = picture_of(f, frame, info, &jpeg_size);
  json_t *all = camera_view_document(&f->view);
  json_t *more =
      json_pack("{s:s, s:I, s:I, s:b, s:b}", "cue", camera_cue_name(f->view.cue), "cues", (json_int_t)f->s->cues,
                "take", (json_int_t)f->s->takes, "by_hand", atomic_load(&f->s->by_hand), "played", f->played);
  if (all && more) (void)json_object_update(all, more);
  if (all && info) {
    (void)json_object_set_new(all, "width", json_integer(info->width));
    (void)json_object_set_new(all, "height", json_integer(info->height));
  }
  if (all && f->packet.bytes)
    (void)json_object_set_new(all, "came_us", json_integer((json_int_t)(1e6 * f->packet.came_s)));
  json_decref(more);
  const size_t size = camera_record_make(&record, all, jpeg, jpeg_size);
  if (size) http_feed_put(f->s->feed, record, size);
}

/* ---- each frame ---- */

static bool has_room(take *f) {
  const double now = system_seconds();
  if (now - f->room_s < ROOM_S) return true;
  f->room_s = now;
  return own_folder_free(f->own) > UPLOAD_SPARE;
}

/* A sagitta_camera_watch. */
static int on_frame(void *user, const sagitta_frame *frame, const sagitta_input_info *info, double time_s) {
  take *f = user;
  f->left = camera_session_is_left(f->s);
  if (atomic_load(&f->s->wish) != CAMERA_GO_ON || f->left) return SAGITTA_CAMERA_STOP;
  f->status = frame ? sagitta_live_frame(f->live, frame, info, &f->view, f->error)
                    : sagitta_live_idle(f->live, time_s, false, &f->view, f->error);
  if (f->status == SAGITTA_OK && !has_room(f)) {
    f->status =
        fail_with(f->error, SAGITTA_ERROR_WRITE, "%s",
                  say(f->s->order.job.language, "There is not enough room on the disk to film: free some space."));
  }
  if (f->status != SAGITTA_OK) return SAGITTA_CAMERA_STOP;
  tell(f, frame, info);
  const bool by_hand = atomic_load(&f->s->by_hand);
  f->filming.to_end = f->played || by_hand;
  f->filming.begun = f->filming.begun || by_hand;
  const int wants = filming_next(&f->filming, &f->view, time_s);
  return wants == SAGITTA_CAMERA_LOCK && f->s->order.unlocked ? SAGITTA_CAMERA_FREE : wants;
}

/* ---- a camera, a file ---- */

static sagitta_status film_camera(take *f, const char *path, const char *restore) {
  sagitta_source *recorded = NULL;
  const sagitta_camera_settings settings = { .width = f->s->order.width,
                                             .height = f->s->order.height,
                                             .rate = f->s->order.rate,
                                             .record = path,
                                             .seconds = CAMERA_LONG_S,
                                             .before_s = BEFORE_S,
                                             .decoder = sandbox_source_settings().decoder,
                                             .restore = restore,
                                             .packet = &f->packet };
  const sagitta_status status = sagitta_camera_record(&recorded, f->s->order.name, &settings, on_frame, f, f->error);
  sagitta_source_close(&recorded);
  return status;
}

static sagitta_status say_no_copy(const take *f, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_WRITE, say(f->s->order.job.language, "\"%.200s\" cannot be copied: %s."),
                   file_name(f->s->order.name), error_reason(error, errno));
}

static sagitta_status copy_file(const take *f, const char *path) {
  const int from = open(f->s->order.name, O_RDONLY | O_CLOEXEC);
  const int to = from < 0 ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  ssize_t got = to < 0 ? -1 : 1;
  while (got > 0) {
    char part[1 << 16];
    got = read(from, part, sizeof part);
    for (ssize_t at = 0, put; got > 0 && at < got; at += put) {
      put = write(to, part + at, (size_t)(got - at));
      if (put < 0) got = put = -1;
    }
  }
  const sagitta_status status = got < 0 ? say_no_copy(f, f->error) : SAGITTA_OK;
  if (from >= 0) (void)close(from);
  if (to >= 0) (void)close(to);
  return status;
}

static sagitta_status play_file(take *f, const char *path) {
  sagitta_source_settings settings = sandbox_source_settings();
  sagitta_source *source = NULL;
  sagitta_video *video = NULL;
  sagitta_frame frame;
  sagitta_error unheard = error_in(NULL);
  const char *name = f->s->order.name;
  f->played = true;
  sagitta_status status = copy_file(f, path);
  if (status == SAGITTA_OK) status = sagitta_source_open(&source, &name, 1, &settings, f->error);
  if (status == SAGITTA_OK) status = sagitta_video_open(&video, source, f->error);
  const double pace = pace_asked(), began = system_seconds();
  bool on = status == SAGITTA_OK;
  while (on && sagitta_video_read(video, &frame, &unheard) == SAGITTA_OK) {
    pace_wait(began, frame.time_s, pace);
    f->packet = (sagitta_camera_packet){ .bytes = NULL };
    on = on_frame(f, &frame, sagitta_video_info(video), frame.time_s) != SAGITTA_CAMERA_STOP;
  }
  if (on && sagitta_live_finish(f->live, &f->view, &unheard) == SAGITTA_OK) tell(f, NULL, sagitta_video_info(video));
  sagitta_video_close(&video);
  sagitta_source_close(&source);
  return status;
}

/* ---- begin and end ---- */

static sagitta_status begin(take *f) {
  const job_order *o = &f->s->order.job;
  sagitta_markers markers;
  sagitta_track_settings chosen = sagitta_track_default_settings();
  sagitta_status status = markers_choose(*o->set ? o->set : NULL, &chosen, &markers, f->error);
  if (status != SAGITTA_OK) return status;
  sagitta_live_settings settings = sagitta_live_default_settings();
  settings.test = o->test;
  settings.markers = chosen.markers;
  settings.set = chosen.set;
  settings.language = o->language;
  f->picture = camera_picture_new();
  if (!f->picture) return fail_with(f->error, SAGITTA_ERROR_MEMORY, "Not enough memory: close other programs.");
  return sagitta_live_new(&f->live, &settings, f->error);
}

/* Whether what was filmed is to be measured, once it has ended well. */
static bool is_kept(const take *f) {
  switch ((camera_wish)atomic_load(&f->s->wish)) {
    case CAMERA_STOP:
      return true;
    case CAMERA_QUIT:
      return f->view.repetitions > 0;
    case CAMERA_GO_ON:
      return !f->left || f->view.state == SAGITTA_LIVE_DONE;
    case CAMERA_AGAIN:
    case CAMERA_CANCEL:
    case CAMERA_TAKEN:
      break;
  }
  return false;
}

/* It ended by itself because it took too long, and there is nothing in it. */
static bool is_idle(const take *f) {
  return !f->played && !f->left && atomic_load(&f->s->wish) == CAMERA_GO_ON && !atomic_load(&f->s->by_hand) &&
         f->view.repetitions == 0 && f->view.time_s > CAMERA_LONG_S - 2;
}

sagitta_status camera_film(camera_session *s, const own_folder *own, const char *path, const char *restore, bool *kept,
                           sagitta_error *error) {
  take f = {
    .s = s, .own = own, .filming = { .done_s = -1 }, .picture_s = -1, .room_s = system_seconds(), .error = error
  };
  *kept = false;
  s->takes++;
  sagitta_status status = begin(&f);
  if (status == SAGITTA_OK)
    status = file_is_camera(s->order.name) ? film_camera(&f, path, restore) : play_file(&f, path);
  /* What has a repetition in it is worth measuring, however it ended. */
  const bool broken = status != SAGITTA_OK || f.status != SAGITTA_OK;
  *kept = is_kept(&f) && (!broken || f.view.repetitions > 0);
  if (status == SAGITTA_OK) status = f.status;
  if (*kept) status = SAGITTA_OK;
  if (is_idle(&f)) {
    *kept = false;
    status = fail_with(error, SAGITTA_ERROR_MISSING, "%s",
                       say(s->order.job.language,
                           "Nobody moved for a quarter of an hour: the camera was let go. Press R to film again."));
  }
  sagitta_live_free(&f.live);
  camera_picture_free(&f.picture);
  return status;
}
