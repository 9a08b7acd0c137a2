/* SPDX-License-Identifier: Apache-2.0 */
/* Every sentence of the assessment, in one table: what a translation has to translate. The tests' own wording stands in
 * test_words.c. Constant data, thread-safe. */
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
  /* Answers of the other tests. */
  SG_WORD_NONE_VALID,       /* no repetition is valid, and the test is no bend */
  SG_WORD_REACH_BEYOND,     /* cm, low, high */
  SG_WORD_REACH_SHORT,      /* cm short of the soles, low, high */
  SG_WORD_REACH_AT,         /* low, high: zero lies within */
  SG_WORD_REACH_UNKNOWN,    /* no scale */
  SG_WORD_PERCENTILE_F,     /* inches, %, age from, age to */
  SG_WORD_PERCENTILE_F_OLD, /* the same; age to is not said */
  SG_WORD_PERCENTILE_M,
  SG_WORD_PERCENTILE_M_OLD,
  SG_WORD_PERCENTILE_BELOW,     /* inches, lowest % */
  SG_WORD_PERCENTILE_ABOVE,     /* inches, highest % */
  SG_WORD_PERCENTILE_INTERVAL,  /* low, high in % */
  SG_WORD_PERCENTILE_OPEN_LOW,  /* the table's lowest row, high */
  SG_WORD_PERCENTILE_OPEN_HIGH, /* low, the table's highest row */
  SG_WORD_PERCENTILE_OPEN_BOTH, /* both rows */
  SG_WORD_SITTING_SHARE,        /* share, low, high */
  SG_WORD_FLOOR_ABOVE,          /* cm, low, high */
  SG_WORD_FLOOR_BELOW,          /* cm below, low, high */
  SG_WORD_FLOOR_AT,             /* low, high: zero lies within */
  SG_WORD_FLOOR_UNKNOWN,
  SG_WORD_LEG,     /* deg, low, high */
  SG_WORD_LEG_HIP, /* hip's own deg, low, high */
  SG_WORD_LEG_ABOUT,
  SG_WORD_KNEE,           /* deg, low, high */
  SG_WORD_KNEE_STRAIGHT,  /* low, high: straight lies within */
  SG_WORD_KNEE_HIP,       /* hip angle */
  SG_WORD_KNEE_HIP_LEVEL, /* hip angle, the trunk taken as level */
  SG_WORD_HOLD,           /* s, low, high, wanted */
  SG_WORD_HOLD_BEND,      /* hip hinge, lumbar flexion */
  SG_WORD_TILT_BOTH,      /* pelvis, low, high, ribs, low, high */
  SG_WORD_TILT_PELVIS,    /* deg, low, high */
  SG_WORD_TILT_RIBS,      /* deg, low, high */
  SG_WORD_TILT_OWN_DAYS,
  SG_WORD_DESCRIBES, /* the closing sentence of what is no bend */
  /* Notes about the recording. */
  SG_WORD_MARKER_HIDDEN, /* role, from, to */
  SG_WORD_HIP_REMEDY,
  SG_WORD_HIDDEN_REMEDY,
  SG_WORD_HIDDEN_AT_END,    /* role, from, to, remedy */
  SG_WORD_NOT_FILMED,       /* from, to */
  SG_WORD_OFTEN_NOT_FILMED, /* times, s in all, longest from, to */
  SG_WORD_REPEATED,         /* from, to */
  SG_WORD_OFTEN_REPEATED,   /* times, s in all, longest from, to */
  SG_WORD_END_NOT_FILMED,   /* repetition, from, to */
  SG_WORD_END_REPEATED,     /* repetition, from, to */
  SG_WORD_START_NOT_STILL,
  SG_WORD_REST_NOT_STILL,
  SG_WORD_ONE_BEND,  /* wanted */
  SG_WORD_FEW_BENDS, /* recorded, wanted */
  SG_WORD_NONE_USED, /* wanted */
  SG_WORD_FEW_USED,  /* used, recorded, wanted */
  SG_WORD_NO_KNEE,
  SG_WORD_LOW_RATE, /* rate */
  SG_WORD_UNEVEN,
  SG_WORD_TURNED, /* degrees at least */
  SG_WORD_NO_SCALE,
  SG_WORD_NO_SCALE_RULER, /* there are marks, and no distance was given */
  SG_WORD_ROUGH_SCALE,
  SG_WORD_SOLES_ESTIMATED,
  SG_WORD_NO_SOLES,
  SG_WORD_NORM_AGE_OR_SEX,
  SG_WORD_NORM_TOO_YOUNG,
  /* Flags of one repetition. */
  SG_WORD_SMALL_BEND,      /* repetition, H + L, limit */
  SG_WORD_KNEES_SLIGHTLY,  /* repetition, degrees */
  SG_WORD_KNEES_BENT,      /* repetition, degrees, limit */
  SG_WORD_KNEES_TOO_BENT,  /* repetition, degrees, limit */
  SG_WORD_KNEES_NOT_BENT,  /* repetition, degrees, limit */
  SG_WORD_CUT_OFF,         /* repetition */
  SG_WORD_CUT_OFF_OTHER,   /* repetition */
  SG_WORD_HOLD_SHORT,      /* repetition, s, wanted s */
  SG_WORD_STRETCH_SHORT,   /* repetition, s, wanted s */
  SG_WORD_TOO_FAST,        /* repetition, s, limit */
  SG_WORD_TOO_SLOW,        /* repetition, s, limit */
  SG_WORD_FEET_MOVED,      /* repetition, cm */
  SG_WORD_HEELS_LIFTED,    /* repetition, cm */
  SG_WORD_HIPS_BACK,       /* repetition, cm */
  SG_WORD_HIPS_AHEAD,      /* repetition, cm */
  SG_WORD_HIPS_SLID,       /* repetition, cm */
  SG_WORD_IMPLAUSIBLE,     /* repetition */
  SG_WORD_WRONG_MOVEMENT,  /* repetition, thigh degrees */
  SG_WORD_LEGS_MOVED,      /* repetition, thigh degrees */
  SG_WORD_SAT_UP,          /* repetition, trunk degrees */
  SG_WORD_BENT_BACK,       /* repetition, trunk degrees */
  SG_WORD_NOT_RIGHT_ANGLE, /* repetition, hip angle, limit */
  SG_WORD_OFF_RIGHT_ANGLE, /* repetition, hip angle */
  SG_WORD_PELVIS_ROLLED,   /* repetition, pelvis deg, leg deg */
  SG_WORD_BACK_ROUNDED,    /* repetition, s, limit */
  SG_WORD_HIPS_NOT_BENT,   /* repetition, hip hinge, lumbar flexion */
  SG_WORD_UNSTEADY,        /* s, wanted */
  SG_WORD_TOO_UNSTEADY,    /* s, least */
  /* Nothing that leaves the start and comes back. */
  SG_WORD_NO_BEND,
  SG_WORD_NO_REACH,
  SG_WORD_NO_RAISE,
  SG_WORD_NO_EXTENSION,
  SG_WORD_NO_STANDING,
  SG_WORD_ONLY_SQUAT, /* thigh degrees */
  SG_WORDS
} sg_word;

/* A printf format (its arguments stand above), or a plain phrase, in a language (base/translate.h). UTF-8. */
const char *sg_words(const char *language, sg_word word);

#endif
