/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256, of OpenSSL's libcrypto: packaged and maintained everywhere, fast on every processor (a video is hashed while
 * it is being read from the cache), and already in the process, because FFmpeg and SQLCipher use it. */
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "records/records.h"

#define PIECE ((size_t)1 << 18)

static bool finish(EVP_MD_CTX *context, char hash[RECORDS_HASH]) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  if (EVP_DigestFinal_ex(context, digest, &length) != 1 || 2 * length + 1 != RECORDS_HASH) return false;
  for (unsigned i = 0; i < length; i++) (void)snprintf(hash + 2 * i, 3, "%02x", digest[i]);
  return true;
}

bool hash_text(const void *bytes, size_t length, char hash[RECORDS_HASH]) {
  hash[0] = '\0';
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  const bool done = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1 &&
                    EVP_DigestUpdate(context, bytes, length) == 1 && finish(context, hash);
  EVP_MD_CTX_free(context);
  return done;
}

static bool add_file(EVP_MD_CTX *context, const char *path, unsigned char *piece) {
  struct stat about;
  const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return false;
  bool good = fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
  ssize_t n = 0;
  while (good && (n = read(fd, piece, PIECE)) > 0) good = EVP_DigestUpdate(context, piece, (size_t)n) == 1;
  (void)close(fd);
  return good && n == 0;
}

bool hash_files(char *const *paths, int count, char hash[RECORDS_HASH]) {
  hash[0] = '\0';
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  unsigned char *piece = malloc(PIECE);
  bool good = context && piece && count > 0 && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1;
  for (int i = 0; i < count && good; i++) good = add_file(context, paths[i], piece);
  if (good) good = finish(context, hash);
  free(piece);
  EVP_MD_CTX_free(context);
  return good;
}
