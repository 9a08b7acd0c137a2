sagitta_test(test_scan SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_scan.c ROOMS base scan LINK PkgConfig::CMOCKA LABELS unit)
# Whatever level the environment asks for, or a message and no measurement.
foreach(level c sse4.1 avx2)
  add_test(NAME test_scan_${level} COMMAND test_scan)
  set_tests_properties(test_scan_${level} PROPERTIES ENVIRONMENT SAGITTA_SIMD=${level} SKIP_RETURN_CODE 77 LABELS unit)
endforeach()
