/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: who may come in. A pure function of what a request says of itself, so that the whole of it is a
 * table in tests/unit/test_serve_gate.c. The server listens on 127.0.0.1 alone; what is left to keep out are other
 * pages in the same browser (wrong Host after rebinding, cross-site requests) and other users of the machine (no
 * cookie).
 */
#ifndef SG_SERVE_GATE_H
#define SG_SERVE_GATE_H

#include <stdbool.h>

/* Headers as they came; NULL = absent. */
typedef struct gate_request {
  const char *method, *path; /* the path is decoded, without its query */
  bool has_secret;           /* the query has a t */
  const char *host;
  const char *site;   /* Sec-Fetch-Site */
  const char *origin; /* Origin */
  const char *mark;   /* X-Sagitta */
  bool repeated;      /* one of these headers came twice */
  bool has_cookie;    /* the session's cookie came, and is the one that was given out */
} gate_request;

typedef enum gate_answer {
  GATE_OPEN = 0,    /* may do what it asks for */
  GATE_ENTER,       /* shows a secret: let in if it is good, whatever else it says */
  GATE_MALFORMED,   /* 400 */
  GATE_WRONG_HOST,  /* 421: meant for another host */
  GATE_WRONG_VERB,  /* 405 */
  GATE_FOREIGN,     /* 403: another page asks */
  GATE_NOT_ENTERED, /* 401: no cookie */
  GATE_ANSWERS
} gate_answer;

/* `authority` is "127.0.0.1:PORT". A write is every method but GET and HEAD. */
gate_answer gate_judge(const gate_request *q, const char *authority);
/* The HTTP status of an answer; 200 for the first two. */
unsigned gate_status(gate_answer answer);
/* What is said to whoever is kept out, in English, TRANSLATABLE: cause and remedy. */
const char *gate_words(gate_answer answer);

#endif
