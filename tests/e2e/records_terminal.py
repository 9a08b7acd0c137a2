# SPDX-License-Identifier: Apache-2.0
"""Types answers at a terminal: records_terminal.py ANSWERS COMMAND… — each question ("(yes/no)", "Type", "(left/right/…", "(minutes;") gets the
next answer. Prints what the terminal showed; the exit status is the command's."""
import os
import pty
import sys

answers = [word + "\n" for word in sys.argv[1].split(",")]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
shown, answered = b"", 0
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    shown += part
    asked = shown.count(b"(left/right") + shown.count(b"(izquierda/") + shown.count(b"(yes/no)") + shown.count(b"(minutes;") + shown.count(b"Type ") + shown.count(b"Passphrase") + shown.count(b"same passphrase")
    while answered < asked and answered < len(answers):
        os.write(terminal, answers[answered].encode())
        answered += 1
sys.stdout.write(shown.decode(errors="replace"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
