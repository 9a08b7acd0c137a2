# SPDX-License-Identifier: Apache-2.0
# Turns a file into a C array: cmake -DFROM=file -DNAME=name -DTO=file.c -P asset.cmake. FROM may be empty: an empty
# array. A source map's address at the end is left out: nothing in a report refers to another file.
set(bytes "")
if(FROM)
  file(READ "${FROM}" bytes HEX)
  # "//# sourceMappingURL=" and "/*# sourceMappingURL="
  string(REGEX REPLACE "2f2[fa]2320736f757263654d617070696e6755524c3d.*$" "" bytes "${bytes}")
endif()
string(LENGTH "${bytes}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE "${TO}" "/* Generated. */\n#include \"report/assets.h\"\nconst unsigned char asset_${NAME}[] = {\n${bytes}0 };\n"
                   "const size_t asset_${NAME}_size = ${size};\n")
