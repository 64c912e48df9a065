#include <base/ascii.h>
#include <http/url.h>
#include <whoami/goHeader.h>

#include <algorithm>

namespace gatehouse::whoami {
namespace {

bool isToken(char c) {
    return asciiAlpha(c) || asciiDigit(c) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool hasToken(std::string_view list, std::string_view token) {
    for (const auto part : split(list, ','))
        if (equalsIgnoreCase(trim(part), token))
            return true;
    return false;
}

// net/url validEncoded: what may stand in a path as it is.
bool validEncoded(std::string_view path) {
    return std::ranges::all_of(path, [](char c) {
        return asciiAlpha(c) || asciiDigit(c) ||
               std::string_view("!$&'()*+,;=:@[]%-_.~/").find(c) != std::string_view::npos;
    });
}

// net/http newTransferWriter: the framing fields stand behind User-Agent, before the sorted rest.
std::string framing(const http::RequestView& request, bool chunked) {
    std::string out;
    const auto connection = request.headers.get("Connection");
    const bool close = request.version == http::Version::Http10 ? !hasToken(connection, "keep-alive")
                                                                : hasToken(connection, "close");
    if (close && !hasToken(connection, "close"))
        out += "Connection: close\r\n";
    const bool always = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (chunked)
        out += "Transfer-Encoding: chunked\r\n";
    else if (!request.body.empty() || always)
        out += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    return out;
}

std::string chunkedBody(std::string_view body) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string size;
    for (auto left = body.size(); left > 0; left /= 16)
        size.insert(size.begin(), digits[left % 16]);
    const std::string chunk = body.empty() ? "" : size + "\r\n" + std::string(body) + "\r\n";
    return chunk + "0\r\n\r\n";
}

} // namespace

std::string canonicalName(std::string_view name) {
    std::string out(name);
    if (!std::ranges::all_of(name, isToken))
        return out;
    bool first = true;
    for (char& c : out) {
        c = first ? asciiUpper(c) : asciiLower(c);
        first = c == '-';
    }
    return out;
}

GoHeader requestHeader(http::HeadersView headers) {
    GoHeader out;
    for (const auto [name, value] : headers)
        out[canonicalName(name)].emplace_back(trim(value));
    const auto pragma = out.find("Pragma");
    if (pragma != out.end() && pragma->second.front() == "no-cache" && !out.contains("Cache-Control"))
        out["Cache-Control"] = {"no-cache"};
    for (const auto* taken : {"Host", "Transfer-Encoding", "Trailer"})
        out.erase(taken);
    return out;
}

std::string requestUri(std::string_view target) {
    const auto mark = target.find('?');
    const auto path = target.substr(0, mark);
    std::string out(path);
    if (!validEncoded(path))
        if (const auto decoded = http::percentDecode(path))
            out = http::percentEncode(*decoded, "-_.~$&+,/:;=@");
    if (mark != std::string_view::npos)
        out += target.substr(mark);
    return out;
}

std::string writtenRequest(const http::RequestView& request) {
    const auto header = requestHeader(request.headers);
    std::string out = std::string(request.method) + " " + requestUri(request.target) + " HTTP/1.1\r\n";
    out += "Host: " + std::string(request.host()) + "\r\n";
    const auto agent = header.find("User-Agent");
    const std::string name = agent == header.end() ? "Go-http-client/1.1" : agent->second.front();
    if (!name.empty())
        out += "User-Agent: " + name + "\r\n";
    const bool chunked = hasToken(request.headers.get("Transfer-Encoding"), "chunked");
    out += framing(request, chunked);
    for (const auto& [key, values] : header)
        if (key != "User-Agent" && key != "Content-Length")
            for (const auto& value : values)
                out += key + ": " + value + "\r\n";
    out += "\r\n";
    out += chunked ? chunkedBody(request.body) : std::string(request.body);
    return out;
}

} // namespace gatehouse::whoami
