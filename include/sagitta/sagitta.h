/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sagitta measures how a person bends forward from side-view video, and says
 * whether the bend comes from the hips or from the lower back.
 *
 *   sagitta_source_open → sagitta_track_source → sagitta_analyze → sagitta_result_print
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
