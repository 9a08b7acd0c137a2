/* SPDX-License-Identifier: Apache-2.0 */
/* For builds with the leak checker: fontconfig keeps its fonts until the program ends, on purpose. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *__lsan_default_suppressions(void) {
  return "leak:libfontconfig\n";
}

const char *__lsan_default_options(void) {
  return "print_suppressions=0";
}
