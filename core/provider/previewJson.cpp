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
    Provider::Preview out;
    const TokenRequest request{
        .user = &user, .session = &session, .scope = std::string(scope), .kind = "ac", .makers = &out.makers};
    const auto text = [](const nlohmann::ordered_json& json) {
        return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    };
    out.accessToken = text(accessTokenClaims(visit, request));
    out.idToken = text(idTokenClaims(visit, request, {}, {}));
    out.userinfo = userinfoJson(visit, request);
    return out;
}

} // namespace gatehouse::provider
