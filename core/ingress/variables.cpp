#include <base/ascii.h>
#include <ingress/knownVariables.h>
#include <ingress/normalise.h>
#include <ingress/variables.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace gatehouse::ingress {

namespace {

constexpr std::pair<std::string_view, Variable> ordinary[] = {
    {"host", Variable::Host},
    {"http_host", Variable::HttpHost},
    {"best_http_host", Variable::BestHttpHost},
    {"scheme", Variable::Scheme},
    {"pass_access_scheme", Variable::PassAccessScheme},
    {"pass_port", Variable::PassPort},
    {"pass_server_port", Variable::ServerPort},
    {"server_port", Variable::ServerPort},
    {"request_uri", Variable::RequestUri},
    {"uri", Variable::Uri},
    {"document_uri", Variable::Uri},
    {"args", Variable::Args},
    {"query_string", Variable::Args},
    {"is_args", Variable::IsArgs},
    {"request", Variable::Request},
    {"request_method", Variable::RequestMethod},
    {"server_protocol", Variable::ServerProtocol},
    {"remote_addr", Variable::RemoteAddr},
    {"realip_remote_addr", Variable::PeerAddr},
    {"req_id", Variable::RequestId},
    {"request_id", Variable::NewRequestId},
    {"https", Variable::Https},
    {"connection_upgrade", Variable::ConnectionUpgrade},
};

Piece named(std::string_view name, const TemplateScope& scope, std::string& unknown) {
    if (const auto constant = scope.constants.find(name); constant != scope.constants.end())
        return {Variable::Literal, constant->second, 0};
    for (const auto& [known, variable] : ordinary)
        if (known == name)
            return {variable, {}, 0};
    if (name == "escaped_request_uri") {
        if (!scope.escapedRequestUri)
            unknown = name;
        return {scope.escapedIsFilled ? Variable::EscapedRequestUri : Variable::Nothing, {}, 0};
    }
    if (name == "full_x_forwarded_for") {
        if (!scope.fullForwardedFor)
            unknown = name;
        return {Variable::FullForwardedFor, {}, 0};
    }
    if (name == "literal_dollar")
        return {Variable::Literal, "$", 0};
    if (name.starts_with("http_"))
        return {Variable::HttpField, std::string(name.substr(5)), 0};
    if (name.starts_with("cookie_"))
        return {Variable::Cookie, std::string(name.substr(7)), 0};
    if (name.starts_with("arg_"))
        return {Variable::Argument, std::string(name.substr(4)), 0};
    if (!knownVariable(name))
        unknown = name;
    return {Variable::Nothing, {}, 0};
}

bool nameCharacter(char c) {
    return asciiAlpha(c) || asciiDigit(c) || c == '_';
}

} // namespace

ParsedTemplate parseTemplate(std::string_view text, const TemplateScope& scope) {
    ParsedTemplate out;
    std::string literal;
    const auto flush = [&] {
        if (!literal.empty())
            out.value.pieces.push_back({Variable::Literal, std::exchange(literal, {}), 0});
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '$') {
            literal += text[i];
            continue;
        }
        if (i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9') {
            flush();
            out.value.pieces.push_back({Variable::Capture, {}, static_cast<std::uint8_t>(text[i + 1] - '0')});
            ++i;
            continue;
        }
        const bool braced = i + 1 < text.size() && text[i + 1] == '{';
        const std::size_t begin = i + (braced ? 2 : 1);
        std::size_t end = begin;
        while (end < text.size() && nameCharacter(text[end]))
            ++end;
        if (end == begin || (braced && (end == text.size() || text[end] != '}'))) {
            out.unknown = "$"; // nginx: invalid variable name
            return out;
        }
        Piece piece = named(text.substr(begin, end - begin), scope, out.unknown);
        if (piece.variable == Variable::Literal) {
            literal += piece.text;
        } else {
            flush();
            out.value.pieces.push_back(std::move(piece));
        }
        i = braced ? end : end - 1;
    }
    flush();
    return out;
}

Template literalTemplate(std::string_view text) {
    return {{{Variable::Literal, std::string(text), 0}}};
}

Template variableTemplate(Variable variable, std::string_view name) {
    return {{{variable, std::string(name), 0}}};
}

namespace {

// "X-User" is $http_x_user; so is "x_user" where underscores are let in.
bool isField(std::string_view field, std::string_view variableName) {
    if (field.size() != variableName.size())
        return false;
    for (std::size_t i = 0; i < field.size(); ++i) {
        const char c = field[i] == '-' ? '_' : asciiLower(field[i]);
        if (c != variableName[i])
            return false;
    }
    return true;
}

std::string_view joined(std::string_view a, std::string_view separator, std::string_view b, Arena& arena) {
    char* const out = arena.take(a.size() + separator.size() + b.size());
    std::memcpy(out, a.data(), a.size());
    std::memcpy(out + a.size(), separator.data(), separator.size());
    std::memcpy(out + a.size() + separator.size(), b.data(), b.size());
    return {out, a.size() + separator.size() + b.size()};
}

std::string_view argument(std::string_view args, std::string_view name) {
    for (const std::string_view part : split(args, '&'))
        if (part.size() > name.size() && part[name.size()] == '=' &&
            equalsIgnoreCase(part.substr(0, name.size()), name))
            return part.substr(name.size() + 1);
    return {};
}

// ngx_http_parse_multi_header_lines: the first "name=value" of all Cookie lines, value up to ';'.
std::string_view cookieValue(http::HeadersView headers, std::string_view name) {
    for (const http::Header header : headers) {
        if (!equalsIgnoreCase(header.name, "cookie"))
            continue;
        for (std::string_view part : split(header.value, ';')) {
            part = trim(part);
            if (part.size() > name.size() && part[name.size()] == '=' &&
                equalsIgnoreCase(part.substr(0, name.size()), name))
                return part.substr(name.size() + 1);
        }
    }
    return {};
}

std::string_view value(const Piece& piece, const State& state, Arena& arena) {
    const http::RequestView& request = *state.request;
    switch (piece.variable) {
    case Variable::Literal:
        return piece.text;
    case Variable::Nothing:
        return {};
    case Variable::Host:
        return state.host;
    case Variable::HttpHost:
        return state.httpHost;
    case Variable::BestHttpHost:
        return state.bestHttpHost;
    case Variable::Scheme:
        return state.scheme;
    case Variable::PassAccessScheme:
        return state.passAccessScheme;
    case Variable::PassPort:
        return state.passPort;
    case Variable::ServerPort:
        return state.serverPort;
    case Variable::RequestUri:
        return request.target;
    case Variable::EscapedRequestUri: {
        std::string escaped;
        escaped.reserve(request.target.size() * 3);
        escapeArgument(request.target, escaped);
        return arena.keep(escaped);
    }
    case Variable::Uri:
        return state.uri;
    case Variable::Args:
        return state.args;
    case Variable::IsArgs:
        return state.args.empty() ? std::string_view{} : std::string_view("?");
    case Variable::Request:
        return joined(joined(request.method, " ", request.target, arena),
                      request.version == http::Version::Http11 ? " HTTP/1.1" : " HTTP/1.0", {}, arena);
    case Variable::RequestMethod:
        return request.method;
    case Variable::ServerProtocol:
        return request.version == http::Version::Http11 ? "HTTP/1.1" : "HTTP/1.0";
    case Variable::RemoteAddr:
        return state.remoteAddr;
    case Variable::PeerAddr:
        return state.peerAddr;
    case Variable::FullForwardedFor:
        return state.forwardedFor.empty() ? state.peerAddr
                                          : joined(state.forwardedFor, ", ", state.peerAddr, arena);
    case Variable::RequestId:
        return state.requestId;
    case Variable::NewRequestId:
        return state.newRequestId;
    case Variable::Https:
        return state.tls ? std::string_view("on") : std::string_view{};
    case Variable::ConnectionUpgrade:
        return state.upgrade.empty() ? std::string_view{} : std::string_view("upgrade");
    case Variable::HttpField:
        return fieldValue(request.headers, piece.text, false, arena);
    case Variable::Cookie:
        return cookieValue(request.headers, piece.text);
    case Variable::Argument:
        return argument(state.args, piece.text);
    case Variable::Capture:
        return state.captures[piece.number];
    }
    return {};
}

} // namespace

std::string_view fieldValue(http::HeadersView headers, std::string_view variableName, bool underscores,
                            Arena& arena) {
    std::string_view found;
    bool any = false;
    for (const http::Header header : headers) {
        if (!isField(header.name, variableName))
            continue;
        if (!underscores && header.name.find('_') != std::string_view::npos)
            continue;
        found = any ? joined(found, ", ", header.value, arena) : header.value;
        any = true;
    }
    return found;
}

std::string_view expand(const Template& wanted, const State& state, Arena& arena) {
    if (wanted.pieces.size() == 1)
        return value(wanted.pieces[0], state, arena);
    std::array<std::string_view, 16> parts;
    std::string overflow; // values with more pieces than anybody writes
    std::size_t count = 0;
    std::size_t size = 0;
    for (const Piece& piece : wanted.pieces) {
        if (count == parts.size()) {
            for (std::size_t i = 0; i < count; ++i)
                overflow += parts[i];
            count = 0;
            size = 0;
        }
        parts[count] = value(piece, state, arena);
        size += parts[count++].size();
    }
    char* const out = arena.take(overflow.size() + size + 1);
    std::size_t at = overflow.copy(out, overflow.size());
    for (std::size_t i = 0; i < count; ++i)
        at += parts[i].copy(out + at, parts[i].size());
    return {out, at};
}

} // namespace gatehouse::ingress
