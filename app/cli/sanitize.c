/* SPDX-License-Identifier: Apache-2.0 */
/* For builds with the leak checker: fontconfig keeps its fonts until the program ends, on purpose. For builds with the
 * thread checker: pango reads the fonts' caches on a thread of its own, by libraries that are not built for it. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);
const char *__tsan_default_suppressions(void);

const char *__lsan_default_suppressions(void) {
  return "leak:libfontconfig\n";
}

const char *__lsan_default_options(void) {
  return "print_suppressions=0";
}

const char *__tsan_default_suppressions(void) {
  return "race:libfontconfig\nrace:g_str_has_suffix\n";
}
