# SPDX-License-Identifier: Apache-2.0
# Protects: the documentation as a site. One command makes it of the tree, without network, the same to the byte; every
# link on it leads somewhere, every page can be reached, every public function, type and option is found; nothing is
# fetched by whoever reads it; no folder of somebody else's is written over.
. "$HERE/lib.sh"
: "${SOURCES:?}"
need python3 cmark-gfm

SAGITTA=$SAGITTA
export SAGITTA
expect 0 sh "$SOURCES/docs/build.sh" site
expect 0 sh "$SOURCES/docs/build.sh" again
diff -r site again >out 2>err || fail "two sites of one tree differ"
expect 0 sh "$SOURCES/docs/build.sh" again
python3 "$HERE/site.py" site "$SOURCES" >out 2>err || fail "the site"
cat out

# The check sees what is wrong.
cp -r site broken
sed 's/href="evidence.html"/href="nowhere.html"/' site/index.html >broken/index.html
python3 "$HERE/site.py" broken "$SOURCES" >out 2>err && fail "a link to nowhere is not noticed"
grep -q 'nowhere.html' out || fail "a link to nowhere is not named"
cp site/index.html broken
sed 's/ id="sagitta_analyze"//' site/api-analysis.html >broken/api-analysis.html
python3 "$HERE/site.py" broken "$SOURCES" >out 2>err && fail "a function that is missing is not noticed"

mkdir mine
echo mine >mine/notes
expect 1 sh "$SOURCES/docs/build.sh" mine
says 'name a new folder'
[ "$(cat mine/notes)" = mine ] || fail "somebody's file is gone"
expect 2 sh "$SOURCES/docs/build.sh"
