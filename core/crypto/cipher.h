// AES as the originals use it: CFB for oauth2-proxy's cookies (reference oauth2-proxy.md section 4), GCM
// everywhere else. Keys of 16, 24 or 32 bytes; other sizes are a programming error and end the process.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_cipher_ctx_st; // OpenSSL's EVP_CIPHER_CTX

namespace gatehouse::crypto {

bool isAesKeySize(std::size_t bytes); // 16, 24, 32

std::string aesCfbEncrypt(std::string_view key, std::string_view iv16, std::string_view plain);
std::string aesCfbDecrypt(std::string_view key, std::string_view iv16, std::string_view sealed);

// AES-CFB128 whose key schedule is kept: for hot paths. No integrity of its own. Not thread-safe. Moved from,
// it can only be assigned to.
class AesCfbKey {
public:
    explicit AesCfbKey(std::string_view key);
    ~AesCfbKey();
    AesCfbKey(AesCfbKey&&) noexcept;
    AesCfbKey& operator=(AesCfbKey&&) noexcept;
    std::string encrypt(std::string_view iv16, std::string_view plain) const;
    std::string decrypt(std::string_view iv16, std::string_view sealed) const;

private:
    struct Free {
        void operator()(evp_cipher_ctx_st* context) const;
    };
    using Context = std::unique_ptr<evp_cipher_ctx_st, Free>;
    Context encrypting_;
    Context keystream_; // ECB, for decrypting
};

// 12-byte nonce; the 16-byte tag stands at the end. nullopt: not what was sealed with this key and nonce.
std::string aesGcmSeal(std::string_view key, std::string_view nonce12, std::string_view plain,
                       std::string_view associated = {});
std::optional<std::string> aesGcmOpen(std::string_view key, std::string_view nonce12, std::string_view sealed,
                                      std::string_view associated = {});

} // namespace gatehouse::crypto
