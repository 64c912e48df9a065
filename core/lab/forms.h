// Forms of text in a lab: names of Kubernetes objects, hosts, ports, addresses, times.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::lab {

bool isName(std::string_view text); // DNS-1123 subdomain (Kubernetes), at most 253 characters
bool isHost(std::string_view text); // the same, or *. before it (networking.k8s.io/v1 IngressRule.host)
bool isTime(std::string_view text); // RFC 3339 date-time

std::optional<std::uint16_t> toPort(std::string_view text);

struct Address {
    std::string host = "127.0.0.1"; // without brackets
    std::uint16_t port = 0;
};
// host:port, [::1]:port, :port (every address), port (this machine only).
std::optional<Address> toAddress(std::string_view text);

} // namespace gatehouse::lab
