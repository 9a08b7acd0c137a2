# Installing the library for others: headers and schemas, the CMake package sagitta (target sagitta::sagitta) and
# sagitta.pc. The files find their prefix from where they lie, so that an installed tree can be moved.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sagitta)
install(
  TARGETS sagitta
  EXPORT sagittaTargets
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT library
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT devel
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT devel
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(
  DIRECTORY ${PROJECT_SOURCE_DIR}/include/sagitta
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT devel
  FILES_MATCHING
  PATTERN "*.h"
  PATTERN "*.schema.json"
  PATTERN "FORMATS.md")

install(EXPORT sagittaTargets NAMESPACE sagitta:: DESTINATION ${package_dir} COMPONENT devel)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/sagittaConfig.cmake.in
                              ${PROJECT_BINARY_DIR}/sagittaConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sagittaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sagittaConfig.cmake ${PROJECT_BINARY_DIR}/sagittaConfigVersion.cmake
        DESTINATION ${package_dir} COMPONENT devel)

file(RELATIVE_PATH up_to_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" up_to_prefix "${up_to_prefix}")
# A shared library needs nothing of its users. A static one leaves its own needs to them, who link them as shared libraries
# all the same: `pkg-config --static` would ask for everything that FFmpeg was built from.
if(BUILD_SHARED_LIBS)
  set(needs)
  set(own_libs)
else()
  set(needs "libavformat libavcodec libavutil libswscale libturbojpeg jansson libseccomp")
  set(own_libs " -lopencv_calib3d -lopencv_imgproc -lopencv_core -lstdc++ -lm -pthread")
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/sagitta.pc.in ${PROJECT_BINARY_DIR}/sagitta.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/sagitta.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT devel)
