// One line a request, redacted.
#pragma once

#include <capture/redactor.h>
#include <exchange/exchange.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::app {

enum class Detail : std::uint8_t {
    Quiet,
    Requests, // clients' own requests
    All       // sub-requests and back-channel calls too, with every decision
};

bool isLogged(const exchange::Exchange& exchange, Detail detail);
std::string_view answeredBy(const exchange::Exchange& exchange); // who made the answer
std::string_view
decidingRule(const exchange::Exchange& exchange); // why it is as it is; "" when nothing special

// "" when this detail leaves the exchange out.
std::string logLines(const exchange::Exchange& exchange, Detail detail, const capture::Redactor& redact);

} // namespace gatehouse::app
