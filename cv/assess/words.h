/* SPDX-License-Identifier: Apache-2.0 */
/* Every sentence of the assessment, in one table: what a translation has to translate. Constant data, thread-safe. */
#ifndef SAGITTA_WORDS_H
#define SAGITTA_WORDS_H

typedef enum sg_word {
  SG_WORD_LED_BY_HIPS,      /* share, low, high in % */
  SG_WORD_SHARED,           /* share, low, high */
  SG_WORD_LED_BY_BACK,      /* share, low, high */
  SG_WORD_CANNOT_TELL,      /* share, low, high, band's name, its probability in % */
  SG_WORD_BORDER,           /* where the share is close to a border between bands */
  SG_WORD_NO_NORM,          /* the closing sentence */
  SG_WORD_WITHHELD_SMALL,   /* H + L, limit */
  SG_WORD_WITHHELD_INVALID, /* no repetition is valid */
  SG_WORD_BAND_HIPS,
  SG_WORD_BAND_BOTH,
  SG_WORD_BAND_LOWER_BACK,
  SG_WORD_MARKER_HIDDEN, /* role, from, to */
  SG_WORD_HIP_REMEDY,
  SG_WORD_HIDDEN_REMEDY,
  SG_WORD_HIDDEN_AT_END, /* role, from, to, remedy */
  SG_WORD_START_NOT_STILL,
  SG_WORD_ONE_BEND,  /* wanted */
  SG_WORD_FEW_BENDS, /* recorded, wanted */
  SG_WORD_NONE_USED, /* wanted */
  SG_WORD_FEW_USED,  /* used, recorded, wanted */
  SG_WORD_NO_KNEE,
  SG_WORD_LOW_RATE, /* rate */
  SG_WORD_UNEVEN,
  SG_WORD_SMALL_BEND,     /* repetition, H + L, limit */
  SG_WORD_KNEES_SLIGHTLY, /* repetition, degrees */
  SG_WORD_KNEES_BENT,     /* repetition, degrees, limit */
  SG_WORD_CUT_OFF,        /* repetition */
  SG_WORD_HOLD_SHORT,     /* repetition, s, wanted s */
  SG_WORD_TOO_FAST,       /* repetition, s, limit */
  SG_WORD_TOO_SLOW,       /* repetition, s, limit */
  SG_WORD_DRIFTING,       /* repetition, cm */
  SG_WORD_IMPLAUSIBLE,    /* repetition */
  SG_WORD_WRONG_MOVEMENT, /* repetition, thigh degrees */
  SG_WORD_NO_BEND,        /* nothing that leaves standing and comes back */
  SG_WORDS
} sg_word;

/* A printf format (its arguments stand above), or a plain phrase. UTF-8. */
const char *sg_words(sg_word word);

#endif
