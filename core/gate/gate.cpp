#include <base/ascii.h>
#include <base/encoding.h>
#include <crypto/digest.h>
#include <gate/handlers.h>
#include <gate/planner.h>
#include <gate/rules.h>

#include <fmt/format.h>

namespace gatehouse::gate {

using exchange::Given;
using exchange::Outcome;

namespace {

class MadeGate final : public Gate {
public:
    explicit MadeGate(Plan plan) {
        impl_ = {new Impl{std::move(plan)}, [](Impl* impl) { delete impl; }};
    }
};

// A Memo made under one cookie secret is worth nothing under another.
std::string memoKey(const Plan& plan) {
    const std::string mark = plan.seal->sign("memo", plan.cookies.session.name, 0);
    return plan.name + "/" + hex(crypto::digest(crypto::Hash::Sha256, mark)).substr(0, 16);
}

} // namespace

Checked<std::shared_ptr<const Gate>> Gate::make(std::string name, Options options,
                                                const crypto::SecretSource& secrets,
                                                const std::function<Place(FieldId)>& place) {
    Checked<std::shared_ptr<const Gate>> out;
    Plan plan;
    plan.name = std::move(name);
    plan.options = std::move(options);
    Planner(plan, secrets, place, out.problems).all();
    if (anyRefused(out.problems) || !plan.seal)
        return out;
    plan.memoKey = memoKey(plan);
    out.value = std::make_shared<const MadeGate>(std::move(plan));
    return out;
}

const std::vector<Upstream>& Gate::upstreams() const {
    return impl_->plan.upstreams;
}

const std::string& Gate::name() const {
    return impl_->plan.name;
}

const Options& Gate::options() const {
    return impl_->plan.options;
}

std::shared_ptr<GateState> makeState() {
    return std::make_shared<GateState>();
}

std::span<const exchange::RuleRow> rules() {
    return ruleRows;
}

namespace {

enum class Route : std::uint8_t { Robots, Auth, SignIn, Start, Callback, Static, Userinfo, SignOut, Proxy };

Route routeOf(const Plan& plan, std::string_view path) {
    if (path == "/robots.txt")
        return Route::Robots;
    if (!path.starts_with(plan.prefix))
        return Route::Proxy;
    const std::string_view rest = path.substr(plan.prefix.size());
    if (rest == "/auth")
        return Route::Auth;
    if (rest == "/sign_in")
        return Route::SignIn;
    if (rest == "/start")
        return Route::Start;
    if (rest == "/callback")
        return Route::Callback;
    if (rest.starts_with("/static/"))
        return Route::Static;
    if (rest == "/userinfo")
        return Route::Userinfo;
    return rest == "/sign_out" ? Route::SignOut : Route::Proxy;
}

bool needsSession(Route route) {
    return route == Route::Auth || route == Route::Userinfo || route == Route::SignOut ||
           route == Route::Proxy;
}

std::optional<Answer> cleanedPath(Turn& turn) {
    const std::string_view path = turn.request.path();
    if (path.find("//") == std::string_view::npos && path.find("/.") == std::string_view::npos &&
        path.starts_with('/'))
        return std::nullopt;
    std::string clean = canonicalPath(path);
    if (clean == path)
        return std::nullopt;
    turn.note(rule("gate.path-cleaned"), Outcome::Answered, clean);
    // The encoded path is taken for a decoded one, so a percent sign is encoded once more.
    std::string location = http::percentEncode(clean, "-_.~/$&+,:;=@");
    if (!turn.request.query().empty())
        location += "?" + std::string(turn.request.query());
    turn.headers.emplace_back("Location", std::move(location));
    return respond(turn, 301, {}, {});
}

std::optional<Answer> toHttps(Turn& turn) {
    if (!turn.plan.forceHttps || equalsIgnoreCase(turn.proto, "https") ||
        (turn.env.tls && turn.proto.empty()))
        return std::nullopt;
    std::string host(turn.host);
    if (const auto parts = splitHostPort(host); parts && !parts->second.empty())
        host = fmt::format("{}:{}", parts->first, turn.plan.httpsPort);
    turn.note(rule("gate.force-https"), Outcome::Answered, host, turn.plan.options.from("force-https"));
    return redirectTo(turn, "https://" + host + std::string(turn.request.target), 308);
}

std::optional<Answer> healthCheck(Turn& turn) {
    const std::string_view path = turn.request.path();
    const Plan& plan = turn.plan;
    constexpr std::string_view text = "text/plain; charset=utf-8";
    if (plan.pingPaths.contains(path) &&
        (plan.pingAgents.empty() || plan.pingAgents.contains(turn.request.headers.get("User-Agent")))) {
        turn.note(rule("gate.ping"), Outcome::Answered, path);
        return respond(turn, 200, text, "OK");
    }
    if (!plan.readyPath.empty() && path == plan.readyPath) {
        turn.note(rule("gate.ready"), Outcome::Answered, path);
        return respond(turn, 200, text, "OK");
    }
    return std::nullopt;
}

Answer staticAnswer(Turn& turn) {
    addNoStore(turn);
    const std::string_view file = staticFile(turn.request.path().substr(turn.plan.prefix.size() + 8));
    turn.note(rule("gate.static"), Outcome::Answered, turn.request.path());
    if (file.empty()) {
        turn.headers.emplace_back("X-Content-Type-Options", "nosniff");
        return respond(turn, 404, "text/plain; charset=utf-8", "404 page not found\n");
    }
    return respond(turn, 200, "text/css; charset=utf-8", std::string(file));
}

Answer robots(Turn& turn) {
    turn.note(rule("gate.robots"), Outcome::Answered);
    return respond(turn, 200, "text/plain; charset=utf-8", std::string(robotsText));
}

// What can be answered without the provider; nothing when it has to be asked, or a login has to be started.
std::optional<Answer> answerFor(Turn& turn, Route route) {
    switch (route) {
    case Route::Robots:
        return robots(turn);
    case Route::Static:
        return staticAnswer(turn);
    case Route::Auth:
        return authOnly(turn);
    case Route::Userinfo:
        return userinfo(turn);
    case Route::SignIn:
        return signIn(turn);
    case Route::Proxy:
        return proxy(turn);
    case Route::Start:
    case Route::Callback:
    case Route::SignOut:
        break;
    }
    return std::nullopt;
}

Asking<Answer> startAsking(Turn& turn) {
    auto discovering = askEndpoints(turn);
    while (!discovering.done()) {
        Given given = co_await std::move(discovering.ask());
        discovering.give(std::move(given));
    }
    auto found = discovering.take();
    if (const auto* failure = std::get_if<Failure>(&found))
        co_return startFailed(turn, *failure);
    co_return startLogin(turn, std::get<Endpoints>(found));
}

// How far handle() came before something had to be asked.
enum class Stage : std::uint8_t {
    Bearer,  // the Authorization header has to be verified first
    Refresh, // the stored session is there, its tokens have to be renewed
    Login    // there is no answer but by asking the provider
};

GateFlow serve(Turn turn, Route route, Stage stage) {
    if (stage == Stage::Bearer) {
        auto bearer = loadBearer(turn);
        while (!bearer.done()) {
            Given given = co_await std::move(bearer.ask());
            bearer.give(std::move(given));
        }
        if (auto refused = bearer.take())
            co_return std::move(*refused);
        if (!turn.session)
            loadPassword(turn);
        if (!turn.session && loadStoredSession(turn) == Loaded::NeedsRefresh)
            stage = Stage::Refresh;
    }
    if (stage == Stage::Refresh) {
        auto refreshing = refreshSession(turn);
        while (!refreshing.done()) {
            Given given = co_await std::move(refreshing.ask());
            refreshing.give(std::move(given));
        }
    }
    if (stage != Stage::Login)
        if (auto answer = answerFor(turn, route))
            co_return std::move(*answer);
    auto asking = route == Route::Callback  ? finishLogin(turn)
                  : route == Route::SignOut ? signOut(turn)
                                            : startAsking(turn);
    while (!asking.done()) {
        Given given = co_await std::move(asking.ask());
        asking.give(std::move(given));
    }
    co_return asking.take();
}

} // namespace

std::variant<Answer, GateFlow> Gate::handle(const http::RequestView& request, Env& env) const {
    Turn turn(impl_->plan, request, env);
    if (auto answer = cleanedPath(turn))
        return std::move(*answer);
    if (auto answer = toHttps(turn))
        return std::move(*answer);
    if (auto answer = healthCheck(turn))
        return std::move(*answer);
    const Route route = routeOf(turn.plan, request.path());
    if (needsSession(route)) {
        if (wantsBearer(turn))
            return serve(std::move(turn), route, Stage::Bearer);
        loadPassword(turn);
        if (!turn.session && loadStoredSession(turn) == Loaded::NeedsRefresh)
            return serve(std::move(turn), route, Stage::Refresh);
    }
    if (auto answer = answerFor(turn, route))
        return std::move(*answer);
    if (route != Route::Callback && route != Route::SignOut)
        if (const auto endpoints = knownEndpoints(turn))
            return startLogin(turn, *endpoints);
    return serve(std::move(turn), route, Stage::Login);
}

exchange::Respond Gate::upstreamFailed(const http::RequestView& request, Env& env,
                                       std::string_view why) const {
    Turn turn(impl_->plan, request, env);
    turn.note(rule("gate.upstream-unreachable"), Outcome::Failed, why);
    return std::get<exchange::Respond>(upstreamFailure(turn, why).what);
}

} // namespace gatehouse::gate
