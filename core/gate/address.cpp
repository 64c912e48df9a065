#include <base/ascii.h>
#include <gate/address.h>

#include <charconv>
#include <fmt/format.h>

namespace gatehouse::gate {

namespace {

constexpr Address mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0};

bool isV4(const Address& address) {
    return std::equal(address.begin(), address.begin() + 12, mappedPrefix.begin());
}

// Writes 4 bytes; one to three digits each, no leading zeros.
bool parseV4(std::string_view text, std::uint8_t* out) {
    for (int place = 0; place < 4; ++place) { // for every request, so without a list of the parts
        const std::size_t dot = text.find('.');
        if ((dot == std::string_view::npos) != (place == 3))
            return false;
        const std::string_view part = text.substr(0, dot);
        text.remove_prefix(place == 3 ? text.size() : dot + 1);
        unsigned value = 0;
        if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0'))
            return false;
        for (const char c : part) {
            if (!asciiDigit(c))
                return false;
            value = value * 10 + static_cast<unsigned>(c - '0');
        }
        if (value > 255)
            return false;
        *out++ = static_cast<std::uint8_t>(value);
    }
    return true;
}

bool parseGroup(std::string_view text, std::vector<std::uint8_t>& out) {
    unsigned value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (text.empty() || text.size() > 4 || read.ec != std::errc{} || read.ptr != text.data() + text.size())
        return false;
    out.push_back(static_cast<std::uint8_t>(value >> 8U));
    out.push_back(static_cast<std::uint8_t>(value & 0xFF));
    return true;
}

// Groups on one side of "::"; the last may be an IPv4 address.
bool parseGroups(std::string_view text, bool mayEndInV4, std::vector<std::uint8_t>& out) {
    if (text.empty())
        return true;
    const auto parts = split(text, ':');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (mayEndInV4 && i + 1 == parts.size() && parts[i].find('.') != std::string_view::npos) {
            std::uint8_t four[4];
            if (!parseV4(parts[i], four))
                return false;
            out.insert(out.end(), four, four + 4);
        } else if (!parseGroup(parts[i], out)) {
            return false;
        }
    }
    return true;
}

std::optional<Address> parseV6(std::string_view text) {
    std::vector<std::uint8_t> head;
    std::vector<std::uint8_t> tail;
    const auto gap = text.find("::");
    if (gap == std::string_view::npos) {
        if (!parseGroups(text, true, head) || head.size() != 16)
            return std::nullopt;
    } else if (!parseGroups(text.substr(0, gap), false, head) ||
               !parseGroups(text.substr(gap + 2), true, tail) || head.size() + tail.size() > 14) {
        return std::nullopt;
    }
    Address out{};
    std::copy(head.begin(), head.end(), out.begin());
    std::copy(tail.begin(), tail.end(), out.end() - static_cast<std::ptrdiff_t>(tail.size()));
    return out;
}

} // namespace

std::optional<Address> parseAddress(std::string_view text) {
    if (text.find(':') != std::string_view::npos)
        return parseV6(text);
    Address out = mappedPrefix;
    return parseV4(text, out.data() + 12) ? std::optional(out) : std::nullopt;
}

namespace {

struct Run {
    int begin = -1;
    int size = 1;
};

// The longest run of two or more zero groups, which "::" stands for.
Run longestZeros(const Address& address) {
    Run best;
    for (int i = 0; i < 8; ++i) {
        int size = 0;
        while (i + size < 8 && address[static_cast<std::size_t>(2 * (i + size))] == 0 &&
               address[static_cast<std::size_t>(2 * (i + size) + 1)] == 0)
            ++size;
        if (size > best.size)
            best = {i, size};
    }
    return best;
}

} // namespace

std::string addressText(const Address& address) {
    if (isV4(address))
        return fmt::format("{}.{}.{}.{}", address[12], address[13], address[14], address[15]);
    const Run zeros = longestZeros(address);
    std::string out;
    for (int i = 0; i < 8; ++i) {
        if (i == zeros.begin) {
            out += "::";
            i += zeros.size - 1;
            continue;
        }
        if (!out.empty() && !out.ends_with(':'))
            out += ':';
        const auto at = static_cast<std::size_t>(2 * i);
        out += fmt::format("{:x}", address[at] << 8 | address[at + 1]);
    }
    return out;
}

std::optional<std::pair<std::string_view, std::string_view>> splitHostPort(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    if (host.starts_with('[')) {
        if (!host.ends_with(']'))
            return std::nullopt;
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return std::nullopt;
    }
    if (host.find_first_of("[]") != std::string_view::npos ||
        port.find_first_of("[]") != std::string_view::npos)
        return std::nullopt;
    return std::pair(host, port);
}

namespace {

bool bitsEqual(const Address& a, const Address& b, unsigned bits) {
    const std::size_t whole = bits / 8;
    if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin()))
        return false;
    const unsigned left = bits % 8;
    return left == 0 || (a[whole] >> (8 - left)) == (b[whole] >> (8 - left));
}

bool hostBitsZero(const Address& address, unsigned bits) {
    for (unsigned bit = bits; bit < 128; ++bit)
        if ((address[bit / 8] >> (7 - bit % 8) & 1U) != 0)
            return false;
    return true;
}

} // namespace

bool Networks::add(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parseAddress(text.substr(0, slash));
    if (!address)
        return false;
    const bool v4 = isV4(*address);
    const bool writtenV4 = text.substr(0, slash).find(':') == std::string_view::npos;
    unsigned bits = 128;
    if (slash != std::string_view::npos) {
        const std::string_view number = text.substr(slash + 1);
        const auto read = std::from_chars(number.data(), number.data() + number.size(), bits);
        if (number.empty() || read.ec != std::errc{} || read.ptr != number.data() + number.size() ||
            bits > (writtenV4 ? 32U : 128U))
            return false;
        bits += writtenV4 ? 96 : 0;
        if (!hostBitsZero(*address, bits))
            return false;
    }
    networks_.push_back({*address, bits, v4});
    return true;
}

bool Networks::contains(const Address& address) const {
    const bool v4 = isV4(address);
    for (const Network& network : networks_)
        if (network.v4 == v4 && bitsEqual(network.base, address, network.bits))
            return true;
    return false;
}

} // namespace gatehouse::gate
