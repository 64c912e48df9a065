// passwordPolicy of a realm: "length(8) and digits(1) and notUsername(undefined)".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::provider {

struct BrokenPolicy {
    std::string key;  // of the message: "invalidPasswordMinLengthMessage"
    std::string text; // "Invalid password: minimum length 8."
};
// The first rule that the password breaks. `same`: it is the one in use (passwordHistory).
std::optional<BrokenPolicy> policyBroken(std::string_view policy, std::string_view password,
                                         std::string_view username, std::string_view email, bool same);

} // namespace gatehouse::provider
