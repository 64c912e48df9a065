// nginx's reading of a request target (ngx_http_parse_complex_uri) and its escapings.
#pragma once

#include <base/arena.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::ingress {

struct NormalUri {
    std::string_view uri;  // decoded, slashes merged, dots resolved: $uri
    std::string_view args; // raw, without the '?': $args
    bool quoted = false;   // some %XX was there
};
// nullopt: 400 (a %XX that is none, %00, above the root).
std::optional<NormalUri> normalise(std::string_view target, Arena& arena);

// set_escape_uri: what $escaped_request_uri holds (measured: everything but letters, digits and
// !$'()*,-.@_`|~).
void escapeArgument(std::string_view text, std::string& out);
// ngx_escape_uri(NGX_ESCAPE_URI): a rewritten path on its way upstream, a 301's Location.
void escapePath(std::string_view text, std::string& out);

} // namespace gatehouse::ingress
