#include <base/encoding.h>
#include <crypto/digest.h>
#include <provider/ids.h>

namespace gatehouse::provider {
namespace {

std::string uuidText(std::string bytes) {
    bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0Fu) | 0x40u);
    bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3Fu) | 0x80u);
    std::string out = hex(std::string_view(bytes).substr(0, 16));
    for (const std::size_t at : {8u, 13u, 18u, 23u})
        out.insert(at, 1, '-');
    return out;
}

} // namespace

std::string newUuid(crypto::Entropy& entropy) {
    return uuidText(entropy.bytes(16));
}

std::string newSessionId(crypto::Entropy& entropy) {
    return base64Url(entropy.bytes(18));
}

std::string newTabId(crypto::Entropy& entropy) {
    return base64Url(entropy.bytes(8));
}

std::string newSessionCode(crypto::Entropy& entropy) {
    return base64Url(entropy.bytes(32));
}

std::string newAlphanumeric(crypto::Entropy& entropy, std::size_t size) {
    static constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::string out;
    while (out.size() < size)
        for (const char byte : entropy.bytes(size))
            if (const auto value = static_cast<unsigned char>(byte) & 0x3Fu;
                value < letters.size() && out.size() < size)
                out += letters[value];
    return out;
}

std::string derivedUuid(std::initializer_list<std::string_view> names) {
    std::string joined;
    for (const auto name : names) {
        joined += name;
        joined += '\0';
    }
    return uuidText(crypto::digest(crypto::Hash::Sha256, joined));
}

} // namespace gatehouse::provider
