# Tracks and markers: the store, the two files, and what happens when memory runs short.
if(NOT TARGET room_track OR NOT TARGET room_video OR NOT TARGET room_scan)
  return()
endif()
set(here ${CMAKE_CURRENT_LIST_DIR})
sagitta_test(test_tracks SOURCES ${here}/test_tracks.c ROOMS base scan video track LINK PkgConfig::CMOCKA LABELS unit)
sagitta_test(test_tracks_csv SOURCES ${here}/test_tracks_csv.c ROOMS base scan video track LINK PkgConfig::CMOCKA LABELS unit)
sagitta_test(test_markers SOURCES ${here}/test_markers.c ROOMS base scan video track LINK PkgConfig::CMOCKA PkgConfig::JANSSON
             LABELS unit)
target_compile_definitions(test_markers PRIVATE SCHEMA_FILE="${PROJECT_SOURCE_DIR}/include/sagitta/markers.schema.json")
sagitta_test(test_locale SOURCES ${here}/test_locale.c ROOMS base scan video track LINK PkgConfig::CMOCKA LABELS unit)
sagitta_test(test_tracks_memory SOURCES ${here}/test_tracks_memory.c ROOMS base scan video track
             LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
sagitta_failing_memory(test_tracks_memory)
