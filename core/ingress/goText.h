// What the controller's language does with text: its readings of booleans, numbers and URLs decide which
// values count.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ingress {

std::optional<bool> goBool(std::string_view text);        // strconv.ParseBool
std::optional<std::int64_t> goInt(std::string_view text); // strconv.Atoi
std::string_view goTrim(std::string_view text);           // strings.TrimSpace, ASCII part

// net/url as far as auth-url and auth-signin need it.
struct GoUrl {
    std::string scheme; // lower case, may be empty
    std::string host;   // with the port
    std::string query;  // raw

    std::string hostname() const; // without port and brackets
};
std::optional<GoUrl> parseGoUrl(std::string_view text);

// url.Query(): does any parameter exist, and the first value of one.
struct GoQuery {
    bool empty = true;
    std::vector<std::pair<std::string, std::string>> values;
    std::string get(std::string_view name) const;
};
GoQuery parseGoQuery(std::string_view raw);

// The controller's own StringToURL: why it refuses, empty when it does not.
std::string_view whyNoUrl(std::string_view text, GoUrl& url);

} // namespace gatehouse::ingress
