# Assess: from tracks to the result document. The simulated people are those of tests/bench.
if(NOT TARGET room_assess OR NOT TARGET room_track OR NOT TARGET room_video)
  return()
endif()
set(here ${CMAKE_CURRENT_LIST_DIR})
set(people ${here}/../bench/recording.c)
foreach(name test_assess test_assess_refusals test_assess_document test_assess_truth test_assess_memory)
  sagitta_test(${name} SOURCES ${here}/${name}.c ${people} ROOMS base video scan track camera body assess simulate
               LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
  target_include_directories(${name} PRIVATE ${here}/../bench)
endforeach()
target_compile_definitions(test_assess_document PRIVATE
                           SCHEMA_FILE="${PROJECT_SOURCE_DIR}/include/sagitta/result.schema.json")
target_compile_definitions(test_assess_truth PRIVATE CLIPS="${PROJECT_SOURCE_DIR}/../shared/data/clips")
sagitta_failing_memory(test_assess_memory)
target_sources(test_assess_memory PRIVATE ${here}/figure.c)

# The battery of tests: a jointed figure in every posture.
foreach(name test_battery test_battery_refusals test_norms)
  sagitta_test(${name} SOURCES ${here}/${name}.c ${here}/figure.c ROOMS base video scan track camera body assess
               LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
endforeach()

# The languages: the same numbers in other words.
sagitta_test(test_translate SOURCES ${here}/test_translate.c ${here}/figure.c ${people} ROOMS base video scan track camera body
             assess simulate LINK PkgConfig::CMOCKA PkgConfig::JANSSON LABELS unit)
target_include_directories(test_translate PRIVATE ${here}/../bench)
