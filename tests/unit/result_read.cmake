# The result document read back. The simulated people are those of tests/bench.
if(NOT TARGET room_assess)
  return()
endif()
set(here ${CMAKE_CURRENT_LIST_DIR})
sagitta_test(test_result_read SOURCES ${here}/test_result_read.c ${here}/../bench/people.c ${here}/../bench/recording.c
             ROOMS base video scan track camera body assess LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
target_include_directories(test_result_read PRIVATE ${here}/../bench)
target_link_options(test_result_read PRIVATE -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc)
