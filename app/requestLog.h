// One line a request, redacted.
#pragma once

#include <capture/redactor.h>
#include <exchange/exchange.h>

#include <string>

namespace gatehouse::app {

enum class Detail : std::uint8_t {
    Quiet,
    Requests, // clients' own requests
    All       // sub-requests and back-channel calls too, with every decision
};

// "" when this detail leaves the exchange out.
std::string logLines(const exchange::Exchange& exchange, Detail detail, const capture::Redactor& redact);

} // namespace gatehouse::app
