set(synthetic ${CMAKE_CURRENT_LIST_DIR}/synthetic.c)
set(track_link PkgConfig::CMOCKA PkgConfig::JANSSON)
sagitta_test(test_measure SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_measure.c ${synthetic} ROOMS base scan video track
             LINK ${track_link} LABELS unit)
sagitta_test(test_follow SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_follow.c ${synthetic} ROOMS base scan video track
             LINK ${track_link} LABELS unit)
sagitta_test(test_blobs SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_blobs.c ${synthetic} ROOMS base scan video track
             LINK ${track_link} LABELS unit)
sagitta_test(test_find SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_find.c ${synthetic} ROOMS base scan video track
             LINK ${track_link} LABELS unit)
sagitta_test(test_ruler SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_ruler.c ${CMAKE_CURRENT_LIST_DIR}/filmed.c ${synthetic}
             ROOMS base scan video track LINK ${track_link} LABELS unit)
sagitta_test(test_observe SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_observe.c ${CMAKE_CURRENT_LIST_DIR}/filmed.c
             ROOMS base scan video track LINK ${track_link} LABELS unit)
