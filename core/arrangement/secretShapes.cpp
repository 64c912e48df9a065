#include <arrangement/secretShapes.h>
#include <base/ascii.h>
#include <base/encoding.h>
#include <crypto/digest.h>

namespace gatehouse::arrangement {

namespace {

std::size_t bytesFor(SecretShape shape) {
    switch (shape) {
    case SecretShape::Password:
        return 10; // 16 characters, 80 bits: typed by hand
    case SecretShape::TotpKey:
        return 13; // cut to the 20 characters that Keycloak's own keys have
    case SecretShape::ClientSecret:
    case SecretShape::CookieSecret:
    case SecretShape::Opaque:
        return 32;
    }
    return 32;
}

std::string inFours(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += 4) {
        if (!out.empty())
            out.push_back('-');
        out.append(text.substr(at, 4));
    }
    return out;
}

std::string shaped(std::string_view bytes, SecretShape shape) {
    switch (shape) {
    case SecretShape::Password:
        return inFours(lower(base32(bytes)));
    case SecretShape::TotpKey:
        return base32(bytes).substr(0, 20);
    case SecretShape::CookieSecret:
        return base64UrlPadded(bytes); // oauth2-proxy decodes it to 32 bytes (oauth2-proxy.md 4.1)
    case SecretShape::ClientSecret:
    case SecretShape::Opaque:
        return hex(bytes);
    }
    return hex(bytes);
}

} // namespace

crypto::SecretString generateSecret(const crypto::SecretString& seed, std::string_view lab,
                                    std::string_view name, SecretShape shape) {
    // The zero byte keeps ("ab", "c") and ("a", "bc") apart.
    std::string info(lab);
    info.push_back('\0');
    info.append(name);
    std::string bytes = seed.reveal(
        [&](std::string_view key) { return crypto::hkdf(key, "gatehouse secret", info, bytesFor(shape)); });
    crypto::SecretString secret = crypto::SecretString::take(shaped(bytes, shape));
    crypto::wipe(bytes);
    return secret;
}

} // namespace gatehouse::arrangement
