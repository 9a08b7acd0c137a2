/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the batch: what it measures, one item a line of the table. */
#ifndef SG_BATCH_ITEMS_H
#define SG_BATCH_ITEMS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/option_values.h"
#include "sagitta/sagitta.h"

#define ITEM_STAMP  32 /* seconds since 1970 with nanoseconds */
#define ITEM_CLIENT 64
#define ITEM_HASH   17

typedef struct batch_item {
  char *path; /* as it is measured, and as it stands in the table */
  unsigned long long bytes;
  char modified[ITEM_STAMP]; /* "" where there is no such file */
  char client[ITEM_CLIENT];  /* from the roster; "" = not given, as the rest */
  double age, height_cm;     /* 0 = not given */
  char sex;                  /* 'f', 'm', 0 */
  marker_map *map;           /* owned; NULL = not given */
  bool listed;               /* in the roster */
  char settings[ITEM_HASH];  /* what it is measured with */
  char *line;                /* of the table, once it is there; without its line feed */
} batch_item;

typedef struct batch_items {
  batch_item *item;
  size_t count, capacity;
} batch_items;

/*
 * Every video and tracks file of the folders among `inputs`, a folder of pictures as one, and every other input as it
 * stands; in the order of their names (bytes), each once. Errors: ARGUMENT (a folder with pictures and videos), MISSING
 * (a folder that cannot be read, or holds nothing to measure), MEMORY. *subfolders counts folders that were not looked
 * into.
 */
sagitta_status batch_items_find(batch_items *items, char *const *inputs, int count, size_t *subfolders,
                                sagitta_error *error);
/* One more, which owns both texts (`line` NULL = none yet); NULL when memory is short, also for `path` NULL. */
batch_item *batch_items_add(batch_items *items, char *path, char *line);
void batch_items_free(batch_items *items);

/* Fill the error with two names in a format, and return the status. */
sagitta_status batch_fail(sagitta_error *error, sagitta_status status, const char *format, const char *name,
                          const char *more);

#endif
