// Private to this room: the names in a certificate (RFC 5280 section 4.2.1.6).
#pragma once

#include <base/error.h>
#include <crypto/opensslHandle.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::crypto {

using GeneralNames = Handle<GENERAL_NAMES, GENERAL_NAMES_free>;

// DNS names (ASCII; the leftmost label may be "*"), IPv4 and IPv6 literals (in brackets, too); at least one.
Result<GeneralNames> alternativeNames(const std::vector<std::string>& names);
std::vector<std::string> textOf(const GENERAL_NAMES* names); // those two kinds, in their order

} // namespace gatehouse::crypto
