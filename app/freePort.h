// Ports of this machine, asked by binding one for a moment.
#pragma once

#include <cstdint>
#include <string>

namespace gatehouse::app {

bool portIsFree(const std::string& host,
                std::uint16_t port); // `host`: an IP address, localhost, or empty for all
// The first free port from `port` on; 0 when the hundred after it are taken.
std::uint16_t freePortFrom(const std::string& host, std::uint16_t port);

} // namespace gatehouse::app
