// What a decision may say: respond, forward, and whom to call.
#pragma once

#include <base/error.h>
#include <exchange/edit.h>
#include <http/head.h>
#include <http/url.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gatehouse::exchange {

// Answer from here. Headers are complete but for framing and connection fields, which the engine adds
// (Content-Length, Connection, and Date where the original sends one).
using Respond = http::Response;

// Hand the request on to a backend.
struct Forward {
    std::size_t upstream =
        0;              // meaning is the asker's: ingress: index of service(); gate: index of its upstreams()
    std::string target; // origin-form for the upstream
    EditList requestEdits;
    EditList responseEdits;
};

// Ask somebody else: an HTTP request of our own (token exchange, keys, auth sub-request, back-channel
// logout).
struct Call {
    enum class Purpose : std::uint8_t {
        Discovery,
        Keys,
        Token,
        Refresh,
        Userinfo,
        Introspection,
        AuthSubrequest,
        BackchannelLogout,
        EndSession,
        Rehearsal,
        Admin
    };
    enum class Route : std::uint8_t {
        Lab,      // a lab name is answered in process and recorded as a child exchange; others by socket
        Listeners // always by socket, lab names through the engine's own listeners and TLS: what a client
                  // sees
    };
    Purpose purpose = Purpose::Userinfo;
    Route route = Route::Lab;
    http::Url url;
    http::Request request; // target is taken from `url`
    std::chrono::milliseconds timeout{10'000};
    std::string caPem; // additional trust of this call; empty: the arrangement's and the user's CA
    bool skipCertificateCheck = false; // only where the lab says so; reported each time
};

// Single flight: the second asker waits for the first to unlock, then goes on with what the first left
// behind.
struct Lock {
    std::string key;
};
struct Unlock {
    std::string key;
};
using Ask = std::variant<Call, Lock, Unlock>;
// Call: the response, or why there is none. Lock: true = you were first; false = somebody else had it
// meanwhile.
using Given = std::variant<Result<http::Response>, bool>;

struct Answer {
    std::variant<Respond, Forward> what;
    std::vector<Call>
        afterwards; // after the answer is out; failures are recorded, not reported to the client
};

} // namespace gatehouse::exchange
