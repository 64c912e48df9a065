// Digests, MACs and key derivation. Raw bytes in, raw bytes out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::crypto {

enum class Hash : std::uint8_t { Sha1, Sha256, Sha384, Sha512 };

std::string digest(Hash hash, std::string_view bytes);
std::string hmac(Hash hash, std::string_view key, std::string_view bytes); // RFC 2104
// RFC 5869, SHA-256.
std::string hkdf(std::string_view key, std::string_view salt, std::string_view info, std::size_t size);

// A MAC whose key schedule is kept: for hot paths. Not thread-safe.
class HmacKey {
public:
    HmacKey(Hash hash, std::string_view key);
    ~HmacKey();
    HmacKey(HmacKey&& other) noexcept;
    HmacKey& operator=(HmacKey&& other) noexcept;
    std::string mac(std::string_view bytes) const;

private:
    void* context_ = nullptr; // EVP_MAC_CTX
};

} // namespace gatehouse::crypto
