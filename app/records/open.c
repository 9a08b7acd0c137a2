/* SPDX-License-Identifier: Apache-2.0 */
/* Where the records file is, the key that opens it, and the connection. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/system.h"
#include "records/db.h"

#define KEY_LEAST 8
#define KEY_MOST  4096
#define BUSY_MS   10000 /* how long another program may write */

/* ---- where ---- */

static sagitta_status short_of_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
}

/* As given, or $XDG_DATA_HOME/sagitta/records.db, or ~/.local/share/sagitta/records.db; *path is to be freed. */
static sagitta_status choose_path(char **path, const char *given, sagitta_error *error) {
  *path = NULL;
  const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
  if (given) {
    *path = strdup(given);
  } else if (data && data[0] == '/') { /* a relative one is to be ignored, by the XDG rules */
    if (asprintf(path, "%s/sagitta/records.db", data) < 0) *path = NULL;
  } else if (home && home[0] == '/') {
    if (asprintf(path, "%s/.local/share/sagitta/records.db", home) < 0) *path = NULL;
  } else {
    return fail_with(error, SAGITTA_ERROR_MISSING,
                     "There is no home folder to keep records in: say where with --records FILE.");
  }
  return *path ? SAGITTA_OK : short_of_memory(error);
}

static sagitta_status cannot_make(const char *path, sagitta_error *error) {
  const int code = errno;
  return fail_with(error, SAGITTA_ERROR_WRITE,
                   "The records \"%s\" cannot be made: %s. Choose another place with "
                   "--records FILE.",
                   path, code == ENOENT ? error_say(error, "the folder does not exist") : error_reason(error, code));
}

/* An empty file, readable by its owner alone, where there is none. */
static sagitta_status make_file(const char *path, sagitta_error *error) {
  const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, S_IRUSR | S_IWUSR);
  if (fd < 0) return cannot_make(path, error);
  (void)close(fd);
  return SAGITTA_OK;
}

/* MISSING when there is no file, FORMAT when it is no regular one. */
static sagitta_status check_file(const char *path, sagitta_error *error) {
  struct stat about;
  if (stat(path, &about) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return fail_with(error, SAGITTA_ERROR_MISSING,
                       "There are no records in \"%s\" yet. They begin with a client: sagitta records add ID.", path);
    }
    return fail_with(error, SAGITTA_ERROR_MISSING, "The records \"%s\" cannot be read: %s.", path,
                     error_reason(error, errno));
  }
  if (S_ISREG(about.st_mode)) {
    /* What was copied here with a looser mode: SQLite gives its journal the same. Not ours to say of another's file. */
    if (about.st_uid == geteuid() && (about.st_mode & (S_IRWXG | S_IRWXO)))
      (void)chmod(path, about.st_mode & (S_IRUSR | S_IWUSR));
    return SAGITTA_OK;
  }
  return fail_with(error, SAGITTA_ERROR_FORMAT, "\"%s\" is %s, no records file. Give a file with --records.", path,
                   S_ISDIR(about.st_mode) ? error_say(error, "a folder") : error_say(error, "a device or a pipe"));
}

/* ---- the key ---- */

void key_free(char **key) {
  if (!*key) return;
  explicit_bzero(*key, strlen(*key));
  free(*key);
  *key = NULL;
}

#ifdef SQLITE_HAS_CODEC
/* Up to the first line feed, which a terminal or an editor adds. */
static sagitta_status check_key(char *key, size_t length, const char *where, sagitta_error *error) {
  if (length && key[length - 1] == '\n') key[--length] = '\0';
  if (length && key[length - 1] == '\r') key[--length] = '\0';
  if (length != strlen(key)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "The key in %s has a zero byte in it: write it as text, for example with: openssl rand -hex 32.",
                     where);
  }
  if (length >= KEY_LEAST) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_ARGUMENT, "The key in %s is too short: %d characters are the least.", where,
                   KEY_LEAST);
}

/* Up to KEY_MOST bytes, however many pieces they come in; −1 and errno. */
static ssize_t read_whole(int fd, char *key) {
  size_t length = 0;
  while (length < KEY_MOST) {
    const ssize_t got = read(fd, key + length, KEY_MOST - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    length += (size_t)got;
  }
  return (ssize_t)length;
}

static sagitta_status read_key(char *key, const char *path, sagitta_error *error) {
  struct stat about;
  const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  const bool known = fd >= 0 && fstat(fd, &about) == 0;
  const bool open_to_others = known && S_ISREG(about.st_mode) && (about.st_mode & (S_IRWXG | S_IRWXO));
  const ssize_t length = known ? read_whole(fd, key) : -1;
  const int code = errno;
  if (fd >= 0) (void)close(fd);
  if (length < 0) {
    return fail_with(error, SAGITTA_ERROR_MISSING, "The key file \"%s\" cannot be read: %s.", path,
                     error_reason(error, code));
  }
  if (open_to_others) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "The key file \"%s\" can be read or changed by others. Keep it to yourself, with chmod 600, and "
                     "think of a new key if others were on this machine.",
                     path);
  }
  if (length >= KEY_MOST) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "The key file \"%s\" is too long: %d characters are the most. Is it the right file?", path,
                     KEY_MOST - 1);
  }
  char where[200];
  (void)snprintf(where, sizeof where, "\"%.180s\"", path);
  return check_key(key, (size_t)length, where, error);
}

static sagitta_status ask_key(char *key, bool is_new, sagitta_error *error) {
  const int terminal = system_terminal_open();
  if (terminal < 0) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "The records are encrypted: give their key with --key-file FILE, or in SAGITTA_PASSPHRASE.");
  }
  sagitta_status status = SAGITTA_OK;
  char *again = calloc(1, KEY_MOST);
  if (!again || !system_ask_unseen(terminal, error_say(error, "Passphrase of the records: "), key, KEY_MOST)) {
    status = fail_with(error, SAGITTA_ERROR_ARGUMENT, "No passphrase was given: use --key-file FILE.");
    goto done;
  }
  status = check_key(key, strlen(key), error_say(error, "the passphrase"), error);
  if (status != SAGITTA_OK || !is_new) goto done;
  const char *const question =
      error_say(error, "A new file. The same passphrase again (nobody can open the records without it): ");
  const bool asked = system_ask_unseen(terminal, question, again, KEY_MOST);
  again[strcspn(again, "\r\n")] = '\0';
  if (!asked || strcmp(key, again) != 0) {
    status = fail_with(error, SAGITTA_ERROR_ARGUMENT, "The two passphrases differ: nothing was made. Try again.");
  }
done:
  if (again) explicit_bzero(again, KEY_MOST);
  free(again);
  (void)close(terminal);
  return status;
}

sagitta_status key_get(char **key, const char *key_file, bool is_new, sagitta_error *error) {
  const char *passphrase = getenv("SAGITTA_PASSPHRASE");
  *key = calloc(1, KEY_MOST + 1);
  if (!*key) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the key.");
  sagitta_status status;
  if (key_file) {
    status = read_key(*key, key_file, error);
  } else if (passphrase && *passphrase) {
    (void)snprintf(*key, KEY_MOST, "%s", passphrase);
    status = check_key(*key, strlen(*key), "SAGITTA_PASSPHRASE", error);
  } else {
    status = ask_key(*key, is_new, error);
  }
  if (status != SAGITTA_OK) key_free(key);
  return status;
}
#else
sagitta_status key_get(char **key, const char *key_file, bool is_new, sagitta_error *error) {
  (void)is_new;
  *key = NULL;
  if (!key_file) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "This Sagitta was built without encryption, so --key-file would protect nothing. Build it with "
                   "-DSAGITTA_ENCRYPTED=ON, or leave the option out.");
}
#endif

/* ---- the connection ---- */

void records_close(records **r) {
  if (!r || !*r) return;
  sqlite3_close_v2((*r)->db);
  key_free(&(*r)->key);
  free((*r)->path);
  free(*r);
  *r = NULL;
}

const char *records_path(const records *r) {
  return r->path;
}

static sagitta_status connect_to(records *r, const char *name, int flags, sagitta_error *error) {
  (void)sqlite3_close(r->db);
  r->db = NULL;
  if (sqlite3_open_v2(name, &r->db, flags, NULL) != SQLITE_OK) {
    return r->db ? db_fail(r, error) : fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
  }
  (void)sqlite3_busy_timeout(r->db, BUSY_MS);
#ifdef SQLITE_HAS_CODEC
  if (sqlite3_key(r->db, r->key, (int)strlen(r->key)) != SQLITE_OK) return db_fail(r, error);
#endif
  return db_distrust(r->db) ? SAGITTA_OK : db_fail(r, error);
}

/* Whose file it is, and of which version; 0 for an empty one. Reading this is what finds a wrong key. */
static sagitta_status check_owner(records *r, int64_t *version, sagitta_error *error) {
  int64_t application = 0, tables = 0;
  sagitta_status status = db_number(r, &tables, error, "SELECT count(*) FROM sqlite_master", "");
  if (status == SAGITTA_OK) status = db_number(r, &application, error, "PRAGMA application_id", "");
  if (status == SAGITTA_OK) status = db_number(r, version, error, "PRAGMA user_version", "");
  if (status != SAGITTA_OK) return status;
  if (application != SCHEMA_APPLICATION && (tables > 0 || application != 0 || *version != 0)) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "\"%s\" is an SQLite file of another program: nothing was changed. Choose another file with "
                     "--records.",
                     r->path);
  }
  if (*version > SCHEMA_VERSION) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "The records in \"%s\" were written by a later Sagitta (version %lld of the file, this one "
                     "knows up to %d): nothing was changed. Update Sagitta.",
                     r->path, (long long)*version, SCHEMA_VERSION);
  }
  return SAGITTA_OK;
}

static sagitta_status set_up(records *r, sagitta_error *error) {
  const char *const reading = "PRAGMA foreign_keys = ON; PRAGMA query_only = ON;";
  const char *const writing =
      "PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
  sagitta_status status = db_script(r, r->reading ? reading : writing, error);
  /* Two programs that make the same file: SQLite does not wait for a change of the journal's kind. */
  for (int waited = 0; status != SAGITTA_OK && sqlite3_errcode(r->db) == SQLITE_BUSY && waited < BUSY_MS;) {
    waited += sqlite3_sleep(20);
    status = db_script(r, writing, error);
  }
  return status;
}

/* What SQLite needs to be read out of a folder that cannot be written to: no other program can be writing then, unless
 * it left its journal behind. */
static sagitta_status connect_reading(records *r, sagitta_error *error) {
  char *name = NULL, *journal = NULL;
  struct stat about;
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  if (asprintf(&journal, "%s-wal", r->path) < 0) journal = NULL;
  char *absolute = realpath(r->path, NULL);
  if (!journal || !absolute) goto done;
  if (stat(journal, &about) == 0 && about.st_size > 0) {
    status = fail_with(error, SAGITTA_ERROR_WRITE,
                       "The records in \"%s\" hold changes that were not yet folded in (\"%s\"), for which their "
                       "folder must be writable. Copy both files to another folder, and give that with --records.",
                       r->path, journal);
    goto done;
  }
  /* An URI: what has a meaning in it is written as %XX. */
  const size_t room = 3 * strlen(absolute) + 40;
  name = malloc(room);
  if (!name) goto done;
  size_t at = (size_t)snprintf(name, room, "file://");
  for (const char *c = absolute; *c; c++) {
    const bool plain = strchr("%?#", *c) == NULL;
    at += (size_t)(plain ? snprintf(name + at, room - at, "%c", *c)
                         : snprintf(name + at, room - at, "%%%02X", (unsigned char)*c));
  }
  (void)snprintf(name + at, room - at, "?immutable=1");
  r->reading = true;
  status = connect_to(r, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
done:
  if (status == SAGITTA_ERROR_MEMORY) (void)fail_with(error, status, "Not enough memory for the records.");
  free(name);
  free(journal);
  free(absolute);
  return status;
}

static bool may_write(const char *path) {
  char *copy = strdup(path);
  if (!copy) return false;
  char *slash = strrchr(copy, '/');
  if (slash) slash[slash == copy] = '\0';
  const bool may = access(path, W_OK) == 0 && access(slash ? copy : ".", W_OK) == 0;
  free(copy);
  return may;
}

static sagitta_status open_file(records *r, records_mode mode, sagitta_error *error) {
  int64_t version = 0;
  const bool reading = mode == RECORDS_READ && !may_write(r->path);
  sagitta_status status = reading ? connect_reading(r, error) : connect_to(r, r->path, SQLITE_OPEN_READWRITE, error);
  if (status == SAGITTA_OK) status = check_owner(r, &version, error);
  if (status == SAGITTA_OK) status = set_up(r, error);
  if (status != SAGITTA_OK || version == SCHEMA_VERSION) return status;
  if (!r->reading) return schema_migrate(r, error);
  return fail_with(error, SAGITTA_ERROR_WRITE,
                   "The records in \"%s\" are of an earlier version, and cannot be brought up to date where they "
                   "may not be written to. Copy them to another folder, and give that with --records.",
                   r->path);
}

/* The records of this version, without anybody in them, in a new file. The connection is the caller's to close. */
static sagitta_status fill_new(records *r, const new_file *file, sagitta_error *error) {
  if (new_file_connect(file, r->key, &r->db) != SQLITE_OK) return r->db ? db_fail(r, error) : short_of_memory(error);
  const sagitta_status status = db_script(r, NEW_FILE_JOURNAL "PRAGMA foreign_keys = ON;", error);
  return status == SAGITTA_OK ? schema_migrate(r, error) : status;
}

sagitta_status records_open_new(records **out, const new_file *file, const char *key_file, sagitta_error *error) {
  records *r = calloc(1, sizeof *r);
  *out = NULL;
  if (!r) return short_of_memory(error);
  sagitta_status status = (r->path = strdup(file->path)) ? SAGITTA_OK : short_of_memory(error);
  if (status == SAGITTA_OK) status = key_get(&r->key, key_file, true, error);
  if (status == SAGITTA_OK) status = fill_new(r, file, error);
  if (status != SAGITTA_OK) records_close(&r);
  *out = r;
  return status;
}

/* The first records of a name appear whole, so that a process that is killed leaves none. False where there cannot be a
 * new file, or another program made one meanwhile. */
static bool make_whole(const records *r) {
  records n = { .path = r->path, .key = r->key };
  new_file file;
  sagitta_error ignored = error_in(NULL);
  if (new_file_begin(&file, r->path, &ignored) != SAGITTA_OK) return false;
  sagitta_status status = fill_new(&n, &file, &ignored);
  /* As every program opens it from now on. */
  if (status == SAGITTA_OK) status = db_script(&n, "PRAGMA journal_mode = WAL", &ignored);
  if (sqlite3_close(n.db) != SQLITE_OK) status = SAGITTA_ERROR_WRITE;
  return new_file_end(&file, status, &ignored) == SAGITTA_OK;
}

sagitta_status records_open(records **out, const records_place *place, records_mode mode, sagitta_error *error) {
  static const records_place own = { NULL, NULL };
  struct stat about;
  *out = NULL;
  if (!place) place = &own;
  records *r = calloc(1, sizeof *r);
  if (!r) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
  sagitta_status status = choose_path(&r->path, place->file, error);
  if (status != SAGITTA_OK) goto done;
  const bool missing = stat(r->path, &about) != 0 || about.st_size == 0;
  if (!missing || mode == RECORDS_READ || mode == RECORDS_WRITE) status = check_file(r->path, error);
  /* The key first: without it no file is made. */
  if (status == SAGITTA_OK) status = key_get(&r->key, place->key_file, missing, error);
  if (status == SAGITTA_OK && mode == RECORDS_MAKE && missing) {
    /* The folder, where the name was not given. */
    if (!place->file && !folder_make_way(r->path)) status = cannot_make(r->path, error);
    if (status == SAGITTA_OK && !make_whole(r)) status = make_file(r->path, error);
  }
  if (status == SAGITTA_OK) status = open_file(r, mode, error);
done:
  if (status != SAGITTA_OK) records_close(&r);
  *out = r;
  return status;
}
