#include <base/ascii.h>
#include <base/message.h>
#include <capture/headLines.h>
#include <capture/tokens.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace gatehouse::capture {

namespace {

using Json = nlohmann::ordered_json;

constexpr Message noObject{"token-no-object", GH_TEXT("core", "The token's {part} is no JSON object."), ""};

struct ClaimHelp {
    std::string_view name;
    std::string_view help;
};
constexpr ClaimHelp claimHelps[] = {
    {"iss", GH_TEXT("core", "who issued it")},
    {"sub", GH_TEXT("core", "the user, by the provider's id")},
    {"aud", GH_TEXT("core", "for whom it is meant")},
    {"azp", GH_TEXT("core", "the client that asked for it")},
    {"exp", GH_TEXT("core", "not valid after")},
    {"nbf", GH_TEXT("core", "not valid before")},
    {"iat", GH_TEXT("core", "issued at")},
    {"auth_time", GH_TEXT("core", "when the user logged in")},
    {"jti", GH_TEXT("core", "the token's own id")},
    {"nonce", GH_TEXT("core", "ties it to one login attempt")},
    {"sid", GH_TEXT("core", "the session at the provider")},
    {"acr", GH_TEXT("core", "how strong the login was")},
    {"amr", GH_TEXT("core", "how the user proved who they are")},
    {"scope", GH_TEXT("core", "what it is good for")},
    {"typ", GH_TEXT("core", "the sort of token")},
    {"groups", GH_TEXT("core", "the user's groups: allowed-group looks here")},
    {"email", GH_TEXT("core", "the user's e-mail address")},
    {"email_verified", GH_TEXT("core", "whether the provider checked the address")},
    {"preferred_username", GH_TEXT("core", "the user's name")},
    {"at_hash", GH_TEXT("core", "ties it to the access token")},
    {"realm_access", GH_TEXT("core", "roles of the realm")},
    {"resource_access", GH_TEXT("core", "roles of clients")},
};
constexpr std::string_view timeClaims[] = {"exp", "nbf", "iat", "auth_time", "updated_at"};

bool isTokenChar(char c) {
    return asciiAlpha(c) || asciiDigit(c) || c == '-' || c == '_' || c == '.';
}

// RFC 7515 section 3.1: three parts, the first of which begins with {" in base64url.
std::string_view tokenAt(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && isTokenChar(text[end]))
        ++end;
    const std::string_view token = text.substr(at, end - at);
    return std::count(token.begin(), token.end(), '.') == 2 ? token : std::string_view{};
}

// The name before a value: "access_token":"…", id_token_hint=…
std::string_view nameBefore(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end > 0 && !isTokenChar(text[end - 1]) && text[end - 1] != '\n')
        --end;
    std::size_t begin = end;
    while (begin > 0 && isTokenChar(text[begin - 1]))
        --begin;
    return text.substr(begin, end - begin);
}

class Finder {
public:
    void look(std::string_view text, bool request, std::string_view where) {
        for (auto at = text.find("eyJ"); at != std::string_view::npos; at = text.find("eyJ", at + 1)) {
            if (at > 0 && isTokenChar(text[at - 1]))
                continue;
            const std::string_view token = tokenAt(text, at);
            if (token.empty() || known(token))
                continue;
            found_.push_back(
                {std::string(where.empty() ? nameBefore(text, at) : where), request, std::string(token)});
        }
    }

    void look(const exchange::Message& message, bool request) {
        const HeadLines lines = headLines(message.head);
        look(lines.startLine, request, {});
        for (const http::Header& field : lines.fields)
            if (!equalsIgnoreCase(field.name, "Cookie") && !equalsIgnoreCase(field.name, "Set-Cookie"))
                look(field.value, request, field.name);
        look(message.body.start, request, {});
    }

    std::vector<FoundToken> take() { return std::move(found_); }

private:
    bool known(std::string_view token) const {
        return std::any_of(found_.begin(), found_.end(),
                           [token](const FoundToken& other) { return other.token == token; });
    }
    std::vector<FoundToken> found_;
};

std::string textAt(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

TokenClaim claimOf(const std::string& name, const Json& value) {
    TokenClaim out;
    out.name = name;
    out.value = value.is_string() ? value.get<std::string>()
                                  : value.dump(-1, ' ', false, Json::error_handler_t::replace);
    for (const ClaimHelp& row : claimHelps)
        if (row.name == name)
            out.help = row.help;
    const bool isTime = std::find(std::begin(timeClaims), std::end(timeClaims), name) != std::end(timeClaims);
    constexpr double latest = 9e9; // beyond it a nanosecond clock ends
    if (isTime && value.is_number() && value.get<double>() > 0 && value.get<double>() < latest)
        out.time = WallTime(std::chrono::seconds(static_cast<std::int64_t>(value.get<double>())));
    return out;
}

std::string indented(const Json& value) {
    return value.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::vector<FoundToken> findTokens(const exchange::Exchange& exchange) {
    Finder finder;
    finder.look(exchange.client.request, true);
    finder.look(exchange.client.response, false);
    for (const exchange::Leg& leg : exchange.attempts) {
        finder.look(leg.request, true);
        finder.look(leg.response, false);
    }
    return finder.take();
}

std::vector<FoundToken> tokensOf(const gate::Session& session) {
    std::vector<FoundToken> out;
    const auto put = [&out](std::string_view where, const std::string& token) {
        if (std::count(token.begin(), token.end(), '.') == 2)
            out.push_back({std::string(where), true, token});
    };
    put("id_token", session.idToken);
    put("access_token", session.accessToken);
    put("refresh_token", session.refreshToken);
    return out;
}

Result<TokenView> decodeToken(std::string_view token) {
    auto jws = crypto::parseJws(token);
    if (!jws)
        return std::unexpected(jws.error());
    const Json header = Json::parse(jws->header, nullptr, false);
    const Json payload = Json::parse(jws->payload, nullptr, false);
    if (!header.is_object())
        return fail(noObject, {{"part", "header"}});
    if (!payload.is_object())
        return fail(noObject, {{"part", "payload"}});
    TokenView out;
    out.algorithm = jws->algorithm;
    out.keyId = jws->keyId;
    out.type = textAt(payload, "typ");
    out.issuer = textAt(payload, "iss");
    out.header = indented(header);
    out.payload = indented(payload);
    for (const auto& [name, value] : payload.items())
        out.claims.push_back(claimOf(name, value));
    for (const TokenClaim& claim : out.claims)
        if (claim.name == "exp")
            out.expires = claim.time;
    return out;
}

SignatureVerdict verifyToken(std::string_view token, const oidc::KeySet& keys) {
    SignatureVerdict out;
    const auto jws = crypto::parseJws(token);
    if (!jws) {
        out.technical = describe(jws.error());
        return out;
    }
    out.key = jws->keyId;
    if (jws->algorithm.starts_with("HS")) {
        out.signature = Signature::Private;
        return out;
    }
    for (const crypto::PublicKey& key : keys.keys) {
        if (!jws->keyId.empty() && key.id() != jws->keyId)
            continue;
        const auto verified = crypto::verify(*jws, key);
        out.key = key.id();
        if (verified) {
            out.signature = Signature::Verified;
            return out;
        }
        out.signature = Signature::Forged;
        out.technical = describe(verified.error());
    }
    return out;
}

} // namespace gatehouse::capture
