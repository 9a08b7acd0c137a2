# TRC in, and what other programs read: TRC, C3D, MOT, FHIR.
if(NOT TARGET room_export)
  return()
endif()
set(here ${CMAKE_CURRENT_LIST_DIR})
sagitta_test(test_trc SOURCES ${here}/test_trc.c ROOMS base video scan track camera LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
foreach(name test_export test_export_memory)
  sagitta_test(${name} SOURCES ${here}/${name}.c ${here}/../bench/recording.c
               ROOMS base video scan track camera body assess export simulate
               LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
  target_include_directories(${name} PRIVATE ${here}/../bench)
endforeach()
sagitta_failing_memory(test_export_memory)

# The program's own reader and writer of spreadsheets' tables.
sagitta_test(test_csv SOURCES ${here}/test_csv.c ${PROJECT_SOURCE_DIR}/app/batch/csv.c LINK PkgConfig::CMOCKA LABELS unit)
target_include_directories(test_csv PRIVATE ${PROJECT_SOURCE_DIR}/app/batch)
