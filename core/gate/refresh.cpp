#include <gate/handlers.h>
#include <gate/rules.h>
#include <oidc/authorization.h>

#include <fmt/format.h>

namespace gatehouse::gate {

using exchange::Given;
using exchange::Outcome;

namespace {

// How long requests that still carry the old cookie get what its refresh left behind.
constexpr std::chrono::seconds remembrance{30};
constexpr std::chrono::seconds shortRemembrance{1}; // nothing was renewed: somebody should try again soon
constexpr std::size_t mostRemembered = 4096;

void forgetOld(std::map<std::string, RefreshResult>& refreshed, const Now& now) {
    std::erase_if(refreshed, [&now](const auto& entry) { return entry.second.until <= now.wall; });
    while (refreshed.size() >= mostRemembered)
        refreshed.erase(refreshed.begin());
}

void leaveBehind(Turn& turn, const std::string& key, RefreshResult result) {
    forgetOld(turn.env.state.refreshed, turn.env.now);
    result.until =
        turn.env.now.wall + (result.kind == RefreshResult::Kind::Kept ? shortRemembrance : remembrance);
    turn.env.state.refreshed[key] = std::move(result);
}

// Another request's result for the same cookie, if there is one.
const RefreshResult* leftBehind(const Turn& turn, const std::string& key) {
    const auto found = turn.env.state.refreshed.find(key);
    return found == turn.env.state.refreshed.end() || found->second.until <= turn.env.now.wall
               ? nullptr
               : &found->second;
}

// True when the request can go on with it; Kept means the old session, still to be validated.
bool join(Turn& turn, const RefreshResult& result) {
    turn.note(rule("gate.refresh-joined"), Outcome::Matched, displayName(*turn.session));
    switch (result.kind) {
    case RefreshResult::Kind::Renewed:
        turn.session = result.session;
        turn.setCookies.insert(turn.setCookies.end(), result.setCookies.begin(), result.setCookies.end());
        if (turn.env.memo != nullptr)
            *turn.env.memo = Memo{};
        return true;
    case RefreshResult::Kind::Gone:
        turn.session = nullptr;
        clearSession(turn);
        return true;
    case RefreshResult::Kind::Kept:
        return false;
    }
    return false;
}

void end(Turn& turn) {
    turn.session = nullptr;
    clearSession(turn);
}

bool fatal(std::string_view text) {
    return text.find("invalid_grant") != std::string_view::npos ||
           text.find("invalid_client") != std::string_view::npos;
}

http::Form refreshForm(const Session& session) {
    return {{"grant_type", "refresh_token"}, {"refresh_token", session.refreshToken}};
}

// The renewed session: the old refresh token and, without a new ID token, the old claims stay.
Session merged(const Session& old, const Session& fresh) {
    Session out = old;
    if (!fresh.idToken.empty()) {
        out.idToken = fresh.idToken;
        out.email = fresh.email;
        out.user = fresh.user;
        out.groups = fresh.groups;
        out.preferredUsername = fresh.preferredUsername;
    }
    out.accessToken = fresh.accessToken;
    out.refreshToken = fresh.refreshToken.empty() ? old.refreshToken : fresh.refreshToken;
    out.createdAt = fresh.createdAt;
    out.expiresOn = fresh.expiresOn;
    return out;
}

// New tokens for the session, or why there are none.
Asking<SessionResult> askRenewed(Turn& turn, const Endpoints& endpoints) {
    const Session old = *turn.session;
    auto exchanging = askTokens(turn, endpoints, refreshForm(old), exchange::Call::Purpose::Refresh);
    while (!exchanging.done()) {
        Given given = co_await std::move(exchanging.ask());
        exchanging.give(std::move(given));
    }
    TokenResult tokens = exchanging.take();
    if (auto* failure = std::get_if<Failure>(&tokens)) {
        failure->text = "unable to redeem refresh token: failed to get token: " + failure->text;
        co_return std::move(*failure);
    }
    const oidc::TokenAnswer answer = std::get<oidc::TokenAnswer>(std::move(tokens));
    auto making = sessionOfTokens(turn, endpoints, answer, true);
    while (!making.done()) {
        Given given = co_await std::move(making.ask());
        making.give(std::move(given));
    }
    SessionResult made = making.take();
    if (std::holds_alternative<Failure>(made))
        co_return made;
    Session session = merged(old, std::get<Session>(made));
    if (auto failure = addKeycloakRoles(turn.plan.provider, session))
        co_return std::move(*failure);
    co_return session;
}

// Right after a refresh only validate-url is asked; otherwise the ID token must still verify.
Asking<bool> stillValid(Turn& turn, const Endpoints& endpoints, bool refreshed) {
    const Session session = *turn.session;
    if (expired(session, turn.env.now)) {
        turn.note(rule("gate.session-expired"), Outcome::Denied, displayName(session));
        co_return false;
    }
    if (refreshed) {
        const std::string& url = turn.plan.provider.validateUrl;
        if (url.empty())
            co_return true;
        exchange::Call call = callOf(turn, exchange::Call::Purpose::Introspection, url);
        call.request.headers.add("Accept", "application/json");
        call.request.headers.add("Authorization", "Bearer " + session.accessToken);
        auto asking = ask(std::move(call));
        while (!asking.done()) {
            Given given = co_await std::move(asking.ask());
            asking.give(std::move(given));
        }
        const auto response = asking.take();
        if (response && response->status == 200 && !session.accessToken.empty())
            co_return true;
        turn.note(rule("gate.session-invalid"), Outcome::Denied, url, turn.plan.options.from("validate-url"));
        co_return false;
    }
    auto verifying = verifyIdToken(turn, endpoints, session.idToken);
    while (!verifying.done()) {
        Given given = co_await std::move(verifying.ask());
        verifying.give(std::move(given));
    }
    const Verdict verdict = verifying.take();
    if (const auto* failure = std::get_if<Failure>(&verdict)) {
        turn.note(*failure);
        turn.note(rule("gate.session-invalid"), Outcome::Denied, failure->detail);
        co_return false;
    }
    if (turn.plan.provider.skipNonce)
        co_return true;
    const std::string nonce = std::get<VerifiedToken>(verdict).claims.text("nonce").value_or(std::string());
    const bool same = crypto::equalsConstantTime(nonce, oidc::sha256Url(session.nonce));
    if (!same)
        turn.note(rule("gate.nonce-mismatch"), Outcome::Denied,
                  "the ID token in the session is of another login");
    co_return same;
}

// What happened to a refresh token that was tried; says whether the session is a new one.
bool takeRenewed(Turn& turn, const std::string& key, SessionResult result, bool& gone) {
    if (auto* session = std::get_if<Session>(&result)) {
        session->createdAt = turn.env.now.wall;
        std::vector<std::string> lines = saveSession(turn, *session);
        turn.session = std::make_shared<const Session>(std::move(*session));
        RefreshResult renewed{RefreshResult::Kind::Renewed, turn.session, std::move(lines), {}};
        leaveBehind(turn, key, std::move(renewed));
        return true;
    }
    const Failure& failure = std::get<Failure>(result);
    turn.note(rule("gate.refresh-failed"), Outcome::Failed, failure.detail, failure.from);
    if (fatal(failure.text)) {
        turn.note(rule("gate.refresh-revoked"), Outcome::Denied, failure.detail);
        leaveBehind(turn, key, RefreshResult{RefreshResult::Kind::Gone, nullptr, {}, {}});
        end(turn);
        gone = true;
    } else {
        leaveBehind(turn, key, RefreshResult{});
    }
    return false;
}

// Under the lock: renews, then validates.
Asking<bool> renew(Turn& turn, std::string key) {
    auto discovering = askEndpoints(turn);
    while (!discovering.done()) {
        Given given = co_await std::move(discovering.ask());
        discovering.give(std::move(given));
    }
    auto found = discovering.take();
    const auto* unknown = std::get_if<Failure>(&found);
    const Endpoints endpoints = unknown == nullptr ? std::get<Endpoints>(found) : Endpoints();
    bool refreshed = false;
    bool gone = false;
    if (unknown != nullptr) {
        turn.note(*unknown);
        leaveBehind(turn, key, RefreshResult{});
    } else if (turn.session->refreshToken.empty()) {
        turn.note(rule("gate.refresh-failed"), Outcome::Note, "the session has no refresh token");
        leaveBehind(turn, key, RefreshResult{});
    } else {
        turn.note(rule("gate.refresh"), Outcome::Matched, displayName(*turn.session),
                  turn.plan.options.from("cookie-refresh"));
        auto renewing = askRenewed(turn, endpoints);
        while (!renewing.done()) {
            Given given = co_await std::move(renewing.ask());
            renewing.give(std::move(given));
        }
        refreshed = takeRenewed(turn, key, renewing.take(), gone);
    }
    if (gone)
        co_return true;
    auto validating = stillValid(turn, endpoints, refreshed);
    while (!validating.done()) {
        Given given = co_await std::move(validating.ask());
        validating.give(std::move(given));
    }
    if (!validating.take()) {
        leaveBehind(turn, key, RefreshResult{RefreshResult::Kind::Gone, nullptr, {}, {}});
        end(turn);
    }
    co_return true;
}

// Without the lock: somebody else tried and could not renew.
Asking<bool> keep(Turn& turn) {
    auto discovering = askEndpoints(turn);
    while (!discovering.done()) {
        Given given = co_await std::move(discovering.ask());
        discovering.give(std::move(given));
    }
    auto found = discovering.take();
    const Endpoints endpoints =
        std::holds_alternative<Endpoints>(found) ? std::get<Endpoints>(found) : Endpoints();
    auto validating = stillValid(turn, endpoints, false);
    while (!validating.done()) {
        Given given = co_await std::move(validating.ask());
        validating.give(std::move(given));
    }
    if (!validating.take())
        end(turn);
    co_return true;
}

} // namespace

// The first who asks for the lock renews; whoever comes meanwhile waits and takes what the first left behind.
// A first who was cancelled leaves nothing: then the next one is the first.
Asking<bool> refreshSession(Turn& turn) {
    const std::string key = sessionCookieHash(turn);
    for (;;) {
        if (const RefreshResult* result = leftBehind(turn, key)) {
            if (join(turn, *result))
                co_return true;
            auto keeping = keep(turn);
            while (!keeping.done()) {
                Given given = co_await std::move(keeping.ask());
                keeping.give(std::move(given));
            }
            co_return keeping.take();
        }
        exchange::Ask lock = exchange::Lock{turn.plan.name + "/" + key};
        Given locked = co_await std::move(lock);
        if (std::get<bool>(locked))
            break;
    }
    auto renewing = renew(turn, key);
    while (!renewing.done()) {
        Given given = co_await std::move(renewing.ask());
        renewing.give(std::move(given));
    }
    exchange::Ask unlock = exchange::Unlock{turn.plan.name + "/" + key};
    Given unlocked = co_await std::move(unlock);
    static_cast<void>(unlocked);
    co_return renewing.take();
}

} // namespace gatehouse::gate
