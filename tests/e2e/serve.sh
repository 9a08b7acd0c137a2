# SPDX-License-Identifier: Apache-2.0
# Protects the page of `sagitta serve` against everybody else (serve_attacks.py), what it does for whoever may come in
# (serve_journey.py), what it keeps of a recording (serve_kept.py), a class (serve_class.py, and in Chromium
# serve_class_eyes.py), the screen before a test (serve_prepare_eyes.py), what is removed (serve_removal.py), that kills lose nothing (serve_kills.py), and how it looks to people and is used by them (serve_eyes.py, in Chromium).
. "$HERE/lib.sh"
need python3
export PYTHONDONTWRITEBYTECODE=1
unset SAGITTA_PASSPHRASE
misuse 'no option' serve --nothing
misuse 'port' serve --port 70000
misuse 'no further words' serve here
python3 "$HERE/$1.py" >out 2>err
status=$?
[ $status -ne 77 ] || skip "$(cat out)"
[ $status -eq 0 ] || fail "$1.py: $(tail -3 err)"
