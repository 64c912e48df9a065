// Row: what a list of exchanges shows and filters by, compact, so that 200,000 of them are looked through
// within one frame.
#pragma once

#include <capture/decision.h>
#include <exchange/exchange.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::capture {

struct Row {
    std::uint64_t id = 0;
    std::uint64_t parent = 0;
    std::int64_t started = 0;  // wall, nanoseconds since 1970
    std::int64_t duration = 0; // nanoseconds
    std::uint64_t size = 0;    // bytes of the answer's body
    std::uint16_t status = 0;  // 0: no answer
    std::uint8_t depth = 0;    // 0: a client's own request; the list sets it
    bool live = false;
    exchange::Exchange::Kind kind = exchange::Exchange::Kind::Request;
    exchange::Party party = exchange::Party::Client; // reached in the end
    Decision decision = Decision::None;
    exchange::Outcome outcome = exchange::Outcome::Matched;
    exchange::Rule rule = nullptr;
    std::string detail; // beside the rule

    // All that can be searched for in lower case, a line each: method, host, target, user.
    std::string text;
    std::uint16_t hostAt = 0;
    std::uint16_t targetAt = 0;
    std::uint32_t pathEnd = 0;
    std::uint32_t userAt = 0;

    std::string_view part(std::size_t from, std::size_t to) const {
        return std::string_view(text).substr(from, to - from);
    }
    std::string_view method() const { return part(0, hostAt - 1U); }
    std::string_view host() const { return part(hostAt, targetAt - 1U); }
    std::string_view target() const { return part(targetAt, userAt - 1U); }
    std::string_view path() const { return part(targetAt, pathEnd); }
    std::string_view url() const { return part(hostAt, userAt - 1U); } // host, line end, target
    std::string_view user() const { return part(userAt, text.size()); }
};

Row summarize(const exchange::Exchange& exchange, const std::vector<exchange::ExchangePtr>& children);

} // namespace gatehouse::capture
