# The setup check and the colours.
if(NOT TARGET room_check OR NOT TARGET room_track OR NOT TARGET room_video)
  return()
endif()
set(here ${CMAKE_CURRENT_LIST_DIR})
set(check_rooms base video scan track check)
sagitta_test(test_check SOURCES ${here}/test_check.c ROOMS ${check_rooms} LINK PkgConfig::CMOCKA PkgConfig::JANSSON
             LABELS unit)
sagitta_test(test_colours SOURCES ${here}/test_colours.c ROOMS ${check_rooms} LINK PkgConfig::CMOCKA PkgConfig::JANSSON
             LABELS unit)
