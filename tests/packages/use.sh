#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# In a bare system with the packages in /srv/packages: installs, uses and removes them. What they measure is the sample
# that comes with them; it and its markers are left as /srv/sample.mp4 and /srv/markers.csv for another machine to be
# compared with. tests/packages/run.sh calls it there.
set -eu
fail() {
  echo "FAIL: $*" >&2
  exit 1
}
# What is on the system, but for what package managers keep for themselves.
listing() {
  find / -xdev \( -path /proc -o -path /srv -o -path /tmp -o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/cache -o \
    -path /var/log -o -path /sys -o -path /dev -o -path /run \) -prune -o -name '*sagitta*' -print | sort
}
[ -z "$(listing)" ] || fail "the system is not bare"
apt-get install -y -qq --no-install-recommends /srv/packages/sagitta_*.deb /srv/packages/libsagitta0*.deb \
  fonts-dejavu-core >/dev/null 2>&1 || fail "apt does not install the packages"
mkdir -p /tmp/work
cd /tmp/work
sagitta --version
# By the README's words alone: the sample, measured, and its page.
words=$(sed -n 's/^\(sagitta analyze \/usr\/share[^#]*\).*/\1/p' /usr/share/doc/sagitta/README.md)
[ -n "$words" ] || fail "the README does not say how the sample is measured"
sh -c "$words" >said
[ -s page.html ] || fail "the README's words make no page"
rm page.html
cp /usr/share/sagitta/sample.mp4 /srv/sample.mp4
sagitta analyze /srv/sample.mp4 --json r.json --overlay o.mp4 --report page.html >said
grep -q 'hips' said || fail "nothing is said of the hips"
for made in r.json o.mp4 page.html; do [ -s $made ] || fail "$made was not made"; done
sagitta report r.json -o page.pdf >/dev/null
head -c 5 page.pdf | grep -q '%PDF-' || fail "the report is no PDF"
sagitta analyze /srv/sample.mp4 --no-sandbox --json plain.json >/dev/null
sagitta analyze /srv/sample.mp4 --tracks /srv/markers.csv >/dev/null
cmp r.json plain.json || fail "the cage changes the result"
sagitta sheets print >/dev/null
[ -s print/guide-a4.pdf ] || fail "no sheets"
sagitta records add A-1 --records all.db >/dev/null
sagitta analyze /srv/sample.mp4 --client A-1 --records all.db >/dev/null
sagitta history A-1 --records all.db >/dev/null
[ -s /usr/share/applications/sagitta.desktop ] || fail "no desktop entry"
[ -s /usr/share/doc/sagitta/METHOD.md ] || [ -s /usr/share/doc/sagitta/METHOD.md.gz ] || fail "no METHOD"
# A minimal system may leave out man pages and documents; the packages have them.
dpkg -L sagitta >files
for file in /usr/share/man/man1/sagitta-analyze.1.gz /usr/share/bash-completion/completions/sagitta \
  /usr/share/zsh/vendor-completions/_sagitta /usr/share/fish/vendor_completions.d/sagitta.fish \
  /usr/share/doc/sagitta/examples/cohort/Snakefile /usr/share/metainfo/sagitta.metainfo.xml; do
  grep -qx "$file" files || fail "$file is in no package"
done

# Who builds on the library needs nothing but its own packages and a compiler.
apt-get install -y -qq --no-install-recommends /srv/packages/libsagitta-dev*.deb gcc libc6-dev pkg-config >/dev/null 2>&1 ||
  fail "apt does not install what to build with"
# shellcheck disable=SC2046 # words are wanted
cc -std=c11 $(find /usr/share/doc/libsagitta-dev -name use_library.c) -o use $(pkg-config --cflags --libs sagitta) ||
  fail "the example does not build"
./use /srv/markers.csv | grep -q '^hip hinge' || fail "the example measures nothing"

apt-get purge -y -qq sagitta 'libsagitta*' >/dev/null 2>&1 || fail "apt does not remove the packages"
[ -z "$(listing)" ] || fail "left behind: $(listing)"
[ ! -e /usr/bin/sagitta ] || fail "the program is still there"
