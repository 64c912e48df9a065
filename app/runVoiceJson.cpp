// One JSON object a line, each with `version` and `event`: running, request, dropped, applied, refused,
// stopped.
#include <app/json.h>
#include <app/runVoice.h>
#include <cstdio>
#include <fmt/chrono.h>
#include <nlohmann/json.hpp>
#include <user/userState.h>

namespace gatehouse::app {

namespace {

using Json = nlohmann::ordered_json;

Json listenersJson(const engine::Listening& listening) {
    Json out = Json::array();
    for (const auto& one : listening.listeners)
        out.push_back(
            {{"name", one.name}, {"host", one.host}, {"port", one.port}, {"publicPort", one.publicPort}});
    return out;
}

Json usersJson(const arrangement::Arrangement& arrangement) {
    Json out = Json::array();
    for (const LabUser& user : usersOf(arrangement))
        out.push_back({{"name", user.name},
                       {"passwordSecret", user.passwordSecret},
                       {"oneTimeCode", user.oneTimeCode}});
    return out;
}

Json requestJson(const exchange::Exchange& exchange) {
    const auto seconds = std::chrono::floor<std::chrono::milliseconds>(exchange.client.when.started.wall);
    Json out;
    out["id"] = exchange.id;
    out["parent"] = exchange.parent;
    out["at"] = fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", seconds);
    out["peer"] = exchange.peer;
    out["method"] = exchange.method;
    out["url"] = exchange.scheme + "://" + exchange.authority + exchange.target;
    out["status"] = exchange.client.status;
    out["seconds"] = std::chrono::duration<double>(exchange.client.when.done).count();
    out["answeredBy"] = answeredBy(exchange);
    out["why"] = decidingRule(exchange);
    return out;
}

class JsonVoice final : public RunVoice {
public:
    explicit JsonVoice(Detail detail) : detail_(detail) {}

    void running(const std::string& file, const arrangement::Arrangement& arrangement,
                 const engine::Listening& listening) override {
        say("running", {{"file", file},
                        {"name", arrangement.name},
                        {"listeners", listenersJson(listening)},
                        {"caFile", (user::stateFolder() / "ca.pem").string()},
                        {"curl", curlLine(arrangement, listening)},
                        {"users", usersJson(arrangement)},
                        {"notRehearsed", arrangement.notRehearsed}});
    }

    void exchange(const exchange::Exchange& exchange, const capture::Redactor& redact) override {
        if (!isLogged(exchange, detail_))
            return;
        Json json = requestJson(exchange);
        for (auto& member : json)
            if (member.is_string())
                member = redact(member.get<std::string>());
        say("request", std::move(json));
    }

    void dropped(std::uint64_t count) override { say("dropped", {{"count", count}}); }

    void applied(const std::string& file, const engine::Listening& listening) override {
        say("applied", {{"file", file}, {"listeners", listenersJson(listening)}});
    }

    void refused(const std::string& file, const std::vector<Problem>& problems) override {
        say("refused", Json::parse(problemsJson(file, false, problems)));
    }

    void stopped() override { say("stopped", Json::object()); }

private:
    static void say(std::string_view event, const Json& more) {
        Json line{{"version", 1}, {"event", event}};
        line.update(more);
        const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    }

    Detail detail_;
};

} // namespace

std::unique_ptr<RunVoice> jsonVoice(Detail detail) {
    return std::make_unique<JsonVoice>(detail);
}

} // namespace gatehouse::app
