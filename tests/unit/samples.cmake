# SPDX-License-Identifier: Apache-2.0
if(TARGET sample_render)
  sagitta_test(test_samples SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_samples.c
               LINK sample_render PkgConfig::FFMPEG PkgConfig::CMOCKA LABELS unit TIMEOUT 300)
  sagitta_test(test_movements SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_movements.c
               LINK sample_render PkgConfig::CMOCKA LABELS unit TIMEOUT 300)
endif()
