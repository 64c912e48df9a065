# The libraries that are not ours, each found in this one place and used as gatehouse::<name>.
# Which room may use which is the house test's business (tests/house). Packages: packaging/dependencies.txt.

# With GATEHOUSE_COMPILE_ONLY nothing is linked, so a library is only its headers: the host's own, or a folder of links
# to those which mean the same on every target (GATEHOUSE_TARGET_NEUTRAL_HEADERS, see TargetNeutralHeaders.cmake).
if(GATEHOUSE_COMPILE_ONLY AND CMAKE_CROSSCOMPILING)
    include(TargetNeutralHeaders)
endif()

function(gatehouse_library name)
    cmake_parse_arguments(arg "" "" "TARGETS;DEFINITIONS;INCLUDES" ${ARGN})
    add_library(gatehouse_library_${name} INTERFACE)
    add_library(gatehouse::${name} ALIAS gatehouse_library_${name})
    target_link_libraries(gatehouse_library_${name} INTERFACE ${arg_TARGETS})
    target_compile_definitions(gatehouse_library_${name} INTERFACE ${arg_DEFINITIONS})
    target_include_directories(gatehouse_library_${name} SYSTEM INTERFACE ${arg_INCLUDES})
endfunction()

set(asio_definitions ASIO_STANDALONE ASIO_NO_DEPRECATED)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # Asio 1.22 looks for the coroutines of clang in their experimental days.
    list(APPEND asio_definitions ASIO_HAS_CO_AWAIT=1 ASIO_HAS_STD_COROUTINE=1)
endif()
set(pcre2_definitions PCRE2_CODE_UNIT_WIDTH=8)
set(zxing_definitions ZX_USE_UTF8) # what 2.x does without being asked

if(GATEHOUSE_COMPILE_ONLY AND CMAKE_CROSSCOMPILING)
    foreach(name openssl yaml asio fmt cli11 json toml lz4 re2 pcre2 gumbo psl qrencode zxing zlib)
        gatehouse_library(${name} INCLUDES ${GATEHOUSE_TARGET_NEUTRAL_HEADERS} DEFINITIONS ${${name}_definitions})
    endforeach()
    return()
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
gatehouse_library(openssl TARGETS OpenSSL::SSL OpenSSL::Crypto)

find_path(GATEHOUSE_ASIO_INCLUDE asio.hpp REQUIRED)
gatehouse_library(asio TARGETS Threads::Threads INCLUDES ${GATEHOUSE_ASIO_INCLUDE} DEFINITIONS ${asio_definitions})
# Asio 1.22 uses std::terminate and std::exception_ptr without their header, which only libstdc++ brings along.
target_compile_options(gatehouse_library_asio INTERFACE "$<$<CXX_COMPILER_ID:Clang>:SHELL:-include exception>")

# name in gatehouse::   name for pkg-config
foreach(row "yaml yaml-cpp" "fmt fmt" "cli11 CLI11" "json nlohmann_json" "toml tomlplusplus"
        "lz4 liblz4" "re2 re2" "pcre2 libpcre2-8" "gumbo gumbo" "psl libpsl" "qrencode libqrencode" "zxing zxing"
        "zlib zlib")
    separate_arguments(row)
    list(GET row 0 name)
    list(GET row 1 package)
    pkg_check_modules(${name} REQUIRED QUIET IMPORTED_TARGET ${package})
    gatehouse_library(${name} TARGETS PkgConfig::${name} DEFINITIONS ${${name}_definitions})
endforeach()

if(GATEHOUSE_TESTS AND NOT GATEHOUSE_COMPILE_ONLY)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
endif()
if(GATEHOUSE_UI AND NOT GATEHOUSE_COMPILE_ONLY)
    if(EXISTS ${CMAKE_SOURCE_DIR}/ui/CMakeLists.txt)
        find_package(Qt6 6.4 REQUIRED COMPONENTS Core Widgets Network Svg WebEngineWidgets)
        find_package(Qt6Keychain REQUIRED)
    elseif(EXISTS ${CMAKE_SOURCE_DIR}/core/desk/CMakeLists.txt)
        find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network)
        find_package(Qt6Keychain REQUIRED)
    endif()
endif()

# gatehouse::allocator takes malloc's place in a whole program: records are made on the engine's thread and freed on
# another, which costs glibc a quarter of a request (tests/bench). Nothing calls it, so the linker must be told to keep it.
# Sanitizers bring their own; on Windows and macOS the system's does.
gatehouse_library(allocator)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT CMAKE_CXX_FLAGS_DEBUG MATCHES "-fsanitize")
    find_package(mimalloc CONFIG REQUIRED)
    target_link_libraries(gatehouse_library_allocator INTERFACE -Wl,--push-state,--no-as-needed mimalloc -Wl,--pop-state)
endif()
