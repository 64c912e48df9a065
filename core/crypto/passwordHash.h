// Slow hashes for files that a pass-phrase opens (scrypt, RFC 7914).
#pragma once

#include <string>
#include <string_view>

namespace gatehouse::crypto {

std::string scrypt(std::string_view passphrase, std::string_view salt, std::size_t size); // N=2^15, r=8, p=1

} // namespace gatehouse::crypto
