# The course of a bend: order, speed, shares, smoothness, where the hips go. The simulated people are those of tests/bench.
if(NOT TARGET room_simulate OR NOT TARGET room_assess)
  return()
endif()
set(here ${CMAKE_CURRENT_LIST_DIR})
sagitta_test(test_sparc SOURCES ${here}/test_sparc.c ROOMS base video scan track camera body assess
             LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
sagitta_test(test_course SOURCES ${here}/test_course.c ${here}/../bench/bends.c
             ROOMS base video scan track camera body assess simulate LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit
             TIMEOUT 300)
target_include_directories(test_course PRIVATE ${here}/../bench)
sagitta_test(test_filter_rates SOURCES ${here}/test_filter_rates.c ROOMS base video scan track camera body
             LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
