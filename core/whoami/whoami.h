// whoami: the protected service of the story, with traefik/whoami's exact output.
#pragma once

#include <exchange/answer.h>
#include <http/head.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::whoami {

struct Facts {
    std::string hostname;               // "Hostname:" line; the Service's name on the desk
    std::vector<std::string> addresses; // "IP:" lines
    std::string remoteAddress;          // "RemoteAddr:" host:port
    std::string name;                   // "Name:" line (the original's --name); empty = no line
};

// `/`, `/api`, `/health`, `/bench`, `/data`, `/echo` as the original serves them over HTTP/1.1.
// `request.body` must be whole: `/` prints it. Content-Length and Date are the engine's.
exchange::Respond handle(const http::RequestView& request, const Facts& facts);

std::span<const exchange::DifferenceRow> differences();

} // namespace gatehouse::whoami
