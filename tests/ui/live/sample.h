// Made-up exchanges in any number, for tests and benchmarks of the list.
#pragma once

#include <exchange/exchange.h>

#include <string>
#include <vector>

namespace gatehouse::live::testing {

inline constexpr exchange::RuleRow allowedRule{"gate.authenticated", "The request is authenticated", ""};
inline constexpr exchange::RuleRow deniedRule{"gate.group", "The user must be in an allowed group", ""};

inline std::shared_ptr<exchange::Exchange> sample(std::uint64_t id) {
    auto made = std::make_shared<exchange::Exchange>();
    made->id = id;
    made->method = id % 5 == 0 ? "POST" : "GET";
    made->scheme = "https";
    made->authority = id % 3 == 0 ? "keycloak.domain.tld" : "whoami.domain.tld";
    made->target = "/path/" + std::to_string(id % 1000) + "?q=" + std::to_string(id);
    made->client.status = id % 10 == 0 ? 403 : 200;
    made->client.to.party = exchange::Party::Ingress;
    made->client.when.started.wall = WallTime(std::chrono::seconds(1'800'000'000 + static_cast<int>(id)));
    made->client.when.done = std::chrono::microseconds(300 + id % 977);
    made->client.request.head = made->arena.keep("GET / HTTP/1.1\r\nHost: x\r\n");
    made->client.response.head = made->arena.keep("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
    const bool denied = id % 10 == 0;
    made->trace.push_back({denied ? &deniedRule : &allowedRule,
                           denied ? exchange::Outcome::Denied : exchange::Outcome::Answered,
                           {},
                           id % 7 == 0 ? "bob" : "alice"});
    return made;
}

inline std::vector<exchange::ExchangePtr> samples(std::uint64_t first, std::size_t count) {
    std::vector<exchange::ExchangePtr> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(sample(first + i));
    return out;
}

} // namespace gatehouse::live::testing
