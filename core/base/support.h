// How far the product goes with one option, annotation, key or field of an original: the mark every table row
// carries.
#pragma once

#include <cstdint>
#include <string_view>

namespace gatehouse {

enum class Support : std::uint8_t {
    Does,   // as the original
    Partly, // the row's note says what is missing
    NotYet  // refused by run and rehearse unless tolerated by name
};

std::string_view name(Support support); // "does", "partly", "not yet"

} // namespace gatehouse
