/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as the answers before a test: what is taken is taken again as it was written, says yes or no as a whole, and
 * its advice ends within whatever room there is. */
#include <string.h>

#include "fuzz.h"
#include "records/records.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *answers = NULL, *again = NULL;
  if (pretest_parse(&answers, (const char *)data, size, &error) != SAGITTA_OK) {
    CHECK(!answers && error.text[0]);
    return 0;
  }
  CHECK(answers && pretest_parse(&again, answers, strlen(answers), &error) == SAGITTA_OK);
  CHECK(strcmp(answers, again) == 0 && pretest_has_yes(answers) == pretest_has_yes(again));
  for (size_t room = 1; room < 2048; room *= 3) {
    char *advice = malloc(room);
    CHECK(advice);
    pretest_advice(answers, room % 2 ? "de" : "es", advice, room);
    CHECK(memchr(advice, 0, room));
    free(advice);
  }
  free(again);
  free(answers);
  return 0;
}
