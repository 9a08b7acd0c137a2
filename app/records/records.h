/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records: clients, their visits and results in one SQLite file. See README.md
 * beside this file for the schema, privacy, backup and the key.
 *
 * One handle belongs to one thread; several programs may have the same file
 * open. Everything that changes the file is one transaction: it is done whole,
 * and on the disk, when the function answers SAGITTA_OK, or not at all.
 * Texts are UTF-8. Days are "YYYY-MM-DD" of the clinic's own calendar, moments
 * "YYYY-MM-DDTHH:MM:SSZ".
 * Errors of all functions, beside those named: WRITE (full disk, no permission,
 * another program writing for longer than 10 s), FORMAT (damaged), MEMORY.
 */
#ifndef APP_RECORDS_H
#define APP_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/sagitta.h"

typedef struct records records;

/* Which file, and with which key. All NULL: the user's own records, as --records and --key-file were not given. */
typedef struct records_place {
  const char *file;     /* NULL: $XDG_DATA_HOME/sagitta/records.db */
  const char *key_file; /* NULL: SAGITTA_PASSPHRASE, or asked for at the terminal; encrypted builds alone */
} records_place;

typedef enum records_mode {
  RECORDS_READ = 0, /* must be there; a folder that cannot be written to will do */
  RECORDS_WRITE = 1,
  RECORDS_MAKE = 2 /* written to, and made where it is missing, for its owner's eyes alone */
} records_mode;

/*
 * Open the file, bringing one of an earlier version up to date (in a transaction). On success *out belongs to the
 * caller. Errors: MISSING, FORMAT (no records file, a wrong key, a later version, damaged), ARGUMENT (a key where
 * there is no encryption, no key where there is). *out is NULL on failure.
 */
sagitta_status records_open(records **out, const records_place *place, records_mode mode, sagitta_error *error);
/* NULL-safe; sets *r to NULL. */
void records_close(records **r);
/* The file's name, as it was opened. Belongs to `r`. */
const char *records_path(const records *r);

/* Fill an error; returns its status. */
sagitta_status records_fail(sagitta_error *error, sagitta_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#define RECORDS_DAY   11
#define RECORDS_TIME  21
#define RECORDS_UID   33
#define RECORDS_HASH  65 /* SHA-256 in hexadecimal digits */
#define RECORDS_CODE  65
#define RECORDS_NAME  201
#define RECORDS_NOTES 4001

/* Today on this machine's calendar. */
void records_today(char day[RECORDS_DAY]);
/* Whether `day` is a day from 1900 to tomorrow. */
bool records_is_day(const char *day);

/* ---- clients ---- */

typedef struct records_client {
  int64_t id;              /* set by add */
  char uid[RECORDS_UID];   /* set by add when empty: the same in every copy and export */
  char code[RECORDS_CODE]; /* what the user types: the ID */
  char name[RECORDS_NAME]; /* "" = not given, as the rest */
  int birth_year;          /* 0 = not given */
  char sex;                /* 'f', 'm', 0 = not given */
  double height_cm;        /* 0 = not given */
  char notes[RECORDS_NOTES];
  char added_at[RECORDS_TIME]; /* set by add when empty */
} records_client;

typedef struct records_client_row {
  char code[RECORDS_CODE], name[RECORDS_NAME];
  int birth_year;
  int64_t visits, results;
  char last_day[RECORDS_DAY]; /* "" = no visit */
} records_client_row;

/* Why `client` cannot be: a sentence in `error`, ARGUMENT. Checked by add and update as well. */
sagitta_status records_client_check(const records_client *client, sagitta_error *error);
/* Errors: ARGUMENT (a value that cannot be, or an ID that is taken). */
sagitta_status records_client_add(records *r, records_client *client, sagitta_error *error);
/* Errors: ARGUMENT (no such client; the nearest ID is named). Capital and small letters of a–z are the same. */
sagitta_status records_client_find(records *r, const char *code, records_client *out, sagitta_error *error);
/* All values of the client `client->id`. */
sagitta_status records_client_update(records *r, const records_client *client, sagitta_error *error);
/* In the order of their IDs; *rows is to be freed. */
sagitta_status records_clients(records *r, records_client_row **rows, size_t *count, sagitta_error *error);

typedef struct records_removed {
  int64_t visits, results, sessions;
  bool traces_left; /* another program had the file open: what was removed is gone from the records, but the file could
                       not be rewritten yet */
} records_removed;

/* Remove a client and everything of theirs, overwriting it in the file. */
sagitta_status records_client_remove(records *r, int64_t client, records_removed *removed, sagitta_error *error);
/* Rewrite the file without the room that removed things took. */
sagitta_status records_compact(records *r, bool *traces_left, sagitta_error *error);

/* ---- visits ---- */

typedef struct records_visit {
  int64_t id;
  char day[RECORDS_DAY];
  char *pretest; /* the answers, JSON (pretest.h); NULL = not asked. To be freed with records_visits_free */
  bool cleared;  /* measured although an answer was yes */
  int64_t results;
} records_visit;

/* By day; *visits is to be freed with records_visits_free. */
sagitta_status records_visits(records *r, int64_t client, records_visit **visits, size_t *count, sagitta_error *error);
void records_visits_free(records_visit *visits, size_t count);
/* Keep the answers of a visit, which is made if need be. `pretest` NULL: only made. */
sagitta_status records_visit_set(records *r, int64_t client, const char *day, const char *pretest, bool cleared,
                                 int64_t *visit, sagitta_error *error);
/* The answers of a visit in *pretest (to be freed), NULL when there are none or no such visit. */
sagitta_status records_visit_pretest(records *r, int64_t client, const char *day, char **pretest, bool *cleared,
                                     sagitta_error *error);

/* ---- results ---- */

typedef enum records_mark { RECORDS_UNMARKED = 0, RECORDS_BEFORE = 1, RECORDS_AFTER = 2 } records_mark;

/* "", "before", "after". */
const char *records_mark_name(records_mark mark);

typedef struct records_result {
  int64_t id;
  char uid[RECORDS_UID];
  int64_t client, visit;
  int64_t session; /* of repeatability; 0 = none */
  char code[RECORDS_CODE];
  char day[RECORDS_DAY];
  char saved_at[RECORDS_TIME];
  char test[32], marker_set[16];
  records_mark mark;
  int pain; /* 0–10; −1 = not asked */
  char program[32];
  char input_name[SAGITTA_SOURCE_TEXT];
  char input_sha256[RECORDS_HASH]; /* "" = none: a camera, standard input */
  char document_sha256[RECORDS_HASH];
  char *settings; /* JSON: what was asked for; belongs to the row */
  char *document; /* the result document; belongs to the row; NULL where it was not asked for */
} records_result;

typedef struct records_new_result {
  int64_t client;
  const char *day;      /* of the visit */
  const char *document; /* a result document; kept as sagitta_result_print prints it */
  const char *settings; /* JSON object; NULL = {} */
  const char *input_sha256;
  records_mark mark;
  int pain;                   /* −1 = not asked */
  int64_t session;            /* 0 = the one that is open on that day, if any */
  const char *uid, *saved_at; /* NULL: made */
} records_new_result;

/*
 * Save one. Where the client has the very same document already, nothing is saved, *id is that one and *already true
 * (NULL allowed). Errors: FORMAT (not a result document), ARGUMENT.
 */
sagitta_status records_result_save(records *r, const records_new_result *result, int64_t *id, bool *already,
                                   sagitta_error *error);
/* Of one client, by day and order of saving; *results is to be freed with records_results_free. */
sagitta_status records_results(records *r, int64_t client, bool with_documents, records_result **results, size_t *count,
                               sagitta_error *error);
void records_results_free(records_result *results, size_t count);
/* One by its number, with document; to be freed with records_results_free(result, 1). Errors: ARGUMENT. */
sagitta_status records_result_get(records *r, int64_t id, records_result **result, sagitta_error *error);
sagitta_status records_result_update(records *r, int64_t id, records_mark mark, int pain, sagitta_error *error);
sagitta_status records_result_remove(records *r, int64_t id, bool *traces_left, sagitta_error *error);

/* ---- repeatability sessions: markers off and on again between recordings ---- */

typedef struct records_session {
  int64_t id;
  char day[RECORDS_DAY];
  bool open; /* results saved on that day join it */
  int64_t results;
} records_session;

sagitta_status records_session_start(records *r, int64_t client, const char *day, int64_t *id, sagitta_error *error);
/* End whatever session is open. Errors: ARGUMENT when none is. */
sagitta_status records_session_end(records *r, int64_t client, sagitta_error *error);
/* The results stay, but are no replicates any more. Errors: ARGUMENT (no such session of the client). */
sagitta_status records_session_remove(records *r, int64_t client, int64_t session, sagitta_error *error);
sagitta_status records_session_join(records *r, int64_t session, const int64_t *results, size_t count,
                                    sagitta_error *error);
sagitta_status records_sessions(records *r, int64_t client, records_session **sessions, size_t *count,
                                sagitta_error *error);

#endif
