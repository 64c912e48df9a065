// The story's lab, running, with some more people in it; and a process that may start Chromium.
#pragma once

#include <engine/engine.h>
#include <rehearsal/loginDriver.h>
#include <rehearsal/recorder.h>

#include <QString>
#include <QTemporaryDir>
#include <browser/reach.h>
#include <memory>
#include <set>
#include <string>

namespace gatehouse::browser::testing {

// Before QApplication: a home of its own, no screen, no session bus, no GPU, and, as root, no sandbox.
class Surroundings {
public:
    Surroundings();

private:
    QTemporaryDir home_;
};

class Memory : public rehearsal::UsedCodes {
public:
    bool contains(std::string_view key, std::int64_t step) const override {
        return steps.contains({std::string(key), step});
    }
    void add(std::string_view key, std::int64_t step) override { steps.emplace(key, step); }
    std::set<std::pair<std::string, std::int64_t>> steps;
};

std::string labText(); // the story's, with more people

inline constexpr const char* whoami = "https://whoami.domain.tld/";
inline constexpr const char* proxyPassword = "only for this process";

// alice may enter, bob may not, carol has to set up an authenticator, dave to fill in his profile.
class RunningLab {
public:
    RunningLab();

    engine::Engine& engine() { return *engine_; }
    rehearsal::Recorder& recorder() { return recorder_; }
    const std::shared_ptr<const arrangement::Arrangement>& arrangement() const { return arrangement_; }
    const std::string& authorityPem() const { return authorityPem_; }
    Reach reach() const { return {arrangement_, authorityPem_, QString::fromLatin1(proxyPassword)}; }
    rehearsal::Scenario scenario(const char* user) const;
    rehearsal::Person person(const char* user) const;

private:
    QTemporaryDir folder_;
    rehearsal::Recorder recorder_;
    std::shared_ptr<const arrangement::Arrangement> arrangement_;
    std::string authorityPem_;
    std::unique_ptr<engine::Engine> engine_;
};

} // namespace gatehouse::browser::testing
