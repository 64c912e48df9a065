// GateState: what a gate learned while running. It lives beside the arrangement by the gate's name and
// survives a swap; everything in it is keyed by what it depends on, so that another configuration never meets
// it.
#pragma once

#include <gate/session.h>
#include <oidc/discovery.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::gate {

// What the refresh of one session cookie left behind, for the requests that still carry that cookie.
struct RefreshResult {
    enum class Kind : std::uint8_t {
        Renewed, // session and cookies are new
        Kept,    // nothing could be renewed; the old session goes on
        Gone     // the session ended
    };
    Kind kind = Kind::Kept;
    std::shared_ptr<const Session> session; // Renewed
    std::vector<std::string> setCookies;    // Renewed
    WallTime until{};                       // forgotten afterwards
};

struct GateState {
    std::map<std::string, oidc::Discovery> discovered; // by issuer
    std::map<std::string, oidc::KeySet> keys;          // by jwks_uri
    std::map<std::string, RefreshResult> refreshed;    // by the hash of the session cookie's value
};

} // namespace gatehouse::gate
