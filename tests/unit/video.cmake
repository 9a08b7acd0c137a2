# SPDX-License-Identifier: Apache-2.0
# Video: inputs of every kind, made by the tests themselves, and real recordings where they are at hand.
set(video_here ${CMAKE_CURRENT_LIST_DIR})
foreach(part clock formats turn damage input real)
  sagitta_test(test_video_${part} SOURCES ${video_here}/test_video_${part}.c ${video_here}/test_video_help.c
               ROOMS base video LINK PkgConfig::CMOCKA PkgConfig::FFMPEG LABELS unit TIMEOUT 300)
  target_compile_definitions(test_video_${part} PRIVATE SHARED_DATA="${PROJECT_SOURCE_DIR}/../shared/data")
endforeach()
