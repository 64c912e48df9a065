// Errors are values with an audience.
//
// Error: one thing that went wrong, in words for a person (Message + args), where (Place), and the technical
// remainder (errno text, OpenSSL reason) for whoever has to dig.
// Result<T>: a value or one Error. Checked<T>: all problems at once, and a value if it could still be made.
#pragma once

#include <base/message.h>
#include <base/place.h>

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

struct Error {
    const Message* what = nullptr; // never null in a returned Error
    std::map<std::string, std::string> args;
    Place where;
    std::string technical;
};

template <class T>
using Result = std::expected<T, Error>;

// fail(noSuchFile, {{"file", path}}, place)
[[nodiscard]] std::unexpected<Error> fail(const Message& what, std::map<std::string, std::string> args = {},
                                          Place where = {}, std::string technical = {});

// The message's text with its arguments filled in. An argument that is missing stays "{name}".
std::string text(const Error& error);
std::string hint(const Error& error);

// "lab.yaml:12:7: /gates/0/options/scope: text (technical)": one line, parts that are unknown left out.
std::string describe(const Error& error);

struct Problem {
    enum class Kind : std::uint8_t {
        Refused,   // the value cannot be used; nothing was made from it
        Warning,   // it works, and is probably not what was meant
        Difference // it works, and a cluster would do it otherwise
    };
    Kind kind = Kind::Refused;
    Error error;
};

template <class T>
struct Checked {
    std::optional<T> value; // empty if and only if something was Refused
    std::vector<Problem> problems;
};

bool anyRefused(const std::vector<Problem>& problems);

} // namespace gatehouse
