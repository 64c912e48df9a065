#include <base/ascii.h>
#include <lab/forms.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::lab {

namespace {

bool isLabel(std::string_view label) {
    const auto letterOrDigit = [](char c) { return asciiDigit(c) || (c >= 'a' && c <= 'z'); };
    return !label.empty() && label.size() <= 63 && letterOrDigit(label.front()) &&
           letterOrDigit(label.back()) &&
           std::all_of(label.begin(), label.end(), [&](char c) { return letterOrDigit(c) || c == '-'; });
}

// "99" stands for two digits, everything else for itself.
bool looksLike(std::string_view text, std::string_view pattern) {
    return text.size() == pattern.size() &&
           std::equal(text.begin(), text.end(), pattern.begin(),
                      [](char c, char p) { return p == '9' ? asciiDigit(c) : asciiUpper(c) == p; });
}

bool isHostPart(std::string_view host) {
    const auto allowed = [](char c) {
        return asciiAlpha(c) || asciiDigit(c) || c == '.' || c == '-' || c == ':';
    };
    return !host.empty() && std::all_of(host.begin(), host.end(), allowed);
}

} // namespace

bool isName(std::string_view text) {
    if (text.size() > 253)
        return false;
    const auto labels = split(text, '.');
    return std::all_of(labels.begin(), labels.end(), isLabel);
}

bool isHost(std::string_view text) {
    if (text.starts_with("*."))
        text.remove_prefix(2);
    return isName(text);
}

bool isTime(std::string_view text) {
    constexpr std::string_view dateTime = "9999-99-99T99:99:99";
    if (text.size() <= dateTime.size() || !looksLike(text.substr(0, dateTime.size()), dateTime))
        return false;
    text.remove_prefix(dateTime.size());
    if (text.front() == '.') {
        text.remove_prefix(1);
        const auto end = std::find_if_not(text.begin(), text.end(), asciiDigit);
        if (end == text.begin())
            return false;
        text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
    }
    return looksLike(text, "Z") || looksLike(text, "+99:99") || looksLike(text, "-99:99");
}

std::optional<std::uint16_t> toPort(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return port;
}

std::optional<Address> toAddress(std::string_view text) {
    Address address;
    const auto colon = text.rfind(':');
    const auto port = toPort(colon == std::string_view::npos ? text : text.substr(colon + 1));
    if (!port)
        return std::nullopt;
    address.port = *port;
    if (colon == std::string_view::npos)
        return address;
    std::string_view host = text.substr(0, colon);
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed)
        host = host.substr(1, host.size() - 2);
    if (host.empty() && !bracketed)
        host = "0.0.0.0";
    if (!isHostPart(host) || (!bracketed && host.find(':') != std::string_view::npos))
        return std::nullopt;
    address.host = host;
    return address;
}

} // namespace gatehouse::lab
