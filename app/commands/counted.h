/* SPDX-License-Identifier: Apache-2.0 */
/* "1 visit", "3 visits": what is counted in the records, in the terminal's language. */
#ifndef SG_COMMANDS_COUNTED_H
#define SG_COMMANDS_COUNTED_H

typedef enum counted_thing {
  COUNTED_CLIENTS,
  COUNTED_NEW_CLIENTS,
  COUNTED_VISITS,
  COUNTED_RESULTS,
  COUNTED_RECORDINGS,
  COUNTED_SESSIONS, /* of repeatability */
  COUNTED_DAYS,
  COUNTED_PROBLEMS
} counted_thing;

#define COUNTED_TEXT 80

/* Returns `text`. */
const char *counted(char text[COUNTED_TEXT], long long count, counted_thing what);

/* As an argument of printf; lives until the block ends. */
#define COUNTED(count, what) counted((char[COUNTED_TEXT]){ "" }, (long long)(count), COUNTED_##what)

#endif
