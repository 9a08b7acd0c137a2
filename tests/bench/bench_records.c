/* SPDX-License-Identifier: Apache-2.0 */
/* How long the records take to answer, without the program's own start: opening the file, one client's history, the
 * list. FILE is made by records.py. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "records/history.h"

#define RUNS 40

static double now_ms(clockid_t clock) {
  struct timespec t;
  (void)clock_gettime(clock, &t);
  return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void print(const char *what, double *wall, double *processor) {
  qsort(wall, RUNS, sizeof *wall, by_size);
  qsort(processor, RUNS, sizeof *processor, by_size);
  printf("%-28s best %6.1f ms, median %6.1f, worst %6.1f of %d; processor time: median %6.1f\n", what, wall[0],
         wall[RUNS / 2], wall[RUNS - 1], RUNS, processor[RUNS / 2]);
}

static int one_history(const records_place *place, const char *code) {
  records *r = NULL;
  records_client c;
  history *h = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = records_open(&r, place, RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = records_client_find(r, code, &c, &error);
  if (status == SAGITTA_OK) status = history_read(r, &c, NULL, &h, &error);
  if (status != SAGITTA_OK) (void)fprintf(stderr, "%s\n", error.text);
  history_free(&h);
  records_close(&r);
  return status == SAGITTA_OK;
}

static int one_list(const records_place *place, records_client_row **rows, size_t *count) {
  records *r = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = records_open(&r, place, RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = records_clients(r, rows, count, &error);
  if (status != SAGITTA_OK) (void)fprintf(stderr, "%s\n", error.text);
  records_close(&r);
  return status == SAGITTA_OK;
}

int main(int argc, char **argv) {
  double wall[RUNS], processor[RUNS];
  records_client_row *rows = NULL;
  size_t count = 0;
  if (argc != 2) return 2;
  const records_place place = { argv[1], NULL };
  for (int i = 0; i < RUNS; i++) {
    free(rows);
    const double began = now_ms(CLOCK_MONOTONIC), used = now_ms(CLOCK_PROCESS_CPUTIME_ID);
    if (!one_list(&place, &rows, &count)) return 1;
    wall[i] = now_ms(CLOCK_MONOTONIC) - began;
    processor[i] = now_ms(CLOCK_PROCESS_CPUTIME_ID) - used;
  }
  print("open and list of clients", wall, processor);
  for (int i = 0; i < RUNS && count > 0; i++) {
    const double began = now_ms(CLOCK_MONOTONIC), used = now_ms(CLOCK_PROCESS_CPUTIME_ID);
    if (!one_history(&place, rows[(size_t)(i * 37) % count].code)) return 1;
    wall[i] = now_ms(CLOCK_MONOTONIC) - began;
    processor[i] = now_ms(CLOCK_PROCESS_CPUTIME_ID) - used;
  }
  print("open and history of one", wall, processor);
  free(rows);
  return 0;
}
