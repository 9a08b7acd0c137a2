/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sagitta measures how a person bends forward from side-view video, and says
 * whether the bend comes from the hips or from the lower back.
 *
 *   sagitta_source_open → sagitta_track_source → sagitta_analyze → sagitta_result_print
 *
 * What can grow. A program goes on working with every later library of the same soname, without being compiled anew:
 *
 * - Settings, and other structs that end in `reserved`, stay as large as they are: new members are taken out of it. Of
 *   settings it must be 0, which means "as before": start from sagitta_…_default_settings(), where there is none from
 *   { 0 }. Settings whose reserve is not 0 ask for what this library does not know, and are refused (ARGUMENT).
 *   Whatever else a host fills in by itself (sagitta_tracks_info, sagitta_frame, sagitta_warning …) starts from { 0 }
 *   too. What the library fills in has zeros there.
 * - Structs that the library makes and hands out by pointer, one at a time, may grow at their end: sagitta_summary,
 *   sagitta_score with its sagitta_norm, sagitta_verdict, sagitta_range, sagitta_view, sagitta_check_facts,
 *   sagitta_lens_report, sagitta_proof, sagitta_explained_moment, sagitta_precaution. Read them where they are; neither
 *   their size nor a copy is to be relied on.
 * - All others stay as they are for good (sagitta_quantity, sagitta_sample, sagitta_pick …). So every array, the
 *   library's or yours, has the stride that sizeof says, and functions that return a struct return that one.
 * - Lists of names (enums) are appended to. Arrays that are indexed by such a list have room for more (…_ROOM); entries
 *   past the end of the list are 0 or not meant.
 *
 * FORMATS.md says the same of files. Sizes are held by tests.
 */
#ifndef SAGITTA_SAGITTA_H
#define SAGITTA_SAGITTA_H

#include "sagitta/analysis.h"
#include "sagitta/calibration.h"
#include "sagitta/camera.h"
#include "sagitta/check.h"
#include "sagitta/colours.h"
#include "sagitta/cpu.h"
#include "sagitta/explain.h"
#include "sagitta/export.h"
#include "sagitta/formats.h"
#include "sagitta/languages.h"
#include "sagitta/live.h"
#include "sagitta/markers.h"
#include "sagitta/output.h"
#include "sagitta/result.h"
#include "sagitta/simulate.h"
#include "sagitta/status.h"
#include "sagitta/tests.h"
#include "sagitta/track.h"
#include "sagitta/tracks.h"
#include "sagitta/version.h"
#include "sagitta/video.h"
#include "sagitta/warnings.h"

#endif
