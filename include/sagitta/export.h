/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What other programs read: OpenSim's TRC and MOT, C3D, FHIR. Each function makes the whole file as one piece of
 * memory, the same bytes for the same input whatever the locale. FORMATS.md beside this header states every field.
 */
#ifndef SAGITTA_EXPORT_H
#define SAGITTA_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/analysis.h"
#include "sagitta/result.h"
#include "sagitta/tracks.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Of markers in millimetres: x to the right in the picture, y up, z = 0. */
typedef struct sagitta_export_settings {
  const sagitta_camera *camera; /* the one that the tracks were analysed with; NULL: none */
  sagitta_scale scale;  /* sagitta_result_scale of that analysis; from NONE: the camera's plane, else the ruler */
  double ruler_cm;      /* distance of the ruler marks in cm, for tracks without a result; 0: not given */
  const char *name;     /* the file's name, for the first line of a TRC; NULL: that of the recording */
  uint64_t reserved[8]; /* 0 (sagitta/sagitta.h) */
} sagitta_export_settings;

SAGITTA_API sagitta_export_settings sagitta_export_default_settings(void);

/* What has to be said beside a file that was made. */
typedef struct sagitta_export_note {
  bool uneven;               /* frames are not evenly spaced in time, by more than 1 ms */
  double rate;               /* frames/s that stands in the file: the mean */
  sagitta_scale_source from; /* where its millimetres come from */
  uint64_t reserved[4];      /* room to grow */
} sagitta_export_note;

/*
 * TRC: markers named as in the tracks, a strip as ROLE_a (lower end) and ROLE_b (upper end); mm; missing = blank; real
 * time stamps in the column Time, however they are spaced. The text belongs to the caller (sagitta_free), zero-
 * terminated; `length` and `note` may be NULL.
 * Errors: NO_MEASUREMENT (no marker is seen), ARGUMENT (nothing gives a scale, a camera of another picture), MEMORY.
 */
SAGITTA_API sagitta_status sagitta_export_trc(const sagitta_tracks *tracks, const sagitta_export_settings *settings,
                                              char **text, size_t *length, sagitta_export_note *note,
                                              sagitta_error *error);
/*
 * C3D (Intel, floating point): the same markers; residual −1 for lost ones, 0 for filled ones, else the standard error
 * of the point where a program reads it as ezc3d does (FORMATS.md), 0 elsewhere. C3D has no times, so uneven frames are
 * brought to an even grid by straight lines, and are then "filled". Errors: as above.
 */
SAGITTA_API sagitta_status sagitta_export_c3d(const sagitta_tracks *tracks, const sagitta_export_settings *settings,
                                              char **bytes, size_t *length, sagitta_export_note *note,
                                              sagitta_error *error);
/*
 * MOT: angles in degrees with OpenSim's names and signs (rotations about Z, to the right: forward tilt is negative).
 * OpenSim takes no gaps: columns known in less than half of the frames, and frames in which one of the others is
 * unknown, are left out; *left_out (may be NULL) counts those frames.
 * Errors: ARGUMENT when the result holds no angles, NO_MEASUREMENT when no frame is left, MEMORY.
 */
SAGITTA_API sagitta_status sagitta_export_mot(const sagitta_result *result, char **text, size_t *length,
                                              size_t *left_out, sagitta_error *error);

/*
 * The tracks file (sagitta/tracks.h) with the angles of each frame in further columns: those of the angles file, named
 * as there. It can be analysed again like any tracks file; `result` has to be that of `tracks`, with its angles.
 * *text belongs to the caller (sagitta_free) and is NULL on failure; *length (may be NULL) is without the ending 0.
 * Errors: ARGUMENT when the result holds no angles, MEMORY. Thread-safe on what nobody changes meanwhile.
 */
SAGITTA_API sagitta_status sagitta_export_tracks_with_angles(const sagitta_tracks *tracks, const sagitta_result *result,
                                                             char **text, size_t *length, sagitta_error *error);

/* Of whom the result is; start from sagitta_fhir_default_settings(). */
typedef struct sagitta_fhir_settings {
  const char *client; /* the records' identifier; NULL: nobody is named, and there is no Patient */
  const char *name;   /* of the person; NULL: not written */
  int birth_year;     /* 0: not written */
  sagitta_sex sex;
  const char *date;     /* of the recording, ISO 8601: 2026-05-31 or 2026-05-31T10:00:00+02:00; NULL: not written */
  double height_cm;     /* 0: not written; needs client and date, as FHIR asks for */
  int pain;             /* 0–10 during the movement; −1: not written */
  uint64_t reserved[8]; /* 0 (sagitta/sagitta.h) */
} sagitta_fhir_settings;

SAGITTA_API sagitta_fhir_settings sagitta_fhir_default_settings(void);

/*
 * FHIR R4: a Bundle of type collection with the summary, the verdict, every repetition and the score as Observations.
 * Texts are taken as UTF-8; what is none becomes '?'. Errors: ARGUMENT (a date or year that is none), MEMORY.
 */
SAGITTA_API sagitta_status sagitta_export_fhir(const sagitta_result *result, const sagitta_fhir_settings *settings,
                                               char **text, size_t *length, sagitta_error *error);

#ifdef __cplusplus
}
#endif
#endif
