# The result document read back. The simulated people are those of tests/bench.
if(NOT TARGET room_assess)
  return()
endif()
set(here ${CMAKE_CURRENT_LIST_DIR})
sagitta_test(test_result_read SOURCES ${here}/test_result_read.c ${here}/../bench/recording.c
             ROOMS base video scan track camera body assess simulate LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
target_include_directories(test_result_read PRIVATE ${here}/../bench)
target_compile_definitions(test_result_read PRIVATE CORPUS="${here}/../fuzz/corpus/result")
sagitta_failing_memory(test_result_read)
