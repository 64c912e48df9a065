// The one-time codes that were sent, remembered over runs: fingerprints and steps only, for an hour.
#pragma once

#include <rehearsal/authenticator.h>

#include <filesystem>
#include <set>
#include <string>
#include <user/userState.h>
#include <utility>

namespace gatehouse::user {

class UsedCodesFile : public rehearsal::UsedCodes {
public:
    // An empty path: this process alone remembers, which is enough for a provider that ends with it.
    // `complain` hears when the file cannot be read or written: a code may then be sent twice, which the
    // provider refuses.
    UsedCodesFile(std::filesystem::path file, Complain complain);
    bool contains(std::string_view keyFingerprint, std::int64_t step) const override;
    void add(std::string_view keyFingerprint, std::int64_t step) override;

private:
    std::filesystem::path file_;
    Complain complain_;
    std::set<std::pair<std::string, std::int64_t>> steps_;
};

} // namespace gatehouse::user
