#include <base/ascii.h>
#include <engine/hop.h>
#include <engine/rules.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

namespace gatehouse::engine {

namespace {

using exchange::EditList;
using exchange::HeadEdit;

bool among(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(),
                       [name](std::string_view other) { return equalsIgnoreCase(name, other); });
}

// nginx replaces these whatever the client's Connection field lists (ingress-corrections 31).
bool nginxDrops(std::string_view name) {
    switch (name.size()) {
    case 2:
        return among(name, {"TE"});
    case 6:
        return among(name, {"Expect"});
    case 7:
        return among(name, {"Upgrade"});
    case 10:
        return among(name, {"Connection", "Keep-Alive"});
    case 14:
        return among(name, {"Content-Length"});
    case 17:
        return among(name, {"Transfer-Encoding"});
    default:
        return false;
    }
}

// httputil.ReverseProxy's list (Go 1.24), and what its transport makes anew.
bool goDrops(std::string_view name) {
    return nginxDrops(name) ||
           among(name, {"Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "Trailer"});
}

bool listedInConnection(std::string_view name, http::HeadersView headers) {
    for (const http::Header field : headers)
        if (equalsIgnoreCase(field.name, "Connection"))
            for (const std::string_view option : split(field.value, ','))
                if (equalsIgnoreCase(trim(option), name))
                    return true;
    return false;
}

bool hasEdit(std::span<const HeadEdit> edits, std::string_view name) {
    return std::any_of(edits.begin(), edits.end(),
                       [name](const HeadEdit& edit) { return equalsIgnoreCase(edit.name, name); });
}

std::string_view decimal(std::uint64_t number, std::array<char, 24>& digits) {
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return {digits.data(), static_cast<std::size_t>(end - digits.data())};
}

void removeHopByHop(const http::RequestView& from, Manner manner, EditList& edits) {
    for (const http::Header field : from.headers) {
        const bool drop = manner == Manner::Go
                              ? goDrops(field.name) || listedInConnection(field.name, from.headers)
                              : nginxDrops(field.name);
        if (drop && !hasEdit(edits.edits(), field.name))
            edits.remove(field.name, &rule::hopByHop);
    }
}

void frameRequest(const HopRequest& hop, const RequestBody& body, EditList& edits) {
    std::array<char, 24> digits{};
    if (!hop.withBody || !body.announced())
        return;
    if (sendsChunks(hop, body))
        edits.set("Transfer-Encoding", "chunked", &rule::framing);
    else
        edits.set("Content-Length", decimal(body.size().value_or(0), digits), &rule::framing);
}

// The rooms pass on what the client asked for; here is decided what this engine can keep up.
void settleUpgrade(const HopRequest& hop, EditList& edits) {
    if (hop.upgrade) {
        if (!hasEdit(hop.edits, "Upgrade"))
            edits.set("Upgrade", "websocket", &rule::upgrade);
        if (!hasEdit(hop.edits, "Connection"))
            edits.set("Connection", "upgrade", &rule::upgrade);
    } else if (hasEdit(hop.edits, "Upgrade")) {
        edits.remove("Upgrade", &rule::upgrade);
        edits.remove("Connection", &rule::upgrade);
    }
}

void writeLines(std::span<const HeadEdit> edits, std::string& out) {
    for (const HeadEdit& edit : edits)
        if (edit.op != HeadEdit::Op::Remove)
            out.append(edit.name).append(": ").append(edit.value).append("\r\n");
}

// What nginx puts before everything else, in its order (observed); Content-Type moves up with them.
void nginxFirst(const http::ResponseView& from, const HopResponse& hop, EditList& edits) {
    std::array<char, 24> digits{};
    if (!hop.date.empty())
        edits.set("Date", hop.date, &rule::date);
    if (const auto type = from.headers.find("Content-Type"); type && !hasEdit(hop.edits, "Content-Type"))
        edits.set("Content-Type", *type, &rule::framing);
    if (hop.length)
        edits.set("Content-Length", decimal(*hop.length, digits), &rule::framing);
    if (hop.chunked)
        edits.set("Transfer-Encoding", "chunked", &rule::framing);
    edits.set("Connection",
              hop.upgrade     ? "upgrade"
              : hop.keepAlive ? "keep-alive"
                              : "close",
              &rule::connection);
}

void serverLast(const http::ResponseView& from, const HopResponse& hop, EditList& edits) {
    std::array<char, 24> digits{};
    const bool keycloak = hop.manner == Manner::Keycloak;
    if (!hop.date.empty() && !keycloak && !from.headers.has("Date"))
        edits.set("Date", hop.date, &rule::date);
    if (hop.length)
        edits.set(keycloak ? "content-length" : "Content-Length", decimal(*hop.length, digits),
                  &rule::framing);
    if (hop.chunked)
        edits.set(keycloak ? "transfer-encoding" : "Transfer-Encoding", "chunked", &rule::framing);
    if (hop.upgrade)
        edits.set("Connection", "Upgrade", &rule::connection);
    else if (hop.closing)
        edits.set("Connection", "close", &rule::connection);
}

// Fields of an answer that are made anew for every connection. nginx also hides Server (the controller has
// server-tokens off) and the backend's Date.
void removeAnswerFields(const http::ResponseView& from, Manner manner, EditList& edits) {
    for (const http::Header field : from.headers) {
        const bool drop =
            among(field.name, {"Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length"}) ||
            (manner == Manner::Nginx && among(field.name, {"Date", "Server"}));
        if (drop && !hasEdit(edits.edits(), field.name))
            edits.remove(field.name, &rule::hopByHop);
    }
}

void statusLine(const http::ResponseView& from, std::string& out) {
    std::array<char, 24> digits{};
    out.append("HTTP/1.1 ").append(decimal(static_cast<std::uint64_t>(from.status), digits)).push_back(' ');
    out.append(from.reason.empty() ? http::reasonPhrase(from.status) : from.reason).append("\r\n");
}

} // namespace

bool sendsChunks(const HopRequest& hop, const RequestBody& body) {
    return hop.withBody && body.announced() && !body.size();
}

std::string_view writeRequest(Arena& arena, std::string& scratch, const http::RequestView& from,
                              const HopRequest& hop, const RequestBody& body, std::vector<HeadEdit>& edits) {
    EditList all(arena);
    removeHopByHop(from, hop.manner, all);
    all.append(hop.edits);
    settleUpgrade(hop, all);
    frameRequest(hop, body, all);
    scratch.clear();
    scratch.append(hop.method).append(" ").append(hop.target);
    scratch.append(hop.version == http::Version::Http10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    exchange::writeFields(from.headers, all.edits(), exchange::EditedFields::First, scratch);
    scratch.append("\r\n");
    edits = all.take();
    return arena.keep(scratch);
}

std::string_view writeResponse(Arena& arena, std::string& scratch, const http::ResponseView& from,
                               const HopResponse& hop, std::vector<HeadEdit>& edits) {
    scratch.clear();
    statusLine(from, scratch);
    EditList first(arena);
    if (hop.manner == Manner::Nginx)
        nginxFirst(from, hop, first);
    writeLines(first.edits(), scratch);

    EditList rest(arena); // what goes, what the rooms decided, what is said last
    for (const HeadEdit& edit : first.edits())
        rest.remove(edit.name, edit.rule);
    removeAnswerFields(from, hop.manner, rest);
    rest.append(hop.edits);
    if (hop.manner != Manner::Nginx)
        serverLast(from, hop, rest);
    exchange::writeFields(from.headers, rest.edits(), exchange::EditedFields::Last, scratch);
    scratch.append("\r\n");
    rest.append(first.edits());
    edits = rest.take();
    return arena.keep(scratch);
}

bool asksForWebSocket(const http::RequestView& request, const http::Framing& framing) {
    return framing.upgrade && request.method == "GET" && framing.body == http::BodyKind::None &&
           equalsIgnoreCase(request.headers.get("Upgrade"), "websocket");
}

std::string httpDate(WallTime time) {
    constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    const auto two = [](auto number) {
        const std::string digits = std::to_string(number);
        return digits.size() < 2 ? '0' + digits : digits;
    };
    std::string out(days[std::chrono::weekday(day).c_encoding()]);
    out.append(", ").append(two(static_cast<unsigned>(date.day()))).append(" ");
    out.append(months[static_cast<unsigned>(date.month()) - 1]).append(" ");
    out.append(std::to_string(static_cast<int>(date.year()))).append(" ");
    out.append(two(clock.hours().count())).append(":").append(two(clock.minutes().count())).append(":");
    return out.append(two(clock.seconds().count())).append(" GMT");
}

} // namespace gatehouse::engine
