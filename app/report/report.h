/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report: a result as a page for the client and one for the professional. In go a result and, where there are any,
 * its tracks, its video and the client's records; out comes one file, PDF, HTML, SVG or PNG. Nothing is measured here.
 * This is the only header of the room that other rooms include; README.md beside it says where to start.
 *
 * A report belongs to one thread. Errors beside those named: MEMORY.
 */
#ifndef SG_REPORT_REPORT_H
#define SG_REPORT_REPORT_H

#include <stdbool.h>

#include "agreement/agreement.h"
#include "cli/text_rows.h"
#include "records/day_session.h"
#include "records/history.h"
#include "records/records.h"
#include "sagitta/proof.h"
#include "sagitta/sagitta.h"

typedef struct report report;

/* ---- what is in it ---- */

/*
 * A report of a result. `angles` is the same recording's result that holds the angles through time, NULL: `result`
 * itself, which may hold none. `tracks` may be NULL. All must outlive the report. On success *out is the caller's
 * (report_free).
 */
sagitta_status report_new(report **out, const sagitta_result *result, const sagitta_result *angles,
                          const sagitta_tracks *tracks, sagitta_error *error);
/* NULL-safe; sets *r to NULL. */
void report_free(report **r);

/*
 * The angles through time are no part of the document: analyse `tracks` again with the settings of `result`. `camera`
 * is the calibration's file, NULL = none. On success *out, which holds angles, is the caller's. Errors: FORMAT (the two
 * do not agree: the tracks are those of another recording), ARGUMENT (a calibrated camera that is missing), MISSING.
 */
sagitta_status report_analyze_again(sagitta_result **out, const sagitta_result *result, const sagitta_tracks *tracks,
                                    const char *camera, sagitta_error *error);

/* What the analysis was asked for, out of the document; its camera is told by `calibrated` alone. Texts of `settings`
 * are the result's or static. Errors: MEMORY. */
sagitta_status report_settings_of(const sagitta_result *result, sagitta_analysis_settings *settings, bool *calibrated,
                                  sagitta_error *error);

/* Of the page's own words; the result's sentences stay in theirs. */
void report_set_language(report *r, const char *code);
/* The name and the day ("YYYY-MM-DD") on the pages; a history ends with the day, so that it is set before the client
 * is added. */
void report_set_name(report *r, const char *name);
void report_set_day(report *r, const char *day);
bool report_has_day(const report *r);
/* The day is that of printing: the page says so, since nobody knows when the recording was made. */
void report_set_printed(report *r, const char *day);
/* The treatment mark, and pain of 0 to 10, -1 = not given. */
void report_set_mark(report *r, records_mark mark, int pain);
/* Whose report it is, from the records: name, day, mark and pain of this very result where it is saved, answers before
 * the test, and history up to that day. Errors: as records. */
sagitta_status report_add_client(report *r, records *from, const records_client *client, sagitta_error *error);
/* The answers before the test (a document of pretest_parse). NULL: none. */
void report_add_pretest(report *r, const char *answers);
/* Whether a video is named as the one that the tracks were made from: where the head is, to hide it, is known from
 * these alone. Errors: ARGUMENT. */
sagitta_status report_check_video(const sagitta_tracks *tracks, const char *video, sagitta_error *error);
/* What is around the person stays in photographs as it was filmed; else it is made soft. Set before they are made. */
void report_keep_background(report *r, bool kept);
/*
 * Photographs of start and deepest point, the head hidden, from the video that the tracks were made from. A moment in
 * which shoulder or hip is not seen gets none: where the head is could not be said. Errors: those of reading, ARGUMENT
 * (not the video of these tracks).
 */
sagitta_status report_add_photographs(report *r, const sagitta_source *source, sagitta_error *error);

/* Photographs of a result of the records out of its kept key frames (report_kept_frames.c); *added: of one moment at
 * least. The repetition that the report shows is then the first one that counts. Errors: MEMORY. */
sagitta_status report_add_kept_frames(report *r, records *from, int64_t id, bool *added, sagitta_error *error);

/* ---- from what the records keep (report_kept.c) ---- */

/* Where things are now; NULL and 0: as they were when it was measured. */
typedef struct report_found {
  const char *video, *camera; /* files */
  double rate;                /* frames/s */
  bool keep_background;       /* of photographs: report_keep_background */
} report_found;

/* A report with all that it shows. Start from zeros; end with report_kept_free, whatever came of it. */
typedef struct report_kept {
  report *report;
  sagitta_result *result, *angles;
  sagitta_tracks *tracks;
  sagitta_source *source;
  char remark[3000]; /* what is missing, and why; "" = nothing */
} report_kept;

/*
 * The report of a saved result: with the angles through time where its tracks are kept and give it again, and with
 * photographs where its video is still there and still the same file (by its hash), or key frames are kept with it;
 * else without, which k->remark says.
 * Errors: as records, FORMAT (the saved document was changed).
 */
sagitta_status report_keep(report_kept *k, records *from, int64_t id, const report_found *found, sagitta_error *error);
void report_kept_free(report_kept *k);
/*
 * Two recordings side by side. `r` is of the second one, `before` of the first, `both` what is compared: the values are
 * its (of a visit of several recordings their mean). Both must outlive `r`.
 */
void report_set_pair(report *r, const report *before, const comparison *both);

/*
 * The recordings of a client's day on one page. `r` is of one of them; part[i] of session->result[i], NULL where there
 * is none, and may be `r`. All must outlive `r`.
 */
void report_set_session(report *r, const day_session *session, const report *const part[SESSION_PARTS]);

/* ---- how it looks on paper ---- */

typedef enum report_paper { REPORT_A4 = 0, REPORT_LETTER = 1 } report_paper;

/* "a4", "letter", in capitals or not; false for another word. */
bool report_paper_of(const char *word, report_paper *paper);
/* What is in the printers there: Letter where the locale (LC_ALL, LC_PAPER, LANG) is of a country that uses it. */
report_paper report_paper_usual(void);
/* A4 where it is not said. */
void report_set_paper(report *r, report_paper paper);

/* Whose page it is: the head of every page. */
typedef struct clinic clinic;

/*
 * Read an INI file (README.md: name, address, logo), strictly: what is not understood is refused with its line. The
 * logo, PNG, JPEG or SVG, is looked for beside the file. On success *out is the caller's (clinic_free), else NULL.
 * Errors: MISSING, FORMAT, MEMORY.
 */
sagitta_status clinic_read(clinic **out, const char *path, sagitta_error *error);
/* NULL-safe; sets *c to NULL. */
void clinic_free(clinic **c);
/* The name under which the program is started to draw a logo, and its main then: in a cage (sagitta/cage.h), of bytes
 * and for pixels in the memory that it was started with (logo_cage.c). */
#define LOGO_DRAWER "sagitta-logo"
int logo_drawer_main(void);
/* It must outlive the report. NULL: none. */
void report_set_clinic(report *r, const clinic *from);

/* ---- as a file ---- */

typedef enum report_format {
  REPORT_NONE = 0,
  REPORT_PDF = 1,
  REPORT_HTML = 2,
  REPORT_SVG = 3,
  REPORT_PNG = 4
} report_format;

/* By the end of the name; NONE where it is none of .pdf, .html, .htm, .svg, .png. */
report_format report_format_of(const char *path);

/* REPORT_PAIR: two recordings side by side, of a report to which report_set_pair was told. REPORT_SESSION: those of a
 * day, of one to which report_set_session was told. */
typedef enum report_pages {
  REPORT_CLIENT = 1,
  REPORT_PROFESSIONAL = 2,
  REPORT_BOTH = 3,
  REPORT_PAIR = 4,
  REPORT_SESSION = 8
} report_pages;

/* "client", "professional", "both"; 0 for another word. */
report_pages report_pages_of(const char *word);

/* The overlay video of an HTML report. */
typedef struct report_video {
  const char *file; /* where its bytes are now; NULL = none */
  const char *name; /* the name under which it will lie */
  const char *page; /* the name under which the page will lie: a large video is named as seen from there */
} report_video;

/*
 * Write a report into `to`, which stays the caller's and is neither committed nor discarded here. In SVG and PNG the
 * pages stand one below the other; of several sheets of paper the client's come first. `video` may be NULL. The same
 * report makes the same bytes: in PDF and PNG always, in SVG and HTML as the first of its process, for cairo numbers
 * the parts of SVG through a process's life. Errors: WRITE, MISSING (the video cannot be read).
 */
sagitta_status report_write(const report *r, report_pages pages, report_format format, const report_video *video,
                            sagitta_output *to, sagitta_error *error);

/* Whether pages can be drawn here at all: to be asked before what they are to show is measured. Errors: WRITE (no font
 * on this machine). */
sagitta_status report_ready(sagitta_error *error);

/* What the reader of the terminal should know: a name whose letters no font of this machine has. NULL = nothing. */
const char *report_remark(const report *r, report_format format);

/* ---- a class: one sheet for the coach, a line a person, or a card a person (class_content.c, class_page.c,
 * class_cards.c) ---- */

#define CLASS_COLUMNS 2
#define CLASS_TEXT    128
#define CLASS_WORDS   1400

typedef struct class_person {
  char *name; /* as it is shown, UTF-8; the caller's, as `reason` */
  bool measured;
  sagitta_quantity value[CLASS_COLUMNS]; /* of the summary: known, value, low, high, inferred */
  double percentile;                     /* of the norm; NAN = none; where `beyond` the norm's end */
  int beyond;                            /* −1 below, +1 above the norm's table; 0 within */
  sagitta_verdict verdict;               /* label and probabilities */
  char *reason;                          /* why it was not measured, NULL = it was */
  bool less_is_further;                  /* set by sorting */
} class_person;

/* The persons and all that is pointed to are the caller's. */
typedef struct class_sheet {
  const char *language; /* of its words: a code */
  const sagitta_test *test;
  const sagitta_quantity_info *column[CLASS_COLUMNS]; /* the test's own quantity first */
  size_t columns;
  class_person *person;
  size_t count;
  char day[RECORDS_DAY]; /* "" = not known */
  const clinic *clinic;  /* NULL = nobody's */
  report_paper paper;
  bool cards; /* to be cut out and handed over, in place of the lines; not as HTML */
} class_sheet;

/* An empty one for that test, its columns chosen. `language` NULL = English. */
void class_sheet_begin(class_sheet *s, const sagitta_test *test, const char *language);
/* A person out of a result (NULL: not measured, for that reason), with texts that class_people_free frees; false when
 * memory is short. (class_people.c) */
bool class_person_take(const class_sheet *s, class_person *p, const char *name, const sagitta_result *result,
                       const char *reason);
/* The persons, from malloc, and their texts; there are none afterwards. */
void class_people_free(class_sheet *s);
/* By name, or the furthest first; whoever has no number last. */
void class_sheet_sort(class_sheet *s, bool score);
size_t class_measured(const class_sheet *s);

/* As text: "Reach"; "≈12.3 cm", "–"; "10.1–14.5"; "62", "<5"; "More from the hips: 88 %" or why it has to be done
 * again. */
void class_head(const class_sheet *s, size_t column, char text[CLASS_TEXT]);
void class_value(const class_sheet *s, const class_person *p, size_t column, char text[CLASS_TEXT]);
void class_range(const class_sheet *s, const class_person *p, size_t column, char text[CLASS_TEXT]);
bool class_has_percentiles(const class_sheet *s);
void class_percentile(const class_person *p, char text[CLASS_TEXT]);
void class_words(const class_sheet *s, const class_person *p, char text[CLASS_WORDS]);
/* The same for a page: nothing twice, and tests by their titles in place of the program's options. */
void class_page_words(const class_sheet *s, const class_person *p, char text[CLASS_WORDS]);

/* As a file; as report_write. */
sagitta_status class_write(const class_sheet *s, report_format format, sagitta_output *to, sagitta_error *error);

/* ---- agreement: a plot and figures a quantity (agreement_page.c) ---- */

/* All that is pointed to is the caller's. */
typedef struct agreement_page {
  const agreement *agreement;
  const char *language; /* of its words: a code */
  const char *day;      /* "YYYY-MM-DD"; "" = none */
  const clinic *clinic; /* NULL = nobody's */
  report_paper paper;
} agreement_page;

/* As a file: PDF, SVG or PNG. As report_write. */
sagitta_status agreement_page_write(const agreement_page *page, report_format format, sagitta_output *to,
                                    sagitta_error *error);

/* ---- the proof of a camera: one page (proof_page.c) ---- */

/* All that is pointed to is the caller's. */
typedef struct proof_page {
  const sagitta_proof *proof;
  const char *source;   /* what was filmed with, "" = not told */
  const char *language; /* of its words: a code */
  const char *day;      /* "YYYY-MM-DD"; "" = none */
  report_paper paper;
} proof_page;

#define PROOF_ROWS 16
/* Rows of its tables, for the terminal as well. What was seen, and what it does to each quantity. Return how many rows.
 */
size_t proof_fact_rows(const sagitta_proof *proof, const char *language, text_row row[PROOF_ROWS]);
size_t proof_quantity_rows(const sagitta_proof *proof, const char *language, text_row row[PROOF_ROWS]);
/* "Pass" and what it means, in one sentence. */
const char *proof_lead(const sagitta_proof *proof, const char *language);

/* As a file: PDF, SVG or PNG. As report_write. */
sagitta_status proof_page_write(const proof_page *page, report_format format, sagitta_output *to, sagitta_error *error);

#endif
