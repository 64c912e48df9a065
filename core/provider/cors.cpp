// Cross-origin answers of the token endpoints (org.keycloak.services.cors; corrections 62).
#include <provider/endpoints.h>
#include <provider/rules.h>
#include <provider/tokens.h>

#include <algorithm>

namespace gatehouse::provider {

void echoOrigin(Visit& visit, std::string_view alsoExposed) {
    const auto origin = visit.request.headers.get("Origin");
    if (origin.empty())
        return;
    std::string exposed = "Access-Control-Allow-Methods";
    if (!alsoExposed.empty())
        exposed += ", " + std::string(alsoExposed);
    visit.reply.cors = {{"Access-Control-Allow-Origin", std::string(origin)},
                        {"Access-Control-Expose-Headers", exposed},
                        {"Access-Control-Allow-Credentials", "true"}};
}

bool originAllowed(const Visit& visit) {
    const auto origin = visit.request.headers.get("Origin");
    if (origin.empty() || visit.client == nullptr)
        return true;
    const auto allowed = webOrigins(*visit.client);
    return std::ranges::any_of(allowed,
                               [origin](const std::string& one) { return one == origin || one == "*"; });
}

void refuseOrigin(Visit& visit) {
    visit.trace(rule::originRefused, exchange::Outcome::Denied, visit.request.headers.get("Origin"),
                visit.client->data.from);
    visit.reply.cors.clear();
    setJson(visit.reply, 403, errorJson("Invalid origin"));
}

} // namespace gatehouse::provider
