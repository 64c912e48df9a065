// Everything of this room that reads text from outside: tokens, keys, certificates, otpauth URIs.
#include <crypto/authority.h>
#include <crypto/jose.h>
#include <crypto/totp.h>

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

using namespace gatehouse;
using namespace gatehouse::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static const PublicKey key = PrivateKey::generate(PrivateKey::Kind::EcP256).publicKey();
    if (const auto jws = parseJws(text))
        if (verify(*jws, key) || verifyHmac(*jws, "a secret that nobody guesses"))
            std::abort();
    if (const auto otp = parseOtpauthUri(text)) {
        const auto again =
            parseOtpauthUri(otpauthUri(*otp)); // what was read can be written, and is read again
        if (!again || again->key != otp->key || !(again->policy == otp->policy || otp->counter))
            std::abort();
    }
    const auto jwk = nlohmann::json::parse(text, nullptr, false);
    if (!jwk.is_discarded())
        if (const auto made = PublicKey::fromJwk(jwk))
            if (!PublicKey::fromJwk(made->jwk("RS256")))
                std::abort();
    static_cast<void>(PublicKey::fromPem(text));
    static_cast<void>(PrivateKey::fromPem(text));
    static_cast<void>(certificateFacts(text));
    return 0;
}
