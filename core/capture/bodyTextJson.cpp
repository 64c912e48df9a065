#include <base/ascii.h>
#include <capture/bodyText.h>
#include <http/url.h>
#include <lab/utf8.h>

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace gatehouse::capture {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t bytesPerLine = 16;

bool isText(std::string_view body) {
    return body.find('\0') == std::string_view::npos && lab::firstInvalidUtf8(body) == std::string_view::npos;
}

std::string mediaType(std::string_view contentType) {
    return lower(trim(contentType.substr(0, contentType.find(';'))));
}

std::string formLines(std::string_view body) {
    std::string out;
    for (const auto& [name, value] : http::parseForm(body))
        out.append(name).append(" = ").append(value).append("\n");
    return out;
}

} // namespace

BodyText bodyText(std::string_view body, std::string_view contentType) {
    if (body.empty())
        return {};
    const std::string type = mediaType(contentType);
    const bool json = type == "application/json" || type.ends_with("+json");
    if (json || body.front() == '{' || body.front() == '[')
        if (const Json parsed = Json::parse(body, nullptr, false); !parsed.is_discarded())
            return {BodyForm::Json, parsed.dump(2, ' ', false, Json::error_handler_t::replace)};
    if (type == "application/x-www-form-urlencoded" && isText(body))
        return {BodyForm::Form, formLines(body)};
    if (isText(body))
        return {BodyForm::Text, std::string(body)};
    return {BodyForm::Hex, hexDump(body)};
}

std::string hexDump(std::string_view bytes) {
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += bytesPerLine) {
        const std::string_view line = bytes.substr(at, bytesPerLine);
        out += fmt::format("{:08x} ", at);
        for (std::size_t i = 0; i < bytesPerLine; ++i)
            out += i < line.size() ? fmt::format(" {:02x}", static_cast<unsigned char>(line[i])) : "   ";
        out += "  ";
        for (const char c : line)
            out.push_back(c >= ' ' && c <= '~' ? c : '.');
        out.push_back('\n');
    }
    return out;
}

} // namespace gatehouse::capture
