/* SPDX-License-Identifier: Apache-2.0 */
#include "opencv/opencv_c.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <vector>

#include <opencv2/calib3d.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace {

cv::Scalar limits(const uint8_t values[3]) {
  return cv::Scalar(values[0], values[1], values[2]);
}

/* Run something that may throw; what is thrown for another reason than memory becomes `otherwise`. */
template <typename F>
sagitta_status guarded(F action, sagitta_status otherwise = SAGITTA_ERROR_MEMORY) {
  try {
    action();
    return SAGITTA_OK;
  } catch (const std::bad_alloc &) {
    return SAGITTA_ERROR_MEMORY;
  } catch (const cv::Exception &e) {
    return e.code == cv::Error::StsNoMem ? SAGITTA_ERROR_MEMORY : otherwise;
  } catch (...) {
    return otherwise;
  }
}

void list_blobs(const cv::Mat &stats, const cv::Mat &centroids, int range, sg_hsv_blob *blobs, size_t room,
                size_t *found) {
  for (int i = 1; i < stats.rows; i++) { /* 0 is the background */
    size_t at = (*found)++;
    if (at >= room) continue;
    const int *s = stats.ptr<int>(i);
    blobs[at] = { range,
                  s[cv::CC_STAT_LEFT],
                  s[cv::CC_STAT_TOP],
                  s[cv::CC_STAT_WIDTH],
                  s[cv::CC_STAT_HEIGHT],
                  s[cv::CC_STAT_AREA],
                  centroids.at<double>(i, 0),
                  centroids.at<double>(i, 1) };
  }
}

}  // namespace

void sg_opencv_set_threads(int threads) {
  (void)guarded([&] { cv::setNumThreads(threads); });
}

sagitta_status sg_opencv_hsv_blobs(const uint8_t *bgr, int width, int height, ptrdiff_t stride,
                                   const sg_hsv_range *ranges, size_t count, sg_hsv_blob *blobs, size_t room,
                                   size_t *found) {
  if (!found) return SAGITTA_ERROR_ARGUMENT;
  *found = 0;
  if (!bgr || width < 1 || height < 1 || stride < 3 * static_cast<ptrdiff_t>(width) || (count && !ranges) ||
      (room && !blobs)) {
    return SAGITTA_ERROR_ARGUMENT;
  }
  sagitta_status status = guarded([&] {
    /* OpenCV has no Mat over constant bytes; nothing here writes to it. */
    const cv::Mat picture(height, width, CV_8UC3, const_cast<uint8_t *>(bgr), static_cast<size_t>(stride));
    cv::Mat hsv, mask, labels, stats, centroids;
    cv::cvtColor(picture, hsv, cv::COLOR_BGR2HSV);
    for (size_t i = 0; i < count; i++) {
      cv::inRange(hsv, limits(ranges[i].low), limits(ranges[i].high), mask);
      cv::connectedComponentsWithStats(mask, labels, stats, centroids);
      list_blobs(stats, centroids, static_cast<int>(i), blobs, room, found);
    }
  });
  if (status != SAGITTA_OK) *found = 0;
  return status;
}

namespace {

const double half = 0.5;                     /* our coordinates less OpenCV's */
const int working_side = 2000;               /* px: larger pictures are searched at a smaller size; */
const int quick_side = 800;                  /* px: and so are those that are looked at quickly */
const double smoothing = 0.8;                /* px, sigma */
const int board_least = 3, board_most = 100; /* inner corners, either way */
const int reach_most = 100;                  /* px, of a window's half side */
const sagitta_status unusable = SAGITTA_NO_MEASUREMENT;

template <typename P>
std::vector<P> points_of(const double *xy, size_t count) {
  std::vector<P> points(count);
  for (size_t i = 0; i < count; i++) {
    points[i].x = static_cast<decltype(points[i].x)>(xy[2 * i] - half);
    points[i].y = static_cast<decltype(points[i].y)>(xy[2 * i + 1] - half);
  }
  return points;
}

template <typename P>
void give_points(const std::vector<P> &points, double *xy) {
  for (size_t i = 0; i < points.size(); i++) {
    xy[2 * i] = points[i].x + half;
    xy[2 * i + 1] = points[i].y + half;
  }
}

template <typename P>
std::vector<P> flat_object(const double *xy, size_t count) {
  std::vector<P> points(count);
  for (size_t i = 0; i < count; i++) {
    points[i].x = static_cast<decltype(points[i].x)>(xy[2 * i]);
    points[i].y = static_cast<decltype(points[i].y)>(xy[2 * i + 1]);
    points[i].z = 0;
  }
  return points;
}

bool good_picture(const sg_grey *p) {
  return p && p->pixels && p->width >= 16 && p->height >= 16 && p->stride >= p->width;
}

bool good_board(int columns, int rows) {
  return columns >= board_least && rows >= board_least && columns <= board_most && rows <= board_most;
}

cv::Mat mat_of(const sg_grey *p) {
  return cv::Mat(p->height, p->width, CV_8UC1, const_cast<uint8_t *>(p->pixels), static_cast<size_t>(p->stride));
}

cv::Matx33d matrix_of(const sagitta_lens &l) {
  return cv::Matx33d(l.fx, 0, l.cx - half, 0, l.fy, l.cy - half, 0, 0, 1);
}

std::vector<double> terms_of(const sagitta_lens &l) {
  return std::vector<double>(l.k, l.k + (l.model == SAGITTA_LENS_FISHEYE ? 4 : 5));
}

bool find_corners(const cv::Mat &picture, cv::Size size, sg_effort effort, std::vector<cv::Point2f> &corners) {
  if (effort == SG_EFFORT_SECTOR) {
    return cv::findChessboardCornersSB(picture, size, corners,
                                       cv::CALIB_CB_NORMALIZE_IMAGE | cv::CALIB_CB_EXHAUSTIVE | cv::CALIB_CB_ACCURACY);
  }
  const int quick = effort == SG_EFFORT_QUICK ? cv::CALIB_CB_FAST_CHECK : 0;
  return cv::findChessboardCorners(picture, size, corners,
                                   cv::CALIB_CB_ADAPTIVE_THRESH | cv::CALIB_CB_NORMALIZE_IMAGE | quick);
}

/* A picture of workable size; `factor` brings its coordinates back. */
cv::Mat workable(const cv::Mat &picture, int most, double &factor) {
  const int side = std::max(picture.cols, picture.rows);
  factor = 1;
  if (side <= most) return picture;
  cv::Mat small;
  cv::resize(picture, small, cv::Size(), static_cast<double>(most) / side, static_cast<double>(most) / side,
             cv::INTER_AREA);
  factor = static_cast<double>(picture.cols) / small.cols;
  return small;
}

/* The search for quadrangles takes its time, growing with their square, for each speck of noise. */
cv::Mat searchable(const cv::Mat &picture, sg_effort effort, double &factor) {
  const cv::Mat small = workable(picture, effort == SG_EFFORT_QUICK ? quick_side : working_side, factor);
  if (effort != SG_EFFORT_CLASSIC || std::max(small.cols, small.rows) <= quick_side) return small;
  cv::Mat smooth;
  cv::GaussianBlur(small, smooth, cv::Size(), smoothing);
  return smooth;
}

void enlarge(std::vector<cv::Point2f> &corners, double factor) {
  for (auto &c : corners) {
    c.x = static_cast<float>((c.x + half) * factor - half);
    c.y = static_cast<float>((c.y + half) * factor - half);
  }
}

void keep_lens(const cv::Mat &matrix, const cv::Mat &terms, size_t count, sagitta_lens &lens) {
  lens.fx = matrix.at<double>(0, 0);
  lens.fy = matrix.at<double>(1, 1);
  lens.cx = matrix.at<double>(0, 2) + half;
  lens.cy = matrix.at<double>(1, 2) + half;
  for (size_t i = 0; i < count; i++) lens.k[i] = terms.at<double>(static_cast<int>(i));
}

void keep_deviations(const double *sd, size_t count, sagitta_lens &lens) {
  lens.fx_sd = sd[0];
  lens.fy_sd = sd[1];
  lens.cx_sd = sd[2];
  lens.cy_sd = sd[3];
  for (size_t i = 0; i < count; i++) lens.k_sd[i] = sd[4 + i];
}

void keep_pose(const cv::Mat &turn, const cv::Mat &move, double *to_turn, double *to_move) {
  for (int i = 0; i < 3; i++) {
    to_turn[i] = turn.at<double>(i);
    to_move[i] = move.at<double>(i);
  }
}

typedef std::vector<std::vector<cv::Point3f>> objects;
typedef std::vector<std::vector<cv::Point2f>> images;

void calibrate_brown(const objects &object, const images &image, cv::Size size, bool all_terms, sg_lens_fit *fit) {
  cv::Mat matrix, terms, sd, rms;
  std::vector<cv::Mat> turns, moves;
  fit->lens.rms = cv::calibrateCamera(object, image, size, matrix, terms, turns, moves, sd, cv::noArray(), rms,
                                      all_terms ? 0 : cv::CALIB_FIX_K3);
  keep_lens(matrix, terms, 5, fit->lens);
  keep_deviations(sd.ptr<double>(), 5, fit->lens);
  for (size_t v = 0; v < turns.size(); v++) {
    fit->rms[v] = rms.at<double>(static_cast<int>(v));
    keep_pose(turns[v], moves[v], fit->turn + 3 * v, fit->move + 3 * v);
  }
}

/* From OpenCV's own idea of a fisheye, or from a given focal length. */
void calibrate_fisheye(const objects &object, const images &image, cv::Size size, double focal, bool all_terms,
                       sg_lens_fit *fit) {
  cv::Mat matrix =
      (cv::Mat_<double>(3, 3) << focal, 0, size.width / 2.0 - half, 0, focal, size.height / 2.0 - half, 0, 0, 1);
  cv::Mat terms = cv::Mat::zeros(4, 1, CV_64F);
  std::vector<cv::Mat> turns, moves;
  const int flags = cv::fisheye::CALIB_RECOMPUTE_EXTRINSIC | cv::fisheye::CALIB_FIX_SKEW |
                    (focal > 0 ? cv::fisheye::CALIB_USE_INTRINSIC_GUESS : 0) |
                    (all_terms ? 0 : cv::fisheye::CALIB_FIX_K3 | cv::fisheye::CALIB_FIX_K4);
  cv::fisheye::calibrate(object, image, size, matrix, terms, turns, moves, flags,
                         cv::TermCriteria(cv::TermCriteria::COUNT + cv::TermCriteria::EPS, 100, 1e-12));
  keep_lens(matrix, terms, 4, fit->lens);
  for (size_t v = 0; v < turns.size(); v++) keep_pose(turns[v], moves[v], fit->turn + 3 * v, fit->move + 3 * v);
}

bool finite_lens(const sagitta_lens &l) {
  double sum = l.fx + l.fy + l.cx + l.cy + l.rms + l.fx_sd + l.fy_sd;
  for (double k : l.k) sum += k;
  return std::isfinite(sum);
}

}  // namespace

sagitta_status sg_opencv_find_board(const sg_grey *picture, int columns, int rows, sg_effort effort, double *xy,
                                    bool *found) {
  if (!found) return SAGITTA_ERROR_ARGUMENT;
  *found = false;
  if (!good_picture(picture) || !good_board(columns, rows) || !xy) return SAGITTA_ERROR_ARGUMENT;
  return guarded(
      [&] {
        double factor;
        const cv::Mat searched = searchable(mat_of(picture), effort, factor);
        std::vector<cv::Point2f> corners;
        if (!find_corners(searched, cv::Size(columns, rows), effort, corners)) return;
        if (corners.size() != static_cast<size_t>(columns) * static_cast<size_t>(rows)) return;
        enlarge(corners, factor);
        give_points(corners, xy);
        *found = true;
      },
      unusable);
}

sagitta_status sg_opencv_refine(const sg_grey *picture, double *xy, size_t points, int reach) {
  if (!good_picture(picture) || !xy || points < 1 || reach < 1 || reach > reach_most) return SAGITTA_ERROR_ARGUMENT;
  return guarded(
      [&] {
        auto corners = points_of<cv::Point2f>(xy, points);
        cv::cornerSubPix(mat_of(picture), corners, cv::Size(reach, reach), cv::Size(-1, -1),
                         cv::TermCriteria(cv::TermCriteria::COUNT + cv::TermCriteria::EPS, 50, 0.001));
        give_points(corners, xy);
      },
      unusable);
}

sagitta_status sg_opencv_board_size(const sg_grey *picture, int *columns, int *rows, double box[4]) {
  if (!good_picture(picture) || !columns || !rows || !box) return SAGITTA_ERROR_ARGUMENT;
  *columns = *rows = 0;
  return guarded(
      [&] {
        double factor;
        const cv::Mat searched = workable(mat_of(picture), working_side, factor);
        std::vector<cv::Point2f> corners;
        cv::Mat meta;
        if (!cv::findChessboardCornersSB(searched, cv::Size(board_least, board_least), corners,
                                         cv::CALIB_CB_NORMALIZE_IMAGE | cv::CALIB_CB_EXHAUSTIVE | cv::CALIB_CB_LARGER,
                                         meta) ||
            meta.empty()) {
          return;
        }
        enlarge(corners, factor);
        const cv::Rect2f around = cv::boundingRect(corners);
        box[0] = around.x + half;
        box[1] = around.y + half;
        box[2] = around.x + around.width + half;
        box[3] = around.y + around.height + half;
        *columns = meta.cols;
        *rows = meta.rows;
      },
      unusable);
}

sagitta_status sg_opencv_calibrate(const double *object_xy, size_t points, const double *image_xy, size_t views,
                                   int width, int height, sagitta_lens_model model, double focal_px, bool all_terms,
                                   sg_lens_fit *fit) {
  if (!object_xy || !image_xy || points < 4 || views < 1 || width < 1 || height < 1 || !fit || !fit->rms ||
      !fit->turn || !fit->move) {
    return SAGITTA_ERROR_ARGUMENT;
  }
  const sagitta_status status = guarded(
      [&] {
        const objects object(views, flat_object<cv::Point3f>(object_xy, points));
        images image(views);
        for (size_t v = 0; v < views; v++) image[v] = points_of<cv::Point2f>(image_xy + 2 * points * v, points);
        fit->lens = sagitta_lens();
        fit->lens.model = model;
        fit->lens.views = static_cast<int>(views);
        if (model == SAGITTA_LENS_FISHEYE) {
          calibrate_fisheye(object, image, cv::Size(width, height), focal_px, all_terms, fit);
        } else {
          calibrate_brown(object, image, cv::Size(width, height), all_terms, fit);
        }
      },
      unusable);
  return status == SAGITTA_OK && !finite_lens(fit->lens) ? unusable : status;
}

sagitta_status sg_opencv_undistort(const sagitta_lens *lens, const double *xy, size_t points, double *to_xy) {
  if (!lens || !xy || !to_xy || points < 1) return SAGITTA_ERROR_ARGUMENT;
  return guarded(
      [&] {
        const auto from = points_of<cv::Point2d>(xy, points);
        const cv::Matx33d matrix = matrix_of(*lens);
        std::vector<cv::Point2d> to;
        if (lens->model == SAGITTA_LENS_FISHEYE) {
          cv::fisheye::undistortPoints(from, to, matrix, terms_of(*lens), cv::noArray(), matrix);
        } else {
          cv::undistortPoints(from, to, matrix, terms_of(*lens), cv::noArray(), matrix,
                              cv::TermCriteria(cv::TermCriteria::COUNT + cv::TermCriteria::EPS, 100, 1e-12));
        }
        give_points(to, to_xy);
      },
      unusable);
}

sagitta_status sg_opencv_project(const sagitta_lens *lens, const double *object_xy, size_t points, const double turn[3],
                                 const double move[3], double *image_xy) {
  if (!lens || !object_xy || !image_xy || points < 1 || !turn || !move) return SAGITTA_ERROR_ARGUMENT;
  return guarded(
      [&] {
        const auto object = flat_object<cv::Point3d>(object_xy, points);
        const cv::Vec3d r(turn), t(move);
        std::vector<cv::Point2d> seen;
        if (lens->model == SAGITTA_LENS_FISHEYE) {
          cv::fisheye::projectPoints(object, seen, r, t, matrix_of(*lens), terms_of(*lens));
        } else {
          cv::projectPoints(object, r, t, matrix_of(*lens), terms_of(*lens), seen);
        }
        give_points(seen, image_xy);
      },
      unusable);
}

sagitta_status sg_opencv_homography(const double *from_xy, const double *to_xy, size_t points, double h[9]) {
  if (!from_xy || !to_xy || points < 4 || !h) return SAGITTA_ERROR_ARGUMENT;
  return guarded(
      [&] {
        std::vector<cv::Point2d> from(points), to(points);
        for (size_t i = 0; i < points; i++) {
          from[i] = cv::Point2d(from_xy[2 * i], from_xy[2 * i + 1]);
          to[i] = cv::Point2d(to_xy[2 * i], to_xy[2 * i + 1]);
        }
        const cv::Mat found = cv::findHomography(from, to, 0);
        if (found.rows != 3 || !cv::checkRange(found)) CV_Error(cv::Error::StsNoConv, "no homography");
        for (int i = 0; i < 9; i++) h[i] = found.at<double>(i / 3, i % 3);
      },
      unusable);
}
