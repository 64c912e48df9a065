// Digests, MACs and key derivation. Raw bytes in, raw bytes out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

struct evp_mac_ctx_st; // OpenSSL's EVP_MAC_CTX

namespace gatehouse::crypto {

enum class Hash : std::uint8_t { Sha1, Sha256, Sha384, Sha512 };

std::string digest(Hash hash, std::string_view bytes);
std::string hmac(Hash hash, std::string_view key, std::string_view bytes); // RFC 2104
// RFC 5869, SHA-256; at most 255 * 32 bytes.
std::string hkdf(std::string_view key, std::string_view salt, std::string_view info, std::size_t size);

// A MAC whose key schedule is kept: for hot paths. Not thread-safe. Moved from, it can only be assigned to.
class HmacKey {
public:
    HmacKey(Hash hash, std::string_view key);
    ~HmacKey();
    HmacKey(HmacKey&& other) noexcept;
    HmacKey& operator=(HmacKey&& other) noexcept;
    std::string mac(std::string_view bytes) const;

private:
    evp_mac_ctx_st* context_ = nullptr;
};

} // namespace gatehouse::crypto
