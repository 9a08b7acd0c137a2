# The report: what the pages say and how it is written, beside the end-to-end tests that look at them.
if(NOT TARGET sagitta_report)
  return()
endif()
set(here ${CMAKE_CURRENT_LIST_DIR})
sagitta_test(test_report SOURCES ${here}/test_report.c ${PROJECT_SOURCE_DIR}/app/text.c
             ${PROJECT_SOURCE_DIR}/app/sanitize.c LINK sagitta_report
             PkgConfig::CMOCKA LABELS unit)
target_include_directories(test_report PRIVATE ${PROJECT_SOURCE_DIR}/app/report)
target_compile_definitions(test_report PRIVATE CORPUS="${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/result")
sagitta_failing_memory(test_report)
