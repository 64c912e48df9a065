// HAR 1.2 of what was captured, for other tools: every text has passed the redactor. What HAR has no place
// for (whom a request reached, edits with their rules, the decision trace) is in `_gatehouse` of each entry.
#pragma once

#include <capture/redactor.h>
#include <exchange/exchange.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::capture {

struct HarOptions {
    // Of the arrangement that decided: each has secrets of its own. Never null.
    std::function<const Redactor*(const exchange::Exchange&)> redact;
    std::string_view version; // of this product
};

// One JSON document, line end included. Exchanges in the order given.
std::string har(const std::vector<exchange::ExchangePtr>& exchanges, const HarOptions& options);

} // namespace gatehouse::capture
