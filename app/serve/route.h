/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to serve: the table of what can be asked for (route.c). Nothing in a request becomes a path: what stands for
 * a star is looked up in a table of the server's own, or in the records. */
#ifndef SG_SERVE_ROUTE_H
#define SG_SERVE_ROUTE_H

#include "serve/http.h"

struct server;

typedef void route_handler(struct server *s, http_request *q, http_reply *a);

typedef struct route {
  const char *method; /* GET answers HEAD as well */
  const char *path;   /* a star is one part of it */
  route_handler *handle;
  /* Of an upload: before the first byte of its body; opens q->upload, or answers, and then nothing is read. */
  route_handler *begin;
} route;

/* The route of a request, with q->word filled; NULL where there is none: *other says whether there is one for another
 * method. */
const route *route_find(http_request *q, bool *other);

/* The handlers, by file. */
route_handler page_index, page_asset, page_icon, page_words, page_guide;         /* page.c */
route_handler page_sheet;                                                        /* page_sheets.c */
route_handler client_list, client_add, client_show, client_edit, client_history; /* client_routes.c */
route_handler client_results, client_pretest_show, client_pretest_set, record_edit, record_forget_film;
route_handler logo_begin, logo_take, logo_remove;                                     /* clinic_routes.c */
route_handler client_remove, record_remove;                                           /* removal_routes.c */
route_handler class_make;                                                             /* class_routes.c */
route_handler state_show, state_set, backup_make, restore_begin, restore_take;        /* state_routes.c */
route_handler job_begin, job_take, job_list, job_show, job_stop, job_again, job_name; /* job_routes.c */
route_handler camera_list, camera_open, camera_take_over, camera_start;               /* camera_routes.c */
route_handler camera_stop, camera_again, camera_cancel, camera_stream;
route_handler result_show, result_file, result_video, result_pick, result_forget, result_keep, result_keep_stop,
    result_repage; /* result_routes.c */

#endif
