// whoami: the protected service of the story, with traefik/whoami's exact output.
#pragma once

#include <exchange/answer.h>
#include <http/head.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::whoami {

struct Facts {
    std::string hostname;               // "Hostname:" line; the Service's name on the desk
    std::vector<std::string> addresses; // "IP:" lines
    std::string remoteAddress;          // "RemoteAddr:" host:port
};

// `/`, `/api`, `/health`, `/bench`, `/echo` as the original serves them over HTTP/1.1 (WebSocket `/echo`
// excepted).
exchange::Respond handle(const http::RequestView& request, const Facts& facts);

} // namespace gatehouse::whoami
