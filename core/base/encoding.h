// Base64, Base32 (RFC 4648) and hexadecimal. Bytes travel as std::string; a text that is none is nullopt.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

std::string base64(std::string_view bytes);          // alphabet of section 4, padded
std::string base64Url(std::string_view bytes);       // alphabet of section 5, unpadded
std::string base64UrlPadded(std::string_view bytes); // alphabet of section 5, padded (Go's URLEncoding)
std::optional<std::string> fromBase64(std::string_view text); // strict: padding required, no blanks
std::optional<std::string>
fromBase64Url(std::string_view text); // padding optional; spare bits ignored as Go does

std::string base32(std::string_view bytes);                   // RFC 4648 section 6, unpadded, upper case
std::optional<std::string> fromBase32(std::string_view text); // case-free, blanks and padding ignored

std::string hex(std::string_view bytes); // lower case
std::optional<std::string> fromHex(std::string_view text);

} // namespace gatehouse
