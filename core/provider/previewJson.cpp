#include <provider/ids.h>
#include <provider/preview.h>
#include <provider/tokens.h>

#include <nlohmann/json.hpp>

namespace gatehouse::provider {

Provider::Preview previewOf(Visit& visit, const UserModel& user, std::string_view scope) {
    UserSession session;
    session.id = newSessionId(visit.env.entropy);
    session.userId = user.id;
    session.startedAt = session.lastAccess = session.authTime = visit.now;
    const TokenRequest request{.user = &user, .session = &session, .scope = std::string(scope), .kind = "ac"};
    const auto text = [](const nlohmann::ordered_json& json) {
        return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    };
    return {text(accessTokenClaims(visit, request)), text(idTokenClaims(visit, request, {}, {})),
            userinfoJson(visit, request)};
}

} // namespace gatehouse::provider
