#include <base/ascii.h>
#include <gate/rules.h>
#include <gate/turn.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::gate {

using exchange::EditList;
using exchange::Outcome;

namespace {

constexpr std::string_view text = "text/plain; charset=utf-8";

// Fields that Go keeps outside its header map, or that frame the message.
bool isFraming(std::string_view name) {
    return equalsIgnoreCase(name, "Host") || equalsIgnoreCase(name, "Content-Length") ||
           equalsIgnoreCase(name, "Transfer-Encoding") || equalsIgnoreCase(name, "Trailer");
}

bool validFieldValue(std::string_view value) {
    return std::ranges::none_of(
        value, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; });
}

std::string joinedValues(http::HeadersView headers, std::string_view name) {
    return fmt::format("{}", fmt::join(headers.all(name), ","));
}

const HeaderRule* ruleFor(const std::vector<HeaderRule>& rules, std::string_view name) {
    const auto found =
        std::ranges::find_if(rules, [name](const HeaderRule& r) { return sameNormalized(r.name, name); });
    return found == rules.end() ? nullptr : &*found;
}

// A client's own copies go, in every spelling with - or _.
void stripCopies(const Turn& turn, EditList& edits) {
    std::vector<std::string_view> removed;
    for (const http::Header field : turn.request.headers) {
        const HeaderRule* found = ruleFor(turn.plan.headers.request, field.name);
        if (found == nullptr || std::ranges::find(removed, field.name) != removed.end())
            continue;
        removed.push_back(field.name);
        edits.remove(field.name, rule("gate.strip-client-copy"),
                     turn.plan.options.from("skip-auth-strip-headers"));
    }
}

// The name of a header whose value cannot travel; "" when all can.
std::string_view injectRequestHeaders(const Turn& turn, EditList& edits) {
    if (turn.plan.headers.strip)
        stripCopies(turn, edits);
    if (!turn.session)
        return {};
    for (const HeaderRule& header : turn.plan.headers.request) {
        std::string value = headerValue(header, *turn.session);
        if (value.empty())
            continue;
        if (!validFieldValue(value))
            return header.name;
        if (!turn.plan.headers.strip && turn.request.headers.has(header.name))
            value = joinedValues(turn.request.headers, header.name) + "," + value;
        edits.set(header.name, value, header.rule, header.from, header.secret);
    }
    return {};
}

void flatten(const Turn& turn, EditList& edits) {
    std::vector<std::string_view> seen;
    for (const http::Header field : turn.request.headers) {
        const auto same = [&field](std::string_view other) { return equalsIgnoreCase(other, field.name); };
        if (isFraming(field.name) || equalsIgnoreCase(field.name, "Set-Cookie") ||
            std::ranges::any_of(seen, same))
            continue;
        seen.push_back(field.name);
        const bool ours = ruleFor(turn.plan.headers.request, field.name) != nullptr;
        if (!ours && turn.request.headers.count(field.name) > 1)
            edits.set(field.name, joinedValues(turn.request.headers, field.name), rule("gate.flatten"), {},
                      equalsIgnoreCase(field.name, "Cookie"));
    }
}

void addForwardedFor(const Turn& turn, EditList& edits) {
    std::string_view peer = turn.env.peerAddress;
    if (!parseAddress(peer)) {
        const auto parts = splitHostPort(peer);
        if (!parts)
            return;
        peer = parts->first;
    }
    std::string value;
    for (const std::string_view prior : turn.request.headers.all("X-Forwarded-For"))
        value.append(value.empty() ? "" : ",").append(prior);
    value.append(value.empty() ? "" : ", ").append(peer);
    edits.set("X-Forwarded-For", value, rule("gate.forwarded-for"));
}

const UpstreamRoute* routeOf(const Plan& plan, std::string_view path) {
    for (const UpstreamRoute& route : plan.routes)
        if (route.path.ends_with('/') ? path.starts_with(route.path) : path == route.path)
            return &route;
    return nullptr;
}

std::string pathOnly(const http::RequestView& request) {
    const auto url = parseGoUrl(request.target);
    return url ? url->path : std::string(request.path());
}

Answer staticAnswer(Turn& turn, const UpstreamRoute& route) {
    turn.note(rule("gate.upstream-static"), Outcome::Answered,
              fmt::format("static://{}", *route.staticStatus), route.from);
    if (*route.staticStatus < 100 || *route.staticStatus > 999) // the original panics: the connection breaks
        return errorAnswer(turn, 500, fmt::format("invalid WriteHeader code {}", *route.staticStatus));
    return respond(turn, *route.staticStatus, text, "Authenticated");
}

Answer notFound(Turn& turn, std::string_view path) {
    turn.note(rule("gate.upstream-none"), Outcome::Answered, path, turn.plan.options.from("upstream"));
    turn.headers.emplace_back("X-Content-Type-Options", "nosniff");
    return respond(turn, 404, text, "404 page not found\n");
}

Answer handOn(Turn& turn, const UpstreamRoute& route) {
    exchange::Forward forward{route.upstream, std::string(turn.request.target), EditList(turn.env.arena),
                              EditList(turn.env.arena)};
    const Upstream& upstream = turn.plan.upstreams[route.upstream];
    if (const std::string_view bad = injectRequestHeaders(turn, forward.requestEdits); !bad.empty()) {
        turn.note(rule("gate.upstream-unreachable"), Outcome::Failed,
                  fmt::format("the value of {} cannot be a header", bad));
        return upstreamFailure(turn, fmt::format("net/http: invalid header field value for \"{}\"", bad));
    }
    flatten(turn, forward.requestEdits);
    addForwardedFor(turn, forward.requestEdits);
    if (!upstream.passHostHeader)
        forward.requestEdits.set("Host", upstream.url.authority(), rule("gate.upstream-host"),
                                 turn.plan.options.from("pass-host-header"));
    for (const std::string& line : turn.setCookies)
        forward.responseEdits.add("Set-Cookie", line, rule("gate.session-saved"), {}, true);
    if (turn.session) {
        const Session& session = *turn.session;
        forward.responseEdits.add("Gap-Auth", session.email.empty() ? session.user : session.email,
                                  rule("gate.gap-auth"));
        for (const HeaderRule& header : turn.plan.headers.response)
            if (const std::string value = headerValue(header, session);
                !value.empty() && validFieldValue(value))
                forward.responseEdits.add(header.name, value, header.rule, header.from, header.secret);
    }
    turn.note(rule("gate.upstream"), Outcome::Matched, upstream.url.text(), route.from);
    return Answer{std::move(forward), {}};
}

} // namespace

void addSessionHeaders(Turn& turn) {
    if (!turn.session)
        return;
    const Session& session = *turn.session;
    turn.headers.emplace_back("Gap-Auth", session.email.empty() ? session.user : session.email);
    for (const HeaderRule& header : turn.plan.headers.response)
        if (std::string value = headerValue(header, session); !value.empty())
            turn.headers.emplace_back(header.name, std::move(value));
}

Answer upstreamFailure(Turn& turn, std::string_view why) {
    ErrorPage page;
    page.status = 502;
    page.requestId = turn.requestId();
    page.appError = why;
    page.message = "There was a problem connecting to the upstream server.";
    return respond(turn, 502, "text/html; charset=utf-8", errorPage(turn.plan.pages, page));
}

Answer forwardToUpstream(Turn& turn) {
    const std::string path = pathOnly(turn.request);
    if (const std::string clean = canonicalPath(path); clean != path) {
        addSessionHeaders(turn);
        turn.note(rule("gate.path-cleaned"), Outcome::Answered, clean);
        turn.headers.emplace_back(
            "Location", http::percentEncode(clean, "-_.~/$&+,:;=@") +
                            (turn.request.query().empty() ? "" : "?" + std::string(turn.request.query())));
        return respond(turn, 301, {}, {});
    }
    if (const UpstreamRoute* route = routeOf(turn.plan, path)) {
        if (!route->staticStatus)
            return handOn(turn, *route);
        addSessionHeaders(turn);
        return staticAnswer(turn, *route);
    }
    addSessionHeaders(turn);
    if (!path.ends_with('/') && routeOf(turn.plan, path + "/") != nullptr) {
        turn.note(rule("gate.upstream-slash"), Outcome::Answered, path + "/");
        return redirectTo(turn, std::string(turn.request.target) + "/", 301);
    }
    return notFound(turn, path);
}

} // namespace gatehouse::gate
