/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In front of a living person: frames in, one at a time, from a camera, a host's own pipeline or a file; what is seen
 * in them out: markers, angles, checks, what the person is asked to do next.
 *
 * What is shown live is a view; what is kept is what sagitta_track_source and sagitta_analyze say of the recording. A
 * view knows no later frame: nothing is repaired with hindsight, angles come with the lag of a causal filter, and the
 * numbers of a repetition are provisional.
 *
 *   sagitta_live_new → sagitta_live_frame or sagitta_live_jpeg for each frame → sagitta_live_free
 *
 * Memory is bounded: SAGITTA_LIVE_KEPT_S of markers are kept, and no frame. Frames are looked at on the caller's
 * thread; a host that is late leaves frames out, and the newest wins.
 */
#ifndef SAGITTA_LIVE_H
#define SAGITTA_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/analysis.h"
#include "sagitta/markers.h"
#include "sagitta/result.h"
#include "sagitta/status.h"
#include "sagitta/tests.h"
#include "sagitta/tracks.h"
#include "sagitta/video.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGITTA_LIVE_KEPT_S 120.0 /* s of markers from which repetitions are counted and measured */

typedef struct sagitta_live sagitta_live;

/* What the person is doing, or is asked to do next. Append only. */
typedef enum sagitta_live_state {
  SAGITTA_LIVE_LOOKING = 0, /* a check is not met */
  SAGITTA_LIVE_READY = 1,   /* stand still */
  SAGITTA_LIVE_ARMED = 2,   /* move */
  SAGITTA_LIVE_DOWN = 3,    /* moving away from the start */
  SAGITTA_LIVE_HOLD = 4,    /* staying, and the stay is counted */
  SAGITTA_LIVE_UP = 5,      /* coming back */
  SAGITTA_LIVE_DONE = 6,    /* as many repetitions as the test asks for, or the camera is gone for good */
  SAGITTA_LIVE_LOST = 7,    /* a needed marker is hidden while the person moves */
  SAGITTA_LIVE_GONE = 8,    /* the camera gives no frames */
  SAGITTA_LIVE_STATES = 9
} sagitta_live_state;

/* "looking" … "gone"; NULL outside the list. Thread-safe. */
SAGITTA_API const char *sagitta_live_state_name(sagitta_live_state state);

/* A sound, once; each is a word as well (sagitta_live_view.prompt). Append only. */
typedef enum sagitta_live_cue {
  SAGITTA_CUE_NONE = 0,
  SAGITTA_CUE_ARMED = 1, /* one high beep: move now */
  SAGITTA_CUE_TICK = 2,  /* a second of the stay */
  SAGITTA_CUE_UP = 3,    /* two rising beeps: come back */
  SAGITTA_CUE_DONE = 4,  /* a chord */
  SAGITTA_CUE_LOST = 5   /* a low buzz */
} sagitta_live_cue;

/* What a check is about, in the order in which it is best put right. Append only. */
typedef enum sagitta_live_check {
  SAGITTA_LIVE_CHECK_LIGHT = 0,
  SAGITTA_LIVE_CHECK_MARKERS = 1,
  SAGITTA_LIVE_CHECK_WHOLE_BODY = 2,
  SAGITTA_LIVE_CHECK_POSTURE = 3, /* the posture that the test starts from */
  SAGITTA_LIVE_CHECKS = 4
} sagitta_live_check;
#define SAGITTA_LIVE_CHECKS_ROOM 16 /* entries of an array by check */

typedef struct sagitta_live_settings {
  const char *test;               /* a name of sagitta_tests; NULL = toe-touch. Copied */
  const sagitta_markers *markers; /* as in sagitta_track_settings. Copied */
  sagitta_marker_set set;
  const char *simd;     /* highest kernel level; NULL = best. Must stay valid */
  const char *decoder;  /* where sagitta_live_jpeg decodes: as in sagitta_source_settings; NULL = in this process. Must
                           stay valid */
  const char *language; /* of prompts and sentences; NULL = English. Must stay valid */
  bool measured;        /* measure each repetition (`provisional`), which takes some tens of milliseconds */
  uint64_t reserved[8]; /* 0 (sagitta/sagitta.h) */
} sagitta_live_settings;

SAGITTA_API sagitta_live_settings sagitta_live_default_settings(void);

/* Provisional numbers of the last repetition, deg; NAN = not known. */
typedef struct sagitta_live_repetition {
  size_t number; /* from 1; 0 = there is none yet */
  double end_range_s;
  double hip_hinge_deg, lumbar_flexion_deg;
  uint64_t reserved[4]; /* room to grow */
} sagitta_live_repetition;

/* What is seen in one frame. Texts are UTF-8, in the language of the settings, and valid until the next call. */
typedef struct sagitta_live_view {
  double time_s; /* of the frame, as it was given */
  sagitta_sample
      marker[SAGITTA_ROLES_ROOM]; /* px of the upright picture, this very frame's; LOST where it is not seen */
  unsigned wanted;                /* the roles that are looked for: bits 1u << role */
  double angle_deg; /* the angle that the test moves, from where the person was still; NAN = unknown. Filtered */
  double hip_hinge_deg, lumbar_flexion_deg; /* where strips show them, likewise; NAN = unknown */
  double lag_s;                             /* by how much the filter is behind, for slow movements */
  sagitta_live_state state;
  const char *state_word; /* "BEND": what is done now, to be read from afar */
  const char *prompt;     /* one sentence: the first check that is not met, else what to do */
  sagitta_live_cue cue;
  bool met[SAGITTA_LIVE_CHECKS_ROOM];
  double hold_s;       /* the stay so far */
  double hold_asked_s; /* how long the test asks to stay */
  bool hold_runs;     /* the stay is counted at this moment; not where the lower back left its band, or it is unknown */
  size_t repetitions; /* so far, by the rules of the analysis */
  int asked;          /* how many the test asks for; 0 = it counts none */
  sagitta_live_repetition provisional;
  uint64_t reserved[8]; /* room to grow */
} sagitta_live_view;

/* On success *out belongs to the caller (sagitta_live_free). Errors: ARGUMENT (no such test, language or SIMD level),
 * MEMORY. One thread at a time for each; no process-wide state. */
SAGITTA_API sagitta_status sagitta_live_new(sagitta_live **out, const sagitta_live_settings *settings,
                                            sagitta_error *error);
/* NULL-safe; sets *live to NULL. */
SAGITTA_API void sagitta_live_free(sagitta_live **live);

/*
 * Look at the next frame; frame->time_s must grow. `info` as sagitta_video_info gives it (coded size and how it is made
 * upright are used); NULL = upright, with square samples. All frames must have one size. The frame is not kept.
 * Errors: ARGUMENT (time that does not grow, another size), MEMORY.
 */
SAGITTA_API sagitta_status sagitta_live_frame(sagitta_live *live, const sagitta_frame *frame,
                                              const sagitta_input_info *info, sagitta_live_view *view,
                                              sagitta_error *error);

/* The same of a JPEG picture in memory, as cameras send them. Errors: also DAMAGED (no JPEG that can be decoded: leave
 * it out and go on). */
SAGITTA_API sagitta_status sagitta_live_jpeg(sagitta_live *live, const uint8_t *jpeg, size_t size, double time_s,
                                             sagitta_live_view *view, sagitta_error *error);

/* Time went by without a frame; `unplugged`: there is no camera any more. Call it some times a second while a camera
 * gives nothing. Errors: ARGUMENT. */
SAGITTA_API sagitta_status sagitta_live_idle(sagitta_live *live, double time_s, bool unplugged, sagitta_live_view *view,
                                             sagitta_error *error);

/* No more frames: the count over all that was seen, as at a recording's end. Errors: MEMORY. */
SAGITTA_API sagitta_status sagitta_live_finish(sagitta_live *live, sagitta_live_view *view, sagitta_error *error);

#ifdef __cplusplus
}
#endif
#endif
