# SPDX-License-Identifier: Apache-2.0
# A build of somebody else's that has the library in it: consumer.sh makes this its CMakeLists.txt.
cmake_minimum_required(VERSION 3.25)
project(host LANGUAGES C CXX)
add_subdirectory(${SOURCE} sagitta)
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/host.c "#include <sagitta/sagitta.h>\nint main(void) { return !sagitta_version(); }\n")
add_executable(host ${CMAKE_CURRENT_BINARY_DIR}/host.c)
target_link_libraries(host PRIVATE sagitta::sagitta)
