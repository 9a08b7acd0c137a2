# SPDX-License-Identifier: Apache-2.0
# Calibration: the C API over OpenCV, points through a camera and its file, the lens, the plane of movement.
set(here ${CMAKE_CURRENT_LIST_DIR})
set(calibration_rooms base video scan track camera opencv calibration)
foreach(part opencv camera lens plane)
  sagitta_test(test_${part} SOURCES ${here}/test_${part}.c ${here}/boards.c ROOMS ${calibration_rooms}
               LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit TIMEOUT 300)
  target_compile_definitions(test_${part} PRIVATE SHARED_DATA="${PROJECT_SOURCE_DIR}/../shared/data"
                                                  SCHEMA_FILE="${PROJECT_SOURCE_DIR}/include/sagitta/camera.schema.json")
endforeach()
