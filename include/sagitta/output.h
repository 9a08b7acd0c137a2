/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Outputs that are there whole or not at all: a free name or a regular file is
 * written beside, without a name where the file system can do that, fsynced and
 * given its name at the end; a device or pipe is written directly. A file is
 * for its owner's eyes alone (0600, or tighter where the name is there and is
 * kept tighter), whatever the umask.
 */
#ifndef SAGITTA_OUTPUT_H
#define SAGITTA_OUTPUT_H

#include <stddef.h>

#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sagitta_output sagitta_output;

/*
 * Prepare to write `path` ("-" = standard output). On success *out belongs to
 * the caller and ends with commit or discard; nothing stands under the asked
 * name before commit. A symbolic link is followed. Errors: WRITE (no such
 * folder, no permission), MEMORY. One thread at a time per output.
 */
SAGITTA_API sagitta_status sagitta_output_open(sagitta_output **out, const char *path, sagitta_error *error);
/* Where another library is to write (the file beside, which this process alone can open by that path, or the device
 * itself). Valid until commit or discard. */
SAGITTA_API const char *sagitta_output_path(const sagitta_output *output);
/* Append bytes. Errors: WRITE (disk full, pipe closed). */
SAGITTA_API sagitta_status sagitta_output_write(sagitta_output *output, const void *data, size_t length,
                                                sagitta_error *error);
/* Flush, fsync, rename. Frees the output and sets *output to NULL in every case; on failure nothing is left under
 * the asked name (an older file of that name stays). Errors: WRITE. */
SAGITTA_API sagitta_status sagitta_output_commit(sagitta_output **output, sagitta_error *error);
/* Remove what was written beside. NULL-safe; sets *output to NULL. */
SAGITTA_API void sagitta_output_discard(sagitta_output **output);

#ifdef __cplusplus
}
#endif
#endif
