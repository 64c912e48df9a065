// Authentication sessions (a browser's logins under way) and SSO sessions (who is signed in).
#include <base/encoding.h>
#include <crypto/digest.h>
#include <provider/backchannelJson.h>
#include <provider/credentials.h>
#include <provider/ids.h>
#include <provider/internalTokenJson.h>
#include <provider/loginFlow.h>
#include <provider/rules.h>

#include <algorithm>

namespace gatehouse::provider {
namespace {

constexpr std::size_t mostTabs = 300;    // authenticationSessionsLimit
constexpr std::size_t mostLogins = 5000; // a bound of ours: oldest out
constexpr std::size_t mostSessions = 20000;

Seconds loginLife(const Visit& visit) {
    const auto& realm = visit.realm.data();
    return std::max(
        {realm.accessCodeLifespanLogin, realm.accessCodeLifespanUserAction, realm.accessCodeLifespan});
}

template <class Map, class Age>
void dropOldest(Map& map, std::size_t most, Age age) {
    while (map.size() > most)
        map.erase(std::ranges::min_element(map, {}, [&age](const auto& entry) { return age(entry.second); }));
}

void forgetOld(Visit& visit) {
    const Seconds oldest = visit.now - loginLife(visit);
    std::erase_if(visit.state.logins,
                  [oldest](const auto& entry) { return entry.second.startedAt < oldest; });
    std::erase_if(visit.state.logouts,
                  [oldest](const auto& entry) { return entry.second.startedAt < oldest; });
    std::erase_if(visit.state.codes,
                  [&](const auto& entry) { return entry.second.expiresAt + 60 < visit.now; });
    std::erase_if(visit.state.revoked, [&](const auto& entry) { return entry.second < visit.now; });
    std::erase_if(visit.state.sessions, [&](const auto& entry) { return !isAlive(visit, entry.second); });
    dropOldest(visit.state.logins, mostLogins, [](const RootAuthSession& s) { return s.startedAt; });
    dropOldest(visit.state.sessions, mostSessions, [](const UserSession& s) { return s.lastAccess; });
}

} // namespace

RootAuthSession* rootFromCookie(Visit& visit) {
    const auto cookie = visit.cookie(CookieKind::AuthSession);
    const auto id = cookie ? readSessionId(visit.state, *cookie) : std::nullopt;
    if (!id)
        return nullptr;
    const auto at = visit.state.logins.find(*id);
    return at == visit.state.logins.end() ? nullptr : &at->second;
}

RootAuthSession& newRoot(Visit& visit, std::string id) {
    forgetOld(visit);
    auto& root = visit.state.logins[id];
    root.id = id;
    root.startedAt = visit.now;
    visit.set(CookieKind::AuthSession, signedSessionId(visit.state, id));
    visit.set(CookieKind::AuthSessionHash, base64(crypto::digest(crypto::Hash::Sha384, id)));
    return root;
}

AuthSession& newTab(Visit& visit, RootAuthSession& root, AuthRequest request) {
    dropOldest(root.tabs, mostTabs - 1, [](const AuthSession& tab) { return tab.startedAt; });
    AuthSession tab;
    tab.tabId = newTabId(visit.env.entropy);
    tab.request = std::move(request);
    tab.startedAt = visit.now;
    auto& kept = root.tabs[tab.tabId];
    kept = std::move(tab);
    visit.root = &root;
    visit.login = &kept;
    return kept;
}

// Dead as soon as the limit is reached, in whole seconds (corrections 72).
bool isAlive(const Visit& visit, const UserSession& session) {
    const auto& realm = visit.realm.data();
    const auto pick = [&session](int ordinary, int remembered) {
        return session.rememberMe && remembered > 0 ? std::max(ordinary, remembered) : ordinary;
    };
    if (session.offline)
        return visit.now - session.lastAccess < realm.offlineSessionIdleTimeout;
    return visit.now - session.lastAccess <
               pick(realm.ssoSessionIdleTimeout, realm.ssoSessionIdleTimeoutRememberMe) &&
           visit.now - session.startedAt <
               pick(realm.ssoSessionMaxLifespan, realm.ssoSessionMaxLifespanRememberMe);
}

UserSession* sessionFromCookie(Visit& visit) {
    const auto cookie = visit.cookie(CookieKind::Identity);
    if (!cookie || cookie->empty())
        return nullptr;
    const auto identity = readIdentity(visit, *cookie);
    const auto at = identity ? visit.state.sessions.find(identity->sessionId) : visit.state.sessions.end();
    const auto* user = identity ? visit.realm.userById(identity->userId) : nullptr;
    const bool good = at != visit.state.sessions.end() && at->second.userId == identity->userId &&
                      user != nullptr && !isDisabled(visit, *user) && isAlive(visit, at->second) &&
                      at->second.stateChecker == identity->stateChecker;
    if (good)
        return &at->second;
    visit.remove(CookieKind::Identity);
    visit.remove(CookieKind::Session);
    return nullptr;
}

void endSession(Visit& visit, const std::string& sessionId) {
    const auto at = visit.state.sessions.find(sessionId);
    if (at == visit.state.sessions.end())
        return;
    for (const auto& [clientId, session] : at->second.clients)
        if (const auto* client = visit.realm.client(clientId))
            addBackchannelLogout(visit, *client, at->second);
    std::erase_if(visit.state.codes, [&](const auto& entry) { return entry.second.sessionId == sessionId; });
    visit.state.sessions.erase(at);
}

} // namespace gatehouse::provider
