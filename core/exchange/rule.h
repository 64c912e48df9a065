// Rules and differences: one constexpr row beside the code that does it.
//
// A room exports its rows as std::span<const RuleRow>; arrangement joins them for `explain`, diagnosis and
// the tests that fail on rows never hit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace gatehouse::exchange {

struct RuleRow {
    std::string_view id;   // "ingress.auth-response-header", unique in the product
    std::string_view text; // GH_TEXT: what happens and why, one sentence for a person
    std::string_view
        source; // where the behaviour comes from: "RFC 9110 7.6.1", "ingress.md 1.3", "measured: rh-xff"
};
using Rule = const RuleRow*; // never null in an edit or a trace step

// Where this product knowingly does something else than the original, and why.
struct DifferenceRow {
    std::string_view id;
    std::string_view original; // what oauth2-proxy, ingress-nginx or Keycloak does
    std::string_view here;     // what happens here
    std::string_view reason;
};

} // namespace gatehouse::exchange
