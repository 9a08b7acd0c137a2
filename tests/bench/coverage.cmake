# bench_coverage: does the 95 % interval hold the truth of simulated people, and how wide is it.
set(here ${CMAKE_CURRENT_LIST_DIR})
sagitta_executable(bench_coverage SOURCES ${here}/bench_coverage.c ${here}/exact.c ${here}/reliability.c ${here}/tally.c
                   ROOMS base video scan track camera body assess simulate LINK PkgConfig::JANSSON PkgConfig::CAIRO)
