// Where in a text something stands, and which field of a lab a thing came from.
#pragma once

#include <cstdint>
#include <string>

namespace gatehouse {

// Lines and columns are 1-based; 0 means "not known". `field` is a JSON-pointer-like path into the lab:
// "/gates/0/options/cookie-secret".
struct Place {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::string field;

    friend bool operator==(const Place&, const Place&) = default;
};

// A field of one Document, cheap enough to travel with every header edit. Only that Document (same
// generation) can turn it back into a Place. 0 = came from no field.
struct FieldId {
    std::uint32_t index = 0;

    explicit operator bool() const { return index != 0; }
    friend bool operator==(FieldId, FieldId) = default;
};

} // namespace gatehouse
