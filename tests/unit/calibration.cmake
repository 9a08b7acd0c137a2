# SPDX-License-Identifier: Apache-2.0
# Calibration: the C API over OpenCV, points through a camera and its file, the lens, the plane of movement.
set(here ${CMAKE_CURRENT_LIST_DIR})
set(calibration_rooms base video scan track camera opencv calibration)
# Drawing is most of the work: fast even in a debug build.
add_library(test_boards STATIC ${here}/boards.c)
target_link_libraries(test_boards PRIVATE sagitta_options)
target_compile_options(test_boards PRIVATE -O3)
foreach(part opencv camera lens lens_boards plane calibration_memory)
  sagitta_test(test_${part} SOURCES ${here}/test_${part}.c ROOMS ${calibration_rooms}
               LINK test_boards PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit TIMEOUT 300)
  target_compile_definitions(test_${part} PRIVATE SHARED_DATA="${PROJECT_SOURCE_DIR}/../shared/data"
                                                  SCHEMA_FILE="${PROJECT_SOURCE_DIR}/include/sagitta/camera.schema.json")
endforeach()
# OpenCV used directly, as a yardstick.
target_sources(test_lens_boards PRIVATE ${here}/opencv_direct.cpp)
target_include_directories(test_lens_boards SYSTEM PRIVATE ${OPENCV_INCLUDE_DIR})
if(SAGITTA_SANITIZE)
  target_compile_options(test_lens_boards PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-sanitize=vptr>)
endif()
sagitta_failing_memory(test_calibration_memory CXX)
