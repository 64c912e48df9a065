# A folder of links to those of the host's headers that mean the same on every target. A cross compiler must not see
# /usr/include itself: the C library's headers in there are another system's.

set(GATEHOUSE_TARGET_NEUTRAL_HEADERS ${CMAKE_BINARY_DIR}/target-neutral-headers)
file(MAKE_DIRECTORY ${GATEHOUSE_TARGET_NEUTRAL_HEADERS})
foreach(name yaml-cpp asio asio.hpp fmt CLI nlohmann toml++ re2 lz4.h lz4frame.h lz4hc.h pcre2.h gumbo.h libpsl.h
        qrencode.h ZXing zlib.h zconf.h)
    if(NOT EXISTS /usr/include/${name})
        message(FATAL_ERROR "the header ${name} is missing on this machine")
    endif()
    file(CREATE_LINK /usr/include/${name} ${GATEHOUSE_TARGET_NEUTRAL_HEADERS}/${name} SYMBOLIC)
endforeach()

# OpenSSL's configuration header lies apart, under the name of the host's architecture.
file(GLOB openssl /usr/include/openssl/*.h /usr/include/*-linux-gnu/openssl/*.h)
file(MAKE_DIRECTORY ${GATEHOUSE_TARGET_NEUTRAL_HEADERS}/openssl)
foreach(header IN LISTS openssl)
    get_filename_component(name ${header} NAME)
    file(CREATE_LINK ${header} ${GATEHOUSE_TARGET_NEUTRAL_HEADERS}/openssl/${name} SYMBOLIC)
endforeach()
