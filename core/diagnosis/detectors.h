// Detectors: each looks for the evidence of one verdict. Private to this room.
#pragma once

#include <diagnosis/verdict.h>

#include <optional>
#include <span>

namespace gatehouse::diagnosis {

using Args = std::map<std::string, std::string>;

struct Detector {
    std::string_view code;
    std::optional<Args> (*find)(const Evidence& evidence); // nullopt: not this one
};

// In the order in which they are asked: causes before symptoms.
std::span<const Detector> providerDetectors(); // the login pages
std::span<const Detector> gateDetectors();     // callback and the gate's refusals
std::span<const Detector> ingressDetectors();  // routing, sub-request, service

} // namespace gatehouse::diagnosis
