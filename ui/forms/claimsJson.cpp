#include <desk/text.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <forms/claimsJson.h>
#include <nlohmann/json.hpp>

namespace gatehouse::forms {

namespace {

using Json = nlohmann::ordered_json;

struct Meaning {
    const char* claim;
    const char* words;
};
// RFC 7519 section 4.1, OpenID Connect Core 2 and 5.1, Keycloak's own.
constexpr Meaning meanings[] = {
    {"iss", QT_TRANSLATE_NOOP("forms", "who issued it")},
    {"sub", QT_TRANSLATE_NOOP("forms", "the user's id")},
    {"aud", QT_TRANSLATE_NOOP("forms", "whom it is for")},
    {"azp", QT_TRANSLATE_NOOP("forms", "the client that asked for it")},
    {"jti", QT_TRANSLATE_NOOP("forms", "its own id, another one each time")},
    {"sid", QT_TRANSLATE_NOOP("forms", "the session, another one each login")},
    {"typ", QT_TRANSLATE_NOOP("forms", "what kind of token it is")},
    {"acr", QT_TRANSLATE_NOOP("forms", "how sure the login was")},
    {"scope", QT_TRANSLATE_NOOP("forms", "what was granted")},
    {"realm_access", QT_TRANSLATE_NOOP("forms", "roles of the realm")},
    {"resource_access", QT_TRANSLATE_NOOP("forms", "roles of clients")},
    {"allowed-origins", QT_TRANSLATE_NOOP("forms", "origins whose scripts may use it")},
};

QString meaningOf(const std::string& name, const Json& value) {
    const bool isTime = name == "exp" || name == "iat" || name == "auth_time";
    if (isTime && value.is_number_integer())
        return QLocale().toString(QDateTime::fromSecsSinceEpoch(value.get<qint64>()), QLocale::ShortFormat);
    for (const Meaning& each : meanings)
        if (name == each.claim)
            return QCoreApplication::translate("forms", each.words);
    return {};
}

} // namespace

std::vector<Claim> claimsOf(std::string_view json) {
    std::vector<Claim> out;
    const Json all = Json::parse(json, nullptr, false);
    if (!all.is_object())
        return out;
    for (const auto& [name, value] : all.items()) {
        const std::string text = value.is_string()
                                     ? value.get<std::string>()
                                     : value.dump(-1, ' ', false, Json::error_handler_t::replace);
        out.push_back({desk::qt(name), desk::qt(text), meaningOf(name, value)});
    }
    return out;
}

} // namespace gatehouse::forms
