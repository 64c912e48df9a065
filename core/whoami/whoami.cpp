#include <base/ascii.h>
#include <http/url.h>
#include <whoami/api.h>
#include <whoami/data.h>
#include <whoami/goHeader.h>
#include <whoami/whoami.h>

#include <array>
#include <charconv>

namespace gatehouse::whoami {
namespace {

constexpr std::array rows{
    exchange::DifferenceRow{"whoami.env", "?env=true prints the environment of the process",
                            "no variable is printed",
                            "here it would be the environment of the desk, not that of a container"},
    exchange::DifferenceRow{"whoami.wait", "?wait=1s delays the answer", "the answer comes at once",
                            "decisions hold no clock"},
    exchange::DifferenceRow{"whoami.health-state", "POST /health changes what GET /health answers",
                            "the new code is read, checked and not kept", "decisions hold no state"},
    exchange::DifferenceRow{"whoami.data-size", "/data sends any size, and ranges of it as attachment",
                            "at most 8 MiB, the whole of it", "the answer is made in memory"},
    exchange::DifferenceRow{"whoami.echo", "/echo upgrades to a WebSocket and echoes",
                            "an upgrade is answered with 501", "a tunnel needs a real service behind it"},
};

exchange::Respond plain(int status, std::string body) {
    exchange::Respond out;
    out.status = status;
    out.headers.add("Content-Type", "text/plain; charset=utf-8");
    out.body = std::move(body);
    return out;
}

// net/http.Error
exchange::Respond error(int status, std::string text) {
    auto out = plain(status, std::move(text) + "\n");
    out.headers.add("X-Content-Type-Options", "nosniff");
    return out;
}

// path.Clean of a rooted path, its trailing slash kept (net/http cleanPath).
std::string cleanPath(std::string_view path) {
    std::vector<std::string_view> kept;
    for (const auto part : split(path, '/')) {
        if (part == "..") {
            if (!kept.empty())
                kept.pop_back();
        } else if (!part.empty() && part != ".") {
            kept.push_back(part);
        }
    }
    std::string out;
    for (const auto part : kept)
        out += "/" + std::string(part);
    if (out.empty() || path.ends_with('/'))
        out += "/";
    return out;
}

// http.ServeMux sends a path that is not clean to the clean one.
exchange::Respond redirect(const http::RequestView& request, std::string_view path) {
    std::string to(http::percentEncode(path, "-_.~$&+,/:;=@"));
    if (request.target.find('?') != std::string_view::npos)
        to += "?" + std::string(request.query());
    exchange::Respond out;
    out.status = 301;
    if (request.method == "GET" || request.method == "HEAD") {
        std::string escaped;
        for (const char c : to)
            escaped += c == '&'   ? "&amp;"
                       : c == '<' ? "&lt;"
                       : c == '>' ? "&gt;"
                       : c == '"' ? "&#34;"
                                  : std::string(1, c);
        out.headers.add("Content-Type", "text/html; charset=utf-8");
        out.body = "<a href=\"" + escaped + "\">Moved Permanently</a>.\n\n";
    }
    out.headers.add("Location", to);
    return out;
}

exchange::Respond page(const http::RequestView& request, const Facts& facts) {
    std::string body;
    if (!facts.name.empty())
        body += "Name: " + facts.name + "\n";
    body += "Hostname: " + facts.hostname + "\n";
    for (const auto& address : facts.addresses)
        body += "IP: " + address + "\n";
    body += "RemoteAddr: " + facts.remoteAddress + "\n";
    body += writtenRequest(request);
    return plain(200, std::move(body));
}

exchange::Respond api(const http::RequestView& request, const Facts& facts) {
    exchange::Respond out;
    out.headers.add("Content-Type", "application/json");
    out.body = apiJson(request, facts);
    return out;
}

exchange::Respond health(const http::RequestView& request) {
    exchange::Respond out;
    if (request.method != "POST")
        return out;
    const auto text = trim(request.body);
    int code = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), code);
    if (text.empty())
        return error(400, "EOF");
    if (failed != std::errc{} || end != text.data() + text.size())
        return error(400, "json: cannot unmarshal " + std::string(text) + " into Go value of type int");
    return out;
}

exchange::Respond bench() {
    exchange::Respond out;
    out.headers.add("Content-Type", "text/plain");
    out.body = "1";
    return out;
}

exchange::Respond echo(const http::RequestView& request) {
    const bool upgrade = equalsIgnoreCase(request.headers.get("Upgrade"), "websocket");
    // gorilla/websocket Upgrader.returnError
    auto out = upgrade ? error(501, "Not Implemented") : error(400, "Bad Request");
    if (!upgrade)
        out.headers.add("Sec-Websocket-Version", "13");
    return out;
}

} // namespace

exchange::Respond handle(const http::RequestView& request, const Facts& facts) {
    const auto path = http::percentDecode(request.path());
    if (!path || request.target == "*")
        return plain(400, "400 Bad Request");
    if (const auto clean = cleanPath(*path); clean != *path)
        return redirect(request, clean);
    if (*path == "/data")
        return data(request);
    if (*path == "/echo")
        return echo(request);
    if (*path == "/bench")
        return bench();
    if (*path == "/api")
        return api(request, facts);
    if (*path == "/health")
        return health(request);
    return page(request, facts);
}

std::span<const exchange::DifferenceRow> differences() {
    return rows;
}

} // namespace gatehouse::whoami
