#include <http/grammar.h>
#include <http/url.h>

namespace gatehouse::http {

namespace {

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

// The byte that "%XY" at `at` stands for, or -1 when it is malformed.
int percentByte(std::string_view text, std::size_t at) {
    if (at + 2 >= text.size())
        return -1;
    const int high = hexValue(text[at + 1]);
    const int low = hexValue(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void appendEncoded(char c, std::string& out) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(digits[byte >> 4]);
    out.push_back(digits[byte & 15]);
}

std::string formDecode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int byte = text[i] == '%' ? percentByte(text, i) : -1;
        if (byte >= 0) {
            out.push_back(static_cast<char>(byte));
            i += 2;
        } else {
            out.push_back(text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

void appendFormEncoded(std::string_view text, std::string& out) {
    for (const char c : text) {
        if (c == ' ')
            out.push_back('+');
        else if (grammar::is(c, grammar::Alnum) || c == '-' || c == '_' || c == '.' || c == '~')
            out.push_back(c);
        else
            appendEncoded(c, out);
    }
}

} // namespace

std::string percentEncode(std::string_view bytes, std::string_view alsoLiteral) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 4);
    for (const char c : bytes) {
        if (grammar::is(c, grammar::Alnum) || alsoLiteral.find(c) != std::string_view::npos)
            out.push_back(c);
        else
            appendEncoded(c, out);
    }
    return out;
}

std::optional<std::string> percentDecode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        const int byte = percentByte(text, i);
        if (byte < 0)
            return std::nullopt;
        out.push_back(static_cast<char>(byte));
        i += 2;
    }
    return out;
}

Form parseForm(std::string_view text) {
    Form form;
    while (!text.empty()) {
        const auto end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        if (!pair.empty()) {
            const auto mark = pair.find('=');
            form.emplace_back(formDecode(pair.substr(0, mark)), mark == std::string_view::npos
                                                                    ? std::string()
                                                                    : formDecode(pair.substr(mark + 1)));
        }
        if (end == std::string_view::npos)
            break;
        text.remove_prefix(end + 1);
    }
    return form;
}

std::string formText(const Form& form) {
    std::string out;
    for (const auto& [name, value] : form) {
        if (!out.empty())
            out.push_back('&');
        appendFormEncoded(name, out);
        out.push_back('=');
        appendFormEncoded(value, out);
    }
    return out;
}

std::optional<std::string> formValue(const Form& form, std::string_view name) {
    for (const auto& [key, value] : form)
        if (key == name)
            return value;
    return std::nullopt;
}

} // namespace gatehouse::http
