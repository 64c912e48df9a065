#include <app/freePort.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::app {

namespace {

constexpr int portsTried = 100;

bool canBind(const addrinfo& address) {
    const int handle = ::socket(address.ai_family, address.ai_socktype, address.ai_protocol);
    if (handle < 0)
        return false;
    const int yes = 1; // as the engine does: ports of connections that are just gone count as free
    ::setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const bool bound = ::bind(handle, address.ai_addr, address.ai_addrlen) == 0 && ::listen(handle, 1) == 0;
    ::close(handle);
    return bound;
}

} // namespace

bool portIsFree(const std::string& host, std::uint16_t port) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV; // never a question to a name server
    const std::string address = host == "localhost" ? "127.0.0.1" : host;
    addrinfo* found = nullptr;
    if (::getaddrinfo(address.empty() ? nullptr : address.c_str(), std::to_string(port).c_str(), &wanted,
                      &found) != 0)
        return false;
    const bool free = canBind(*found);
    ::freeaddrinfo(found);
    return free;
}

std::uint16_t freePortFrom(const std::string& host, std::uint16_t port) {
    for (int next = port; next < port + portsTried && next <= 65535; ++next)
        if (portIsFree(host, static_cast<std::uint16_t>(next)))
            return static_cast<std::uint16_t>(next);
    return 0;
}

} // namespace gatehouse::app
