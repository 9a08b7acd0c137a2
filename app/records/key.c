/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>
#include <unistd.h>

#include "cli/system.h"
#include "records/place.h"

#define KEY_LEAST 8
#define KEY_MOST  4096

bool key_is_used(void) {
#ifdef SQLITE_HAS_CODEC
  return true;
#else
  return false;
#endif
}

void key_free(char **key) {
  if (!*key) return;
  explicit_bzero(*key, strlen(*key));
  free(*key);
  *key = NULL;
}

#ifdef SQLITE_HAS_CODEC
/* Up to the first line feed, which a terminal or an editor adds. */
static sagitta_status check(char *key, size_t length, const char *where, sagitta_error *error) {
  if (length && key[length - 1] == '\n') key[--length] = '\0';
  if (length && key[length - 1] == '\r') key[--length] = '\0';
  if (length != strlen(key)) {
    return records_fail(
        error, SAGITTA_ERROR_ARGUMENT,
        "The key in %s has a zero byte in it: write it as text, for example with: openssl rand -hex 32.", where);
  }
  if (length >= KEY_LEAST) return SAGITTA_OK;
  return records_fail(error, SAGITTA_ERROR_ARGUMENT, "The key in %s is too short: %d characters are the least.", where,
                      KEY_LEAST);
}

static sagitta_status read_file(char *key, const char *path, sagitta_error *error) {
  const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  const ssize_t length = fd < 0 ? -1 : read(fd, key, KEY_MOST - 1);
  const int code = errno;
  if (fd >= 0) (void)close(fd);
  if (length < 0) {
    return records_fail(error, SAGITTA_ERROR_MISSING, "The key file \"%s\" cannot be read: %s.", path, strerror(code));
  }
  char where[200];
  (void)snprintf(where, sizeof where, "\"%.180s\"", path);
  return check(key, (size_t)length, where, error);
}

static sagitta_status ask_key(char *key, bool is_new, sagitta_error *error) {
  const int terminal = system_terminal_open();
  if (terminal < 0) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                        "The records are encrypted: give their key with --key-file FILE, or in SAGITTA_PASSPHRASE.");
  }
  sagitta_status status = SAGITTA_OK;
  char *again = calloc(1, KEY_MOST);
  if (!again || !system_ask_unseen(terminal, "Passphrase of the records: ", key, KEY_MOST)) {
    status = records_fail(error, SAGITTA_ERROR_ARGUMENT, "No passphrase was given: use --key-file FILE.");
    goto done;
  }
  status = check(key, strlen(key), "the passphrase", error);
  if (status != SAGITTA_OK || !is_new) goto done;
  const char *const question = "A new file. The same passphrase again (nobody can open the records without it): ";
  const bool asked = system_ask_unseen(terminal, question, again, KEY_MOST);
  again[strcspn(again, "\r\n")] = '\0';
  if (!asked || strcmp(key, again) != 0) {
    status = records_fail(error, SAGITTA_ERROR_ARGUMENT, "The two passphrases differ: nothing was made. Try again.");
  }
done:
  if (again) explicit_bzero(again, KEY_MOST);
  free(again);
  (void)close(terminal);
  return status;
}

sagitta_status key_get(char **key, const char *key_file, bool is_new, sagitta_error *error) {
  const char *passphrase = getenv("SAGITTA_PASSPHRASE");
  *key = calloc(1, KEY_MOST);
  if (!*key) return records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the key.");
  sagitta_status status;
  if (key_file) {
    status = read_file(*key, key_file, error);
  } else if (passphrase && *passphrase) {
    (void)snprintf(*key, KEY_MOST, "%s", passphrase);
    status = check(*key, strlen(*key), "SAGITTA_PASSPHRASE", error);
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
  return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                      "This Sagitta was built without encryption, so --key-file would protect nothing. Build it with "
                      "-DSAGITTA_ENCRYPTED=ON, or leave the option out.");
}
#endif
