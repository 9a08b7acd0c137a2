/* SPDX-License-Identifier: Apache-2.0 */
/* Recordings get numbers that say nothing of names or order: by the checksum of their tracks. Persons are numbered as
 * they come then, raters as letters. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agreement/data_table.h"
#include "cli/csv.h"
#include "cli/failure.h"
#include "cli/files.h"
#include "cli/new_folder.h"
#include "dataset/dataset.h"
#include "records/records.h"
#include "report/report.h"

typedef struct recording {
  const char *path;
  char id[DATASET_ID], hash[RECORDS_HASH]; /* hash: of the tracks before they were numbered */
  sagitta_tracks *tracks;
  int person; /* from 1; 0 = not known */
} recording;

typedef struct packing {
  const dataset_request *request;
  recording *recording;
  size_t count;
  data_table reference;
  recording **of;               /* of each of its lines */
  new_folder folder;            /* in which it comes to be */
  const char **person, **rater; /* names as they come */
  size_t persons, raters;
  json_t *files, *recordings;
  FILE *notes;
  sagitta_error *error;
} packing;

static sagitta_status no_memory(const packing *p) {
  return fail_with(p->error, SAGITTA_ERROR_MEMORY, "Not enough memory for the data set.");
}

/* The tracks without the name of what was filmed. */
static void take_source(sagitta_tracks *tracks, const char *name) {
  sagitta_tracks_info info = *sagitta_tracks_get_info(tracks);
  sagitta_input_info input = *sagitta_tracks_input(tracks);
  (void)snprintf(info.source, sizeof info.source, "%s", name);
  (void)snprintf(input.source, sizeof input.source, "%s", name);
  sagitta_tracks_set_info(tracks, &info);
  sagitta_tracks_set_input(tracks, &input);
}

static sagitta_status read_recording(packing *p, recording *r, const char *path) {
  char *text = NULL;
  size_t length;
  r->path = path;
  sagitta_status status = sagitta_tracks_read(&r->tracks, path, p->error);
  if (status == SAGITTA_OK) take_source(r->tracks, "");
  if (status == SAGITTA_OK) status = sagitta_tracks_print(r->tracks, &text, &length, p->error);
  if (status == SAGITTA_OK && !hash_text(text, length, r->hash)) status = no_memory(p);
  sagitta_free(text);
  return status;
}

static int by_hash(const void *a, const void *b) {
  return strcmp(((const recording *)a)->hash, ((const recording *)b)->hash);
}

/* ---- the reference ---- */

static size_t number_of(const char **names, size_t *count, const char *name) {
  for (size_t i = 0; i < *count; i++) {
    if (strcmp(names[i], name) == 0) return i;
  }
  names[*count] = name;
  return (*count)++;
}

/* Which recording each line of the reference is of: NULL where it is not in the set. */
static sagitta_status find_recordings(packing *p) {
  const int column = data_table_column(&p->reference, "file");
  p->of = calloc(p->reference.rows + 1, sizeof *p->of);
  if (!p->of) return no_memory(p);
  for (size_t row = 0; row < p->reference.rows; row++) {
    file_search s = { .wanted = data_table_cell(&p->reference, row, column), .any_ending = true };
    for (size_t i = 0; i < p->count; i++) file_search_try(&s, i, p->recording[i].path);
    if (s.many > 1) {
      return fail_with(p->error, SAGITTA_ERROR_ARGUMENT,
                       "The reference \"%.200s\" names %.200s, and several recordings have that name: write it with "
                       "its folder.",
                       p->request->reference, s.wanted);
    }
    if (s.many) p->of[row] = &p->recording[s.found];
  }
  return SAGITTA_OK;
}

/* Whose each recording is, numbered in the order of the recordings. */
static sagitta_status number_persons(packing *p) {
  const int client = data_table_column(&p->reference, "client");
  p->person = calloc(p->reference.rows + 1, sizeof *p->person);
  p->rater = calloc(p->reference.rows + 1, sizeof *p->rater);
  if (!p->person || !p->rater) return no_memory(p);
  for (size_t i = 0; i < p->count; i++) {
    for (size_t r = 0; r < p->reference.rows; r++) {
      const char *name = data_table_cell(&p->reference, r, client);
      if (p->of[r] != &p->recording[i] || !*name) continue;
      p->recording[i].person = (int)number_of(p->person, &p->persons, name) + 1;
    }
  }
  return SAGITTA_OK;
}

/* Columns of which it is known that no name stands in them. */
static bool is_shared(const data_table *t, size_t column) {
  static const char *const plain[] = { "trial", "placement" };
  static const char *const numbers[] = { "t12_start_deg",   "t12_end_deg",   "s1_start_deg", "s1_end_deg",
                                         "thigh_start_deg", "thigh_end_deg", "age_years",    "height_cm" };
  const char *name = t->name[column];
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    if (strcmp(name, plain[i]) == 0 && data_table_is_numeric(t, (int)column)) return true;
  }
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    if (strcmp(name, numbers[i]) == 0) return true;
  }
  return sagitta_quantity_find(name) != NULL;
}

/* A … Z, AA, AB … */
static void put_letters(FILE *to, size_t number) {
  if (number >= 26) put_letters(to, number / 26 - 1);
  fputc('A' + (int)(number % 26), to);
}

static void put_line(packing *p, FILE *to, size_t row, const recording *r) {
  const char *rater = data_table_cell(&p->reference, row, data_table_column(&p->reference, "rater"));
  fprintf(to, "%s,", r->id);
  if (r->person) fprintf(to, "P%03d", r->person);
  fputc(',', to);
  if (*rater) put_letters(to, number_of(p->rater, &p->raters, rater));
  for (size_t c = 0; c < p->reference.columns; c++) {
    if (!is_shared(&p->reference, c)) continue;
    const double value = data_table_number(&p->reference, row, (int)c);
    fputc(',', to);
    if (value == value) fprintf(to, "%.6g", value);
  }
  fputc('\n', to);
}

static char *reference_text(packing *p) {
  char *text = NULL;
  size_t length = 0, alone = 0;
  FILE *to = open_memstream(&text, &length);
  if (!to) return NULL;
  fputs("file,client,rater", to);
  for (size_t c = 0; c < p->reference.columns; c++) {
    const char *name = p->reference.name[c];
    if (is_shared(&p->reference, c)) {
      fprintf(to, ",%s", name);
    } else if (strcmp(name, "file") != 0 && strcmp(name, "client") != 0 && strcmp(name, "rater") != 0) {
      fprintf(p->notes,
              error_say(p->error, "Left out of the reference, since a name could stand in it: the column %s.\n"), name);
    }
  }
  fputc('\n', to);
  for (size_t i = 0; i < p->count; i++) {
    for (size_t r = 0; r < p->reference.rows; r++) {
      if (p->of[r] == &p->recording[i]) put_line(p, to, r, &p->recording[i]);
    }
  }
  for (size_t r = 0; r < p->reference.rows; r++) alone += p->of[r] == NULL;
  if (alone)
    fprintf(p->notes,
            error_say(p->error, "Left out of the reference, since their recording is not in the set: %zu lines.\n"),
            alone);
  if (fclose(to) == 0) return text;
  free(text);
  return NULL;
}

/* ---- files ---- */

static sagitta_status add_file(packing *p, const char *name, const char *text, size_t length) {
  char path[PATH_MAX], hash[RECORDS_HASH];
  if (!dataset_path(path, p->folder.name, name) || !hash_text(text, length, hash)) return no_memory(p);
  const sagitta_status status = file_write(path, text, p->error);
  if (status != SAGITTA_OK) return status;
  json_t *entry = json_pack("{s:s, s:I, s:s}", "path", name, "bytes", (json_int_t)length, "sha256", hash);
  return entry && json_array_append_new(p->files, entry) == 0 ? SAGITTA_OK : no_memory(p);
}

/* The result of the numbered tracks, with the settings that the one beside the tracks was made with. */
static sagitta_status analyze(const packing *p, const recording *r, sagitta_result **result) {
  char beside[PATH_MAX];
  const char *dot = strrchr(r->path, '.');
  sagitta_result *given = NULL;
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  sagitta_camera camera;
  bool calibrated = p->request->camera != NULL;
  if (p->request->test) settings.test = p->request->test;
  (void)snprintf(beside, sizeof beside, "%.*s.json", dot ? (int)(dot - r->path) : (int)strlen(r->path), r->path);
  sagitta_status status = SAGITTA_OK;
  if (access(beside, F_OK) == 0) {
    status = sagitta_result_read(&given, beside, p->error);
    if (status == SAGITTA_OK) status = report_settings_of(given, &settings, &calibrated, p->error);
  }
  if (status == SAGITTA_OK && calibrated && !p->request->camera) {
    status = fail_with(p->error, SAGITTA_ERROR_ARGUMENT,
                       "\"%.300s\" was measured with a calibrated camera: give its file with --camera.", beside);
  }
  if (status == SAGITTA_OK && calibrated) {
    const sagitta_tracks_info *info = sagitta_tracks_get_info(r->tracks);
    status = sagitta_camera_read(&camera, p->request->camera, p->error);
    if (status == SAGITTA_OK) status = sagitta_camera_scale(&camera, info->width, info->height, p->error);
    settings.camera = &camera;
  }
  if (status == SAGITTA_OK) status = sagitta_analyze(result, r->tracks, &settings, p->error);
  sagitta_result_free(&given);
  return status;
}

/* Tracks and result of one; a recording that cannot be measured is shared with its tracks alone. */
static sagitta_status add_recording(packing *p, recording *r) {
  char name[64], *text = NULL;
  size_t length;
  sagitta_result *result = NULL;
  json_t *entry = json_pack("{s:s}", "id", r->id);
  if (!entry || json_array_append_new(p->recordings, entry) != 0) return no_memory(p);
  if (r->person) {
    (void)snprintf(name, sizeof name, "P%03d", r->person);
    json_object_set_new(entry, "person", json_string(name));
  }
  (void)snprintf(name, sizeof name, "tracks/%s.csv", r->id);
  json_object_set_new(entry, "tracks", json_string(name));
  take_source(r->tracks, r->id);
  sagitta_status status = sagitta_tracks_print(r->tracks, &text, &length, p->error);
  if (status == SAGITTA_OK) status = add_file(p, name, text, length);
  /* As they are read from the set: of that file its result is. What is said in it is English. */
  const char *language = p->error->language;
  p->error->language = NULL;
  sagitta_tracks_free(&r->tracks);
  if (status == SAGITTA_OK) status = sagitta_tracks_parse(&r->tracks, text, length, p->error);
  sagitta_free(text);
  text = NULL;
  if (status == SAGITTA_OK) {
    take_source(r->tracks, r->id);
    status = analyze(p, r, &result);
  }
  p->error->language = language;
  if (status == SAGITTA_NO_MEASUREMENT) {
    json_object_set_new(entry, "reason", json_string(p->error->text));
    return SAGITTA_OK;
  }
  if (status == SAGITTA_OK) status = sagitta_result_print(result, &text, &length, p->error);
  if (status == SAGITTA_OK) {
    (void)snprintf(name, sizeof name, "results/%s.json", r->id);
    json_object_set_new(entry, "test", json_string(sagitta_result_test(result)));
    json_object_set_new(entry, "result", json_string(name));
    status = add_file(p, name, text, length);
  }
  sagitta_free(text);
  sagitta_result_free(&result);
  return status;
}

static char *codebook_text(void) {
  char *text = NULL;
  size_t length = 0, count;
  FILE *to = open_memstream(&text, &length);
  if (!to) return NULL;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  fputs("file,name,unit,meaning\n", to);
  fputs(
      "reference.csv,file,,the recording: its number in tracks/ and results/\n"
      "reference.csv,client,,\"the person, by number\"\n"
      "reference.csv,rater,,\"who read, by letter\"\n"
      "reference.csv,placement,,\"1 = stickers on, 2 = on again\"\n"
      "reference.csv,t12_start_deg t12_end_deg,deg,\"inclinometer on T12, upright and in the hold; forward positive\"\n"
      "reference.csv,s1_start_deg s1_end_deg,deg,\"inclinometer on S1\"\n"
      "reference.csv,thigh_start_deg thigh_end_deg,deg,\"inclinometer on the thigh; hip ahead of the knee positive\"\n"
      "tracks/*.csv,,px,\"sagitta-tracks/1: markers over time (FORMATS.md of Sagitta)\"\n"
      "results/*.json,,,\"sagitta-result/1; values with low and high, 95 % for the person\"\n",
      to);
  for (size_t i = 0; i < count; i++) {
    const char *unit = strstr(info[i].key, "_deg_s") ? "deg/s"
                       : strstr(info[i].key, "_deg") ? "deg"
                       : strstr(info[i].key, "_cm")  ? "cm"
                       : strstr(info[i].key, "_s")   ? "s"
                                                     : "share 0 to 1";
    if (strstr(info[i].key, "_share") || strcmp(info[i].key, "weight_shift") == 0) unit = "share 0 to 1";
    fprintf(to, "results and reference,%s,%s,", info[i].key, unit);
    csv_put(to, info[i].meaning);
    fputc('\n', to);
  }
  if (fclose(to) == 0) return text;
  free(text);
  return NULL;
}

/* A text that was made, as a file of the set; NULL: memory was short. */
static sagitta_status add_made(packing *p, const char *name, char *text) {
  const sagitta_status status = text ? add_file(p, name, text, strlen(text)) : no_memory(p);
  free(text);
  return status;
}

static sagitta_status write_manifest(packing *p) {
  char path[PATH_MAX];
  json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:O, s:O}", "schema", DATASET_SCHEMA, "version", sagitta_version(),
                           "title", p->request->title ? p->request->title : "", "licence", p->request->licence,
                           "recordings", p->recordings, "files", p->files);
  char *text = root ? json_dumps(root, JSON_INDENT(2)) : NULL;
  sagitta_status status =
      text && dataset_path(path, p->folder.name, "dataset.json") ? file_write(path, text, p->error) : no_memory(p);
  free(text);
  json_decref(root);
  return status;
}

static sagitta_status make_folders(packing *p) {
  static const char *const parts[] = { "tracks", "results" };
  char path[PATH_MAX];
  sagitta_status status = new_folder_begin(&p->folder, p->request->folder, p->error);
  for (size_t i = 0; i < 2 && status == SAGITTA_OK; i++) {
    status = dataset_path(path, p->folder.name, parts[i]) ? folder_make(path, NULL, p->error) : no_memory(p);
  }
  return status;
}

static sagitta_status read_all(packing *p) {
  const dataset_request *r = p->request;
  sagitta_status status = SAGITTA_OK;
  for (int i = 0; i < r->count && status == SAGITTA_OK; i++) {
    status = read_recording(p, &p->recording[p->count++], r->tracks[i]);
  }
  if (status != SAGITTA_OK) return status;
  qsort(p->recording, p->count, sizeof *p->recording, by_hash);
  for (size_t i = 0; i < p->count; i++) (void)snprintf(p->recording[i].id, DATASET_ID, "R%04zu", i + 1);
  if (!r->reference) return SAGITTA_OK;
  status = data_table_read(&p->reference, r->reference, p->error);
  if (status == SAGITTA_OK && data_table_column(&p->reference, "file") < 0) {
    return fail_with(p->error, SAGITTA_ERROR_ARGUMENT, "The reference \"%.300s\" has no column file.", r->reference);
  }
  if (status == SAGITTA_OK) status = find_recordings(p);
  return status == SAGITTA_OK ? number_persons(p) : status;
}

static sagitta_status write_all(packing *p) {
  char *camera = NULL;
  size_t length;
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < p->count && status == SAGITTA_OK; i++) status = add_recording(p, &p->recording[i]);
  if (status == SAGITTA_OK && p->request->reference) status = add_made(p, "reference.csv", reference_text(p));
  if (status == SAGITTA_OK) status = add_made(p, "codebook.csv", codebook_text());
  if (status == SAGITTA_OK && p->request->camera) {
    status = file_read(p->request->camera, &camera, &length, p->error);
    if (status == SAGITTA_OK) status = add_made(p, "camera.json", camera);
  }
  return status == SAGITTA_OK ? write_manifest(p) : status;
}

sagitta_status dataset_pack(const dataset_request *request, FILE *notes, sagitta_error *error) {
  packing p = { .request = request, .notes = notes, .error = error };
  p.recording = calloc((size_t)request->count + 1, sizeof *p.recording);
  p.files = json_array();
  p.recordings = json_array();
  sagitta_status status = p.recording && p.files && p.recordings ? read_all(&p) : no_memory(&p);
  if (status == SAGITTA_OK) {
    status = make_folders(&p);
    if (status == SAGITTA_OK) status = write_all(&p);
    status = new_folder_end(&p.folder, status, error);
  }
  for (size_t i = 0; i < p.count; i++) sagitta_tracks_free(&p.recording[i].tracks);
  free(p.recording);
  free(p.person);
  free(p.rater);
  free(p.of);
  data_table_free(&p.reference);
  json_decref(p.files);
  json_decref(p.recordings);
  return status;
}
