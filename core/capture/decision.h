// What came of a request, in one word for a badge, and the reason in the words of the rule that decided.
#pragma once

#include <exchange/exchange.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::capture {

enum class Decision : std::uint8_t {
    None,     // nobody had to decide
    Allowed,  // who came was known and may pass
    Open,     // no login is needed here
    SignIn,   // sent to the login
    Unknown,  // nobody is signed in: what the gate tells the ingress before the login
    Login,    // a page or step of the login itself
    Callback, // back from the provider, the login is complete
    SignedOut,
    Denied,
    Redirect, // to another address, without a question
    Failed
};

struct DecisionRow {
    Decision decision;
    std::string_view name; // of the filter: "sign-in"
    std::string_view text; // GH_TEXT: on the badge
    std::string_view help; // GH_TEXT: what it says
};
std::span<const DecisionRow> decisions();
const DecisionRow& row(Decision decision);

struct Judgement {
    Decision decision = Decision::None;
    exchange::Outcome outcome = exchange::Outcome::Matched; // of the deciding step
    exchange::Rule rule = nullptr;                          // that decided; null: none did
    std::string detail;
    FieldId from;
};

// `children` are its sub-requests: the gate's own reason is in the trace of the one that asked it.
Judgement judge(const exchange::Exchange& exchange, const std::vector<exchange::ExchangePtr>& children);

// Whom the gate knew: from its trace, else from the identity headers that it made. Empty: nobody.
std::string userOf(const exchange::Exchange& exchange, const std::vector<exchange::ExchangePtr>& children);

std::string_view name(exchange::Party party); // "gate"
std::string_view name(exchange::Exchange::Kind kind);
std::string_view name(exchange::Outcome outcome);
std::optional<exchange::Party> partyNamed(std::string_view name);
std::optional<exchange::Exchange::Kind> kindNamed(std::string_view name);
std::optional<exchange::Outcome> outcomeNamed(std::string_view name);

// Whom the exchange reached in the end.
const exchange::Destination& reached(const exchange::Exchange& exchange);

} // namespace gatehouse::capture
