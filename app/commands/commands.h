/* SPDX-License-Identifier: Apache-2.0 */
/* The commands of the program, one file each. To add one: its file, a line here, a row in main.c's table. */
#ifndef SG_COMMANDS_COMMANDS_H
#define SG_COMMANDS_COMMANDS_H

#include "cli/command.h"

extern const command analyze_command, calibrate_command, check_command, compare_command, cpu_command, history_command,
    records_command, report_command, sheets_command, simulate_command, tests_command;

#endif
