# SPDX-License-Identifier: Apache-2.0
# Debian packages by CPack: sagitta (the program), libsagittaMAJOR.MINOR (the library with its modules and its decoder),
# libsagitta-dev. tests/packages/run.sh builds them as they are meant to be: prefix /usr, stripped, the same bytes from
# the same source wherever it lies.
set(soname ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
set(CPACK_PACKAGE_NAME sagitta)
set(CPACK_PACKAGE_VENDOR "the Sagitta authors")
# Debian's own names for it. There is no address to fall back on: without one CPack refuses to make a package.
set(packager "")
if(DEFINED ENV{DEBEMAIL})
  set(packager "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
endif()
set(SAGITTA_PACKAGER
    "${packager}"
    CACHE STRING "Who builds the packages and answers for them: Name <address>; from DEBFULLNAME and DEBEMAIL")
set(CPACK_PACKAGE_CONTACT ${SAGITTA_PACKAGER})
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "measurement of forward bends from side-view video")
set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                                                WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL program library devel)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/cv ${PROJECT_BINARY_DIR}/app)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
if(CMAKE_CROSSCOMPILING AND CMAKE_LIBRARY_ARCHITECTURE)
  # CPack takes the machine that it runs on.
  execute_process(COMMAND dpkg-architecture -t${CMAKE_LIBRARY_ARCHITECTURE} -qDEB_HOST_ARCH
                  OUTPUT_VARIABLE CPACK_DEBIAN_PACKAGE_ARCHITECTURE OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
endif()

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME sagitta)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "fonts-dejavu-core | fonts-noto-core")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "snakemake, libavdevice59 | libavdevice61")
set(CPACK_COMPONENT_PROGRAM_DEPENDS library)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
    "Says whether the bend comes from the hips or from the lower back, from an
ordinary video taken from the side of a person who wears coloured markers,
each value with its 95 % interval. Reports, records of clients and a page
for the clinic; everything stays on this machine.")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libsagitta${soname})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION
    "A C library that turns a side-view video of a person who bends forward into
angles of hips and lower back with their intervals. Videos are decoded in
a process that can reach nothing; FFmpeg and OpenCV are loaded when they
are first needed.")

set(CPACK_DEBIAN_DEVEL_PACKAGE_NAME libsagitta-dev)
set(CPACK_DEBIAN_DEVEL_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_DEVEL_DEPENDS library)
set(CPACK_COMPONENT_DEVEL_DESCRIPTION
    "Headers, schemas, pkg-config and CMake files of libsagitta, a C library that
turns a side-view video of a person who bends forward into angles of hips and
lower back with their intervals.")

# The dynamic linker's cache follows the library. CPack adds maintainer scripts that do the same; lintian warns of them.
file(WRITE ${PROJECT_BINARY_DIR}/debian/triggers "activate-noawait ldconfig\n")
file(WRITE ${PROJECT_BINARY_DIR}/debian/shlibs "libsagitta ${soname} libsagitta${soname} (>= ${PROJECT_VERSION})\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/debian/triggers ${PROJECT_BINARY_DIR}/debian/shlibs)

# share/doc of each, and what there is to read.
find_program(GZIP gzip REQUIRED)
set(changelog ${PROJECT_BINARY_DIR}/debian/changelog.gz)
set(debian_changelog ${PROJECT_BINARY_DIR}/debian/changelog.Debian)
# Of the source's date where SOURCE_DATE_EPOCH gives it.
string(TIMESTAMP today "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(CONFIGURE OUTPUT ${debian_changelog} @ONLY CONTENT "sagitta (@PROJECT_VERSION@-1) unstable; urgency=medium

  * Built by CPack; what has changed stands in changelog.gz.

 -- @SAGITTA_PACKAGER@  @today@
")
add_custom_command(
  OUTPUT ${changelog} ${debian_changelog}.gz
  COMMAND sh -c "\"$1\" -9nc \"$2\" >\"$3\"" sh ${GZIP} ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${changelog}
  COMMAND ${GZIP} -9nfk ${debian_changelog}
  DEPENDS ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${debian_changelog}
  VERBATIM)
add_custom_target(sagitta_changelog ALL DEPENDS ${changelog} ${debian_changelog}.gz)
foreach(pair program=sagitta library=libsagitta${soname} devel=libsagitta-dev)
  string(REGEX MATCH "^[a-z]+" component ${pair})
  string(REGEX REPLACE "^[a-z]+=" "" package ${pair})
  install(
    FILES ${PROJECT_SOURCE_DIR}/packaging/copyright ${changelog} ${debian_changelog}.gz
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package}
    COMPONENT ${component})
endforeach()
set(doc ${CMAKE_INSTALL_DATADIR}/doc/sagitta)
install(FILES README.md NOTICE SECURITY.md cv/body/METHOD.md include/sagitta/FORMATS.md DESTINATION ${doc} COMPONENT program)
install(DIRECTORY samples/cohort DESTINATION ${doc}/examples COMPONENT program)
install(FILES samples/use_library.c samples/use_library.cpp samples/use_library.py samples/use_library.R DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libsagitta-dev/examples COMPONENT devel)
install(FILES packaging/sagitta.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT program)

# A short recording to try the program on.
install(FILES samples/clips/hips.mp4 DESTINATION ${CMAKE_INSTALL_DATADIR}/sagitta RENAME sample.mp4 COMPONENT program)
include(CPack)
