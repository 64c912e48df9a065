// A connection to a server: from the pool, or made anew, verified where it is TLS.
#pragma once

#include <engine/loop.h>
#include <http/url.h>

#include <optional>
#include <string>

namespace gatehouse::engine {

struct ServerAddress {
    http::Url url; // scheme, host, port
    std::string caPem;
    bool skipCertificateCheck = false;
    std::optional<asio::ip::tcp::endpoint> endpoint; // instead of looking the name up

    std::string key() const;
};

// mayReuse: an idle one will do. patience: for each address that the name has.
Task<Result<LinkPtr>> connect(Loop& loop, const ServerAddress& server, bool mayReuse,
                              std::chrono::milliseconds patience);

bool isTimeout(const Error& error);

} // namespace gatehouse::engine
