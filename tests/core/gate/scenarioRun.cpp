#include "scenarioRun.h"

#include "desk.h"

#include <exchange/edit.h>
#include <oidc/discovery.h>

#include <algorithm>
#include <optional>

namespace gatehouse::gate::test {

std::string replacedAll(std::string text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

namespace {

using exchange::Ask;
using exchange::Call;
using exchange::Given;

std::string replacedAll(std::string text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

constexpr std::pair<std::string_view, Call::Purpose> purposes[] = {
    {"discovery", Call::Purpose::Discovery}, {"keys", Call::Purpose::Keys},
    {"token", Call::Purpose::Token},         {"refresh", Call::Purpose::Refresh},
    {"userinfo", Call::Purpose::Userinfo},   {"validate", Call::Purpose::Introspection},
    {"logout", Call::Purpose::EndSession}};

std::string_view nameOf(Call::Purpose purpose) {
    for (const auto& [name, value] : purposes)
        if (value == purpose)
            return name;
    return "?";
}

// One run of one scenario; says what does not agree.
class Run {
public:
    explicit Run(const Json& scenario)
        : scenario_(scenario), desk_(scenario.value("options", Json::object())) {}

    std::string result() {
        if (!desk_.made()) {
            for (const Problem& problem : desk_.problems)
                complain("no gate: " + text(problem.error));
            return complaints_;
        }
        if (scenario_.value("discovered", true)) {
            desk_.state->discovered[std::string(issuer)] =
                *oidc::parseDiscovery(desk_.discovery(scenario_.value("discovery", Json::object())));
            desk_.state->keys[desk_.state->discovered[std::string(issuer)].jwksUri] =
                *oidc::parseKeySet(desk_.keys());
        }
        build();
        drive();
        return complaints_;
    }

private:
    void complain(const std::string& what) { complaints_ += what + "\n"; }

    std::string filled(std::string text) const {
        text = replacedAll(std::move(text), "{hash}", stateHash());
        if (text.find("{token}") != std::string::npos)
            text = replacedAll(std::move(text), "{token}",
                               desk_.token(scenario_.value("claims", Json::object())));
        return text;
    }

    void build() {
        const Json request = scenario_.value("request", Json::object());
        method_ = request.value("method", "GET");
        target_ = filled(request.value("target", "/"));
        body_ = filled(request.value("body", ""));
        headers_.add("Host", request.value("host", "app.example"));
        std::string cookies;
        const auto addCookie = [&cookies](const std::string& one) {
            cookies += (cookies.empty() ? "" : "; ") + one;
        };
        if (scenario_.contains("session"))
            addCookie(desk_.sessionCookie(scenario_.at("session")));
        if (scenario_.contains("attempt"))
            addCookie(desk_.attemptCookie(attempt(), scenario_.at("attempt")));
        for (const Json& how : scenario_.value("attempts", Json::array()))
            addCookie(desk_.oneOfManyAttempts(how));
        if (request.contains("cookie"))
            addCookie(request.at("cookie").get<std::string>());
        if (!cookies.empty())
            headers_.add("Cookie", cookies);
        for (const Json& header : request.value("headers", Json::array()))
            headers_.add(header.at(0).get<std::string>(), filled(header.at(1).get<std::string>()));
        peer_ = request.value("peer", "10.0.0.9");
        tls_ = request.value("tls", false);
    }

    Given given(const Json& step, const Ask& ask) {
        if (std::holds_alternative<exchange::Lock>(ask) || std::holds_alternative<exchange::Unlock>(ask)) {
            const bool lock = std::holds_alternative<exchange::Lock>(ask);
            const std::string expected = step.value("ask", "");
            if (expected != (lock ? "lock" : "unlock"))
                complain("asked for a " + std::string(lock ? "lock" : "unlock") + ", expected " + expected);
            return step.value("give", true);
        }
        const Call& call = std::get<Call>(ask);
        if (step.value("ask", "") != nameOf(call.purpose))
            complain("asked " + std::string(nameOf(call.purpose)) + ", expected " +
                     step.value("ask", "nothing"));
        const std::string sent = call.request.method + " " + call.url.text() + " " +
                                 std::string(call.request.headers.view().get("Authorization")) + " " +
                                 call.request.body;
        for (const Json& part : step.value("sent", Json::array()))
            if (sent.find(filled(part.get<std::string>())) == std::string::npos)
                complain("the call lacks " + part.get<std::string>() + ": " + sent);
        return answered(step.value("give", Json::object()), call.purpose);
    }

    Given answered(const Json& give, Call::Purpose purpose) {
        if (give.contains("unreachable"))
            return Given(
                Result<http::Response>(std::unexpected(Error{&unreachable, {}, {}, "connection refused"})));
        http::Response response;
        response.status = give.value("status", 200);
        response.headers.add("Content-Type", give.value("type", "application/json"));
        if (give.contains("body"))
            response.body = give.at("body").is_string() ? filled(give.at("body").get<std::string>())
                                                        : give.at("body").dump();
        else if (purpose == Call::Purpose::Discovery)
            response.body = desk_.discovery(give.value("changes", Json::object()));
        else if (purpose == Call::Purpose::Keys)
            response.body = desk_.keys();
        else if (purpose == Call::Purpose::Token || purpose == Call::Purpose::Refresh)
            response.body = desk_.tokenAnswer(give);
        return Given(Result<http::Response>(std::move(response)));
    }

    void drive() {
        Arena arena;
        exchange::Trace trace(arena);
        const auto entropy = crypto::seededEntropy(3);
        const Now now{WallTime(std::chrono::seconds(noon)), {}};
        Memo memo;
        Env env{now, *entropy, *desk_.state, &memo, peer_, tls_, arena, trace};
        http::RequestView request{method_, target_, http::Version::Http11, headers_.view(), body_};
        auto handled = desk_.gate->handle(request, env);
        std::optional<Answer> answer;
        const Json asks = scenario_.value("asks", Json::array());
        std::size_t asked = 0;
        if (auto* plain = std::get_if<Answer>(&handled)) {
            answer = std::move(*plain);
        } else {
            auto& flow = std::get<GateFlow>(handled);
            for (; !flow.done() && asked < 30; ++asked) {
                Given reply = given(asked < asks.size() ? asks[asked] : Json::object(), flow.ask());
                flow.give(std::move(reply));
            }
            answer = flow.take();
        }
        if (asked != asks.size())
            complain("asked " + std::to_string(asked) + " times, expected " + std::to_string(asks.size()));
        for (const exchange::TraceStep& step : trace.steps())
            trace_ += std::string(step.rule->id) + " " + std::string(step.detail) + "\n";
        judge(*answer);
    }

    void judge(const Answer& answer) {
        const Json expected = scenario_.at("answer");
        if (const auto* forward = std::get_if<exchange::Forward>(&answer.what)) {
            if (!expected.contains("forward"))
                complain("forwarded, expected " + expected.dump());
            else
                judgeForward(*forward, expected.at("forward"));
        } else {
            judgeResponse(std::get<exchange::Respond>(answer.what), expected);
        }
        for (const Json& rule : scenario_.value("trace", Json::array()))
            if (trace_.find(filled(rule.get<std::string>())) == std::string::npos)
                complain("the trace lacks " + rule.get<std::string>() + ":\n" + trace_);
        for (const Json& rule : scenario_.value("traceLacks", Json::array()))
            if (trace_.find(rule.get<std::string>()) != std::string::npos)
                complain("the trace has " + rule.get<std::string>() + ":\n" + trace_);
    }

    void judgeForward(const exchange::Forward& forward, const Json& expected) {
        const http::Headers up =
            exchange::edited(headers_.view(), forward.requestEdits.edits(), exchange::EditedFields::Last);
        const http::Headers down =
            exchange::edited({}, forward.responseEdits.edits(), exchange::EditedFields::Last);
        if (expected.contains("target") && forward.target != expected.at("target").get<std::string>())
            complain("forwarded " + forward.target);
        judgeHeaders(up.view(), expected.value("headers", Json::object()), "upstream request");
        judgeHeaders(down.view(), expected.value("response", Json::object()), "response");
    }

    // null: the header is not there; a list: every line of it.
    void judgeHeaders(http::HeadersView headers, const Json& expected, const std::string& where) {
        for (const auto& [name, value] : expected.items()) {
            std::vector<std::string> have;
            for (const std::string_view line : headers.all(name))
                have.emplace_back(line);
            std::vector<std::string> want;
            if (value.is_array())
                want = value.get<std::vector<std::string>>();
            else if (!value.is_null())
                want = {value.get<std::string>()};
            for (std::string& line : want)
                line = filled(line);
            if (have.size() != want.size() ||
                !std::equal(have.begin(), have.end(), want.begin(), &Run::agrees)) {
                complain(where + ": " + name + " has " + std::to_string(have.size()) + " lines:");
                for (const std::string& line : have)
                    complain("  " + line);
            }
        }
    }

    // "…" at the end of the expected text stands for anything, "~" at its beginning for "somewhere in it".
    static bool agrees(const std::string& have, const std::string& want) {
        constexpr std::string_view dots = "…";
        if (want.starts_with('~'))
            return have.find(want.substr(1)) != std::string::npos;
        if (want.ends_with(dots))
            return have.starts_with(want.substr(0, want.size() - dots.size()));
        return have == want;
    }

    void judgeResponse(const exchange::Respond& response, const Json& expected) {
        if (response.status != expected.value("status", 0))
            complain("answered " + std::to_string(response.status) + "\n" + trace_);
        judgeHeaders(response.headers.view(), expected.value("headers", Json::object()), "answer");
        if (expected.contains("body") && response.body != filled(expected.at("body").get<std::string>()))
            complain("body: " + response.body);
        for (const Json& part : expected.value("contains", Json::array()))
            if (response.body.find(filled(part.get<std::string>())) == std::string::npos)
                complain("the body lacks " + part.get<std::string>() + ": " + response.body);
        for (const Json& part : expected.value("lacks", Json::array()))
            if (response.body.find(part.get<std::string>()) != std::string::npos)
                complain("the body has " + part.get<std::string>());
        for (const char* secret : {"s3cr&t", "s3cr%26t", "OQINaROshtE9"})
            if (trace_.find(secret) != std::string::npos || response.body.find(secret) != std::string::npos)
                complain("a secret leaves");
    }

    static constexpr Message unreachable{"unreachable", "the host cannot be reached", ""};
    Json scenario_;
    Desk desk_;
    std::string method_;
    std::string target_;
    std::string body_;
    std::string peer_;
    bool tls_ = false;
    http::Headers headers_;
    std::string trace_;
    std::string complaints_;
};

} // namespace

std::string complaintsOf(const Json& scenario) {
    return Run(scenario).result();
}

} // namespace gatehouse::gate::test
