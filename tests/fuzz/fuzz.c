/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include <string.h>

unsigned take(bytes *in) {
  if (!in->left) return 0;
  in->left--;
  return *in->at++;
}

int take_range(bytes *in, int low, int high) {
  return low + (int)(take(in) % (unsigned)(high - low + 1));
}

void check_tracks_file(const sagitta_tracks *tracks) {
  sagitta_tracks *again = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *text = NULL, *second = NULL;
  size_t length = 0, second_length = 0;
  CHECK(sagitta_tracks_print(tracks, &text, &length, &error) == SAGITTA_OK);
  if (sagitta_tracks_parse(&again, text, length, &error) != SAGITTA_OK) (void)fprintf(stderr, "%s\n", error.text);
  CHECK(again);
  CHECK(sagitta_tracks_rows(tracks) == sagitta_tracks_rows(again));
  CHECK(sagitta_tracks_print(again, &second, &second_length, &error) == SAGITTA_OK);
  CHECK(length == second_length && memcmp(text, second, length) == 0);
  sagitta_free(text);
  sagitta_free(second);
  sagitta_tracks_free(&again);
}

void check_result_document(const sagitta_result *result) {
  sagitta_result *again = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *text = NULL, *second = NULL;
  size_t length = 0;
  CHECK(sagitta_result_print(result, &text, &length, &error) == SAGITTA_OK);
  CHECK(length == strlen(text) && length > 0 && text[length - 1] == '\n');
  if (sagitta_result_parse(&again, text, length, &error) != SAGITTA_OK) (void)fprintf(stderr, "%s\n", error.text);
  CHECK(again && sagitta_result_print(again, &second, NULL, &error) == SAGITTA_OK);
  CHECK(strcmp(text, second) == 0);
  sagitta_free(text);
  sagitta_free(second);
  sagitta_result_free(&again);
}
