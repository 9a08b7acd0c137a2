/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the commands: the parts of sagitta records. */
#ifndef SG_COMMANDS_RECORDS_PARTS_H
#define SG_COMMANDS_RECORDS_PARTS_H

#include "cli/command.h"
#include "records/records.h"

/* records_clients.c */
extern const command records_add_command, records_list_command, records_show_command, records_edit_command,
    records_remove_command;
/* records_files.c */
extern const command records_export_command, records_import_command, records_backup_command, records_verify_command,
    records_recover_command;
/* records_repeatability.c */
extern const command records_repeatability_command;

#endif
