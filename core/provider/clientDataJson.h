// client_data: what lets the server send the browser back to the client when the login is lost.
#pragma once

#include <provider/state.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::provider {

std::string clientDataJson(const AuthRequest& request); // {"ru":…,"rt":…,"rm":…,"st":…}

struct ClientData {
    std::string redirectUri;
    std::string responseType;
    std::string responseMode;
    std::optional<std::string> state;
};
std::optional<ClientData> readClientData(std::string_view encoded);

} // namespace gatehouse::provider
