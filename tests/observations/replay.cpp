#include "replay.h"

#include <base/ascii.h>
#include <http/body.h>
#include <http/parse.h>
#include <ingress/wire.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::observations {

namespace {

constexpr std::string_view requestId = "0123456789abcdef0123456789abcdef";

std::string bytesOf(const Request& request) {
    if (!request.raw.empty())
        return request.raw;
    const bool two = request.http == "2"; // names are in small letters there
    std::string out =
        fmt::format("{} {} HTTP/{}\r\n", request.method, request.target, two ? "1.1" : request.http);
    for (const auto& [name, value] : request.headers)
        out += fmt::format("{}: {}\r\n", two && name != "Host" ? lower(name) : name, value);
    return out + "\r\n";
}

// A head that was written, as the test peers recorded it.
Seen seenHead(const std::string& server, const std::string& head) {
    Seen out{server, {}, {}};
    std::size_t at = head.find("\r\n");
    out.line = head.substr(0, at);
    while (at + 2 < head.size()) {
        const auto end = head.find("\r\n", at + 2);
        const std::string line = head.substr(at + 2, end - at - 2);
        at = end;
        const auto colon = line.find(": ");
        if (!line.empty())
            out.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    return out;
}

std::string bodyClass(const std::string& body) {
    const auto open = body.find("<title>");
    if (body.empty() || open == std::string::npos)
        return body.empty() ? "empty" : "other: " + body;
    return "nginx-page: " + body.substr(open + 7, body.find("</title>") - open - 7);
}

// The auth service answers at these places only (environment in the files).
std::string authServer(const http::Url& url) {
    std::string_view host = url.host;
    if (host.ends_with('.'))
        host.remove_suffix(1);
    const bool known = host == "auth.authns.svc.cluster.local" ||
                       host == "tlsauth.authns.svc.cluster.local" || host == "192.0.2.20";
    const bool plain = url.scheme == "http" && (url.port == 9000 || url.port == 80);
    const bool secure = url.scheme == "https" && (url.port == 9443 || url.port == 443);
    return known && (plain || secure) ? fmt::format("{}:{}", secure ? "auth-tls" : "auth", url.port)
                                      : std::string();
}

// The test services knew the reasons of most statuses, and wrote X for these.
std::string peerReason(int status) {
    static constexpr int unknown[] = {203, 206, 308, 502};
    return std::find(std::begin(unknown), std::end(unknown), status) != std::end(unknown)
               ? "X"
               : std::string(http::reasonPhrase(status));
}

class Replay {
public:
    Replay(const Observation& observation, const ingress::Ingress& ingress)
        : o_(observation), ingress_(ingress) {}

    Replayed run() {
        const std::string bytes = bytesOf(o_.request);
        http::Limits limits;
        const auto parsed = http::parseRequest(bytes, spans_, limits);
        const auto* request = std::get_if<http::ParsedRequest>(&parsed);
        if (request == nullptr) {
            const auto* refusal = std::get_if<http::Refusal>(&parsed);
            respond(ingress::parserRefusal(refusal != nullptr ? refusal->status : 400), false);
            return out_;
        }
        request_ = request->view;
        framing_ = request->framing;
        peer_ = {o_.request.clientAddress, o_.request.scheme == "https",
                 static_cast<std::uint16_t>(o_.request.scheme == "https" ? 443 : 80), requestId,
                 request->authority};
        bodySize_ = bodySize();
        routed_ = ingress_.route(request_, peer_, arena_, trace_);
        if (!routed_.answer && routed_.subrequest)
            askAuth(*routed_.subrequest);
        finish(ingress_.conclude(routed_, request_, peer_, outcome_, arena_, trace_));
        return out_;
    }

private:
    // Bytes of the client's body, without its chunks.
    std::uint64_t bodySize() const {
        if (framing_.body != http::BodyKind::Chunked)
            return framing_.length;
        http::BodyReader reader(framing_, http::Limits{});
        std::uint64_t size = 0;
        for (std::string_view left = o_.request.body; !left.empty() && !reader.done();) {
            const auto step = reader.feed(left);
            size += step.data.size();
            if (step.consumed == 0)
                break;
            left.remove_prefix(step.consumed);
        }
        return size;
    }

    const Script& next(const std::vector<Script>& scripts, std::size_t& used) {
        return scripts[std::min(used++, scripts.size() - 1)];
    }

    void askAuth(const ingress::Subrequest& sub) {
        outcome_.asked = true;
        const std::string server = authServer(sub.url);
        if (sub.unaskable || server.empty()) {
            outcome_.failed = true;
            return;
        }
        std::string head;
        ingress::writeRequestHead(sub.method, sub.url.target, sub.http10, request_.headers, sub.edits.edits(),
                                  {}, head);
        out_.authRequests.push_back(seenHead(server, head));
        const Script& script = next(o_.auth, authUsed_);
        if (script.close) {
            if (sub.keepalive) // once more on a fresh connection
                out_.authRequests.push_back(out_.authRequests.back());
            outcome_.failed = true;
            return;
        }
        if (script.raw.empty()) {
            outcome_.response.status = script.status;
            for (const auto& [name, value] : script.headers)
                outcome_.response.headers.add(name, value);
            return;
        }
        std::vector<http::FieldSpan> spans;
        const auto parsed = http::parseResponse(script.raw, spans, sub.method, http::Limits{});
        const auto* response = std::get_if<http::ParsedResponse>(&parsed);
        if (response == nullptr) {
            outcome_.failed = true;
            return;
        }
        outcome_.response.status = response->view.status;
        for (const http::Header field : response->view.headers)
            outcome_.response.headers.add(field.name, field.value);
    }

    void finish(exchange::Answer answer) {
        if (const auto* page = std::get_if<exchange::Respond>(&answer.what)) {
            respond(*page, keepAlive());
            return;
        }
        forward(std::get<exchange::Forward>(answer.what));
    }

    bool keepAlive() const { return framing_.keepAlive; }

    void respond(const exchange::Respond& page, bool keepAlive) {
        ingress::AnswerFraming framing;
        framing.length = page.body.size();
        framing.keepAlive = keepAlive && !ingress::closesAfter(page);
        std::string head;
        ingress::writeAnswerHead(page.status, page.reason, page.headers, {}, framing, head);
        record(page.status, page.reason, head, request_.method == "HEAD" ? "empty" : bodyClass(page.body));
    }

    void record(int status, std::string_view reason, const std::string& head, std::string body) {
        out_.answer.status = status;
        out_.answer.reason = reason;
        out_.answer.headers = seenHead({}, head).headers;
        out_.answer.bodyClass = std::move(body);
    }

    void forward(const exchange::Forward& forward) {
        if (routed_.bodyLimit != 0 && bodySize_ > routed_.bodyLimit) {
            refuse(413); // a chunked one: its size shows while it is read
            return;
        }
        const lab::ServiceRef& service = ingress_.service(forward.upstream);
        const ingress::UpstreamPolicy& policy = *routed_.policy;
        const bool idempotent =
            request_.method != "POST" && request_.method != "PATCH" && request_.method != "LOCK";
        const int tries = policy.retryBroken && (idempotent || policy.retryNonIdempotent) ? policy.tries : 1;
        for (int i = 0; i < tries; ++i) {
            ingress::RequestFraming framing;
            if (framing_.body != http::BodyKind::None)
                framing.length = bodySize_;
            std::string head;
            ingress::writeRequestHead(request_.method, forward.target, policy.http10, request_.headers,
                                      forward.requestEdits.edits(), framing, head);
            out_.upstreamRequests.push_back(seenHead(service.name, head));
            const Script& script = next(o_.upstream, upstreamUsed_);
            if (!script.close) {
                backendAnswer(script, service.name);
                return;
            }
        }
        refuse(502);
    }

    void refuse(int status) {
        finish(ingress_.refuse(routed_, request_, peer_, outcome_, status, arena_, trace_));
    }

    void backendAnswer(const Script& script, const std::string& name) {
        http::Response answer;
        answer.status = script.status;
        const bool upgrade = request_.headers.has("Upgrade") && script.webSocket && script.status == 200;
        if (upgrade) {
            answer.status = 101;
            answer.headers.add("Upgrade", std::string(request_.headers.get("Upgrade")));
        }
        answer.body = "backend=" + name + "\n";
        answer.headers.add("X-Backend", name);
        for (const auto& [field, value] : script.headers)
            answer.headers.add(field, value);
        if (!script.raw.empty() && !takeRaw(script.raw, answer)) {
            refuse(502);
            return;
        }
        std::size_t size = 40;
        for (const http::Header field : answer.headers.view())
            size += field.name.size() + field.value.size() + 4;
        if (size > routed_.policy->headLimit) {
            refuse(502);
            return;
        }
        if (auto other =
                ingress_.intercept(routed_, request_, peer_, outcome_, answer.status, arena_, trace_)) {
            finish(std::move(*other));
            return;
        }
        exchange::EditList edits(arena_);
        ingress_.finish(routed_, request_, peer_, outcome_, answer.view(), edits, trace_);
        ingress::AnswerFraming framing;
        const bool bodiless = answer.status == 204 || answer.status == 304 || upgrade;
        if (!bodiless)
            framing.length = answer.body.size();
        framing.keepAlive = keepAlive();
        framing.upgrade = upgrade;
        const std::string reason = answer.reason.empty() ? peerReason(answer.status) : answer.reason;
        std::string head;
        ingress::writeAnswerHead(answer.status, reason, answer.headers, edits.edits(), framing, head);
        record(answer.status, reason, head,
               upgrade                                                        ? "other: echo:ping"
               : request_.method == "HEAD" || bodiless || answer.body.empty() ? "empty"
                                                                              : "upstream: " + name);
    }

    static bool takeRaw(const std::string& raw, http::Response& answer) {
        std::vector<http::FieldSpan> spans;
        const auto parsed = http::parseResponse(raw, spans, "GET", http::Limits{});
        const auto* response = std::get_if<http::ParsedResponse>(&parsed);
        if (response == nullptr)
            return false;
        answer = {};
        answer.status = response->view.status;
        answer.reason = response->view.reason;
        for (const http::Header field : response->view.headers)
            answer.headers.add(field.name, field.value);
        answer.body = raw.substr(response->size);
        return true;
    }

    const Observation& o_;
    const ingress::Ingress& ingress_;
    std::vector<http::FieldSpan> spans_;
    http::RequestView request_;
    http::Framing framing_;
    ingress::Peer peer_;
    Arena arena_;
    exchange::Trace trace_{arena_};
    ingress::Routed routed_;
    ingress::AuthOutcome outcome_;
    std::uint64_t bodySize_ = 0;
    std::size_t authUsed_ = 0, upstreamUsed_ = 0;
    Replayed out_;
};

} // namespace

Replayed replay(const Observation& observation, const ingress::Ingress& ingress) {
    return Replay(observation, ingress).run();
}

} // namespace gatehouse::observations
