#include <base/ascii.h>
#include <http/head.h>

#include <algorithm>

namespace gatehouse::http {

namespace {

// Of the heads that are made here: room for them at once instead of by doubling.
constexpr std::size_t usualMade = 8;
constexpr std::size_t usualBytes = 256;

} // namespace

std::optional<std::string_view> HeadersView::find(std::string_view name) const {
    for (const FieldSpan& f : fields_)
        if (f.nameSize == name.size() && equalsIgnoreCase({base_ + f.name, f.nameSize}, name))
            return std::string_view(base_ + f.value, f.valueSize);
    return std::nullopt;
}

std::size_t HeadersView::count(std::string_view name) const {
    return static_cast<std::size_t>(
        std::count_if(fields_.begin(), fields_.end(), [this, name](const FieldSpan& f) {
            return f.nameSize == name.size() && equalsIgnoreCase({base_ + f.name, f.nameSize}, name);
        }));
}

std::vector<std::string_view> HeadersView::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const Header field : *this)
        if (equalsIgnoreCase(field.name, name))
            values.push_back(field.value);
    return values;
}

Headers::Headers(std::initializer_list<Header> headers) {
    for (const Header& header : headers)
        add(header.name, header.value);
}

void Headers::add(std::string_view name, std::string_view value) {
    const std::size_t start = bytes_.size();
    const std::size_t size = start + name.size() + value.size();
    if (size > bytes_.capacity()) { // the views given may point into these very bytes: copy before they die
        std::string grown;
        grown.reserve(std::max({size, 2 * start, usualBytes}));
        grown.append(bytes_).append(name).append(value);
        bytes_ = std::move(grown);
    } else {
        bytes_.append(name).append(value);
    }
    if (fields_.capacity() == 0)
        fields_.reserve(usualMade);
    fields_.push_back({static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(name.size()),
                       static_cast<std::uint32_t>(start + name.size()),
                       static_cast<std::uint32_t>(value.size())});
}

void Headers::set(std::string_view name, std::string_view value) {
    remove(name);
    add(name, value);
}

void Headers::remove(std::string_view name) {
    std::erase_if(fields_, [this, name](const FieldSpan& f) {
        return equalsIgnoreCase(std::string_view(bytes_).substr(f.name, f.nameSize), name);
    });
}

namespace {

struct Phrase {
    int status;
    std::string_view text;
};

// RFC 9110 section 15 and the IANA registry; 418 is registered as unused, servers say it nevertheless.
constexpr Phrase phrases[] = {
    {100, "Continue"},
    {101, "Switching Protocols"},
    {102, "Processing"},
    {103, "Early Hints"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {207, "Multi-Status"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {418, "I'm a teapot"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {425, "Too Early"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {451, "Unavailable For Legal Reasons"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
    {511, "Network Authentication Required"},
};

} // namespace

std::string_view reasonPhrase(int status) {
    const auto found =
        std::lower_bound(std::begin(phrases), std::end(phrases), status,
                         [](const Phrase& phrase, int wanted) { return phrase.status < wanted; });
    return found != std::end(phrases) && found->status == status ? found->text : std::string_view{};
}

} // namespace gatehouse::http
