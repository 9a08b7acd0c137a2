/* SPDX-License-Identifier: Apache-2.0 */
/* The commands of the program, one file each; calibrate and sheets stand in rooms of their own, cpu in main.c. To add
 * one: its file, a line here, a row in main.c's table. */
#ifndef SG_COMMANDS_COMMANDS_H
#define SG_COMMANDS_COMMANDS_H

#include "cli/command.h"

extern const command agreement_command, analyze_command, cameras_command, check_command, compare_command,
    dataset_command, formats_command, history_command, live_command, proof_command, records_command, report_command,
    serve_command, session_command, simulate_command, tests_command;

/* Internal to the commands: parts of records (records_clients.c, records_files.c, records_rearrange.c). */
extern const command records_add_command, records_list_command, records_show_command, records_edit_command,
    records_remove_command, records_export_command, records_import_command, records_backup_command,
    records_verify_command, records_recover_command, records_merge_command, records_move_command, records_undo_command,
    records_vacuum_command;
/* Said where the file could not be rewritten without what was removed. */
void records_say_traces(bool left);

/* Whether this process was started to draw a clinic's logo, in a cage, and its main then (report/report.h). */
bool drawer_is_meant(int argc, char *const *argv);
int drawer_main(void);

#endif
