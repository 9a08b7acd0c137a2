# SPDX-License-Identifier: Apache-2.0
# Protects the page of `sagitta serve` against everybody else (serve_attacks.py), and what it does for whoever may come in
# (serve_journey.py), both without a browser.
. "$HERE/lib.sh"
need python3
export PYTHONDONTWRITEBYTECODE=1
unset SAGITTA_PASSPHRASE
misuse 'no option' serve --nothing
misuse 'port' serve --port 70000
misuse 'no further words' serve here
python3 "$HERE/$1.py" >out 2>err || fail "$1.py: $(tail -3 err)"
