# bench_course: order of hips and back, speeds, shares of the thirds: does the interval hold the truth.
set(here ${CMAKE_CURRENT_LIST_DIR})
sagitta_executable(bench_course SOURCES ${here}/bench_course.c ${here}/bends.c
                   ROOMS base video scan track camera body assess simulate LINK PkgConfig::JANSSON)
