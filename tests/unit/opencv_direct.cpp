/* SPDX-License-Identifier: Apache-2.0 */
#include "opencv_direct.h"

#include <vector>

#include <opencv2/calib3d.hpp>
#include <opencv2/core.hpp>

bool direct_finds(const uint8_t *grey, int width, int height, int columns, int rows) {
  const cv::Mat picture(height, width, CV_8UC1, const_cast<uint8_t *>(grey));
  std::vector<cv::Point2f> corners;
  return cv::findChessboardCorners(picture, cv::Size(columns, rows), corners);
}

bool direct_calibrate(const double *xy, size_t views, int columns, int rows, double square, int width, int height,
                      direct_lens *lens) {
  std::vector<cv::Point3f> board;
  for (int row = 0; row < rows; row++) {
    for (int column = 0; column < columns; column++) {
      board.push_back(cv::Point3f(static_cast<float>(column * square), static_cast<float>(row * square), 0));
    }
  }
  std::vector<std::vector<cv::Point2f>> seen(views);
  for (size_t i = 0; i < views * board.size(); i++) {
    seen[i / board.size()].push_back(cv::Point2f(static_cast<float>(xy[2 * i]), static_cast<float>(xy[2 * i + 1])));
  }
  const std::vector<std::vector<cv::Point3f>> boards(views, board);
  cv::Mat matrix, terms;
  std::vector<cv::Mat> turns, moves;
  try {
    lens->rms = cv::calibrateCamera(boards, seen, cv::Size(width, height), matrix, terms, turns, moves);
  } catch (const cv::Exception &) {
    return false;
  }
  lens->fx = matrix.at<double>(0, 0);
  lens->fy = matrix.at<double>(1, 1);
  lens->cx = matrix.at<double>(0, 2);
  lens->cy = matrix.at<double>(1, 2);
  return true;
}
