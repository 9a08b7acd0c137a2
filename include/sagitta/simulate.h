/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Simulated people: tracks as a camera would have seen them, with the truth. The population is the project's own and
 * kept apart from what the estimator believes of bodies, so that it can be used to judge it.
 *
 * Angles deg, forward positive, change from the person's own start; times s from the first frame.
 */
#ifndef SAGITTA_SIMULATE_H
#define SAGITTA_SIMULATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/result.h"
#include "sagitta/status.h"
#include "sagitta/tracks.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the person does beside standing and bending. */
typedef enum sagitta_simulated_aside {
  SAGITTA_ASIDE_NOTHING = 0,
  SAGITTA_ASIDE_REACH,        /* first reaches overhead: the hollow back; markers that the arm would pass stay seen */
  SAGITTA_ASIDE_ARCH_FIRST,   /* the recording begins in an arch */
  SAGITTA_ASIDE_ARCH_BETWEEN, /* arches back after each bend, and stands again */
  SAGITTA_ASIDE_ARCH_INTO,    /* goes from an arch straight into each bend */
  SAGITTA_ASIDE_WALK_IN,      /* walks in from beside the picture; markers out of it are lost */
  SAGITTA_ASIDE_CUT_IN,       /* the recording begins within the first bend, whose start_s is then below 0 */
  SAGITTA_ASIDES
} sagitta_simulated_aside;

/* "arch-first"; NULL outside of the list. Static. Thread-safe. */
SAGITTA_API const char *sagitta_simulated_aside_name(sagitta_simulated_aside aside);

/* What the camera does while it records, once, at a moment and by an amount of its own for each person. */
typedef enum sagitta_simulated_camera {
  SAGITTA_CAMERA_STILL = 0,
  SAGITTA_CAMERA_SHIFTED,
  SAGITTA_CAMERA_ROLLED,
  SAGITTA_CAMERA_ZOOMED,
  SAGITTA_CAMERA_KNOCKED, /* all of it */
  SAGITTA_CAMERAS
} sagitta_simulated_camera;

/* "rolled"; NULL outside of the list. Static. Thread-safe. */
SAGITTA_API const char *sagitta_simulated_camera_name(sagitta_simulated_camera camera);

typedef struct sagitta_simulation_settings {
  sagitta_marker_set set; /* default STRIP */
  const char *test;       /* "toe-touch" (default), "toe-touch-knees-bent", "sit-and-reach" or "waiters-bow" */
  const char *population; /* sagitta_population_name; NULL (default): "usual" */
  uint64_t seed;          /* default 1 */
  double rate;            /* frames/s, 5–1000; default 30 */
  int repetitions;        /* 1–10; default 3 */
  bool ankle;             /* an ankle marker also in the sets discs and strip */
  bool hand;              /* a fingertip marker, and two ruler marks 20 cm apart on a stand, the lower on the floor */
  double skin;            /* how much skin slides over bone: 1 as people's does (default), 0 not at all; 0–5 */
  double placement;       /* how far markers are from where they belong: 1 as people put them, 0 exact; 0–5 */
  double camera;          /* yaw, roll, pitch, lens: 1 as people set it up, 0 straight and without perspective; 0–3 */
  double noise;           /* of centroids and strip directions: 1 as the tracker's, 0 none; 0–100 */
  double unrest;          /* swaying and wavering: 1 as people do, 0 none; 0–5 */
  sagitta_simulated_aside aside;         /* default NOTHING; CUT_IN needs 2 repetitions */
  sagitta_simulated_camera camera_moves; /* default STILL */
  bool camera_untold; /* nothing behind the person shows it: the tracks' camera columns are left out (default false) */
  uint32_t recording; /* 0 (default), 1 …: another recording of the same person with the same markers, bent anew */
  bool markers_anew;  /* of another recording: the markers were put on anew, and the camera was set up anew */
  sagitta_points points; /* default UNSTATED: stickers; CLICKED: followed by another program, which slips on them;
                            KEYPOINTS (set DISCS alone): guesses of joints, wrong by other laws than the estimator's;
                            `placement` times as far */
  uint64_t reserved[8];  /* 0 (sagitta/sagitta.h) */
} sagitta_simulation_settings;

SAGITTA_API sagitta_simulation_settings sagitta_simulation_default_settings(void);

/*
 * The populations: "usual", others like them by other laws, and some that break one assumption of the estimator each,
 * so that its intervals can be judged on people it was not made for. Names by index 0 …, NULL past the last; one
 * English sentence by name; whether it breaks an assumption. NULL and false for a name that is none. Thread-safe.
 */
SAGITTA_API const char *sagitta_population_name(size_t index);
SAGITTA_API const char *sagitta_population_text(const char *name);
SAGITTA_API bool sagitta_population_violates(const char *name);

typedef struct sagitta_simulated_person {
  bool woman, back_pain, short_hamstrings, facing_right;
  double age_years, stature_cm, bmi;
  uint64_t reserved[4]; /* room to grow */
} sagitta_simulated_person;

/* Means over ±0.1 s around end range. */
typedef struct sagitta_simulated_bend {
  double start_s, end_range_s, end_s;
  double hip_hinge, lumbar_flexion;                      /* deg */
  double lumbar_share;                                   /* fraction */
  double pelvic_rotation, ribs_rotation, thigh_rotation; /* deg: ΔP, ΔT, ΔF */
  double knee_flexion;                                   /* deg */
  double fingertip_cm;                                   /* above the floor; below 0 beyond it */
  double hip_lag_s; /* the hips set off after the back: both faster than 3 deg/s and 5 % of their greatest speed */
  sagitta_label label;
  uint64_t reserved[4]; /* room to grow */
} sagitta_simulated_bend;

/* One row of the tracks. */
typedef struct sagitta_simulated_frame {
  double time_s;
  double pelvic_rotation, ribs_rotation, thigh_rotation, hip_hinge, lumbar_flexion, knee_flexion; /* deg */
  double fingertip_cm;
  int repetition;       /* 1 …; 0 when in none */
  uint64_t reserved[4]; /* room to grow */
} sagitta_simulated_frame;

/* When the camera moved, s (NAN: it stood still), and how it stands from then on, against before. */
typedef struct sagitta_simulated_motion {
  double at_s;
  sagitta_camera_pose pose;
  uint64_t reserved[2]; /* room to grow */
} sagitta_simulated_motion;

typedef struct sagitta_simulation sagitta_simulation;

/*
 * Person `number` (0 …) of the population: the same for the same settings on every machine, whoever else is simulated.
 * The tracks' info names the set, rate and "simulated person N of seed S". On success *out belongs to the caller
 * (sagitta_simulation_free). settings NULL: the defaults. Errors: ARGUMENT, MEMORY. Thread-safe.
 */
SAGITTA_API sagitta_status sagitta_simulate_person(sagitta_simulation **out,
                                                   const sagitta_simulation_settings *settings, uint64_t number,
                                                   sagitta_error *error);
/* All belong to the simulation. Thread-safe on one simulation. */
SAGITTA_API const sagitta_tracks *sagitta_simulation_tracks(const sagitta_simulation *simulation);
SAGITTA_API sagitta_simulated_person sagitta_simulation_person(const sagitta_simulation *simulation);
SAGITTA_API const sagitta_simulated_bend *sagitta_simulation_bends(const sagitta_simulation *simulation, size_t *count);
SAGITTA_API const sagitta_simulated_frame *sagitta_simulation_frames(const sagitta_simulation *simulation,
                                                                     size_t *count);
SAGITTA_API sagitta_simulated_motion sagitta_simulation_motion(const sagitta_simulation *simulation);
/* NULL-safe; sets *simulation to NULL. */
SAGITTA_API void sagitta_simulation_free(sagitta_simulation **simulation);

#ifdef __cplusplus
}
#endif
#endif
