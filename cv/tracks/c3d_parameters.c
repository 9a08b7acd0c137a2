/* SPDX-License-Identifier: Apache-2.0 */
#include "tracks/c3d_parameters.h"

#include <math.h>

#define DIMENSIONS_MOST 7

unsigned sg_c3d_word(const char *at) {
  return (unsigned)(uint8_t)at[0] | (unsigned)(uint8_t)at[1] << 8;
}

static int signed_byte(const char *at) {
  const int byte = (uint8_t)*at;
  return byte < 0x80 ? byte : byte - 0x100;
}

int sg_c3d_signed_word(const char *at) {
  const int word = (int)sg_c3d_word(at);
  return word < 0x8000 ? word : word - 0x10000;
}

float sg_c3d_real(const char *at) {
  const uint32_t bits = sg_c3d_word(at) | (uint32_t)sg_c3d_word(at + 2) << 16;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* One record: a group (id < 0) or a parameter of the group −id. */
typedef struct record {
  int id;
  sg_span name, body; /* body: what follows the pointer to the next record */
} record;

/* Take the record that the section begins with off it. False at the end, or where no record can be. */
static bool next_record(sg_span *section, record *out) {
  const size_t left = sg_span_size(*section);
  if (left < 2) return false;
  const int length = signed_byte(section->at); /* negative: locked */
  const size_t named = (size_t)(length < 0 ? -length : length);
  out->id = signed_byte(section->at + 1);
  if (named == 0 || out->id == 0 || left < 2 + named + 2) return false;
  const char *pointer = section->at + 2 + named;
  const size_t after = (size_t)(section->end - pointer), offset = sg_c3d_word(pointer);
  const bool last = offset < 2 || offset > after;
  out->name = (sg_span){ section->at + 2, pointer };
  section->at = last ? section->end : pointer + offset;
  out->body = (sg_span){ pointer + 2, section->at };
  return true;
}

static bool is_named(sg_span name, const char *capitals) {
  if (sg_span_size(name) != strlen(capitals)) return false;
  for (; name.at < name.end; name.at++, capitals++) {
    if ((*name.at >= 'a' && *name.at <= 'z' ? (char)(*name.at - 'a' + 'A') : *name.at) != *capitals) return false;
  }
  return true;
}

/* Type, number of dimensions, their sizes, values: the first dimension of text is the length of a line. */
static bool take_values(sg_span body, sg_c3d_parameter *out) {
  if (sg_span_size(body) < 2) return false;
  const int type = signed_byte(body.at);
  const size_t dimensions = (uint8_t)body.at[1];
  if (type != SG_C3D_TEXT && type != SG_C3D_BYTES && type != SG_C3D_INTEGERS && type != SG_C3D_REALS) return false;
  if (dimensions > DIMENSIONS_MOST || sg_span_size(body) < 2 + dimensions) return false;
  const char *size = body.at + 2;
  out->type = (sg_c3d_type)type;
  out->width = type == SG_C3D_TEXT ? (dimensions ? (uint8_t)size[0] : 1) : (size_t)type;
  out->count = 1;
  out->data = size + dimensions;
  const size_t room = (size_t)(body.end - out->data);
  for (size_t d = type == SG_C3D_TEXT ? 1 : 0; d < dimensions; d++) {
    out->count *= (uint8_t)size[d];
    if (out->count * out->width > room) return false;
  }
  return out->count * out->width <= room;
}

bool sg_c3d_find(sg_span section, const char *group, const char *name, sg_c3d_parameter *found) {
  record r;
  int id = 0;
  for (sg_span rest = section; id == 0 && next_record(&rest, &r);) {
    if (r.id < 0 && is_named(r.name, group)) id = -r.id;
  }
  if (id == 0) return false;
  for (sg_span rest = section; next_record(&rest, &r);) {
    if (r.id == id && is_named(r.name, name) && take_values(r.body, found)) return true;
  }
  return false;
}

double sg_c3d_number(const sg_c3d_parameter *p, size_t number) {
  if (number >= p->count) return NAN;
  const char *at = p->data + number * p->width;
  switch (p->type) {
    case SG_C3D_BYTES:
      return (uint8_t)*at;
    case SG_C3D_INTEGERS:
      return sg_c3d_word(at);
    case SG_C3D_REALS:
      return (double)sg_c3d_real(at);
    default:
      return NAN;
  }
}

sg_span sg_c3d_line(const sg_c3d_parameter *p, size_t line) {
  if (p->type != SG_C3D_TEXT || line >= p->count) return (sg_span){ p->data, p->data };
  const char *at = p->data + line * p->width;
  const char *zero = memchr(at, '\0', p->width);
  return sg_span_trim((sg_span){ at, zero ? zero : at + p->width });
}
