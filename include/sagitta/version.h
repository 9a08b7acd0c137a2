/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SAGITTA_VERSION_H
#define SAGITTA_VERSION_H

#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The one place where the version is written; CMake reads it from here. */
#define SAGITTA_VERSION "0.2.0"

/* The version of the library that is linked, as "0.2.0". A static string. Thread-safe. */
SAGITTA_API const char *sagitta_version(void);

#ifdef __cplusplus
}
#endif
#endif
