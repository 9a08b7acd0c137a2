/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as all that a network camera says when it is asked for its pictures, over a connection to this machine:
 * headers, parts, pictures. It is opened or refused with a sentence, and read to its end. */
#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/system.h"
#include "fuzz.h"
#include "video/camera_device.h"
#include "video/stream.h"

#define PACKETS_MAX 50
#define PATIENCE_NS INT64_C(1000000000)

static struct {
  int socket;
  char address[64];
  pthread_mutex_t lock;
  const uint8_t *data; /* what is said */
  size_t size;
} camera = { .socket = -1, .lock = PTHREAD_MUTEX_INITIALIZER };

/* One caller: the head of the request is read, then everything is said. */
static void answer(int caller) {
  char head[4096];
  const struct timeval soon = { .tv_sec = 1 };
  (void)setsockopt(caller, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
  (void)setsockopt(caller, SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon);
  if (recv(caller, head, sizeof head, 0) > 0) {
    (void)pthread_mutex_lock(&camera.lock);
    if (camera.size) (void)send(caller, camera.data, camera.size, MSG_NOSIGNAL);
    (void)pthread_mutex_unlock(&camera.lock);
    (void)shutdown(caller, SHUT_WR);
  }
  (void)close(caller);
}

static void *serve(void *unused) {
  (void)unused;
  for (;;) {
    const int caller = accept(camera.socket, NULL, NULL);
    if (caller >= 0) answer(caller);
  }
  return NULL;
}

static void begin(void) {
  struct sockaddr_in at = { .sin_family = AF_INET };
  socklen_t length = sizeof at;
  pthread_t thread;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  camera.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  CHECK(camera.socket >= 0 && bind(camera.socket, (struct sockaddr *)&at, sizeof at) == 0);
  CHECK(listen(camera.socket, 8) == 0 && getsockname(camera.socket, (struct sockaddr *)&at, &length) == 0);
  (void)snprintf(camera.address, sizeof camera.address, "http://127.0.0.1:%d/video", ntohs(at.sin_port));
  CHECK(pthread_create(&thread, NULL, serve, NULL) == 0 && pthread_detach(thread) == 0);
  av_log_set_level(AV_LOG_QUIET);
}

static void say(const uint8_t *data, size_t size) {
  (void)pthread_mutex_lock(&camera.lock);
  camera.data = data;
  camera.size = size;
  (void)pthread_mutex_unlock(&camera.lock);
}

/* libavformat 59 keeps what it began to unpack an answer with where a camera says twice that it is packed. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
  return "leak:inflateInit2_\n";
}

static int is_too_long(void *since) {
  return sg_system_clock_ns() - *(const int64_t *)since > PATIENCE_NS;
}

/* A camera may name another place, which a test does not go to. */
static bool names_a_place(const uint8_t *data, size_t size) {
  for (size_t i = 0; i + 8 <= size; i++)
    if (strncasecmp((const char *)data + i, "location", 8) == 0) return true;
  return false;
}

static void read_all(AVFormatContext *input, AVPacket *packet) {
  sg_jpeg *jpeg = sg_jpeg_new();
  CHECK(jpeg && input->nb_streams == 1 && input->streams[0]->codecpar->width > 0);
  for (int i = 0; i < PACKETS_MAX; i++) {
    int width = 0, height = 0;
    if (sg_jpeg_probe(jpeg, packet->data, (size_t)packet->size, &width, &height)) CHECK(width > 0 && height > 0);
    av_packet_unref(packet);
    if (av_read_frame(input, packet) < 0) break;
  }
  sg_jpeg_free(&jpeg);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (camera.socket < 0) begin();
  if (names_a_place(data, size)) return 0;
  int64_t since = sg_system_clock_ns();
  const AVIOInterruptCB interrupt = { is_too_long, &since };
  AVFormatContext *input = NULL;
  AVPacket *packet = av_packet_alloc();
  sagitta_error error = SAGITTA_ERROR_INIT;
  CHECK(packet);
  say(data, size);
  if (sg_camera_open_address(&input, packet, camera.address, &interrupt, &error) == SAGITTA_OK) {
    read_all(input, packet);
  } else {
    CHECK(error.text[0]);
  }
  avformat_close_input(&input);
  av_packet_free(&packet);
  say(NULL, 0);
  return 0;
}
