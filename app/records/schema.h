/* SPDX-License-Identifier: Apache-2.0 */
/* The schema and its versions. A new file goes the way through all of them, so that every file of the same version has
 * the same schema, whatever it started from. */
#ifndef APP_RECORDS_SCHEMA_H
#define APP_RECORDS_SCHEMA_H

#include "records/records.h"

#define SCHEMA_VERSION     3
#define SCHEMA_APPLICATION 0x53414749 /* "SAGI": PRAGMA application_id */

/* Bring the file from the version it has (0 = new) up to date, in one transaction. Errors: FORMAT when a stored
 * document is not JSON. */
sagitta_status schema_migrate(records *r, sagitta_error *error);
/* The same up to an earlier version, for tests of migration. */
sagitta_status schema_migrate_to(records *r, int version, sagitta_error *error);

#endif
