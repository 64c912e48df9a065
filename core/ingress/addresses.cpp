#include <base/ascii.h>
#include <ingress/addresses.h>

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace gatehouse::ingress {

namespace {

std::optional<unsigned> number(std::string_view text, unsigned max, int base = 10) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value > max)
        return std::nullopt;
    return value;
}

bool parseV4(std::string_view text, std::uint8_t* out) {
    const auto parts = split(text, '.');
    if (parts.size() != 4)
        return false;
    for (std::size_t i = 0; i < 4; ++i) {
        if (parts[i].size() > 1 && parts[i].front() == '0')
            return false;
        const auto octet = number(parts[i], 255);
        if (!octet)
            return false;
        out[i] = static_cast<std::uint8_t>(*octet);
    }
    return true;
}

// Groups of one side of "::" into bytes; false when malformed.
bool parseGroups(std::string_view text, std::vector<std::uint8_t>& out) {
    if (text.empty())
        return true;
    const auto parts = split(text, ':');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i + 1 == parts.size() && parts[i].find('.') != std::string_view::npos) {
            std::array<std::uint8_t, 4> v4{};
            if (!parseV4(parts[i], v4.data()))
                return false;
            out.insert(out.end(), v4.begin(), v4.end());
            continue;
        }
        const auto group = number(parts[i], 0xFFFF, 16);
        if (!group || parts[i].size() > 4)
            return false;
        out.push_back(static_cast<std::uint8_t>(*group >> 8));
        out.push_back(static_cast<std::uint8_t>(*group & 0xFF));
    }
    return true;
}

std::optional<Address> parseV6(std::string_view text) {
    const auto gap = text.find("::");
    std::vector<std::uint8_t> head;
    std::vector<std::uint8_t> tail;
    if (!parseGroups(text.substr(0, gap), head))
        return std::nullopt;
    if (gap != std::string_view::npos && !parseGroups(text.substr(gap + 2), tail))
        return std::nullopt;
    const std::size_t size = head.size() + tail.size();
    if (gap == std::string_view::npos ? size != 16 : size > 14)
        return std::nullopt;
    Address address;
    std::copy(head.begin(), head.end(), address.bytes.begin());
    std::copy(tail.rbegin(), tail.rend(), address.bytes.rbegin());
    return address;
}

} // namespace

std::optional<Address> parseAddress(std::string_view text) {
    if (text.find(':') != std::string_view::npos)
        return parseV6(text);
    Address address;
    address.v4 = true;
    address.bytes[10] = address.bytes[11] = 0xFF;
    if (!parseV4(text, address.bytes.data() + 12))
        return std::nullopt;
    return address;
}

std::string text(const Address& address) {
    const auto& b = address.bytes;
    if (address.v4)
        return fmt::format("{}.{}.{}.{}", b[12], b[13], b[14], b[15]);
    std::array<unsigned, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i)
        groups[i] = static_cast<unsigned>(b[2 * i] << 8 | b[2 * i + 1]);
    std::size_t start = 8;
    std::size_t length = 1;
    for (std::size_t i = 0; i < 8; ++i) { // the longest run of zero groups (RFC 5952 section 4.2)
        std::size_t end = i;
        while (end < 8 && groups[end] == 0)
            ++end;
        if (end - i > length) {
            start = i;
            length = end - i;
        }
    }
    std::string out;
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == start) {
            out += "::";
            i += length - 1;
            continue;
        }
        if (!out.empty() && !out.ends_with(':'))
            out += ':';
        out += fmt::format("{:x}", groups[i]);
    }
    return out;
}

std::optional<std::string> addressOfElement(std::string_view element) {
    if (element.starts_with('[')) {
        const auto close = element.find(']');
        if (close == std::string_view::npos)
            return std::nullopt;
        const std::string_view port = element.substr(close + 1);
        if (!port.empty() && (port.front() != ':' || !number(port.substr(1), 65535)))
            return std::nullopt;
        const auto address = parseV6(element.substr(1, close - 1));
        return address ? std::optional(text(*address)) : std::nullopt;
    }
    const auto colon = element.find(':');
    if (colon != std::string_view::npos && element.rfind(':') == colon) {
        if (!number(element.substr(colon + 1), 65535))
            return std::nullopt;
        element = element.substr(0, colon);
    }
    const auto address = parseAddress(element);
    return address ? std::optional(text(*address)) : std::nullopt;
}

bool Network::contains(const Address& address) const {
    if (address.v4 != base.v4)
        return false;
    const unsigned skipped = base.v4 ? 96 : 0;
    for (unsigned bit = 0; bit < bits; bit += 8) {
        const std::size_t at = (skipped + bit) / 8;
        const unsigned left = std::min(8u, bits - bit);
        const auto mask = static_cast<std::uint8_t>(0xFF00u >> left);
        if (((address.bytes[at] ^ base.bytes[at]) & mask) != 0)
            return false;
    }
    return true;
}

std::optional<Network> parseNetwork(std::string_view text) {
    const auto slash = text.find('/');
    const auto base = parseAddress(text.substr(0, slash));
    if (!base)
        return std::nullopt;
    const unsigned width = base->v4 ? 32 : 128;
    if (slash == std::string_view::npos)
        return Network{*base, width};
    const auto bits = number(text.substr(slash + 1), width);
    if (!bits)
        return std::nullopt;
    return Network{*base, *bits};
}

bool contains(const std::vector<Network>& networks, const Address& address) {
    return std::any_of(networks.begin(), networks.end(),
                       [&](const Network& network) { return network.contains(address); });
}

} // namespace gatehouse::ingress
