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
# The page of the method and the code that it describes.
sagitta_test(test_method SOURCES ${here}/test_method.c ${here}/../bench/method_table.c ROOMS base video scan track camera body
             LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
target_include_directories(test_method PRIVATE ${here}/../bench)
target_compile_definitions(test_method PRIVATE METHOD_FOLDER="${PROJECT_SOURCE_DIR}/cv/body")
