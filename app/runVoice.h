// What `run` says while it runs: for people, or a JSON object a line for programs.
#pragma once

#include <base/error.h>
#include <capture/redactor.h>
#include <engine/engine.h>

#include <app/requestLog.h>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::app {

class RunVoice {
public:
    virtual ~RunVoice() = default;
    // `file` is the lab's; empty when there is none.
    virtual void running(const std::string& file, const arrangement::Arrangement& arrangement,
                         const engine::Listening& listening) = 0;
    virtual void exchange(const exchange::Exchange& exchange, const capture::Redactor& redact) = 0;
    virtual void dropped(std::uint64_t count) = 0; // requests that nobody could log
    virtual void applied(const std::string& file, const engine::Listening& listening) = 0;
    // The file is wrong now, or cannot be applied; what ran goes on.
    virtual void refused(const std::string& file, const std::vector<Problem>& problems) = 0;
    virtual void stopped() = 0;
};

std::unique_ptr<RunVoice> textVoice(Detail detail);
std::unique_ptr<RunVoice> jsonVoice(Detail detail);

// The users who can log in here, and by which secrets.
struct LabUser {
    std::string name;
    std::string passwordSecret; // empty: none
    bool oneTimeCode = false;
};
std::vector<LabUser> usersOf(const arrangement::Arrangement& arrangement);

// What to type to see the first host answer; empty without an ingress behind TLS.
std::string curlLine(const arrangement::Arrangement& arrangement, const engine::Listening& listening);

} // namespace gatehouse::app
