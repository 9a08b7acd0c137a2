/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts of the program that most commands do without, in modules of their own: what draws (cairo, pango), what encodes
 * (FFmpeg), the clinic's page (a web server). A module is loaded when one of its functions is first called, and stays;
 * a command that needs none starts without them. Each shows one table of functions (modules/); where the program is
 * built in one piece, nothing here is used.
 */
#ifndef SG_CLI_MODULES_H
#define SG_CLI_MODULES_H

/* What the module NAME.so shows as NAME_module_here: it begins with a const char * to the version that it was built as,
 * which must be this program's. It is looked for where programs' modules are installed, and beside the program as in a
 * build. Where it cannot be had, that is said and the program ends with EXIT_UNWRITABLE: nothing can be put right
 * within a run. Unfinished outputs leave no name behind; whoever makes a folder first asks for the module
 * (report_ready). Thread-safe. */
const void *module_table(const char *name);

#endif
