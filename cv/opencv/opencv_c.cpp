/* SPDX-License-Identifier: Apache-2.0 */
#include "opencv/opencv_c.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace {

cv::Scalar limits(const uint8_t values[3]) {
  return cv::Scalar(values[0], values[1], values[2]);
}

/* Run something that may throw. */
template <typename F>
sagitta_status guarded(F action) {
  try {
    action();
    return SAGITTA_OK;
  } catch (...) {
    return SAGITTA_ERROR_MEMORY;
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
