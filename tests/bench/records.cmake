# How long the records take to answer; their file is made by records.py.
if(TARGET sagitta_records)
  sagitta_executable(bench_records SOURCES ${CMAKE_CURRENT_LIST_DIR}/bench_records.c
                     ${PROJECT_SOURCE_DIR}/app/options.c ${PROJECT_SOURCE_DIR}/app/text.c LINK sagitta_records)
endif()
