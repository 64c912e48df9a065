// Addresses and networks as nginx and the controller read them: allow, deny, set_real_ip_from.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ingress {

struct Address {
    std::array<std::uint8_t, 16> bytes{}; // IPv4 as ::ffff:a.b.c.d
    bool v4 = false;
};
std::optional<Address> parseAddress(std::string_view text); // without port, IPv6 without brackets
// One element of X-Forwarded-For: a port may follow ("192.0.2.1:80", "[2001:db8::1]:80"). Gives the address's
// own text, IPv6 in canonical form.
std::optional<std::string> addressOfElement(std::string_view element);
std::string text(const Address& address);

struct Network {
    Address base;
    unsigned bits = 0; // of 32 or 128
    bool contains(const Address& address) const;
};
std::optional<Network> parseNetwork(std::string_view text); // CIDR or a single address
bool contains(const std::vector<Network>& networks, const Address& address);

} // namespace gatehouse::ingress
