/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess. Every sentence of the assessment, in one table: what a translation has to translate. The
 * tests' own wording stands in tests.c. Constant data, thread-safe. */
#ifndef SG_ASSESS_MESSAGES_H
#define SG_ASSESS_MESSAGES_H

typedef enum sg_message {
  /* What can be said of a bend, first; its probability as words. */
  SG_MESSAGE_SAID_HIPS,
  SG_MESSAGE_SAID_BACK,
  SG_MESSAGE_SAID_BOTH,
  SG_MESSAGE_SAID_BOTH_HIPS, /* and the side's probability */
  SG_MESSAGE_SAID_BOTH_BACK,
  SG_MESSAGE_SAID_MORE_HIPS,
  SG_MESSAGE_SAID_MORE_BACK,
  SG_MESSAGE_PROBABLY_HIPS,
  SG_MESSAGE_PROBABLY_BACK,
  SG_MESSAGE_PROBABLY_BOTH,
  SG_MESSAGE_OPEN_HIPS,
  SG_MESSAGE_OPEN_BACK,
  SG_MESSAGE_ON_USUAL,         /* the markers add little to what is usual */
  SG_MESSAGE_SHARE,            /* share, low, high in % */
  SG_MESSAGE_USUAL_WITHIN,     /* low, high in %, of the usual: the person's interval is within */
  SG_MESSAGE_USUAL_ABOUT,      /* the same, where the person's value is within, the interval not */
  SG_MESSAGE_USUAL_MAYBE_LESS, /* … where the value is below, the interval not */
  SG_MESSAGE_USUAL_MAYBE_MORE, /* … above, likewise */
  SG_MESSAGE_USUAL_LESS,       /* … where the interval is below */
  SG_MESSAGE_USUAL_MORE,       /* … above */
  SG_MESSAGE_BORDER,           /* where the share is close to a border between bands */
  SG_MESSAGE_NO_NORM,          /* the closing sentence */
  SG_MESSAGE_WITHHELD_SMALL,   /* H + L, limit */
  SG_MESSAGE_WITHHELD_INVALID, /* no repetition is valid */
  /* Answers of the other tests. */
  SG_MESSAGE_NONE_VALID,       /* no repetition is valid, and the test is no bend */
  SG_MESSAGE_REACH_BEYOND,     /* cm, low, high */
  SG_MESSAGE_REACH_SHORT,      /* cm short of the soles, low, high */
  SG_MESSAGE_REACH_AT,         /* low, high: zero lies within */
  SG_MESSAGE_REACH_UNKNOWN,    /* no scale */
  SG_MESSAGE_PERCENTILE_F,     /* inches, %, age from, age to */
  SG_MESSAGE_PERCENTILE_F_OLD, /* the same; age to is not said */
  SG_MESSAGE_PERCENTILE_M,
  SG_MESSAGE_PERCENTILE_M_OLD,
  SG_MESSAGE_PERCENTILE_BELOW,     /* inches, lowest % */
  SG_MESSAGE_PERCENTILE_ABOVE,     /* inches, highest % */
  SG_MESSAGE_PERCENTILE_INTERVAL,  /* low, high in % */
  SG_MESSAGE_PERCENTILE_OPEN_LOW,  /* the table's lowest row, high */
  SG_MESSAGE_PERCENTILE_OPEN_HIGH, /* low, the table's highest row */
  SG_MESSAGE_PERCENTILE_OPEN_BOTH, /* both rows */
  SG_MESSAGE_SITTING_SHARE,        /* share, low, high */
  SG_MESSAGE_FLOOR_ABOVE,          /* cm, low, high */
  SG_MESSAGE_FLOOR_BELOW,          /* cm below, low, high */
  SG_MESSAGE_FLOOR_AT,             /* low, high: zero lies within */
  SG_MESSAGE_FLOOR_UNKNOWN,
  SG_MESSAGE_LEG,     /* deg, low, high */
  SG_MESSAGE_LEG_HIP, /* hip's own deg, low, high */
  SG_MESSAGE_LEG_HIP_OPEN,
  SG_MESSAGE_LEG_ABOUT,
  SG_MESSAGE_KNEE,               /* deg, low, high */
  SG_MESSAGE_KNEE_STRAIGHT,      /* low, high: straight lies within */
  SG_MESSAGE_KNEE_HIP,           /* hip angle */
  SG_MESSAGE_KNEE_HIP_LEVEL,     /* hip angle, the trunk taken as level */
  SG_MESSAGE_HOLD,               /* s, low, high, wanted */
  SG_MESSAGE_HOLD_PROBABLY,      /* the same, where none of it is possible too */
  SG_MESSAGE_HOLD_PROBABLY_NONE, /* the same, where it is possible too */
  SG_MESSAGE_HOLD_NONE,          /* high, wanted */
  SG_MESSAGE_HOLD_UNTOLD,        /* wanted */
  SG_MESSAGE_HOLD_BEND,          /* hip hinge, lumbar flexion */
  SG_MESSAGE_HOLD_KNEES,         /* s bent, s straight */
  SG_MESSAGE_HOLD_KNEE_BENT,     /* all of it */
  SG_MESSAGE_HOLD_KNEE_STRAIGHT,
  SG_MESSAGE_BOW_STAYED,   /* deg, low, high, band */
  SG_MESSAGE_BOW_LEFT,     /* deg, low, high, band */
  SG_MESSAGE_BOW_MIXED,    /* deg, low, high, how many left it, of how many, band */
  SG_MESSAGE_BOW_UNTOLD,   /* band */
  SG_MESSAGE_BOW_ROUNDED,  /* deg, low, high */
  SG_MESSAGE_BOW_HOLLOWED, /* deg, low, high */
  SG_MESSAGE_BOW_AT_OPEN,  /* deg, low, high: 0 is among them */
  SG_MESSAGE_RANGES,
  SG_MESSAGE_RANGE, /* name, least, greatest */
  SG_MESSAGE_RANGES_IN_SPACE,
  SG_MESSAGE_TILT_BOTH,   /* pelvis, low, high, ribs, low, high */
  SG_MESSAGE_TILT_PELVIS, /* deg, low, high */
  SG_MESSAGE_TILT_RIBS,   /* deg, low, high */
  SG_MESSAGE_TILT_OWN_DAYS,
  SG_MESSAGE_DESCRIBES, /* the closing sentence of what is no bend */
  /* Notes about the recording. */
  SG_MESSAGE_MARKER_HIDDEN, /* role, from, to */
  SG_MESSAGE_HIP_REMEDY,
  SG_MESSAGE_HIDDEN_REMEDY,
  SG_MESSAGE_HIDDEN_AT_END,    /* role, from, to, remedy */
  SG_MESSAGE_GONE,             /* role, from */
  SG_MESSAGE_GONE_AS_MOVED,    /* role, moment: since the camera moved */
  SG_MESSAGE_FELL_OFF,         /* role, s */
  SG_MESSAGE_FELL_AT_END,      /* role, s */
  SG_MESSAGE_EXCHANGED,        /* s, roles */
  SG_MESSAGE_NOT_FILMED,       /* from, to */
  SG_MESSAGE_OFTEN_NOT_FILMED, /* times, s in all, longest from, to */
  SG_MESSAGE_REPEATED,         /* from, to */
  SG_MESSAGE_OFTEN_REPEATED,   /* times, s in all, longest from, to */
  SG_MESSAGE_END_NOT_FILMED,   /* repetition, from, to */
  SG_MESSAGE_END_REPEATED,     /* repetition, from, to */
  SG_MESSAGE_JOINED,           /* from */
  SG_MESSAGE_OFTEN_JOINED,     /* times */
  SG_MESSAGE_END_JOINED,       /* repetition, from */
  SG_MESSAGE_END_KNOCKED,      /* repetition, from */
  SG_MESSAGE_START_NOT_STILL,
  SG_MESSAGE_REST_NOT_STILL,
  SG_MESSAGE_IN_SPACE,
  SG_MESSAGE_START_UNCERTAIN, /* s */
  SG_MESSAGE_REST_UNCERTAIN,  /* s */
  SG_MESSAGE_START_LEANS,     /* trunk degrees */
  SG_MESSAGE_ONE_BEND,        /* wanted */
  SG_MESSAGE_FEW_BENDS,       /* recorded, wanted */
  SG_MESSAGE_NONE_USED,       /* wanted */
  SG_MESSAGE_FEW_USED,        /* used, recorded, wanted */
  SG_MESSAGE_NO_KNEE,
  SG_MESSAGE_LOW_RATE, /* rate */
  SG_MESSAGE_UNEVEN,
  SG_MESSAGE_TURNED,            /* degrees at least */
  SG_MESSAGE_CAMERA_MOVED,      /* s, what the picture did */
  SG_MESSAGE_CAMERA_MOVED_LONG, /* from, to, what the picture did */
  SG_MESSAGE_PICTURE_SHIFTED,   /* px */
  SG_MESSAGE_PICTURE_SHIFTED_UP_TO,
  SG_MESSAGE_PICTURE_TURNED, /* degrees */
  SG_MESSAGE_PICTURE_TURNED_UP_TO,
  SG_MESSAGE_PICTURE_SIZED, /* % */
  SG_MESSAGE_PICTURE_SIZED_UP_TO,
  SG_MESSAGE_CAMERA_LOST, /* from, to */
  SG_MESSAGE_NO_SCALE,
  SG_MESSAGE_NO_SCALE_RULER, /* there are marks, and no distance was given */
  SG_MESSAGE_ROUGH_SCALE,
  SG_MESSAGE_SOLES_ESTIMATED,
  SG_MESSAGE_NO_SOLES,
  SG_MESSAGE_NORM_AGE_OR_SEX,
  SG_MESSAGE_NORM_TOO_YOUNG,
  SG_MESSAGE_KEYPOINTS,
  SG_MESSAGE_CLICKED,
  SG_MESSAGE_KEYPOINTS_STRIPS, /* of a refusal */
  SG_MESSAGE_SIDE_UNKNOWN,
  SG_MESSAGE_RIGHT_IS_SEEN, /* though left was named */
  SG_MESSAGE_LEFT_IS_SEEN,
  /* Flags of one repetition. */
  SG_MESSAGE_SMALL_BEND,      /* repetition, H + L, limit */
  SG_MESSAGE_KNEES_SLIGHTLY,  /* repetition, degrees */
  SG_MESSAGE_KNEES_BENT,      /* repetition, degrees, limit */
  SG_MESSAGE_KNEES_BENT_TEST, /* repetition, degrees, limit: the test with bent knees measures it */
  SG_MESSAGE_KNEES_BENT_FREE, /* repetition, degrees, limit: as in a squat */
  SG_MESSAGE_KNEES_TOO_BENT,  /* repetition, degrees, limit */
  SG_MESSAGE_KNEES_NOT_BENT,  /* repetition, degrees, limit */
  SG_MESSAGE_CUT_OFF,         /* repetition */
  SG_MESSAGE_CUT_OFF_OTHER,   /* repetition */
  SG_MESSAGE_HOLD_SHORT,      /* repetition, s, wanted s */
  SG_MESSAGE_STRETCH_SHORT,   /* repetition, s, wanted s */
  SG_MESSAGE_TOO_FAST,        /* repetition, s, limit */
  SG_MESSAGE_TOO_SLOW,        /* repetition, s, limit */
  SG_MESSAGE_FEET_MOVED,      /* repetition, cm */
  SG_MESSAGE_HEELS_LIFTED,    /* repetition, cm */
  SG_MESSAGE_HIPS_BACK,       /* repetition, cm */
  SG_MESSAGE_HIPS_AHEAD,      /* repetition, cm */
  SG_MESSAGE_HIPS_SLID,       /* repetition, cm */
  SG_MESSAGE_IMPLAUSIBLE,     /* repetition */
  SG_MESSAGE_WRONG_MOVEMENT,  /* repetition, thigh degrees */
  SG_MESSAGE_LEGS_MOVED,      /* repetition, thigh degrees */
  SG_MESSAGE_SAT_UP,          /* repetition, trunk degrees */
  SG_MESSAGE_BENT_BACK,       /* repetition, trunk degrees */
  SG_MESSAGE_NOT_RIGHT_ANGLE, /* repetition, hip angle, limit */
  SG_MESSAGE_OFF_RIGHT_ANGLE, /* repetition, hip angle */
  SG_MESSAGE_PELVIS_ROLLED,   /* repetition, pelvis deg, leg deg */
  SG_MESSAGE_BACK_ROUNDED,    /* repetition, s, limit */
  SG_MESSAGE_HIPS_NOT_BENT,   /* repetition, hip hinge, lumbar flexion */
  SG_MESSAGE_HOLD_NOT_TOLD,   /* repetition, remedy */
  SG_MESSAGE_BOW_NOT_TOLD,    /* repetition, remedy */
  SG_MESSAGE_UNTOLD_MARKERS,
  SG_MESSAGE_UNTOLD_BORDER,
  SG_MESSAGE_UNTOLD_HIDDEN,
  SG_MESSAGE_BOW_ROUNDS,   /* repetition, hip hinge, band */
  SG_MESSAGE_BOW_SHALLOW,  /* repetition, hip hinge, wanted */
  SG_MESSAGE_UNSTEADY,     /* s, wanted */
  SG_MESSAGE_TOO_UNSTEADY, /* s, least */
  SG_MESSAGE_NONE_COUNTS,  /* repetitions, the message of one of them: the recording is refused */
  /* Nothing that leaves the start and comes back. */
  SG_MESSAGE_NO_BEND,
  SG_MESSAGE_NO_REACH,
  SG_MESSAGE_NO_RAISE,
  SG_MESSAGE_NO_EXTENSION,
  SG_MESSAGE_NO_STANDING,
  SG_MESSAGE_ONLY_SQUAT, /* thigh degrees */
  SG_MESSAGES
} sg_message;

/* A printf format (its arguments stand above), or a plain phrase, in a language (base/translate.h). UTF-8. */
const char *sg_message_text(const char *language, sg_message word);

#endif
