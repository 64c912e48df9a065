# Tests: one executable a file, run by ctest under its label. The target tests_<label> builds those of one label.

foreach(label house core engine web peers ui story)
    add_custom_target(tests_${label})
endforeach()

function(gatehouse_test_executable name label)
    cmake_parse_arguments(arg "" "" "ROOMS;LIBRARIES" ${ARGN})
    if(NOT TARGET tests_${label})
        message(FATAL_ERROR "${name}: the label '${label}' is none of house core engine web peers ui story")
    endif()
    list(TRANSFORM arg_ROOMS PREPEND gatehouse::)
    list(TRANSFORM arg_LIBRARIES REPLACE "^([a-z0-9_]+)$" "gatehouse::\\1")
    add_executable(${name} ${name}.cpp)
    target_link_libraries(${name} PRIVATE ${arg_ROOMS} ${arg_LIBRARIES})
    target_compile_definitions(${name} PRIVATE
        GATEHOUSE_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}" GATEHOUSE_SOURCE="${CMAKE_SOURCE_DIR}")
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests) # what tests share: <core/http/wire.h>
    add_dependencies(tests_${label} ${name})
endfunction()

# gatehouse_test(NAME tst_http_parser ROOMS http crypto LABEL core [LIBRARIES …] [TIMEOUT seconds] [SERIAL])
#   <NAME>.cpp with a Qt Test class and QTEST_GUILESS_MAIN or QTEST_APPLESS_MAIN, and #include "<NAME>.moc".
#   GATEHOUSE_TEST_DATA is the folder of the source, GATEHOUSE_SOURCE the top of the tree. SERIAL: nothing else runs
#   beside it (it measures time, or a fixed port).
function(gatehouse_test)
    cmake_parse_arguments(arg "SERIAL" "NAME;LABEL;TIMEOUT" "ROOMS;LIBRARIES" ${ARGN})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    gatehouse_test_executable(${arg_NAME} "${arg_LABEL}" ROOMS ${arg_ROOMS} LIBRARIES ${arg_LIBRARIES} Qt6::Test)
    # Qt compiles absolute paths into every test; without them two checkouts share a compiler cache.
    # A test is compiled once and runs for a second: what it checks is optimised, it is not (a quarter of its build time).
    target_compile_options(${arg_NAME} PRIVATE -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR $<$<CONFIG:Release>:-O0>)
    set_target_properties(${arg_NAME} PROPERTIES AUTOMOC ON AUTOMOC_COMPILER_PREDEFINES OFF
        AUTOMOC_MOC_OPTIONS "--include;${CMAKE_SOURCE_DIR}/packaging/cmake/moc.h")
    add_test(NAME ${arg_NAME} COMMAND ${arg_NAME})
    set_tests_properties(${arg_NAME} PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT} RUN_SERIAL ${arg_SERIAL})
endfunction()

# gatehouse_tool(NAME ingress_observations ROOMS … [LABEL core]): an executable with its own main() that takes files as
#   arguments. It is no test by itself; a test of that label may run it: add_test(NAME … COMMAND ingress_observations FILE).
function(gatehouse_tool)
    cmake_parse_arguments(arg "" "NAME;LABEL" "ROOMS;LIBRARIES" ${ARGN})
    if(NOT arg_LABEL)
        set(arg_LABEL core)
    endif()
    gatehouse_test_executable(${arg_NAME} ${arg_LABEL} ROOMS ${arg_ROOMS} LIBRARIES ${arg_LIBRARIES})
endfunction()

# gatehouse_fuzz(NAME fuzz_lab ROOMS lab [CORPUS folder]): <NAME>.cpp with LLVMFuzzerTestOneInput. Its corpus is the
#   folder <NAME>/, if there is one, and CORPUS. The fuzz preset links libFuzzer; every other build replays the corpus
#   once, so what was found stays found.
function(gatehouse_fuzz)
    cmake_parse_arguments(arg "" "NAME;CORPUS" "ROOMS;LIBRARIES" ${ARGN})
    gatehouse_test_executable(${arg_NAME} core ROOMS ${arg_ROOMS} LIBRARIES ${arg_LIBRARIES})
    set(corpus ${arg_CORPUS})
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${arg_NAME})
        list(APPEND corpus ${CMAKE_CURRENT_SOURCE_DIR}/${arg_NAME})
    endif()
    if(GATEHOUSE_FUZZ)
        target_link_options(${arg_NAME} PRIVATE -fsanitize=fuzzer)
        add_test(NAME ${arg_NAME} COMMAND ${arg_NAME} -runs=0 ${corpus})
    else()
        target_sources(${arg_NAME} PRIVATE ${CMAKE_SOURCE_DIR}/tests/fuzz/replay.cpp)
        add_test(NAME ${arg_NAME} COMMAND ${arg_NAME} ${corpus})
    endif()
    set_tests_properties(${arg_NAME} PROPERTIES LABELS core TIMEOUT 60)
endfunction()
