// URLs and paths exactly as Go's net/url, path and net/http treat them: whether a redirect target is
// accepted, and how a Location leaves, hangs on these details.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::gate {

struct GoUrl {
    std::string scheme; // lower case
    std::string opaque;
    std::string host; // with port, as written
    std::string path; // percent-decoded
    std::string query;
    std::string fragment;

    std::string hostname() const; // without port and brackets
    std::string port() const;     // "" when none is written
};
// url.Parse; nothing where Go returns an error.
std::optional<GoUrl> parseGoUrl(std::string_view text);

// path.Clean.
std::string cleanPath(std::string_view path);
// gorilla/mux: the path it would redirect to; the same text when it is clean already.
std::string canonicalPath(std::string_view path);

// http.Redirect's Location for a request to `requestPath`: relative targets made absolute and clean,
// non-ASCII percent-encoded. CR, LF and other control characters never leave raw: see differences().
std::string redirectLocation(std::string_view target, std::string_view requestPath);

// html.EscapeString as net/http and html/template do it: & < > " ' (and + in attributes, where `attribute`).
std::string htmlEscape(std::string_view text, bool attribute = false);

} // namespace gatehouse::gate
