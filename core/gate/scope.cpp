#include <base/ascii.h>
#include <gate/rules.h>
#include <gate/turn.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::gate {

namespace {

constexpr Message badQuery{"request-form",
                           GH_TEXT("core", "The request's parameters cannot be read: {reason}"),
                           GH_TEXT("core", "A percent sign needs two hexadecimal digits after it.")};

std::optional<Address> peerOf(std::string_view peer) {
    if (const auto address = parseAddress(peer))
        return address;
    const auto parts = splitHostPort(peer);
    return parts ? parseAddress(parts->first) : std::nullopt;
}

bool trustsForwarded(const Plan& plan, std::string_view peer) {
    if (!plan.reverseProxy)
        return false;
    if (peer == "@" || peer.starts_with('/')) // a unix socket
        return true;
    const auto address = peerOf(peer);
    return address && (plan.trustEveryProxy || plan.trustedProxies.contains(*address));
}

// A header's first value when it counts and is not empty, else what the request itself says.
std::string_view forwarded(const Turn& turn, std::string_view name, std::string_view own) {
    const std::string_view value = turn.trusted ? turn.request.headers.get(name) : std::string_view{};
    return value.empty() ? own : value;
}

} // namespace

Turn::Turn(const Plan& thePlan, const http::RequestView& theRequest, Env& theEnv)
    : plan(thePlan), request(theRequest), env(theEnv), trusted(trustsForwarded(thePlan, theEnv.peerAddress)) {
    proto = forwarded(*this, "X-Forwarded-Proto", {});
    host = forwarded(*this, "X-Forwarded-Host", request.host());
    uri = forwarded(*this, "X-Forwarded-Uri", request.target);
    if (plan.reverseProxy && !trusted &&
        (request.headers.has("X-Forwarded-Proto") || request.headers.has("X-Forwarded-Host") ||
         request.headers.has("X-Forwarded-Uri")))
        note(rule("gate.forwarded-trust"), exchange::Outcome::Note,
             fmt::format("{} is no trusted proxy: its X-Forwarded-* headers do not count", env.peerAddress),
             plan.options.from("trusted-proxy-ip"));
}

const std::vector<RequestCookie>& Turn::readCookies() {
    if (!cookiesRead) {
        cookies = requestCookies(request.headers);
        cookiesRead = true;
    }
    return cookies;
}

// The client's, or a random UUID (RFC 9562 version 4).
std::string Turn::requestId() const {
    if (const std::string_view given = request.headers.get(plan.requestIdHeader); !given.empty())
        return std::string(given);
    const std::string random = env.entropy.bytes(16);
    std::string out;
    for (std::size_t i = 0; i < random.size(); ++i) {
        auto byte = static_cast<std::uint8_t>(random[i]);
        if (i == 6)
            byte = static_cast<std::uint8_t>((byte & 0x0F) | 0x40);
        if (i == 8)
            byte = static_cast<std::uint8_t>((byte & 0x3F) | 0x80);
        out += fmt::format("{}{:02x}", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", byte);
    }
    return out;
}

std::optional<Address> clientAddress(const Turn& turn) {
    if (!turn.plan.reverseProxy)
        return peerOf(turn.env.peerAddress);
    std::string_view text = turn.request.headers.get(turn.plan.realIpHeader);
    text = trim(text.substr(0, text.find(',')));
    if (const auto parts = splitHostPort(text))
        text = parts->first;
    return parseAddress(text);
}

std::string decodedPath(const Turn& turn) {
    const std::string_view uri = turn.uri.substr(0, turn.uri.find('#'));
    if (const auto url = parseGoUrl(uri))
        return url->path.substr(0, url->path.find('#'));
    return std::string(uri.substr(0, uri.find('?')));
}

namespace {

bool isHex(char c) {
    return asciiDigit(c) || (asciiLower(c) >= 'a' && asciiLower(c) <= 'f');
}

// Go's url.ParseQuery: why the text is refused; "" when it is not.
std::string refusedQuery(std::string_view text, bool semicolons) {
    if (!semicolons && text.find(';') != std::string_view::npos)
        return "invalid semicolon separator in query";
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '%' && (i + 2 >= text.size() || !isHex(text[i + 1]) || !isHex(text[i + 2])))
            return fmt::format("invalid URL escape \"{}\"", text.substr(i, 3));
    return {};
}

std::string queryText(const Turn& turn) {
    std::string text(turn.request.query());
    if (turn.plan.allowSemicolons)
        std::ranges::replace(text, ';', '&');
    return text;
}

} // namespace

http::Form queryForm(const Turn& turn) {
    const std::string text = queryText(turn);
    http::Form out;
    for (const std::string_view part : split(text, '&'))
        if (!part.empty() && refusedQuery(part, false).empty())
            for (auto& pair : http::parseForm(part))
                out.push_back(std::move(pair));
    return out;
}

bool readsBody(const http::RequestView& request) {
    const std::string_view type = request.headers.get("Content-Type");
    return (request.method == "POST" || request.method == "PUT" || request.method == "PATCH") &&
           equalsIgnoreCase(trim(type.substr(0, type.find(';'))), "application/x-www-form-urlencoded");
}

Result<http::Form> requestForm(const Turn& turn) {
    http::Form out;
    if (readsBody(turn.request)) {
        if (std::string why = refusedQuery(turn.request.body, false); !why.empty())
            return fail(badQuery, {{"reason", why}}, {}, why);
        out = http::parseForm(turn.request.body);
    }
    const std::string query = queryText(turn);
    if (std::string why = refusedQuery(query, false); !why.empty())
        return fail(badQuery, {{"reason", why}}, {}, why);
    for (auto& pair : http::parseForm(query))
        out.push_back(std::move(pair));
    return out;
}

} // namespace gatehouse::gate
