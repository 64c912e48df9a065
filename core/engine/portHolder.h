// Who listens at a port already: for an error that helps.
#pragma once

#include <cstdint>
#include <string>

namespace gatehouse::engine {

// "nginx (process 1234)"; empty where the system does not say.
std::string portHolder(std::uint16_t port);

} // namespace gatehouse::engine
