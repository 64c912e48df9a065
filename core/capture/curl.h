// A captured request as a curl command for a POSIX shell: nothing in it is active in the shell, whatever the
// request held.
#pragma once

#include <capture/redactor.h>
#include <exchange/exchange.h>

#include <string>
#include <string_view>

namespace gatehouse::capture {

struct CurlOptions {
    // Null: secrets stay in, because a person asked for them.
    const Redactor* redact = nullptr;
    std::string connectTo; // "127.0.0.1:8443": where the host's port is served here; empty: as it is named
};

std::string curlCommand(const exchange::Exchange& exchange, const CurlOptions& options);

// One word of a POSIX shell (XCU 2.2.2): in single quotes, unless it is of plain characters only.
std::string shellWord(std::string_view text);

} // namespace gatehouse::capture
