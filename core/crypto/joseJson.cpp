// The JSON side of JWS: the header of a compact token, read and written (RFC 7515 sections 3.1, 4.1, 5.2).
#include <base/encoding.h>
#include <crypto/joseKey.h>

#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace gatehouse::crypto {

namespace {

constexpr Message noJws{"jws-form",
                        GH_TEXT("core", "This is no signed token: it must be three base64url parts"),
                        GH_TEXT("core", "An opaque token can only be asked about at the provider")};
constexpr Message noHeader{"jws-header",
                           GH_TEXT("core", "The token's header is not an object that names an \"alg\""), ""};
constexpr Message critical{
    "jws-critical", GH_TEXT("core", "The token demands an extension (\"crit\") that is not known"), ""};

// Without padding, blanks and stray bits: one token has one spelling, so that a changed one cannot pass for
// it.
std::optional<std::string> strictBase64Url(std::string_view text) {
    auto bytes = fromBase64Url(text);
    if (!bytes || base64Url(*bytes) != text)
        return std::nullopt;
    return bytes;
}

// A member that stands twice is refused (RFC 7515 section 4, as go-jose does): two readers could differ.
std::optional<nlohmann::json> parseHeader(const std::string& text) {
    std::set<std::string> seen;
    bool twice = false;
    const auto watch = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
        if (event == nlohmann::json::parse_event_t::key && depth == 1)
            twice = !seen.insert(parsed.get<std::string>()).second || twice;
        return true;
    };
    auto header = nlohmann::json::parse(text, watch, false);
    if (twice || !header.is_object())
        return std::nullopt;
    return header;
}

std::string textOf(const nlohmann::ordered_json& json) {
    // Text from outside (a claim of a user) need not be UTF-8; a token is no place to stop at that.
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

nlohmann::ordered_json headerWith(nlohmann::ordered_json first, const nlohmann::ordered_json& rest) {
    for (const auto& [name, value] : rest.items())
        if (!first.contains(name))
            first[name] = value;
    return first;
}

std::string signingInput(const nlohmann::ordered_json& header, const nlohmann::ordered_json& payload) {
    return base64Url(textOf(header)) + '.' + base64Url(textOf(payload));
}

} // namespace

Result<Jws> parseJws(std::string_view token) {
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
        return fail(noJws);
    auto header = strictBase64Url(token.substr(0, first));
    auto payload = strictBase64Url(token.substr(first + 1, second - first - 1));
    auto signature = strictBase64Url(token.substr(second + 1));
    if (!header || !payload || !signature)
        return fail(noJws);

    const auto members = parseHeader(*header);
    if (!members || !members->contains("alg") || !members->at("alg").is_string())
        return fail(noHeader);
    if (members->contains("crit"))
        return fail(critical);
    Jws jws;
    jws.algorithm = members->at("alg").get<std::string>();
    if (const auto kid = members->find("kid"); kid != members->end()) {
        if (!kid->is_string())
            return fail(noHeader);
        jws.keyId = kid->get<std::string>();
    }
    jws.header = std::move(*header);
    jws.payload = std::move(*payload);
    jws.signature = std::move(*signature);
    jws.signedPart = token.substr(0, second);
    return jws;
}

std::string sign(const PrivateKey& key, std::string_view algorithm, const nlohmann::ordered_json& header,
                 const nlohmann::ordered_json& payload) {
    require(key.supports(algorithm), "the choice of a key for a token's algorithm");
    const nlohmann::ordered_json first = {{"alg", algorithm}, {"kid", key.id()}};
    std::string token = signingInput(headerWith(first, header), payload);
    token += '.' + base64Url(signRaw(key.impl->key.get(), *jwsAlgorithm(algorithm), token));
    return token;
}

std::string signHmac(std::string_view secret, std::string_view algorithm,
                     const nlohmann::ordered_json& header, const nlohmann::ordered_json& payload) {
    const JwsAlgorithm* const known = jwsAlgorithm(algorithm);
    require(known != nullptr && known->scheme == JwsAlgorithm::Scheme::Hmac,
            "the choice of an HMAC algorithm");
    const nlohmann::ordered_json first = {{"alg", algorithm}};
    std::string token = signingInput(headerWith(first, header), payload);
    token += '.' + base64Url(hmac(known->hash, secret, token));
    return token;
}

} // namespace gatehouse::crypto
