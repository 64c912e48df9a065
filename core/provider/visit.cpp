#include <base/ascii.h>
#include <http/cookie.h>
#include <provider/visit.h>

#include <chrono>

namespace gatehouse::provider {
namespace {

// The event store's columns: what is longer than 255 is cut to 254 (measured: auth.limit-client_id).
std::string columnText(const std::string& text) {
    return text.size() > 255 ? text.substr(0, 254) : text;
}

} // namespace

std::string Visit::realmPath() const {
    return basePath + "/realms/" + http::percentEncode(realm.name());
}

std::string Visit::issuer() const {
    return origin + realmPath();
}

std::string Visit::protocolUrl(std::string_view endpoint) const {
    return issuer() + "/protocol/openid-connect/" + std::string(endpoint);
}

bool Visit::hasForm() const {
    return startsWithIgnoreCase(request.headers.get("Content-Type"), "application/x-www-form-urlencoded");
}

std::optional<std::string> Visit::cookie(CookieKind kind) const {
    const auto value = http::cookie(request.headers, name(kind));
    if (!value)
        return std::nullopt;
    if (value->size() >= 2 && value->front() == '"' && value->back() == '"')
        return std::string(value->substr(1, value->size() - 2));
    return std::string(*value);
}

void Visit::set(CookieKind kind, std::string_view value, std::optional<std::int64_t> maxAge) {
    reply.cookies.push_back(setCookie(kind, value, cookies, maxAge));
}

void Visit::remove(CookieKind kind) {
    reply.cookies.push_back(deleteCookie(kind, cookies));
}

void Visit::trace(const exchange::RuleRow& rule, exchange::Outcome outcome, std::string_view detail,
                  FieldId from) {
    env.trace.add(&rule, outcome, detail, from);
}

void Visit::event(std::string type, std::string error, Details details, const UserModel* user,
                  std::string sessionId) {
    if (env.events == nullptr)
        return;
    Event event;
    event.when = env.now;
    event.realm = realm.name();
    event.type = std::move(type);
    event.error = std::move(error);
    event.clientId = client != nullptr ? client->data.clientId : columnText(clientName);
    event.username = user != nullptr ? user->data.username : std::string{};
    event.userId = user != nullptr ? user->id : std::string{};
    event.sessionId = std::move(sessionId);
    event.ipAddress = std::string(env.peerAddress);
    event.details = std::move(details);
    env.events->push_back(std::move(event));
}

std::int64_t Visit::milliseconds() const {
    return std::chrono::floor<std::chrono::milliseconds>(env.now.wall).time_since_epoch().count();
}

} // namespace gatehouse::provider
