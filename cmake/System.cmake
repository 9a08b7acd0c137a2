# SPDX-License-Identifier: Apache-2.0
# What belongs to one operating system: cv/base/system_${SAGITTA_SYSTEM}.c and cv/video/camera_${SAGITTA_CAMERAS}.c.
# A port is a pair of such files and a branch here.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  set(SAGITTA_SYSTEM linux)
  set(SAGITTA_CAMERAS v4l2)
else()
  message(FATAL_ERROR "There is no port to ${CMAKE_SYSTEM_NAME}: cv/base/system.h and cv/video/camera_device.h say what "
                      "one has to provide")
endif()
