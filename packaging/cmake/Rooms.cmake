# The plan of the house: one target a room, and an arrow goes to a lower floor only.

set(GATEHOUSE_FLOORS
    "base 0" "crypto 1" "http 1" "oidc 2" "realm 2" "exchange 2" "lab 3" "gate 4" "ingress 4" "provider 4" "whoami 4"
    "arrangement 5" "engine 6" "capture 6" "keycloak 6" "kubernetes 6" "diagnosis 7" "rehearsal 8" "user 9"
    "desk 10" "look 11" "browser 12" "live 12" "forms 12" "cluster 12" "window 13" "app 14")
foreach(row IN LISTS GATEHOUSE_FLOORS)
    string(REGEX MATCH "^([a-z]+) ([0-9]+)$" row "${row}")
    set(GATEHOUSE_FLOOR_${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
endforeach()

# A room that is not there yet, or one whose floor is not below, is an error at configure time.
function(gatehouse_check_uses name floor)
    if(NOT GATEHOUSE_FLOOR_${name} EQUAL floor)
        message(FATAL_ERROR "${name} is planned on floor '${GATEHOUSE_FLOOR_${name}}', not ${floor} (Rooms.cmake)")
    endif()
    foreach(used IN LISTS ARGN)
        if(NOT DEFINED GATEHOUSE_FLOOR_${used})
            message(FATAL_ERROR "${name} uses '${used}', which is no room of the house (Rooms.cmake)")
        elseif(NOT GATEHOUSE_FLOOR_${used} LESS floor)
            message(FATAL_ERROR "${name} (floor ${floor}) must not use ${used} (floor ${GATEHOUSE_FLOOR_${used}}): "
                "an arrow goes to a lower floor only")
        elseif(NOT EXISTS ${CMAKE_SOURCE_DIR}/core/${used}/CMakeLists.txt
                AND NOT EXISTS ${CMAKE_SOURCE_DIR}/ui/${used}/CMakeLists.txt)
            message(FATAL_ERROR "${name} uses ${used}, which is not built yet")
        endif()
    endforeach()
endfunction()

# gatehouse_room(NAME http FLOOR 1 USES base crypto LIBRARIES fmt PUBLIC_LIBRARIES asio)
#   All *.cpp below the folder as gatehouse::http; without any it is a room of headers only. What it USES is passed on to
#   its users, LIBRARIES are its own affair, PUBLIC_LIBRARIES are those that its headers include.
#   Its headers are <http/file.h>, through a folder in the build tree which shows this one room: a header of a room that
#   is not used is not found.
function(gatehouse_room)
    cmake_parse_arguments(arg "" "NAME;FLOOR" "USES;LIBRARIES;PUBLIC_LIBRARIES" ${ARGN})
    gatehouse_check_uses(${arg_NAME} ${arg_FLOOR} ${arg_USES})

    set(target gatehouse_${arg_NAME})
    set(shown ${CMAKE_BINARY_DIR}/rooms/${arg_NAME})
    file(MAKE_DIRECTORY ${shown})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${shown}/${arg_NAME} SYMBOLIC)

    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/app/main\\.cpp$")
    if(sources)
        add_library(${target} STATIC ${sources})
        set(public PUBLIC)
        set(private PRIVATE)
    else()
        add_library(${target} INTERFACE)
        set(public INTERFACE)
        set(private INTERFACE)
    endif()
    add_library(gatehouse::${arg_NAME} ALIAS ${target})

    list(TRANSFORM arg_USES PREPEND gatehouse::)
    list(TRANSFORM arg_LIBRARIES REPLACE "^([a-z0-9_]+)$" "gatehouse::\\1")
    list(TRANSFORM arg_PUBLIC_LIBRARIES REPLACE "^([a-z0-9_]+)$" "gatehouse::\\1")
    target_include_directories(${target} ${public} ${shown})
    target_link_libraries(${target} ${public} ${arg_USES} ${arg_PUBLIC_LIBRARIES} ${private} ${arg_LIBRARIES})
    if(sources AND GATEHOUSE_FLOOR_${arg_NAME} GREATER_EQUAL GATEHOUSE_FLOOR_desk
            AND NOT arg_NAME STREQUAL "app")
        set_target_properties(${target} PROPERTIES AUTOMOC ON AUTORCC ON)
        # Several classes may share a .cpp file's worth of header, or a header be signals alone: moc reads them all.
        file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
        target_sources(${target} PRIVATE ${headers})
        # moc does not look at a new header before an old one changes (CMake 3.25 with Ninja): make it look.
        set(known ${CMAKE_CURRENT_BINARY_DIR}/headers.txt)
        set(before "")
        if(EXISTS ${known})
            file(READ ${known} before)
        endif()
        if(NOT before STREQUAL headers)
            file(REMOVE ${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/timestamp)
            file(WRITE ${known} "${headers}")
        endif()
    endif()
endfunction()

# gatehouse_program(NAME gatehouse FLOOR 10 USES … LIBRARIES …), called in app/: main.cpp becomes the executable, the
# other files the room gatehouse::app, so that tests can reach them.
function(gatehouse_program)
    cmake_parse_arguments(arg "" "NAME;FLOOR" "USES;LIBRARIES" ${ARGN})
    gatehouse_room(NAME app FLOOR ${arg_FLOOR} USES ${arg_USES} PUBLIC_LIBRARIES ${arg_LIBRARIES})
    add_executable(${arg_NAME} main.cpp)
    target_link_libraries(${arg_NAME} PRIVATE gatehouse::app)
    target_compile_definitions(gatehouse_app PUBLIC GATEHOUSE_VERSION="${PROJECT_VERSION}")
    install(TARGETS ${arg_NAME})
endfunction()
