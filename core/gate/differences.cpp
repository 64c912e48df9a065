#include <gate/gate.h>

namespace gatehouse::gate {

namespace {

constexpr exchange::DifferenceRow rows[] = {
    {"gate.single-flight",
     "Requests that arrive together renew one cookie session each; with refresh-token rotation the losers "
     "are logged out",
     "The first renews, the others wait and get the same new session and cookie; whoever still carries the "
     "old cookie within 30 seconds too",
     "Losing a session to a race helps nobody, and a cluster's users will meet it all the same: see the "
     "finding about cookie-refresh"},
    {"gate.stale-parts",
     "Saving a session leaves old cookies of the same family behind; they win over the new session or break "
     "its signature",
     "Saving removes every cookie of the session's family that the new session does not use",
     "The user would be locked out until the cookies expire"},
    {"gate.lazy-discovery", "Does not start when the provider cannot be reached",
     "Starts, and reads the discovery document when it is first needed; a login that fails on it answers 500",
     "On a desk the parts start together"},
    {"gate.no-panic",
     "Breaks the connection on tokens, claims and options of unexpected types, and on {id_token} without a "
     "session",
     "Answers 500, or leaves the place empty", "A crash teaches nothing"},
    {"gate.csrf-samesite", "Starts with a cookie-csrf-samesite that it does not know, and breaks every login",
     "Refuses the option", "A crash teaches nothing"},
    {"gate.location-control", "Sends control characters of a redirect target raw in Location",
     "Percent-encodes them; CR and LF become blanks, as in the original",
     "A header with control characters is read differently by different parsers"},
    {"gate.field-control", "Sends control characters of claims raw in response headers",
     "Replaces them by blanks", "A header with control characters is read differently by different parsers"},
    {"gate.session-limit", "Unpacks a session cookie of any size", "Unpacks at most 1 MiB",
     "A small cookie must not fill the memory"},
    {"gate.no-gzip-behind-the-back", "Asks upstreams for gzip when the client did not, and unpacks it",
     "Passes Accept-Encoding on as it came", "What the upstream sees is what the client sent"},
    {"gate.static-files", "Serves Bulma, Font Awesome and directory listings under {prefix}/static/",
     "Serves a style sheet of its own under the same names",
     "The pages have the same forms, not the same looks"},
    {"gate.provider-format-string", "Mangles percent signs of the provider's error text on the error page",
     "Shows the text as it came", "The mangled text only confuses"},
};

} // namespace

std::span<const exchange::DifferenceRow> differences() {
    return rows;
}

} // namespace gatehouse::gate
