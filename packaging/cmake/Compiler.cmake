# The language, the warnings, and what makes a build quick.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

# Object files know their sources by relative paths only, so that two checkouts can share a compiler cache and no
# developer's folder ends up in a release.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor
    -Woverloaded-virtual -Wextra-semi -Werror
    -Wno-missing-field-initializers) # designated initialisers leave out what has a default: that is their use
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # False alarms of GCC 12: string concatenation (PR 105651), variants and optionals (PR 80635), coroutine frames of
    # Asio (operator new and delete look mismatched once inlined).
    add_compile_options(-Wno-restrict -Wno-maybe-uninitialized -Wno-mismatched-new-delete)
else()
    # std::stable_sort of libstdc++ 12 uses what the same library calls deprecated, and clang says so at the caller.
    # What GCC understands by -Wconversion does not include signs.
    add_compile_options(-Wno-deprecated-declarations -Wno-sign-conversion)
endif()

# Cheap checks of the standard library in everything that is not a release.
add_compile_definitions($<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

find_program(GATEHOUSE_MOLD mold)
if(GATEHOUSE_MOLD AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
    add_link_options(-fuse-ld=mold)
endif()

find_program(GATEHOUSE_CCACHE ccache)
if(GATEHOUSE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
        ${GATEHOUSE_CCACHE})
endif()
