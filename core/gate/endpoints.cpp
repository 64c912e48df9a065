#include <base/ascii.h>
#include <gate/handlers.h>
#include <gate/rules.h>

#include <algorithm>
#include <fmt/format.h>
#include <re2/re2.h>

namespace gatehouse::gate {

using exchange::Given;
using exchange::Outcome;

namespace {

constexpr std::string_view idTokenPlace = "{id_token}";

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

struct ManualLogin {
    std::string user; // "" = nobody
    int status = 200; // of the page, when nobody
};

ManualLogin manualLogin(Turn& turn) {
    if (turn.request.method != "POST" || turn.plan.access.passwords.empty())
        return {};
    const auto form = requestForm(turn);
    const std::string user =
        form ? http::formValue(*form, "username").value_or(std::string()) : std::string();
    const std::string password =
        form ? http::formValue(*form, "password").value_or(std::string()) : std::string();
    if (user.empty())
        return {"", 400};
    if (passwordMatches(turn.plan, user, password))
        return {user, 200};
    turn.note(rule("gate.password-refused"), Outcome::Denied, user);
    return {"", 401};
}

bool wantsJson(const Turn& turn) {
    for (const std::string_view value : turn.request.headers.all("Accept"))
        for (const std::string_view type : split(value, ','))
            if (trim(type) == "application/json")
                return true;
    return false;
}

bool onApiRoute(const Turn& turn) {
    return std::ranges::any_of(turn.plan.access.apiRoutes, [&turn](const auto& route) {
        return re2::RE2::PartialMatch(turn.uri, *route);
    });
}

} // namespace

std::optional<Answer> signIn(Turn& turn) {
    addNoStore(turn);
    const auto target = appTarget(turn);
    if (!target)
        return errorAnswer(turn, 500, target.error().technical);
    const ManualLogin login = manualLogin(turn);
    if (!login.user.empty()) {
        Session session;
        session.user = login.user;
        session.groups = turn.plan.access.passwordGroups;
        saveSession(turn, session);
        turn.note(rule("gate.password-session"), Outcome::Answered, login.user);
        return redirectTo(turn, *target, 302);
    }
    if (turn.plan.skipProviderButton)
        return std::nullopt;
    return signInAnswer(turn, login.status);
}

Answer userinfo(Turn& turn) {
    addNoStore(turn);
    if (authorize(turn) != Authorized::Yes) {
        turn.note(rule("gate.unauthenticated"), Outcome::Denied);
        return plainError(turn, 401);
    }
    turn.note(rule("gate.userinfo-page"), Outcome::Answered);
    return respond(turn, 200, "application/json", turn.session ? userinfoJson(*turn.session) : "{}");
}

Answer authOnly(Turn& turn) {
    if (authorize(turn) != Authorized::Yes) {
        turn.note(rule("gate.unauthenticated"), Outcome::Denied);
        return plainError(turn, 401);
    }
    if (!constraintsHold(turn))
        return plainError(turn, 403);
    addSessionHeaders(turn);
    turn.note(rule("gate.authenticated"), Outcome::Answered,
              turn.session ? displayName(*turn.session) : std::string_view("without a session"));
    return respond(turn, 202, {}, {});
}

std::optional<Answer> proxy(Turn& turn) {
    switch (authorize(turn)) {
    case Authorized::Yes:
        return constraintsHold(turn) ? forwardToUpstream(turn) : plainError(turn, 403);
    case Authorized::Denied:
        turn.note(rule("gate.access-denied"), Outcome::Denied,
                  turn.session ? displayName(*turn.session) : std::string_view{});
        if (turn.plan.forceJson)
            return emptyJson(turn, 403);
        return errorAnswer(turn, 403, "The session failed authorization checks");
    case Authorized::NeedsLogin:
        break;
    }
    if (turn.plan.forceJson || wantsJson(turn) || onApiRoute(turn)) {
        turn.note(rule("gate.api-401"), Outcome::Answered, turn.uri);
        return emptyJson(turn, 401);
    }
    if (turn.plan.skipProviderButton)
        return std::nullopt;
    return signInAnswer(turn, 403);
}

Asking<Answer> signOut(Turn& turn) {
    addNoStore(turn);
    auto target = appTarget(turn);
    if (!target)
        co_return errorAnswer(turn, 500, target.error().technical);
    const bool authorized = authorize(turn) == Authorized::Yes;
    const std::string idToken = authorized && turn.session ? turn.session->idToken : std::string();
    std::string where = std::move(*target);
    if (where.find(idTokenPlace) != std::string::npos && authorized)
        where = replaced(std::move(where), idTokenPlace, idToken);
    const std::string& backend = turn.plan.provider.backendLogoutUrl;
    if (authorized && turn.session && !backend.empty()) {
        const FieldId from = turn.plan.options.from("backend-logout-url");
        turn.note(rule("gate.backend-logout"), Outcome::Matched, backend, from);
        auto asking =
            ask(callOf(turn, exchange::Call::Purpose::EndSession, replaced(backend, idTokenPlace, idToken)));
        while (!asking.done()) {
            Given given = co_await std::move(asking.ask());
            asking.give(std::move(given));
        }
        const auto response = asking.take();
        if (!response)
            turn.note(rule("gate.backend-logout-failed"), Outcome::Failed, text(response.error()), from);
        else if (response->status != 200 && response->status != 204)
            turn.note(rule("gate.backend-logout-failed"), Outcome::Failed,
                      fmt::format("answered {}", response->status), from);
    }
    clearSession(turn);
    turn.note(rule("gate.sign-out"), Outcome::Answered, where.substr(0, where.find('?')));
    co_return redirectTo(turn, where, 302);
}

} // namespace gatehouse::gate
