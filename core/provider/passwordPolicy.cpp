#include <base/ascii.h>
#include <provider/passwordPolicy.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::provider {
namespace {

struct Rule {
    std::string_view name;
    int number = 0;
};

Rule parseRule(std::string_view text) {
    const auto open = text.find('(');
    Rule rule{trim(text.substr(0, open)), 0};
    if (open != std::string_view::npos) {
        const auto digits = text.substr(open + 1, text.find(')', open) - open - 1);
        std::from_chars(digits.data(), digits.data() + digits.size(), rule.number);
    }
    return rule;
}

template <class Is>
int count(std::string_view text, Is is) {
    return static_cast<int>(std::ranges::count_if(text, is));
}

std::size_t characters(std::string_view text) { // UTF-8
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

} // namespace

std::optional<BrokenPolicy> policyBroken(std::string_view policy, std::string_view password,
                                         std::string_view username, std::string_view email, bool same) {
    const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto isSpecial = [&](char c) { return !isUpper(c) && !isLower(c) && !asciiDigit(c); };
    for (std::size_t at = 0; at < policy.size();) {
        auto end = policy.find(" and ", at);
        if (end == std::string_view::npos)
            end = policy.size();
        const auto rule = parseRule(policy.substr(at, end - at));
        at = end + 5;
        const auto n = std::to_string(rule.number);
        if (rule.name == "length" &&
            characters(password) < static_cast<std::size_t>(std::max(rule.number, 0)))
            return BrokenPolicy{"invalidPasswordMinLengthMessage",
                                "Invalid password: minimum length " + n + "."};
        if (rule.name == "maxLength" &&
            characters(password) > static_cast<std::size_t>(std::max(rule.number, 0)))
            return BrokenPolicy{"invalidPasswordMaxLengthMessage",
                                "Invalid password: maximum length " + n + "."};
        if (rule.name == "digits" && count(password, asciiDigit) < rule.number)
            return BrokenPolicy{"invalidPasswordMinDigitsMessage",
                                "Invalid password: must contain at least " + n + " numerical digits."};
        if (rule.name == "lowerCase" && count(password, isLower) < rule.number)
            return BrokenPolicy{"invalidPasswordMinLowerCaseCharsMessage",
                                "Invalid password: must contain at least " + n + " lower case characters."};
        if (rule.name == "upperCase" && count(password, isUpper) < rule.number)
            return BrokenPolicy{"invalidPasswordMinUpperCaseCharsMessage",
                                "Invalid password: must contain at least " + n + " upper case characters."};
        if (rule.name == "specialChars" && count(password, isSpecial) < rule.number)
            return BrokenPolicy{"invalidPasswordMinSpecialCharsMessage",
                                "Invalid password: must contain at least " + n + " special characters."};
        if (rule.name == "notUsername" && lower(password) == lower(username))
            return BrokenPolicy{"invalidPasswordNotUsernameMessage",
                                "Invalid password: must not be equal to the username."};
        if (rule.name == "notEmail" && !email.empty() && lower(password) == lower(email))
            return BrokenPolicy{"invalidPasswordNotEmailMessage",
                                "Invalid password: must not be equal to the email."};
        if (rule.name == "passwordHistory" && same)
            return BrokenPolicy{"invalidPasswordHistoryMessage",
                                "Invalid password: must not be equal to any of last " + n + " passwords."};
    }
    return std::nullopt;
}

} // namespace gatehouse::provider
