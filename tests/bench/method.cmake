# method_figures: figures and tables of cv/body/METHOD.md.
set(here ${CMAKE_CURRENT_LIST_DIR})
sagitta_executable(method_figures SOURCES ${here}/method_figures.c ${here}/method_body.c ${here}/method_table.c
                   ${here}/plot.c ${here}/reliability.c ${here}/tally.c
                   ROOMS base video scan track camera body assess simulate LINK PkgConfig::CAIRO PkgConfig::JANSSON)
