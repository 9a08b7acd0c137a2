/* SPDX-License-Identifier: Apache-2.0 */
/* Completions for bash, zsh and fish. */
#include <string.h>

#include "manual/manual.h"

/* The first sentence, without its full stop. */
static size_t sentence(const char *text) {
  const char *end = strstr(text, ". ");
  const size_t length = end ? (size_t)(end - text) : strlen(text);
  return length - (length > 0 && text[length - 1] == '.');
}

static void put_words(const char *words, FILE *to) {
  for (; *words; words++) fputc(*words == '|' ? ' ' : *words, to);
}

/* ---- bash ---- */

static void bash_names(const option_row *rows, FILE *to) {
  for (const option_row *row = rows; row->name; row++) fprintf(to, " --%s", row->name);
}

/* A case of the command's name: its options; and what each one's argument is. */
static void bash_case(const manual *m, const command *c, FILE *to) {
  fprintf(to, "    '%s')\n      options='", c->name);
  bash_names(c->options, to);
  bash_names(m->everywhere, to);
  fputs("'\n      case $previous in\n", to);
  for (const option_row *row = c->options; row->name; row++) {
    const manual_argument kind = manual_argument_of(row);
    if (kind == MANUAL_NONE) continue;
    fprintf(to, "        --%s%s) ", row->name, strcmp(row->name, "output") == 0 ? "|-o" : "");
    if (kind == MANUAL_FILE) fputs("files=-f", to);
    if (kind == MANUAL_FOLDER) fputs("files=-d", to);
    if (kind == MANUAL_OTHER) fputs("files=none", to);
    if (kind == MANUAL_WORDS) {
      fputs("words='", to);
      put_words(row->argument, to);
      fputc('\'', to);
    }
    fputs(" ;;\n", to);
  }
  fputs("      esac\n      ;;\n", to);
}

void manual_bash(const manual *m, FILE *to) {
  fputs(
      "# bash completion for sagitta. Made by the program from its table of options.\n"
      "_sagitta() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local command=${COMP_WORDS[1]} options='' words='' files=''\n"
      "  COMPREPLY=()\n"
      "  if ((COMP_CWORD == 1)); then\n    words='",
      to);
  for (size_t i = 0; m->commands[i]; i++) fprintf(to, "%s ", m->commands[i]->name);
  fputs("help --version'\n  else\n  case $command in\n", to);
  for (size_t i = 0; m->commands[i]; i++) {
    const command *c = m->commands[i];
    if (!c->parts) continue;
    fprintf(to, "    '%s')\n      command=\"$command ${COMP_WORDS[2]}\"\n      ((COMP_CWORD == 2)) && words='",
            c->name);
    for (size_t k = 0; c->parts[k]; k++) fprintf(to, "%s%s", k ? " " : "", manual_last_word(c->parts[k]));
    fputs("'\n      ;;\n", to);
  }
  fputs("    help) words='", to);
  for (size_t i = 0; m->commands[i]; i++) fprintf(to, "%s%s", i ? " " : "", m->commands[i]->name);
  fputs("' ;;\n  esac\n  case $command in\n", to);
  for (size_t i = 0; m->commands[i]; i++) {
    const command *c = m->commands[i];
    if (!c->parts) bash_case(m, c, to);
    for (size_t k = 0; c->parts && c->parts[k]; k++) bash_case(m, c->parts[k], to);
  }
  fputs(
      "  esac\n  fi\n"
      "  if [[ $words ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
      "  elif [[ $files == none ]]; then\n"
      "    return\n"
      "  elif [[ $files || $current != -* ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen \"${files:--f}\" -- \"$current\")\n"
      "    compopt -o filenames 2>/dev/null\n"
      "  else\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$current\")\n"
      "  fi\n"
      "}\n"
      "complete -F _sagitta sagitta\n",
      to);
}

/* ---- zsh ---- */

/* Within single quotes, and within the brackets and colons of _arguments. */
static void zsh_text(const char *text, size_t length, FILE *to) {
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '\'')
      fputs("'\\''", to);
    else if (strchr("[]:\\", text[i]))
      fprintf(to, "\\%c", text[i]);
    else
      fputc(text[i], to);
  }
}

static void zsh_options(const option_row *rows, FILE *to) {
  for (const option_row *row = rows; row->name; row++) {
    const bool again = row->kind == OPTION_CUSTOM;
    fprintf(to, " \\\n        '%s--%s[", again ? "*" : "", row->name);
    zsh_text(row->help, sentence(row->help), to);
    fputc(']', to);
    if (row->argument) {
      fputc(':', to);
      zsh_text(row->argument, strlen(row->argument), to);
      fputc(':', to);
      const manual_argument kind = manual_argument_of(row);
      if (kind == MANUAL_FILE) fputs("_files", to);
      if (kind == MANUAL_FOLDER) fputs("_files -/", to);
      if (kind == MANUAL_WORDS) {
        fputc('(', to);
        put_words(row->argument, to);
        fputc(')', to);
      }
    }
    fputc('\'', to);
  }
}

static void zsh_list(const command *const *commands, FILE *to) {
  for (size_t i = 0; commands[i]; i++) {
    fprintf(to, " \\\n        '%s:", manual_last_word(commands[i]));
    zsh_text(commands[i]->purpose, sentence(commands[i]->purpose), to);
    fputc('\'', to);
  }
}

static void zsh_case(const manual *m, const command *c, FILE *to) {
  fprintf(to, "    ('%s')\n      _arguments", c->name);
  zsh_options(c->options, to);
  zsh_options(m->everywhere, to);
  fputs(" \\\n        '*:input:_files'\n      ;;\n", to);
}

void manual_zsh(const manual *m, FILE *to) {
  fputs(
      "#compdef sagitta\n# Made by the program from its table of options.\n"
      "local -a listed\nlocal name=${words[2]}\n"
      "if ((CURRENT == 2)); then\n      listed=(",
      to);
  zsh_list(m->commands, to);
  fputs(" \\\n        'help:", to);
  zsh_text(m->help_purpose, sentence(m->help_purpose), to);
  fputs("')\n  _describe command listed\n  return\nfi\ncase $name in\n", to);
  for (size_t i = 0; m->commands[i]; i++) {
    const command *c = m->commands[i];
    if (!c->parts) continue;
    fprintf(to, "  (%s)\n    if ((CURRENT == 3)); then\n      listed=(", c->name);
    zsh_list(c->parts, to);
    fputs(
        ")\n      _describe part listed\n      return\n    fi\n    name=\"$name ${words[3]}\"\n    shift words\n"
        "    ((CURRENT--))\n    ;;\n",
        to);
  }
  fputs("esac\nshift words\n((CURRENT--))\ncase $name in\n    (help)\n      listed=(", to);
  zsh_list(m->commands, to);
  fputs(")\n      _describe command listed\n      ;;\n", to);
  for (size_t i = 0; m->commands[i]; i++) {
    const command *c = m->commands[i];
    if (!c->parts) zsh_case(m, c, to);
    for (size_t k = 0; c->parts && c->parts[k]; k++) zsh_case(m, c->parts[k], to);
  }
  fputs("esac\n", to);
}

/* ---- fish ---- */

static void fish_text(const char *text, size_t length, FILE *to) {
  for (size_t i = 0; i < length; i++) {
    if (strchr("'\\", text[i])) fputc('\\', to);
    fputc(text[i], to);
  }
}

static void fish_command(const char *when, const command *c, FILE *to) {
  fprintf(to, "complete -c sagitta -f -n '%s' -a %s -d '", when, manual_last_word(c));
  fish_text(c->purpose, sentence(c->purpose), to);
  fputs("'\n", to);
}

static void fish_options(const char *when, const option_row *rows, FILE *to) {
  for (const option_row *row = rows; row->name; row++) {
    const manual_argument kind = manual_argument_of(row);
    fprintf(to, "complete -c sagitta -n '%s' -l %s", when, row->name);
    if (strcmp(row->name, "output") == 0) fputs(" -s o", to);
    if (kind == MANUAL_FILE) fputs(" -r -F", to);
    if (kind == MANUAL_FOLDER) fputs(" -x -a '(__fish_complete_directories)'", to);
    if (kind == MANUAL_OTHER) fputs(" -x", to);
    if (kind == MANUAL_WORDS) {
      fputs(" -x -a '", to);
      put_words(row->argument, to);
      fputc('\'', to);
    }
    fputs(" -d '", to);
    fish_text(row->help, sentence(row->help), to);
    fputs("'\n", to);
  }
}

void manual_fish(const manual *m, FILE *to) {
  char when[160];
  fputs("# fish completion for sagitta. Made by the program from its table of options.\n", to);
  for (size_t i = 0; m->commands[i]; i++) fish_command("__fish_use_subcommand", m->commands[i], to);
  fputs("complete -c sagitta -f -n __fish_use_subcommand -a help -d '", to);
  fish_text(m->help_purpose, sentence(m->help_purpose), to);
  fputs("'\n", to);
  for (size_t i = 0; m->commands[i]; i++) {
    const command *c = m->commands[i];
    snprintf(when, sizeof when, "__fish_seen_subcommand_from %s", c->name);
    fish_options(when, m->everywhere, to);
    if (!c->parts) fish_options(when, c->options, to);
    for (size_t k = 0; c->parts && c->parts[k]; k++) {
      snprintf(when, sizeof when, "__fish_seen_subcommand_from %s; and test (count (commandline -opc)) -eq 2", c->name);
      fish_command(when, c->parts[k], to);
      snprintf(when, sizeof when, "__fish_seen_subcommand_from %s; and __fish_seen_subcommand_from %s", c->name,
               manual_last_word(c->parts[k]));
      fish_options(when, c->parts[k]->options, to);
    }
  }
}
