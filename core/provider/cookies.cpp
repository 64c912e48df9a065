#include <base/ascii.h>
#include <provider/cookies.h>

#include <array>

namespace gatehouse::provider {
namespace {

struct CookieRow {
    CookieKind kind;
    std::string_view name;
    std::string_view sameSite;
    bool httpOnly;
    std::int64_t maxAge; // 0: of the session, unless the caller says otherwise
};
constexpr std::array cookieRows{
    CookieRow{CookieKind::AuthSession, "AUTH_SESSION_ID", "None", true, 0},
    CookieRow{CookieKind::AuthSessionHash, "KC_AUTH_SESSION_HASH", "None", false, 60},
    CookieRow{CookieKind::Restart, "KC_RESTART", "None", true, 0},
    CookieRow{CookieKind::StateChecker, "KC_STATE_CHECKER", "Strict", true, 300},
    CookieRow{CookieKind::Identity, "KEYCLOAK_IDENTITY", "None", true, 0},
    CookieRow{CookieKind::Session, "KEYCLOAK_SESSION", "None", false, 0},
    CookieRow{CookieKind::RememberMe, "KEYCLOAK_REMEMBER_ME", "None", true, 31536000},
};

const CookieRow& row(CookieKind kind) {
    return cookieRows[static_cast<std::size_t>(kind)];
}

bool mentions(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// uap-core's families whose name contains "safari": what has a version and Safari, and none of those that
// only claim it.
bool isSafari(std::string_view agent) {
    if (mentions(agent, "Falkon"))
        return true;
    if (!mentions(agent, "Safari/"))
        return false;
    for (const auto* other :
         {"Chrome/", "Chromium/", "CriOS/", "FxiOS/", "Edg", "Epiphany/", "QtWebEngine/", "OPR/"})
        if (mentions(agent, other))
            return false;
    return mentions(agent, "Version/");
}

} // namespace

bool isSecureContext(std::string_view scheme, std::string_view host, std::string_view userAgent) {
    if (scheme == "https")
        return true;
    if (isSafari(userAgent))
        return false;
    const auto bare = host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
    return bare == "localhost" || bare.ends_with(".localhost") || host.starts_with("127.") ||
           host == "[::1]" || host == "::1";
}

std::string_view name(CookieKind kind) {
    return row(kind).name;
}

std::string setCookie(CookieKind kind, std::string_view value, const CookieContext& context,
                      std::optional<std::int64_t> maxAge) {
    const auto& cookie = row(kind);
    // RFC 2109's quotes, as RESTEasy puts them round what is no token.
    const bool quotes = value.find_first_of("/=:,; \"") != std::string_view::npos;
    std::string out = std::string(cookie.name) + "=";
    for (const char c : value)
        if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20)
            out += c;
    if (quotes) {
        out.insert(cookie.name.size() + 1, 1, '"');
        out += '"';
    }
    out += ";Version=1;Path=" + context.path;
    if (const auto age = maxAge.value_or(cookie.maxAge); age != 0)
        out += ";Max-Age=" + std::to_string(age);
    if (context.secure)
        out += ";Secure";
    if (cookie.httpOnly)
        out += ";HttpOnly";
    const bool none = cookie.sameSite == "None";
    out += ";SameSite=" + std::string(none && !context.secure ? "Lax" : cookie.sameSite);
    return out;
}

std::string deleteCookie(CookieKind kind, const CookieContext& context) {
    return std::string(row(kind).name) + "=;Version=1;Path=" + context.path + ";Max-Age=0";
}

} // namespace gatehouse::provider
