# bench_scan: the inner loop against reading its bytes, and against OpenCV.
if(NOT TARGET room_opencv)
  add_subdirectory(${PROJECT_SOURCE_DIR}/cv/opencv ${CMAKE_BINARY_DIR}/cv/opencv)
endif()
sagitta_executable(bench_scan SOURCES ${CMAKE_CURRENT_LIST_DIR}/bench_scan.c ${CMAKE_CURRENT_LIST_DIR}/scan_scenes.c
                                      ${CMAKE_CURRENT_LIST_DIR}/read_plain.c
                   ROOMS base scan opencv)
