/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to serve: what is set on the page's screen Settings, kept in $XDG_CONFIG_HOME/sagitta/page.json, for a
 * browser keeps nothing of an address whose port changes. */
#ifndef SG_SERVE_PAGE_SETTINGS_H
#define SG_SERVE_PAGE_SETTINGS_H

#include <jansson.h>
#include <stdbool.h>

#include "report/report.h"
#include "sagitta/status.h"
#include "serve/page_clinic.h"

typedef enum page_trouble {
  PAGE_FINE = 0,
  PAGE_UNREAD, /* they are there, and could not be read when the server began */
  PAGE_UNKEPT  /* what was set last could not be written */
} page_trouble;

typedef struct page_settings {
  char language[8]; /* a code of sagitta_languages(); "" = not chosen: the browser's */
  char look[8];     /* "auto", "light", "dark" */
  char markers[16]; /* the set: "" = found */
  char test[32];    /* that of last time */
  report_paper paper;
  char camera[64];                    /* the one of last time; "" = the first that there is */
  char mode[24];                      /* of that camera, "1280x720@60"; "" = its best */
  char address[200];                  /* a phone's: "http://192.168.1.20:8080/video"; "" = none */
  char clinic_name[PAGE_CLINIC_NAME]; /* whose pages they are; "" = nobody's */
  char clinic_address[PAGE_CLINIC_ADDRESS];
  bool silent;   /* the camera's screen makes no sounds */
  bool unlocked; /* exposure and white balance are not held while the client bends */
  bool welcomed; /* the first start's words have been read */
  page_trouble trouble;
} page_settings;

/* As they were kept; as usual where there are none or they cannot be read. */
void page_settings_read(page_settings *p);
/* Change what the document names, and keep it; what cannot be kept holds all the same (`trouble`). Errors: ARGUMENT (a
 * value that cannot be: nothing is changed). */
sagitta_status page_settings_change(page_settings *p, const json_t *document, sagitta_error *error);
/* What is wrong with keeping them, as a sentence in the page's language; "" = nothing. */
void page_settings_trouble(const page_settings *p, char *text, size_t size);
json_t *page_settings_document(const page_settings *p);
/* "1280x720@60", "1280x720"; nothing: 0, the camera's best. False for what is none. */
bool page_mode_read(const char *word, int *width, int *height, double *rate);

#endif
