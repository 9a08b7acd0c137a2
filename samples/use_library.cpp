/* SPDX-License-Identifier: Apache-2.0 */
/* How a C++ program uses libsagitta: handles that free themselves, failures as exceptions.
 *
 *     c++ -std=c++17 use_library.cpp $(pkg-config --cflags --libs sagitta) -o use_library
 *     ./use_library TRACKS.csv
 */
#include <cstdio>
#include <memory>
#include <stdexcept>

#include <sagitta/sagitta.h>

namespace {

template <typename T, void (*free_it)(T **)>
struct deleter {
  void operator()(T *handle) const {
    free_it(&handle);
  }
};
using tracks_handle = std::unique_ptr<sagitta_tracks, deleter<sagitta_tracks, sagitta_tracks_free>>;
using result_handle = std::unique_ptr<sagitta_result, deleter<sagitta_result, sagitta_result_free>>;

void check(sagitta_status status, const sagitta_error &error) {
  if (status != SAGITTA_OK) throw std::runtime_error(error.text);
}

tracks_handle read_tracks(const char *path) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_tracks *tracks = nullptr;
  const sagitta_status status = sagitta_tracks_read(&tracks, path, &error);
  tracks_handle handle(tracks);
  check(status, error);
  return handle;
}

result_handle analyze(const sagitta_tracks *tracks) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  const sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  sagitta_result *result = nullptr;
  const sagitta_status status = sagitta_analyze(&result, tracks, &settings, &error);
  result_handle handle(result);
  check(status, error);
  return handle;
}

void print(const char *name, const sagitta_quantity &q) {
  if (q.known)
    std::printf("%s %.1f degrees (95 %% interval %.1f to %.1f)\n", name, q.value, q.low, q.high);
  else
    std::printf("%s -\n", name);
}

}  // namespace

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: use_library TRACKS.csv\n");
    return 2;
  }
  try {
    const tracks_handle tracks = read_tracks(argv[1]);
    const result_handle result = analyze(tracks.get());
    std::printf("%s\n", sagitta_result_verdict(result.get())->sentence);
    print("hip hinge", sagitta_result_summary(result.get())->hip_hinge);
    print("lumbar flexion", sagitta_result_summary(result.get())->lumbar_flexion);
    return 0;
  } catch (const std::exception &failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}
