# SPDX-License-Identifier: Apache-2.0
# sagitta_room(NAME SOURCES … LINK …): one folder of the house, compiled on its own; the library, the tests and the fuzz
# targets are put together from rooms.
function(sagitta_room name)
  cmake_parse_arguments(R "" "" "SOURCES;LINK" ${ARGN})
  add_library(room_${name} OBJECT ${R_SOURCES})
  target_include_directories(room_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/cv)
  target_link_libraries(room_${name} PUBLIC sagitta_options ${R_LINK})
  set_target_properties(room_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON C_VISIBILITY_PRESET hidden
                                                CXX_VISIBILITY_PRESET hidden)
endfunction()

# sagitta_executable(NAME SOURCES … LINK …): a program that sees the inside of every room.
function(sagitta_executable name)
  cmake_parse_arguments(E "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${E_SOURCES})
  target_link_libraries(${name} PRIVATE ${E_LINK} sagitta_rooms sagitta_options)
endfunction()

# sagitta_test(NAME SOURCES … LINK … LABELS … TIMEOUT s): such a program, run by CTest; 77 = skipped.
function(sagitta_test name)
  cmake_parse_arguments(T "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  sagitta_executable(${name} SOURCES ${T_SOURCES} LINK ${T_LINK})
  add_test(NAME ${name} COMMAND ${name})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT ${T_TIMEOUT} LABELS "${T_LABELS}")
endfunction()
