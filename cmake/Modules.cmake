# SPDX-License-Identifier: Apache-2.0
# sagitta_module(NAME FOLDER build folder COMPONENT package OBJECTS … LINK …): a part of a library or of the program that is loaded when it
# is first used, NAME.so. It is private: it fits the build that it comes from and no other, and shows one table of
# functions. Installed into LIB/sagitta, next to the library, which looks for it there.
set(SAGITTA_MODULES ${CMAKE_INSTALL_LIBDIR}/sagitta)
function(sagitta_module name)
  cmake_parse_arguments(M "" "FOLDER;COMPONENT" "OBJECTS;LINK" ${ARGN})
  set(target sagitta_module_${name})
  add_library(${target} MODULE ${M_OBJECTS})
  target_link_libraries(${target} PRIVATE sagitta_options ${M_LINK})
  target_link_options(${target} PRIVATE -Wl,-z,defs
                      -Wl,--version-script=${PROJECT_SOURCE_DIR}/cmake/module.map)
  set_target_properties(
    ${target}
    PROPERTIES PREFIX ""
               OUTPUT_NAME ${name}
               LINKER_LANGUAGE C
               LIBRARY_OUTPUT_DIRECTORY ${M_FOLDER}
               INSTALL_RPATH "$ORIGIN:$ORIGIN/.."
               LINK_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/module.map)
  install(TARGETS ${target} LIBRARY DESTINATION ${SAGITTA_MODULES} COMPONENT ${M_COMPONENT})
endfunction()
