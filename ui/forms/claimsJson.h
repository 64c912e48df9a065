// The claims of a token, one by one, as a person reads them.
#pragma once

#include <QString>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::forms {

struct Claim {
    QString name;
    QString value;
    QString meaning; // of the registered ones, and times in words; may be empty
};
std::vector<Claim> claimsOf(std::string_view json);

} // namespace gatehouse::forms
