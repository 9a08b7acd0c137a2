# SPDX-License-Identifier: Apache-2.0
# Protects: a clinic's logo is taken apart and drawn in a cage and comes out as it does without; one that would be drawn
# otherwise than meant, that names files of this machine, or that would take all its memory or time, is refused with what
# to do, and leaves nothing.
. "$HERE/lib.sh"
need python3 pdfimages
expect 0 "$SAGITTA" simulate --people 1 --seed 5 -o people
python3 - <<'END'
import struct, zlib
def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
rows = b"".join(b"\0" + b"".join(bytes((2 * x, 5 * y, 90)) for x in range(90)) for y in range(40))
open("pixels.png", "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 90, 40, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
open("huge.png", "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""))
END
svg='<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 40">'
logo() {
  printf 'name = Praxis am Park\nlogo = %s\n' "$1" >clinic.ini
  shift
  "$SAGITTA" analyze people/person-00001.csv --clinic clinic.ini --report made/page.pdf "$@" >out 2>err
}
printf '%s<g opacity=".5"><rect width="90" height="40" fill="#064"/></g><filter id="f"><feGaussianBlur stdDeviation="2"/></filter><circle r="9" cx="20" cy="20" filter="url(#f)"/></svg>' "$svg" >lines.svg
for file in pixels.png $(logo lines.svg && echo lines.svg); do
  for how in '' --no-sandbox; do
    logo $file $how || fail "$file is not drawn $how: $(cat err)"
    pdfimages -list made/page.pdf >images$how 2>/dev/null && [ "$(wc -l <images$how)" -gt 2 ] || fail "no logo on the page: $file $how"
    mv made/page.pdf page$how.pdf
  done
  same page.pdf page--no-sandbox.pdf
done
# refused FILE WORDS: with the name of the file, and nothing is written.
refused() {
  if logo "$1"; then fail "$1 is drawn"; fi
  [ ! -e made/page.pdf ] || fail "$1 is refused, and a page is there"
  says "$1" "$2"
}
refused huge.png '8000 px'
head -c 60 pixels.png >cut.png
refused cut.png 'damaged'
logo lines.svg || { says 'librsvg'; exit 0; }
rm -f made/page.pdf
printf '%s<text y="20">Park</text></svg>' "$svg" >letters.svg
refused letters.svg 'paths'
printf '%s<image xlink:href="file:///etc/passwd" width="9" height="9"/></svg>' "$svg" >other.svg
refused other.svg 'PNG'
printf '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>%s<desc>&b;</desc></svg>' "$svg" >entities.svg
refused entities.svg 'entities'
# Doubled thirty times.
{
  printf '%s<defs><path id="p0" d="M0 0h9v9z"/>' "$svg"
  for i in $(seq 30); do printf '<g id="p%d"><use xlink:href="#p%d"/><use xlink:href="#p%d"/></g>' $i $((i - 1)) $((i - 1)); done
  printf '</defs><use xlink:href="#p30"/></svg>'
} >bomb.svg
refused bomb.svg 'simpler'
