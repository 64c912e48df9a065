#include <base/ascii.h>
#include <capture/row.h>

#include <algorithm>

namespace gatehouse::capture {

namespace {

constexpr std::size_t longestHost = 1024; // what DNS allows, and more; offsets are short
constexpr std::size_t longestMethod = 64;

void writeText(Row& row, const exchange::Exchange& exchange, std::string_view user) {
    const auto put = [&row](std::string_view part) {
        for (const char c : part)
            row.text.push_back(asciiLower(c));
    };
    row.text.reserve(exchange.method.size() + exchange.authority.size() + exchange.target.size() +
                     user.size() + 3);
    put(std::string_view(exchange.method).substr(0, longestMethod));
    row.text.push_back('\n');
    row.hostAt = static_cast<std::uint16_t>(row.text.size());
    put(std::string_view(exchange.authority).substr(0, longestHost));
    row.text.push_back('\n');
    row.targetAt = static_cast<std::uint16_t>(row.text.size());
    put(exchange.target);
    const auto query = exchange.target.find('?');
    row.pathEnd = static_cast<std::uint32_t>(row.targetAt + std::min(query, exchange.target.size()));
    row.text.push_back('\n');
    row.userAt = static_cast<std::uint32_t>(row.text.size());
    put(user);
}

} // namespace

Row summarize(const exchange::Exchange& exchange, const std::vector<exchange::ExchangePtr>& children) {
    Row row;
    row.id = exchange.id;
    row.parent = exchange.parent;
    row.started = exchange.client.when.started.wall.time_since_epoch().count();
    row.duration = exchange.client.when.done.count();
    row.size = exchange.client.response.body.size;
    row.status = static_cast<std::uint16_t>(std::clamp(exchange.client.status, 0, 999));
    row.live = exchange.live;
    row.kind = exchange.kind;
    row.party = reached(exchange).party;
    Judgement judgement = judge(exchange, children);
    row.decision = judgement.decision;
    row.outcome = judgement.outcome;
    row.rule = judgement.rule;
    row.detail = std::move(judgement.detail);
    writeText(row, exchange, userOf(exchange, children));
    return row;
}

} // namespace gatehouse::capture
