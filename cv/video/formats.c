/* SPDX-License-Identifier: Apache-2.0 */
#include "video/formats.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#define CONTAINER(name, what) \
  { SAGITTA_FORMAT_CONTAINER, name, what }
#define CODING(name, what) \
  { SAGITTA_FORMAT_CODING, name, what }
#define PIXELS(name, what) \
  { SAGITTA_FORMAT_PIXELS, name, what }

/* Phones and cameras: MP4, MOV, 3GP, AVI, MPEG-TS and -PS, ASF. Players and browsers: Matroska, WebM, FLV, Ogg, GIF.
 * Editors: MOV, MXF, DV, pictures. Laboratories: AVI, CINE (Phantom), Y4M, NUT, bare streams, pictures. */
static const sagitta_format formats[] = {
  CONTAINER("mov", "MP4, MOV, M4V, 3GP"),
  CONTAINER("matroska", "Matroska, WebM"),
  CONTAINER("avi", "AVI"),
  CONTAINER("mpegts", "MPEG-TS, AVCHD (MTS, M2TS)"),
  CONTAINER("mpeg", "MPEG-PS (MPG, VOB, MOD)"),
  CONTAINER("asf", "WMV, ASF"),
  CONTAINER("flv", "FLV"),
  CONTAINER("ogg", "Ogg (OGV)"),
  CONTAINER("mxf", "MXF"),
  CONTAINER("dv", "DV"),
  CONTAINER("cine", "Phantom CINE"),
  CONTAINER("nut", "NUT"),
  CONTAINER("yuv4mpegpipe", "Y4M"),
  CONTAINER("ivf", "IVF"),
  CONTAINER("gif", "GIF"),
  CONTAINER("apng", "animated PNG"),
  CONTAINER("h264", "bare H.264"),
  CONTAINER("hevc", "bare H.265"),
  CONTAINER("vvc", "bare H.266"),
  CONTAINER("av1", "bare AV1 (Annex B)"),
  CONTAINER("obu", "bare AV1 (OBU)"),
  CONTAINER("m4v", "bare MPEG-4"),
  CONTAINER("mpegvideo", "bare MPEG-1 and MPEG-2"),
  CONTAINER("h263", "bare H.263"),
  CONTAINER("vc1", "bare VC-1"),
  CONTAINER("mjpeg", "bare Motion JPEG"),
  CONTAINER("mpjpeg", "Motion JPEG of network cameras"),
  CONTAINER("dnxhd", "bare DNxHD"),
  CONTAINER("jpeg_pipe", "JPEG"),
  CONTAINER("png_pipe", "PNG"),
  CONTAINER("tiff_pipe", "TIFF"),
  CONTAINER("bmp_pipe", "BMP"),
  CONTAINER("gif_pipe", "GIF"),
  CONTAINER("webp_pipe", "WebP"),
  CONTAINER("ppm_pipe", "PPM"),
  CONTAINER("pgm_pipe", "PGM"),
  CONTAINER("pbm_pipe", "PBM"),
  CONTAINER("pam_pipe", "PAM"),
  CONTAINER("pgmyuv_pipe", "PGM of Y'CbCr"),
  CONTAINER("j2k_pipe", "JPEG 2000"),
  CONTAINER("jpegls_pipe", "JPEG-LS"),
  CONTAINER("dpx_pipe", "DPX"),
  CONTAINER("exr_pipe", "OpenEXR"),
  CONTAINER("sgi_pipe", "SGI"),
  CONTAINER("pcx_pipe", "PCX"),
  CONTAINER("qoi_pipe", "QOI"),

  CODING("h264", "H.264, AVC"),
  CODING("hevc", "H.265, HEVC"),
  CODING("vvc", "H.266, VVC"),
  CODING("av1", "AV1"),
  CODING("vp8", "VP8"),
  CODING("vp9", "VP9"),
  CODING("mjpeg", "Motion JPEG, JPEG"),
  CODING("mjpegb", "Motion JPEG B (QuickTime)"),
  CODING("mpeg4", "MPEG-4 part 2, Xvid, DivX"),
  CODING("msmpeg4v1", "Microsoft MPEG-4 v1"),
  CODING("msmpeg4v2", "Microsoft MPEG-4 v2"),
  CODING("msmpeg4v3", "Microsoft MPEG-4 v3, DivX 3"),
  CODING("mpeg1video", "MPEG-1"),
  CODING("mpeg2video", "MPEG-2"),
  CODING("h263", "H.263"),
  CODING("h263p", "H.263+"),
  CODING("flv1", "Sorenson H.263 (FLV)"),
  CODING("svq3", "Sorenson Video 3 (QuickTime)"),
  CODING("wmv1", "Windows Media Video 7"),
  CODING("wmv2", "Windows Media Video 8"),
  CODING("wmv3", "Windows Media Video 9"),
  CODING("vc1", "VC-1"),
  CODING("theora", "Theora"),
  CODING("prores", "Apple ProRes"),
  CODING("dnxhd", "Avid DNxHD, DNxHR"),
  CODING("cfhd", "GoPro CineForm"),
  CODING("dvvideo", "DV"),
  CODING("ffv1", "FFV1"),
  CODING("huffyuv", "HuffYUV"),
  CODING("ffvhuff", "FFmpeg HuffYUV"),
  CODING("utvideo", "Ut Video"),
  CODING("lagarith", "Lagarith"),
  CODING("magicyuv", "MagicYUV"),
  CODING("qtrle", "QuickTime Animation"),
  CODING("rawvideo", "uncompressed"),
  CODING("v210", "uncompressed 4:2:2, 10 bits"),
  CODING("v308", "uncompressed 4:4:4"),
  CODING("v408", "uncompressed 4:4:4:4"),
  CODING("v410", "uncompressed 4:4:4, 10 bits"),
  CODING("yuv4", "uncompressed 4:2:0 (libquicktime)"),
  CODING("r210", "uncompressed RGB, 10 bits"),
  CODING("jpeg2000", "JPEG 2000"),
  CODING("jpegls", "JPEG-LS"),
  CODING("png", "PNG"),
  CODING("apng", "animated PNG"),
  CODING("gif", "GIF"),
  CODING("bmp", "BMP"),
  CODING("tiff", "TIFF"),
  CODING("webp", "WebP"),
  CODING("ppm", "PPM"),
  CODING("pgm", "PGM"),
  CODING("pbm", "PBM"),
  CODING("pam", "PAM"),
  CODING("pgmyuv", "PGM of Y'CbCr"),
  CODING("dpx", "DPX"),
  CODING("exr", "OpenEXR"),
  CODING("sgi", "SGI"),
  CODING("pcx", "PCX"),
  CODING("qoi", "QOI"),

  PIXELS("yuv420p", "4:2:0"),
  PIXELS("yuvj420p", "4:2:0, full range"),
  PIXELS("yuv420p9", "4:2:0, 9 bits"),
  PIXELS("yuv420p10", "4:2:0, 10 bits"),
  PIXELS("yuv420p12", "4:2:0, 12 bits"),
  PIXELS("yuv420p14", "4:2:0, 14 bits"),
  PIXELS("yuv420p16", "4:2:0, 16 bits"),
  PIXELS("yuv422p", "4:2:2"),
  PIXELS("yuvj422p", "4:2:2, full range"),
  PIXELS("yuv422p9", "4:2:2, 9 bits"),
  PIXELS("yuv422p10", "4:2:2, 10 bits"),
  PIXELS("yuv422p12", "4:2:2, 12 bits"),
  PIXELS("yuv422p14", "4:2:2, 14 bits"),
  PIXELS("yuv422p16", "4:2:2, 16 bits"),
  PIXELS("yuv444p", "4:4:4"),
  PIXELS("yuvj444p", "4:4:4, full range"),
  PIXELS("yuv444p9", "4:4:4, 9 bits"),
  PIXELS("yuv444p10", "4:4:4, 10 bits"),
  PIXELS("yuv444p12", "4:4:4, 12 bits"),
  PIXELS("yuv444p14", "4:4:4, 14 bits"),
  PIXELS("yuv444p16", "4:4:4, 16 bits"),
  PIXELS("yuv440p", "4:4:0"),
  PIXELS("yuvj440p", "4:4:0, full range"),
  PIXELS("yuv440p10", "4:4:0, 10 bits"),
  PIXELS("yuv440p12", "4:4:0, 12 bits"),
  PIXELS("yuv411p", "4:1:1"),
  PIXELS("yuvj411p", "4:1:1, full range"),
  PIXELS("yuv410p", "4:1:0"),
  PIXELS("yuva420p", "4:2:0 with alpha"),
  PIXELS("yuva422p", "4:2:2 with alpha"),
  PIXELS("yuva422p10", "4:2:2 with alpha, 10 bits"),
  PIXELS("yuva422p12", "4:2:2 with alpha, 12 bits"),
  PIXELS("yuva444p", "4:4:4 with alpha"),
  PIXELS("yuva444p10", "4:4:4 with alpha, 10 bits"),
  PIXELS("yuva444p12", "4:4:4 with alpha, 12 bits"),
  PIXELS("yuva444p16", "4:4:4 with alpha, 16 bits"),
  PIXELS("nv12", "4:2:0, interleaved"),
  PIXELS("nv21", "4:2:0, interleaved"),
  PIXELS("nv16", "4:2:2, interleaved"),
  PIXELS("nv24", "4:4:4, interleaved"),
  PIXELS("p010", "4:2:0, interleaved, 10 bits"),
  PIXELS("p012", "4:2:0, interleaved, 12 bits"),
  PIXELS("p016", "4:2:0, interleaved, 16 bits"),
  PIXELS("p210", "4:2:2, interleaved, 10 bits"),
  PIXELS("p216", "4:2:2, interleaved, 16 bits"),
  PIXELS("yuyv422", "4:2:2, packed"),
  PIXELS("uyvy422", "4:2:2, packed"),
  PIXELS("yvyu422", "4:2:2, packed"),
  PIXELS("uyyvyy411", "4:1:1, packed"),
  PIXELS("y210", "4:2:2, packed, 10 bits"),
  PIXELS("y212", "4:2:2, packed, 12 bits"),
  PIXELS("ayuv64", "4:4:4 with alpha, packed, 16 bits"),
  PIXELS("vuya", "4:4:4 with alpha, packed"),
  PIXELS("vuyx", "4:4:4, packed"),
  PIXELS("gray", "grey"),
  PIXELS("gray9", "grey, 9 bits"),
  PIXELS("gray10", "grey, 10 bits"),
  PIXELS("gray12", "grey, 12 bits"),
  PIXELS("gray14", "grey, 14 bits"),
  PIXELS("gray16", "grey, 16 bits"),
  PIXELS("grayf32", "grey, floating point"),
  PIXELS("ya8", "grey with alpha"),
  PIXELS("ya16", "grey with alpha, 16 bits"),
  PIXELS("monow", "black and white"),
  PIXELS("monob", "black and white"),
  PIXELS("rgb24", "RGB"),
  PIXELS("bgr24", "RGB"),
  PIXELS("0rgb", "RGB"),
  PIXELS("rgb0", "RGB"),
  PIXELS("0bgr", "RGB"),
  PIXELS("bgr0", "RGB"),
  PIXELS("argb", "RGB with alpha"),
  PIXELS("rgba", "RGB with alpha"),
  PIXELS("abgr", "RGB with alpha"),
  PIXELS("bgra", "RGB with alpha"),
  PIXELS("rgb444", "RGB, 4 bits"),
  PIXELS("bgr444", "RGB, 4 bits"),
  PIXELS("rgb555", "RGB, 5 bits"),
  PIXELS("bgr555", "RGB, 5 bits"),
  PIXELS("rgb565", "RGB, 5 and 6 bits"),
  PIXELS("bgr565", "RGB, 5 and 6 bits"),
  PIXELS("rgb8", "RGB, 2 and 3 bits"),
  PIXELS("bgr8", "RGB, 2 and 3 bits"),
  PIXELS("x2rgb10", "RGB, 10 bits"),
  PIXELS("rgb48", "RGB, 16 bits"),
  PIXELS("bgr48", "RGB, 16 bits"),
  PIXELS("rgba64", "RGB with alpha, 16 bits"),
  PIXELS("bgra64", "RGB with alpha, 16 bits"),
  PIXELS("gbrp", "RGB in planes"),
  PIXELS("gbrp9", "RGB in planes, 9 bits"),
  PIXELS("gbrp10", "RGB in planes, 10 bits"),
  PIXELS("gbrp12", "RGB in planes, 12 bits"),
  PIXELS("gbrp14", "RGB in planes, 14 bits"),
  PIXELS("gbrp16", "RGB in planes, 16 bits"),
  PIXELS("gbrpf32", "RGB in planes, floating point"),
  PIXELS("gbrap", "RGB in planes with alpha"),
  PIXELS("gbrap10", "RGB in planes with alpha, 10 bits"),
  PIXELS("gbrap12", "RGB in planes with alpha, 12 bits"),
  PIXELS("gbrap16", "RGB in planes with alpha, 16 bits"),
  PIXELS("gbrapf32", "RGB in planes with alpha, floating point"),
  PIXELS("pal8", "palette"),
  PIXELS("xyz12", "XYZ, 12 bits"),
  PIXELS("bayer_bggr8", "Bayer"),
  PIXELS("bayer_rggb8", "Bayer"),
  PIXELS("bayer_gbrg8", "Bayer"),
  PIXELS("bayer_grbg8", "Bayer"),
  PIXELS("bayer_bggr16", "Bayer, 16 bits"),
  PIXELS("bayer_rggb16", "Bayer, 16 bits"),
  PIXELS("bayer_gbrg16", "Bayer, 16 bits"),
  PIXELS("bayer_grbg16", "Bayer, 16 bits"),
};
#define COUNT (sizeof formats / sizeof *formats)

/* Decoders that are not called as their coding is; several rows where any of them will do. */
static const struct {
  const char *coding, *decoder;
} decoders[] = { { "av1", "libdav1d" }, { "av1", "libaom-av1" }, { "msmpeg4v3", "msmpeg4" }, { "flv1", "flv" } };
#define DECODERS (sizeof decoders / sizeof *decoders)

const sagitta_format *sagitta_formats(size_t *count) {
  if (count) *count = COUNT;
  return formats;
}

/* ---- one of them ---- */

/* Of a name of `length` bytes, which need not end there. */
static bool is_listed(sagitta_format_kind kind, const char *name, size_t length) {
  for (size_t i = 0; i < COUNT; i++)
    if (formats[i].kind == kind && strlen(formats[i].name) == length && memcmp(formats[i].name, name, length) == 0)
      return true;
  return false;
}

bool sg_container_allowed(const char *demuxer) {
  while (*demuxer) {
    const size_t length = strcspn(demuxer, ",");
    if (is_listed(SAGITTA_FORMAT_CONTAINER, demuxer, length)) return true;
    demuxer += length;
    if (*demuxer) demuxer++;
  }
  return false;
}

bool sg_container_is_picture(const char *demuxer) {
  const size_t length = strlen(demuxer);
  return length > 5 && strcmp(demuxer + length - 5, "_pipe") == 0;
}

bool sg_coding_allowed(const char *coding) {
  return is_listed(SAGITTA_FORMAT_CODING, coding, strlen(coding));
}

bool sg_decoder_allowed(const char *coding, const char *decoder) {
  bool renamed = false;
  if (!sg_coding_allowed(coding)) return false;
  for (size_t i = 0; i < DECODERS; i++) {
    if (strcmp(decoders[i].coding, coding) != 0) continue;
    if (strcmp(decoders[i].decoder, decoder) == 0) return true;
    renamed = true;
  }
  return !renamed && strcmp(coding, decoder) == 0;
}

bool sg_pixels_allowed(const char *pixels) {
  const size_t length = strlen(pixels);
  if (is_listed(SAGITTA_FORMAT_PIXELS, pixels, length)) return true;
  const bool ordered = length > 2 && (strcmp(pixels + length - 2, "le") == 0 || strcmp(pixels + length - 2, "be") == 0);
  return ordered && is_listed(SAGITTA_FORMAT_PIXELS, pixels, length - 2);
}

/* ---- all of them ---- */

static void list(sg_buffer *out, const char *name) {
  if (out->length) sg_buffer_text(out, ",");
  sg_buffer_text(out, name);
}

static char *finish(sg_buffer *out) {
  char *text = NULL;
  return sg_buffer_finish(out, &text, NULL, "list", NULL) == SAGITTA_OK ? text : NULL;
}

char *sg_allowed_demuxers(void) {
  sg_buffer out = { 0 };
  for (size_t i = 0; i < COUNT; i++)
    if (formats[i].kind == SAGITTA_FORMAT_CONTAINER) list(&out, formats[i].name);
  return finish(&out);
}

char *sg_allowed_decoders(void) {
  sg_buffer out = { 0 };
  for (size_t i = 0; i < COUNT; i++)
    if (sg_decoder_allowed(formats[i].name, formats[i].name)) list(&out, formats[i].name);
  for (size_t i = 0; i < DECODERS; i++) list(&out, decoders[i].decoder);
  return finish(&out);
}

bool sg_picture_is_too_large(int width, int height) {
  return width > SAGITTA_PICTURE_MAX || height > SAGITTA_PICTURE_MAX || (int64_t)width * height > SAGITTA_PICTURE_AREA;
}

sagitta_status sg_picture_too_large(const char *name, int width, int height, sagitta_error *error) {
  return sg_fail(
      error, SAGITTA_ERROR_TOO_LARGE,
      "The picture of \"%s\" is %d x %d px; at most %d million px, and %d px on either side, can be measured. "
      "Make it smaller.",
      name, width, height, SAGITTA_PICTURE_AREA / 1000000, SAGITTA_PICTURE_MAX);
}
