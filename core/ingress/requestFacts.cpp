// What a request says about itself: host, forwarded fields, the client's address (nginx realip,
// lua_ingress.lua).
#include <base/ascii.h>
#include <ingress/router.h>
#include <ingress/rules.h>

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <new>
#include <type_traits>

namespace gatehouse::ingress {

const AuthOutcome Router::nothingAsked_{};

namespace {

State& makeState(Arena& arena) {
    static_assert(std::is_trivially_destructible_v<State>);
    void* place = arena.take(sizeof(State) + alignof(State));
    std::size_t space = sizeof(State) + alignof(State);
    return *new (std::align(alignof(State), sizeof(State), place, space)) State;
}

std::string_view portText(std::uint16_t port, Arena& arena) {
    if (port == 443)
        return "443";
    if (port == 80)
        return "80";
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), port).ptr;
    return arena.keep({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

} // namespace

Router::Router(const Model& model, const http::RequestView& request, const Peer& peer, Arena& arena,
               exchange::Trace& trace)
    : model_(model), request_(request), peer_(peer), arena_(arena), trace_(trace), state_(makeState(arena)) {
    state_.request = &request_;
    state_.tls = peer.tls;
    state_.scheme = peer.tls ? "https" : "http";
    state_.passAccessScheme = state_.scheme;
    state_.serverPort = portText(peer.publicPort, arena);
    state_.peerAddr = arena.keep(peer.address);
    state_.remoteAddr = state_.peerAddr;
    state_.newRequestId = arena.keep(peer.requestId);
    state_.requestId = model.settings.generateRequestId ? state_.newRequestId : std::string_view{};
}

bool validName(std::string_view name, const Settings& settings) {
    for (const char c : name)
        if (!asciiAlpha(c) && !asciiDigit(c) && c != '-' && !(c == '_' && settings.underscores))
            return false;
    return true;
}

// One pass over the fields: everything that nearly every request is asked for.
void Router::readFields() {
    std::size_t forwardedLines = 0;
    std::size_t idLines = 0;
    for (const http::Header field : request_.headers) {
        const std::string_view name = field.name;
        const std::size_t line = name.size() + field.value.size() + 4;
        headBytes_ += line;
        longestLine_ = std::max(longestLine_, line);
        if (!validName(name, model_.settings) && model_.settings.ignoreInvalidHeaders) {
            state_.invalidNames = true;
            continue;
        }
        switch (name.size()) {
        case 4:
            if (state_.httpHost.empty() && equalsIgnoreCase(name, "Host"))
                state_.httpHost = field.value;
            break;
        case 7:
            if (equalsIgnoreCase(name, "Upgrade"))
                state_.upgrade = field.value;
            break;
        case 12:
            if (equalsIgnoreCase(name, "X-Request-ID") && !field.value.empty()) {
                state_.requestId = field.value;
                ++idLines;
            }
            break;
        case 15:
            if (equalsIgnoreCase(name, "X-Forwarded-For")) {
                state_.forwardedFor = field.value;
                ++forwardedLines;
            }
            break;
        case 16:
            if (equalsIgnoreCase(name, "X-Forwarded-Host")) {
                hasForwardedHost_ = true;
                forwardedHost_ = field.value;
            } else if (equalsIgnoreCase(name, "X-Forwarded-Port")) {
                hasForwardedPort_ = true;
                forwardedPort_ = field.value;
            }
            break;
        case 17:
            if (equalsIgnoreCase(name, "X-Forwarded-Proto")) {
                hasForwardedProto_ = true;
                forwardedProto_ = field.value;
            }
            break;
        default:
            break;
        }
    }
    if (forwardedLines > 1)
        state_.forwardedFor = fieldValue(request_.headers, "x_forwarded_for", false, arena_);
    if (idLines > 1)
        state_.requestId = fieldValue(request_.headers, "x_request_id", false, arena_);
}

// $host: without port and trailing dot, in small letters; the default server's name where there is none.
void Router::readHost() {
    std::string_view host = peer_.authority.empty() ? state_.httpHost : peer_.authority;
    if (host.starts_with('[')) {
        host = host.substr(0, host.find(']') + 1);
    } else {
        host = host.substr(0, host.find(':'));
    }
    if (host.ends_with('.'))
        host.remove_suffix(1);
    if (host.empty()) {
        state_.host = "_";
        return;
    }
    for (const char c : host)
        if (c != asciiLower(c)) {
            host = arena_.keep(lower(host));
            break;
        }
    state_.host = host;
}

void Router::readForwarded() {
    state_.bestHttpHost = state_.httpHost.empty() ? state_.host : state_.httpHost;
    state_.passPort = state_.serverPort;
    if (!model_.settings.useForwardedHeaders)
        return;
    if (hasForwardedProto_)
        state_.passAccessScheme = forwardedProto_;
    if (hasForwardedPort_)
        state_.passPort = forwardedPort_;
    if (hasForwardedHost_)
        state_.bestHttpHost = forwardedHost_.substr(0, forwardedHost_.find(','));
}

// ngx_http_realip_module with real_ip_recursive: from the right, as long as who said it is trusted.
void Router::realIp() {
    const Settings& settings = model_.settings;
    if (!settings.useForwardedHeaders && !settings.enableRealIp)
        return;
    const bool usual = model_.forwardedForVariable == "x_forwarded_for";
    std::string_view list = usual ? state_.forwardedFor
                                  : fieldValue(request_.headers, model_.forwardedForVariable, false, arena_);
    auto current = parseAddress(state_.peerAddr);
    while (!list.empty() && current && contains(settings.realIpFrom, *current)) {
        while (!list.empty() && (list.back() == ' ' || list.back() == ','))
            list.remove_suffix(1);
        const auto before = list.find_last_of(" ,");
        const std::string_view element = before == std::string_view::npos ? list : list.substr(before + 1);
        const auto address = addressOfElement(element);
        if (!address)
            return;
        state_.remoteAddr = arena_.keep(*address);
        current = parseAddress(state_.remoteAddr);
        list = before == std::string_view::npos ? std::string_view{} : list.substr(0, before);
    }
}

} // namespace gatehouse::ingress
