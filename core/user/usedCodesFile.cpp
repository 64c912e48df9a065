#include <fmt/core.h>
#include <sstream>
#include <user/systemClock.h>
#include <user/usedCodesFile.h>
#include <user/userState.h>

namespace gatehouse::user {

namespace {

// Steps are 30 seconds in all but odd realms; an hour of them is far beyond any look-ahead window.
constexpr std::int64_t stepsKept = 120;

} // namespace

UsedCodesFile::UsedCodesFile(std::filesystem::path file, Complain complain)
    : file_(std::move(file)), complain_(std::move(complain)) {
    if (file_.empty() || !std::filesystem::exists(file_))
        return;
    const auto text = readFile(file_);
    if (!text) {
        complain_(text.error());
        return;
    }
    std::istringstream lines(*text);
    std::string key;
    std::int64_t step = 0;
    while (lines >> key >> step)
        steps_.emplace(key, step);
}

bool UsedCodesFile::contains(std::string_view keyFingerprint, std::int64_t step) const {
    return steps_.contains({std::string(keyFingerprint), step});
}

void UsedCodesFile::add(std::string_view keyFingerprint, std::int64_t step) {
    steps_.emplace(keyFingerprint, step);
    std::erase_if(steps_, [&](const auto& entry) {
        return entry.first == keyFingerprint && entry.second < step - stepsKept;
    });
    if (file_.empty())
        return;
    std::string text;
    for (const auto& [key, at] : steps_)
        text += fmt::format("{} {}\n", key, at);
    if (auto written = writePrivate(file_, text); !written)
        complain_(written.error());
}

} // namespace gatehouse::user
