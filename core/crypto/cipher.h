// AES as the originals use it: CFB for oauth2-proxy's cookies (reference oauth2-proxy.md section 4), GCM
// everywhere else. Keys of 16, 24 or 32 bytes; other sizes are a programming error (assert).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::crypto {

std::string aesCfbEncrypt(std::string_view key, std::string_view iv16, std::string_view plain);
std::string aesCfbDecrypt(std::string_view key, std::string_view iv16, std::string_view sealed);

// 12-byte nonce; the 16-byte tag stands at the end.
std::string aesGcmSeal(std::string_view key, std::string_view nonce12, std::string_view plain,
                       std::string_view associated = {});
std::optional<std::string> aesGcmOpen(std::string_view key, std::string_view nonce12, std::string_view sealed,
                                      std::string_view associated = {});

} // namespace gatehouse::crypto
