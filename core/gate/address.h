// IP addresses and networks as Go's net package reads them (ParseIP, ParseCIDR, SplitHostPort).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::gate {

// 16 bytes; IPv4 is mapped (::ffff:a.b.c.d), so that both spellings of one address are equal.
using Address = std::array<std::uint8_t, 16>;

std::optional<Address> parseAddress(std::string_view text); // no zone, no brackets, no leading zeros in IPv4
std::string addressText(const Address& address);            // IPv4 dotted; IPv6 as RFC 5952

// host:port, [v6]:port; nothing when there is no port or it is not well formed (net.SplitHostPort).
std::optional<std::pair<std::string_view, std::string_view>> splitHostPort(std::string_view text);

class Networks {
public:
    // An address or a CIDR whose host bits are zero; false: could not be recognized, nothing was added.
    bool add(std::string_view text);
    bool contains(const Address& address) const;
    bool empty() const { return networks_.empty(); }

private:
    struct Network {
        Address base;
        unsigned bits; // of 128
        bool v4;
    };
    std::vector<Network> networks_;
};

} // namespace gatehouse::gate
