#include <provider/backchannelJson.h>
#include <provider/ids.h>
#include <provider/rules.h>
#include <provider/signingKeysJson.h>

#include <nlohmann/json.hpp>

namespace gatehouse::provider {
namespace {

constexpr Seconds logoutTokenLife = 120;
constexpr auto patience = std::chrono::milliseconds(5000);

} // namespace

void addBackchannelLogout(Visit& visit, const ClientModel& client, const UserSession& session) {
    const std::string address = client.attribute("backchannel.logout.url");
    if (address.empty())
        return;
    const auto url = http::parseUrl(address);
    if (!url) {
        visit.trace(rule::backchannelLogout, exchange::Outcome::Failed, address, client.data.from);
        return;
    }
    nlohmann::ordered_json claims;
    claims["exp"] = visit.now + logoutTokenLife;
    claims["iat"] = visit.now;
    claims["jti"] = newUuid(visit.env.entropy);
    claims["iss"] = visit.issuer();
    claims["aud"] = client.data.clientId;
    claims["sub"] = session.userId;
    claims["typ"] = "Logout";
    if (client.attribute("backchannel.logout.session.required") != "false")
        claims["sid"] = session.id;
    claims["events"]["http://schemas.openid.net/event/backchannel-logout"] = nlohmann::ordered_json::object();
    if (client.flag("backchannel.logout.revoke.offline.tokens"))
        claims["events"]["revoke_offline_access"] = true;

    exchange::Call call;
    call.purpose = exchange::Call::Purpose::BackchannelLogout;
    call.url = *url;
    call.timeout = patience;
    call.request.method = "POST";
    call.request.target = url->target;
    call.request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    call.request.body = "logout_token=" + signToken(visit, claims, "logout+jwt");
    visit.afterwards.push_back(std::move(call));
    visit.trace(rule::backchannelLogout, exchange::Outcome::Note, address, client.data.from);
}

} // namespace gatehouse::provider
