// Slow hashes for files that a pass-phrase opens (scrypt, RFC 7914).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::crypto {

// The defaults take 32 MiB and about a tenth of a second. At most 1 GiB (128 * n * r bytes).
struct ScryptCost {
    std::uint64_t n = std::uint64_t{1} << 15; // a power of two
    std::uint32_t r = 8;
    std::uint32_t p = 1;
};

std::string scrypt(std::string_view passphrase, std::string_view salt, std::size_t size,
                   const ScryptCost& cost = {});

} // namespace gatehouse::crypto
