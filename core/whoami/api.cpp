#include <whoami/api.h>
#include <whoami/goHeader.h>

namespace gatehouse::whoami {
namespace {

// Length of the UTF-8 sequence at `at`, 0 when it is none (RFC 3629).
std::size_t sequence(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
    };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first < 0xE0)
        return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first < 0xF0) {
        const bool narrow = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) >= 0xA0);
        return tail(1) && tail(2) && !narrow ? 3 : 0;
    }
    if (first >= 0xF0 && first < 0xF5) {
        const bool narrow = (first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) >= 0x90);
        return tail(1) && tail(2) && tail(3) && !narrow ? 4 : 0;
    }
    return 0;
}

void escapeAscii(char c, std::string& out) {
    static constexpr std::string_view digits = "0123456789abcdef";
    static constexpr std::string_view named = "\"\\\b\f\n\r\t";
    static constexpr std::string_view letters = "\"\\bfnrt";
    if (const auto at = named.find(c); at != std::string_view::npos) {
        out += '\\';
        out += letters[at];
    } else if (static_cast<unsigned char>(c) < 0x20 || c == '<' || c == '>' || c == '&') {
        out += "\\u00";
        out += digits[static_cast<unsigned char>(c) / 16];
        out += digits[static_cast<unsigned char>(c) % 16];
    } else {
        out += c;
    }
}

// encoding/json appendString with HTML escaping: < > & U+2028 U+2029 as \u, broken UTF-8 as \ufffd.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const auto size = sequence(text, at);
        const auto bytes = text.substr(at, size);
        if (size == 0)
            out += "\\ufffd";
        else if (size == 1)
            escapeAscii(text[at], out);
        else if (bytes == "\xE2\x80\xA8" || bytes == "\xE2\x80\xA9")
            out += bytes.back() == '\xA8' ? "\\u2028" : "\\u2029";
        else
            out += bytes;
        at += size == 0 ? 1 : size;
    }
    return out + "\"";
}

std::string list(const std::vector<std::string>& values) {
    std::string out = "[";
    for (const auto& value : values)
        out += (out.size() > 1 ? "," : "") + quoted(value);
    return out + "]";
}

} // namespace

std::string apiJson(const http::RequestView& request, const Facts& facts) {
    std::string out = "{";
    const auto member = [&out](std::string_view name, const std::string& value) {
        out += (out.size() > 1 ? "," : "") + quoted(name) + ":" + value;
    };
    // Every member has omitempty.
    const auto text = [&member](std::string_view name, std::string_view value) {
        if (!value.empty())
            member(name, quoted(value));
    };
    text("hostname", facts.hostname);
    if (!facts.addresses.empty())
        member("ip", list(facts.addresses));
    std::string headers = "{";
    for (const auto& [name, values] : requestHeader(request.headers))
        headers += (headers.size() > 1 ? "," : "") + quoted(name) + ":" + list(values);
    if (headers.size() > 1)
        member("headers", headers + "}");
    text("url", requestUri(request.target));
    text("host", request.host());
    text("method", request.method);
    text("name", facts.name);
    text("remoteAddr", facts.remoteAddress);
    return out + "}\n";
}

} // namespace gatehouse::whoami
