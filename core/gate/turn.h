// Turn: one request on its way through the gate: what is known of it, and what its answer will carry.
#pragma once

#include <gate/plan.h>
#include <gate/session.h>
#include <gate/state.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gate {

template <class Out>
using Asking = Flow<Out, exchange::Ask, exchange::Given>;

// Why a step towards a session failed.
struct Failure {
    exchange::Rule rule = nullptr;
    std::string text;   // the original's words, for debug pages and its own decisions
    std::string detail; // for a person, in the trace
    FieldId from;
};

struct Turn {
    Turn(const Plan& plan, const http::RequestView& request, Env& env);

    const Plan& plan;
    const http::RequestView& request;
    Env& env;

    // X-Forwarded-* count.
    bool trusted = false;
    std::string_view proto; // "" unless a trusted proxy says
    std::string_view host;
    std::string_view uri;

    std::vector<RequestCookie> cookies; // read by the first who needs them: see readCookies()
    bool cookiesRead = false;

    std::shared_ptr<const Session> session;
    std::vector<std::string> setCookies;
    std::vector<std::pair<std::string_view, std::string>>
        headers; // of the answer; names live as long as the plan
    bool noStore = false;

    const std::vector<RequestCookie>& readCookies();
    std::string requestId() const;
    void note(exchange::Rule rule, exchange::Outcome outcome, std::string_view detail = {},
              FieldId from = {}) const {
        env.trace.add(rule, outcome, detail, from);
    }
    void note(const Failure& failure) const {
        note(failure.rule, exchange::Outcome::Failed, failure.detail, failure.from);
    }
};

// scope.cpp
std::optional<Address> clientAddress(const Turn& turn); // as trusted-ip sees it
std::string decodedPath(const Turn& turn);              // as skip-auth-route sees it
// Parameters of query and form body; nothing, and why, where Go's ParseForm fails.
Result<http::Form> requestForm(const Turn& turn);
http::Form queryForm(const Turn& turn); // URL.Query(): what cannot be read is left out

// answers.cpp
Answer respond(Turn& turn, int status, std::string_view contentType, std::string body);
Answer plainError(Turn& turn, int status);
Answer emptyJson(Turn& turn, int status);
Answer redirectTo(Turn& turn, std::string_view target, int status);
Answer errorAnswer(Turn& turn, int status, std::string_view appError, std::string_view message = {});
Answer signInAnswer(Turn& turn, int status);
Result<std::string> appTarget(Turn& turn); // where the login leads back to
void addNoStore(Turn& turn);

// sessionStore.cpp
enum class Loaded : std::uint8_t { Done, NeedsRefresh };
Loaded loadStoredSession(Turn& turn); // sets turn.session; clears what cannot be read
void clearSession(Turn& turn);        // Set-Cookie for every part the request carries
std::vector<std::string> saveSession(Turn& turn, Session& session); // returns the lines it added
std::string sessionCookieHash(Turn& turn); // names the request's session cookie in GateState

// authorize.cpp
bool allowedWithoutLogin(const Turn& turn);
enum class Authorized : std::uint8_t { Yes, NeedsLogin, Denied };
Authorized authorize(Turn& turn); // Denied: the session is cleared
bool emailAllowed(const Plan& plan, std::string_view email);
bool groupsAllowed(const Plan& plan, const Session& session);
std::optional<Failure> loginDenied(const Plan& plan, const Session& session); // at the callback
bool constraintsHold(const Turn& turn);
std::string groupDetail(const Plan& plan, const Session& session);

// forward.cpp
Answer upstreamFailure(Turn& turn, std::string_view why); // the 502 page
Answer forwardToUpstream(Turn& turn);
void addSessionHeaders(Turn& turn); // Gap-Auth and the configured response headers

} // namespace gatehouse::gate
