/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/secret.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool secret_draw(char *text, size_t digits) {
  static const char hexadecimal[] = "0123456789abcdef";
  unsigned char bytes[(SECRET_TEXT - 1) / 2];
  if (digits / 2 > sizeof bytes || getentropy(bytes, digits / 2) != 0) return false;
  for (size_t i = 0; i < digits / 2; i++) {
    text[2 * i] = hexadecimal[bytes[i] >> 4];
    text[2 * i + 1] = hexadecimal[bytes[i] & 15];
  }
  text[digits] = '\0';
  return true;
}

/* Whether they are the same and not empty; the time says nothing of where they differ. */
static bool same(const char *secret, const char *text) {
  const size_t length = strlen(secret);
  unsigned differ = 0;
  if (length == 0 || strlen(text) != length) return false;
  for (size_t i = 0; i < length; i++) differ |= (unsigned)((unsigned char)secret[i] ^ (unsigned char)text[i]);
  return differ == 0;
}

bool secret_begin(secret_box *box, double now_s) {
  memset(box, 0, sizeof *box);
  return secret_draw(box->session, SECRET_TEXT - 1) && secret_renew(box, now_s);
}

bool secret_is_due(const secret_box *box, double now_s) {
  return !*box->entry[0].text || now_s - box->entry[0].made_s >= SECRET_RENEWED;
}

bool secret_renew(secret_box *box, double now_s) {
  box->entry[1] = box->entry[0];
  box->entry[0].made_s = now_s;
  if (secret_draw(box->entry[0].text, SECRET_TEXT - 1)) return true;
  *box->entry[0].text = '\0';
  return false;
}

bool secret_use(secret_box *box, const char *text, double now_s) {
  bool in = false;
  for (size_t i = 0; i < 2; i++) {
    secret_entry *e = &box->entry[i];
    if (!text || !same(e->text, text)) continue;
    in = now_s - e->made_s < SECRET_SECONDS;
    *e->text = '\0';
  }
  return in;
}

bool secret_is_session(const secret_box *box, const char *text) {
  return text && same(box->session, text);
}

void secret_cookie(char name[SECRET_COOKIE], int port) {
  (void)snprintf(name, SECRET_COOKIE, "sagitta-%d", port);
}
