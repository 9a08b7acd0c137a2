/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records, the store: clients, their visits and results in one SQLite file, and what is done with the whole of it. The
 * room's other public header is history.h: what the saved results say about change. README.md beside this file has the
 * schema, privacy, backup and the key.
 *
 * One handle belongs to one thread; several programs may have the same file open. Everything that changes the file is
 * one transaction: it is done whole, and on the disk, when the function answers SAGITTA_OK, or not at all.
 * Texts are UTF-8. Days are "YYYY-MM-DD" of the clinic's own calendar, moments "YYYY-MM-DDTHH:MM:SSZ".
 * Errors of all functions, beside those named: WRITE (full disk, no permission, another program writing for longer than
 * 10 s), FORMAT (damaged), MEMORY.
 */
#ifndef SG_RECORDS_RECORDS_H
#define SG_RECORDS_RECORDS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

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
  RECORDS_MAKE = 2 /* written to, and made where it is missing, readable by its owner alone (0600) */
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

/* Whether text may be kept as a name (`lines`: as notes): UTF-8 without control characters and without those that
 * change the direction of writing for what follows; line feeds and tabs only where `lines`. */
bool records_text_is_plain(const char *text, bool lines);
/* Whether text may be the ID of a client: letters of any script, digits, '-', '_' and '.', not starting with '-' or
 * '.', so that it is fit for a command line, a file name and CLIENT@DATE. */
bool records_code_is_valid(const char *text);

/* SHA-256 in hexadecimal digits. False when memory is short. */
bool hash_text(const void *bytes, size_t length, char hash[RECORDS_HASH]);
/* Of the bytes of the files one after the other. False when one is no regular file, or cannot be read; `hash` is "". */
bool hash_files(char *const *paths, int count, char hash[RECORDS_HASH]);

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

/* ---- visits ---- */

typedef struct records_visit {
  int64_t id;
  char day[RECORDS_DAY];
  char *pretest; /* the answers, JSON (pretest_parse); NULL = not asked. To be freed with records_visits_free */
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
/* Whether the markers stayed where they were for the recording before of the same visit. */
typedef enum records_markers {
  RECORDS_MARKERS_UNKNOWN = 0,
  RECORDS_MARKERS_SAME = 1,
  RECORDS_MARKERS_NEW = 2
} records_markers;
#define RECORDS_REST_MAX 1440 /* minutes */

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
  sagitta_side side; /* as it was said when it was measured, or later (records_result_set_side) */
  records_mark mark;
  records_markers markers;
  int rest_min; /* minutes without bending since the recording before; 0 = none, or not said */
  int pain;     /* 0–10; −1 = not asked */
  char program[32];
  char input_name[SAGITTA_SOURCE_TEXT];
  char input_sha256[RECORDS_HASH]; /* "" = none: a camera, standard input */
  char *video;                     /* where it was: an absolute path; belongs to the row; NULL = not known, none */
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
  sagitta_side side; /* UNKNOWN: the document's */
  records_mark mark;
  records_markers markers;
  int rest_min;               /* minutes; 0 = none, or not said */
  int pain;                   /* −1 = not asked */
  const char *tracks;         /* the text of its tracks file; NULL = none */
  const char *video;          /* absolute path; NULL or "" = none */
  int64_t session;            /* 0 = the one that is open on that day, if any */
  const char *uid, *saved_at; /* NULL: made */
} records_new_result;

/*
 * Save one. Where the client has the very same document already, nothing is saved but tracks and the video's path that
 * it had not, *id is that one and *already true (NULL allowed). Errors: FORMAT (not a result document), ARGUMENT.
 */
sagitta_status records_result_save(records *r, const records_new_result *result, int64_t *id, bool *already,
                                   sagitta_error *error);
/* Of one client, by day and order of saving; *results is to be freed with records_results_free. */
sagitta_status records_results(records *r, int64_t client, bool with_documents, records_result **results, size_t *count,
                               sagitta_error *error);
/* What belongs to one row. */
void records_result_clear(records_result *result);
void records_results_free(records_result *results, size_t count);
/* One by its number, with document; to be freed with records_results_free(result, 1). Errors: ARGUMENT. */
sagitta_status records_result_get(records *r, int64_t id, records_result **result, sagitta_error *error);
/* Read the document of a saved result; *out is to be freed with sagitta_result_free. Errors: FORMAT (not what was
 * saved: its hash is another), as sagitta_result_parse. */
sagitta_status records_result_parse(sagitta_result **out, const records_result *row, sagitta_error *error);
/* Whether the test has quantities to follow through the visits. A free movement has none. */
bool records_test_is_followed(const char *test);
/* Whether the document holds what its test measures: a repetition that can be used, where the test has repetitions. */
bool records_result_is_measured(const sagitta_result *result);
/* Pain -1 = not asked. Errors: ARGUMENT (no such result, pain outside of 0 to 10), as the next. */
sagitta_status records_result_update(records *r, int64_t id, records_mark mark, int pain, sagitta_error *error);
/* Which side it is of, where that was not said, or wrongly; the document stays what it was. Errors: ARGUMENT (no such
 * result, a test without a side, UNKNOWN). */
sagitta_status records_result_set_side(records *r, int64_t id, sagitta_side side, sagitta_error *error);
/* Markers UNKNOWN, rest -1: as it was. Errors: ARGUMENT (no such result, no such rest). */
sagitta_status records_result_set_change(records *r, int64_t id, records_markers markers, int rest_min,
                                         sagitta_error *error);
/* The text of its tracks file in *tracks, to be freed; NULL where none was kept. Errors: FORMAT (not what was saved).
 */
sagitta_status records_result_tracks(records *r, int64_t id, char **tracks, sagitta_error *error);
sagitta_status records_result_remove(records *r, int64_t id, bool *traces_left, sagitta_error *error);

/* ---- pictures of results (pictures.c) ---- */

/*
 * What is kept to be looked at stands beside the records, in the folder FILE.pictures (0700), a file (0600) for each: a
 * result's key frames, in which the head is hidden, and its recording, in which it is not, where that is kept with
 * consent. Each is a database like the records, encrypted with their key where they are. Key frames belong to one
 * result, a recording to all results of the very same file (by its hash). They go with the last result that they belong
 * to, within the same change; backups and exports hold none.
 */
typedef enum records_footage { RECORDS_FRAMES = 0, RECORDS_RECORDING, RECORDS_FOOTAGES } records_footage;

#define RECORDS_PIECE 32 /* bytes of a piece's name: letters, digits, '.', '-' and '_' */
typedef struct records_piece {
  const char *name; /* "start.jpg", "recording.mp4" */
  const char *path; /* where it is now */
} records_piece;

/* What is kept of a result: bytes and since which day; 0 and "": nothing. Looks at names alone. */
typedef struct records_kept {
  uint64_t bytes;
  char day[RECORDS_DAY];
} records_kept;

void records_pictures_look(const records *r, const records_result *row, records_footage kind, records_kept *kept);
/* Asked after each MB of a file that is kept, or taken, how much of all bytes is: false stops it, and nothing is. */
typedef struct records_watch {
  bool (*goes_on)(void *user, double fraction);
  void *user;
} records_watch;
/* Keep files with a result: all of them, or nothing, in the place of what was kept. `watch` may be NULL. Where the
 * result is removed meanwhile nothing is kept. Errors: ARGUMENT (no such result; a recording that has no hash), MISSING
 * (a file cannot be read), WRITE, CANCELLED. */
sagitta_status records_pictures_keep(records *r, int64_t result, records_footage kind, const records_piece *pieces,
                                     size_t count, const records_watch *watch, sagitta_error *error);
/* Copy what is kept into `folder`, each under its name, which must be free there; `name` is the last one's. `watch` may
 * be NULL. Where the result is removed meanwhile the piece that was copied last goes again. Errors: ARGUMENT (no such
 * result), MISSING (nothing is kept), FORMAT (damaged), WRITE, CANCELLED. */
sagitta_status records_pictures_take(records *r, int64_t result, records_footage kind, const char *folder,
                                     char name[RECORDS_PIECE], const records_watch *watch, sagitta_error *error);
/* One of its pieces in *bytes, to be freed; NULL where there is none. Errors: as records_pictures_take. */
sagitta_status records_pictures_read(records *r, int64_t result, records_footage kind, const char *name,
                                     unsigned char **bytes, size_t *size, sagitta_error *error);
/* Remove it; nothing where nothing is kept. Errors: ARGUMENT, WRITE. */
sagitta_status records_pictures_remove(records *r, int64_t result, records_footage kind, sagitta_error *error);

/* ---- recordings by name (named.c) ---- */

/*
 * A recording as it is named everywhere: the number of its result, N or #N; or its client's visit, CLIENT@2026-03-31,
 * CLIENT@first, CLIENT@last, CLIENT@today, and after it, where a visit has several, in any order :before or :after,
 * :left, :right or :both, and :TEST.
 */
typedef struct records_name {
  int64_t number;                                      /* 0: a visit: */
  char code[RECORDS_CODE], day[RECORDS_DAY], test[32]; /* "" = not named; day also "first", "last" */
  records_mark mark;
  sagitta_side side; /* UNKNOWN: not named */
} records_name;

/* N or #N; and whether the word can be the name of a recording at all. */
bool records_is_number(const char *word);
bool records_is_name(const char *word);
/* `test`: where the word names none; NULL = any. Errors: ARGUMENT (no such name). */
sagitta_status records_name_parse(records_name *name, const char *word, const char *test, sagitta_error *error);
/* The number of the one that is meant: of several of its day the last that was saved, and *others (NULL allowed) is how
 * many more fit. Errors: ARGUMENT (no such client or recording). */
sagitta_status records_name_find(records *r, const records_name *name, int64_t *id, int *others, sagitta_error *error);
/* Says that there is none of that name; ARGUMENT. */
sagitta_status records_name_missing(const records_name *name, sagitta_error *error);

/* ---- merging clients, moving results, and back (rearrange.c, undo.c) ---- */

/* What a merge, or a move, would do and did. */
typedef struct records_merge {
  records_client into, from;
  int64_t visits, results; /* of `from` */
  int64_t shared_days;     /* on which both have a visit: they become one */
  int64_t doubles;         /* results that both have, to the byte: one of them stays */
  bool differ;             /* year of birth, sex or stature are not the same */
} records_merge;

/* What merging `from` into `into` would do; nothing is changed. Errors: ARGUMENT (no such client, one and the same). */
sagitta_status records_merge_look(records *r, const char *into, const char *from, records_merge *m,
                                  sagitta_error *error);
/*
 * Everything of m->from becomes m->into's: visits, answers before the test (of a day with two, those with a yes),
 * results, repeatability sessions. What is known of `into` stands, and is filled from `from` where it says nothing.
 */
sagitta_status records_merge_do(records *r, records_merge *m, sagitta_error *error);
/* Give a result to another client, on the same day. It leaves its repeatability session. Errors: ARGUMENT (no such
 * result or client, it is theirs already, they have the very same one). */
sagitta_status records_result_move(records *r, int64_t id, const records_client *to, sagitta_error *error);

/* The last merge or move that can be undone. */
typedef struct records_undo {
  int64_t id; /* 0: there is none */
  bool is_merge;
  char made_at[RECORDS_TIME];
  char subject[RECORDS_CODE], origin[RECORDS_CODE],
      target[RECORDS_CODE]; /* of a move: result, from whom, to whom; of a
                               merge: the ID that went, itself, into which */
} records_undo;

sagitta_status records_undo_last(records *r, records_undo *last, sagitta_error *error);
/*
 * Take it back: every row is again what it was. What was added since stays where it is. Errors: ARGUMENT (there is
 * nothing to undo; it would undo what was changed since: nothing is changed then).
 */
sagitta_status records_undo_do(records *r, const records_undo *last, sagitta_error *error);
/* Rewrite the file without the room that removed things took; nothing can be undone afterwards. */
sagitta_status records_vacuum(records *r, bool *traces_left, sagitta_error *error);

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

/* ---- the questions before a test ---- */

/*
 * Whether to see a clinician first. Asked once for each visit, at the terminal, or answered by a file:
 *   { "schema": "sagitta-pretest/1", "answers": { "bladder_or_bowel": false, … } }
 * They find nobody ill: single warning signs have poor accuracy, so that a yes means "see a clinician first" and no
 * more.
 */
typedef struct pretest_question {
  const char *key;  /* in the file */
  const char *text; /* to be answered with yes or no; English */
} pretest_question;

/* Static array of *count rows, in the order in which they are asked. */
const pretest_question *pretest_questions(size_t *count);

/* What "see a clinician first" says, with the questions that were answered with yes; `buffer` is filled. `language`:
 * a code of sagitta_languages(); NULL is English. */
void pretest_advice(const char *answers, const char *language, char *buffer, size_t size);
/* Whether any answer of the document is yes. */
bool pretest_has_yes(const char *answers);

/* Read the answers of a file in *answers, a JSON document to be freed. Every question must be answered: with true or
 * false, or with "yes" or "no" in any of the languages. Errors: MISSING, FORMAT, MEMORY. */
sagitta_status pretest_read(char **answers, const char *path, sagitta_error *error);
/* The same from text. */
sagitta_status pretest_parse(char **answers, const char *text, size_t length, sagitta_error *error);
/* Ask on `to`, reading from `from`, until each is answered with y(es) or n(o), or the words of that language. Errors:
 * ARGUMENT (input ended), MEMORY. */
sagitta_status pretest_ask(char **answers, const char *language, FILE *from, FILE *to, sagitta_error *error);
/* 1 yes, 0 no, −1 neither; a word of any of the languages. The line loses its end. */
int answer_yes_or_no(char *line);
/* A file to be filled in: all answers null, the questions in that language. NULL when memory is short. */
char *pretest_form(const char *language);

/* ---- saving what analyze measures: whose it is, the questions before the test, the result ---- */

/* What the user asked for. */
typedef struct keep_options {
  records_place place;
  const char *client;  /* ID; NULL = nothing is saved */
  const char *date;    /* NULL = today */
  const char *pretest; /* a file of answers */
  int pain;            /* −1 = not given */
  int rest;            /* minutes without bending since the recording before; 0 = none, or not given */
  bool before, after, same_markers, new_markers, force;
} keep_options;

/* One run's part in the records. Start from zeros; end with keep_end. */
typedef struct keep {
  const char *language; /* in which the questions are asked; NULL = English. Set before keep_begin */
  records *r;
  records_client client;
  char day[RECORDS_DAY];
  records_mark mark;
  records_markers markers;
  int rest_min;
  int pain;
  bool unasked;  /* the questions are unanswered */
  int64_t id;    /* of the saved result */
  bool already;  /* it was there */
  bool repained; /* and has got the pain that was said now */
} keep;

/* The mark of --before and --after; false and `why` (OPTION_WHY bytes) filled when both are given. */
bool keep_mark(bool before, bool after, records_mark *mark, char *why);
/* What is wrong with the options themselves; false and `why` (OPTION_WHY bytes) filled. */
bool keep_check(const keep_options *options, char *why);
/*
 * Before the measurement: the client must be there, and the questions are answered for the visit: by the file, earlier
 * that day, or now where `ask`. The answers are kept at once. NO_MEASUREMENT: one was yes, and not --force.
 *
 * After a treatment, where the visit has a recording before it, two more are asked once for the visit, for they decide
 * from what on a change is real: whether the markers stayed on, and how long the client has not bent. Nobody who can be
 * asked, or no answer: markers put on anew, no rest.
 */
sagitta_status keep_begin(keep *k, const keep_options *options, bool ask, sagitta_error *error);
/* The client's age on the day, 0 where the birth year is not known. */
double keep_age(const keep *k);
/* What is saved. */
typedef struct keep_recording {
  const sagitta_result *result;
  const sagitta_tracks *tracks; /* NULL = none */
  const char *settings;         /* JSON object, or NULL */
  char *const *input;           /* hashed where they are files */
  int inputs;
  bool is_video; /* and no tracks file: its path is kept */
} keep_recording;

sagitta_status keep_save(keep *k, const keep_recording *what, sagitta_error *error);
/* One line: what was saved. */
void keep_report(const keep *k, FILE *to);
void keep_end(keep *k);

/* ---- export and import ---- */

/*
 * One JSON document, sagitta-records/1: clients with all that is theirs, result documents whole. What is there already
 * (by the identity that every client and result keeps in every copy) is left as it is.
 */
/* Append one client, or all for NULL, to `output`, which the caller commits or discards. */
sagitta_status exchange_export(records *r, const records_client *client, sagitta_output *output, sagitta_error *error);

typedef struct exchange_counts {
  size_t clients, visits, results; /* new */
  size_t already;                  /* results that were there */
} exchange_counts;

/* Whether the text starts out as such a document (and not as a single result). */
bool exchange_is_export(const char *text, size_t length);
/*
 * Take all of it in, or nothing. `as`: the ID for its one client, where the one it has is taken by somebody else; NULL
 * otherwise. Errors: FORMAT (no such document, of a later version, changed by hand), ARGUMENT (an ID that is taken).
 */
sagitta_status exchange_import(records *r, const char *text, size_t length, const char *as, exchange_counts *counts,
                               sagitta_error *error);

/* ---- backup, verification and recovery of the whole file ---- */

/* A copy of the file as it is at one moment, checked, readable by its owner alone, under a name that is free; encrypted
 * with the same key where the records are. Errors: WRITE, ARGUMENT (the name is taken). */
sagitta_status upkeep_backup(records *r, const char *path, sagitta_error *error);

typedef struct upkeep_report {
  int64_t clients, visits, results;
  size_t problems;
} upkeep_report;

/* Look at every page, reference, hash and document; `say` gets each problem as a sentence. OK also where there are
 * problems. */
sagitta_status upkeep_verify(records *r, void (*tell)(void *user, const char *problem), void *user,
                             upkeep_report *report, sagitta_error *error);

typedef struct upkeep_recovered {
  int64_t clients, visits, results;
  int64_t incomplete; /* results whose document was not whole: left out */
  int64_t nameless;   /* clients of whom only visits were found: "recovered-1", … */
} upkeep_recovered;

/*
 * What can be read of a damaged file, into a new one under a free name; the damaged file is not touched. Rows are
 * taken first through SQLite, then, from a file that is not encrypted, from its pages one by one. Errors: ARGUMENT,
 * MISSING, WRITE, FORMAT (nothing was found).
 */
sagitta_status upkeep_recover(const records_place *damaged, const char *path, upkeep_recovered *recovered,
                              sagitta_error *error);

/* ---- JSON documents: the first failure sticks, so that callers need not look ---- */

typedef struct json_build {
  bool failed; /* memory is short */
} json_build;

/* Take `value` over as a member, or as an item; NULL is a failure. */
void build_put(json_build *b, json_t *object, const char *key, json_t *value);
void build_append(json_build *b, json_t *array, json_t *value);
/* Absent where there is nothing: NAN, "" or NULL. Numbers to six significant digits. */
void build_number(json_build *b, json_t *object, const char *key, double value);
void build_text(json_build *b, json_t *object, const char *key, const char *value);
/* The document's text, ending in a line feed, to be freed; NULL after a failure. Takes `root` over. */
char *build_print(json_build *b, json_t *root);

/* The list of clients as sagitta-clients/1, ending in a line feed; to be freed, NULL when memory is short. */
char *records_clients_json(const records_client_row *rows, size_t count);

#endif
