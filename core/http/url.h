// URLs (RFC 3986) as this product needs them: http and https, split without changing a byte;
// percent-encoding; and application/x-www-form-urlencoded lists (order kept, repeats kept).
#pragma once

#include <base/error.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::http {

struct Url {
    std::string scheme;     // lower case: "http", "https"
    std::string host;       // as written, lower-cased; IPv6 without brackets
    std::uint16_t port = 0; // never 0 in a parsed Url: the scheme's default when none was written
    bool portWritten = false;
    std::string target = "/"; // path and query as written; "/" when empty

    std::string authority() const; // host[:port], brackets for IPv6; the port only when it is not the default
    std::string origin() const;    // scheme://authority
    std::string text() const;      // origin + target
    std::string_view path() const;
    std::string_view query() const;
    friend bool operator==(const Url&, const Url&) = default;
};

// User-info, fragments, blanks and control characters are refused.
Result<Url> parseUrl(std::string_view text);

// RFC 3986 section 5.2 against a base, for Location and form actions.
Result<Url> resolve(const Url& base, std::string_view reference);

struct Authority {
    std::string host;       // lower case, without brackets
    std::uint16_t port = 0; // 0 = none written
};
std::optional<Authority> parseAuthority(std::string_view text);
bool validAuthority(std::string_view text); // what parseAuthority takes, without a copy

using Form = std::vector<std::pair<std::string, std::string>>;
Form parseForm(std::string_view text);  // '+' is blank; malformed %-sequences stay as they are
std::string formText(const Form& form); // Go's url.Values escaping: A-Za-z0-9-_.~ literal, blank as '+'
std::optional<std::string> formValue(const Form& form, std::string_view name); // the first

std::string percentEncode(std::string_view bytes, std::string_view alsoLiteral = "-_.~"); // upper-case hex
std::optional<std::string> percentDecode(std::string_view text);                          // strict

} // namespace gatehouse::http
