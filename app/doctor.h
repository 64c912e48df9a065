// What this machine needs and whether it is there, each with its cure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::app {

struct Finding {
    enum class State : std::uint8_t {
        Well,
        Advice, // it works without
        Missing // something does not work
    };
    std::string_view id;
    State state = State::Well;
    std::string what;
    std::string cure; // empty when nothing is to be done
};
std::string_view name(Finding::State state); // "well", "advice", "missing"

std::vector<Finding> examine();
bool allWell(const std::vector<Finding>& findings); // nothing Missing

} // namespace gatehouse::app
