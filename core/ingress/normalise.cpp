#include <base/ascii.h>
#include <ingress/normalise.h>

#include <array>

namespace gatehouse::ingress {

namespace {

int hexValue(char c) {
    if (asciiDigit(c))
        return c - '0';
    c = asciiLower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool plain(std::string_view path) {
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '%' || path[i] == '#')
            return false;
        if (path[i] == '/' && i + 1 < path.size() && (path[i + 1] == '/' || path[i + 1] == '.'))
            return false;
    }
    return true;
}

// Resolves "", "." and ".." of a decoded path; false above the root.
bool resolveDots(std::string_view path, char* out, std::size_t& size) {
    std::size_t at = 0;
    size = 0;
    while (at < path.size()) { // path[at] is '/'
        const auto end = std::min(path.find('/', at + 1), path.size());
        const std::string_view segment = path.substr(at + 1, end - at - 1);
        const bool last = end == path.size();
        if (segment == "..") {
            if (size == 0)
                return false;
            do
                --size;
            while (out[size] != '/');
            if (last)
                out[size++] = '/';
        } else if (segment == "." || segment.empty()) {
            if (last)
                out[size++] = '/';
        } else {
            out[size++] = '/';
            size += segment.copy(out + size, segment.size());
        }
        at = end;
    }
    return true;
}

} // namespace

std::optional<NormalUri> normalise(std::string_view target, Arena& arena) {
    NormalUri result;
    const auto fragment = target.find('#');
    target = target.substr(0, fragment);
    const auto mark = target.find('?');
    const std::string_view path = target.substr(0, mark);
    if (mark != std::string_view::npos)
        result.args = target.substr(mark + 1);
    if (plain(path)) {
        result.uri = path;
        return result;
    }
    char* const decoded = arena.take(path.size() + 1);
    std::size_t size = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] != '%') {
            decoded[size++] = path[i];
            continue;
        }
        const int high = i + 2 < path.size() ? hexValue(path[i + 1]) : -1;
        const int low = high >= 0 ? hexValue(path[i + 2]) : -1;
        if (low < 0 || high * 16 + low == 0)
            return std::nullopt;
        decoded[size++] = static_cast<char>(high * 16 + low);
        result.quoted = true;
        i += 2;
    }
    char* const out = arena.take(size + 1);
    std::size_t outSize = 0;
    if (!resolveDots({decoded, size}, out, outSize))
        return std::nullopt;
    result.uri = {out, outSize};
    return result;
}

namespace {

using Literal = std::array<bool, 256>;

constexpr Literal literal(std::string_view alsoLiteral) {
    Literal table{};
    for (const char c : alsoLiteral)
        table[static_cast<unsigned char>(c)] = true;
    for (char c = 'a'; c <= 'z'; ++c)
        table[static_cast<unsigned char>(c)] = table[static_cast<unsigned char>(asciiUpper(c))] = true;
    for (char c = '0'; c <= '9'; ++c)
        table[static_cast<unsigned char>(c)] = true;
    return table;
}

void escape(std::string_view text, const Literal& table, std::string& out) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (table[byte]) {
            out.push_back(c);
            continue;
        }
        out.push_back('%');
        out.push_back(digits[byte >> 4]);
        out.push_back(digits[byte & 15]);
    }
}

} // namespace

void escapeArgument(std::string_view text, std::string& out) {
    static constexpr Literal table = literal("!$'()*,-.@_`|~");
    escape(text, table, out);
}

void escapePath(std::string_view text, std::string& out) {
    static constexpr Literal table = literal("!$&'()*+,-./:;=@[]_~");
    escape(text, table, out);
}

} // namespace gatehouse::ingress
