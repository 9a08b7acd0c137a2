/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the report: files that the build puts into the program: style and script of the HTML report, and dygraphs
 * where the build found it. Zero-terminated; the sizes do not count that zero. */
#ifndef SG_REPORT_ASSETS_H
#define SG_REPORT_ASSETS_H

#include <stddef.h>

extern const unsigned char asset_page_css[], asset_page_js[], asset_dygraphs_css[], asset_dygraphs_js[],
    asset_dygraphs_licence[];
/* Of dygraphs 0 where the build did not find it: the chart is then a picture alone. */
extern const size_t asset_page_css_size, asset_page_js_size, asset_dygraphs_css_size, asset_dygraphs_js_size,
    asset_dygraphs_licence_size;

#endif
