// nginx's regular expressions: PCRE2, bytes, no UTF.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::ingress {

class Regex {
public:
    // nullopt: not a valid expression; `why` says what PCRE2 says.
    static std::optional<Regex> compile(std::string_view expression, bool caseless, std::string& why);

    using Captures = std::array<std::string_view, 10>;
    // Anywhere in the subject, as nginx searches. A subject on which PCRE2 gives up does not match.
    bool matches(std::string_view subject, Captures* captures = nullptr) const;

private:
    struct Code;
    explicit Regex(std::shared_ptr<const Code> code) : code_(std::move(code)) {}
    std::shared_ptr<const Code> code_;
};

} // namespace gatehouse::ingress
