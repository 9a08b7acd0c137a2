# Body: gaps and filters, the planar body, its posterior.
if(NOT TARGET room_body OR NOT TARGET room_track OR NOT TARGET room_video)
  return()
endif()
set(here ${CMAKE_CURRENT_LIST_DIR})
sagitta_test(test_body_gaps SOURCES ${here}/test_body_gaps.c ROOMS base LINK PkgConfig::CMOCKA LABELS unit)
sagitta_test(test_body_filter SOURCES ${here}/test_body_filter.c ROOMS base video scan track camera body LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
sagitta_test(test_body_posterior SOURCES ${here}/test_body_posterior.c ${here}/../bench/recording.c
             ROOMS base video scan track camera body simulate
             LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
target_include_directories(test_body_posterior PRIVATE ${here}/../bench)
sagitta_test(test_view SOURCES ${here}/test_view.c ROOMS base video scan track camera body LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
