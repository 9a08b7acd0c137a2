# Simulate: the people that the estimator is judged by.
if(NOT TARGET room_simulate OR NOT TARGET room_assess)
  return()
endif()
sagitta_test(test_simulate SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_simulate.c
             ROOMS base video scan track camera body assess simulate LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
sagitta_failing_memory(test_simulate)
