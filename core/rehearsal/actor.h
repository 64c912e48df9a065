// Actor: what the person acted does on each page of a login: which fields get what, which button is pressed,
// when to wait, and when to stop. The one mind behind every driver; a driver only has hands.
#pragma once

#include <diagnosis/evidence.h>
#include <rehearsal/authenticator.h>
#include <rehearsal/loginDriver.h>
#include <rehearsal/page.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::rehearsal {

struct Typed {
    std::string_view name; // of the input, in Act::form
    crypto::SecretString value;
};

struct Act {
    enum class Kind : std::uint8_t {
        Submit, // type, then press the button
        Wait,   // then ask again about the same page
        Stop,   // this cannot go on; `why` says it
        End     // nothing of a login is on this page: the visit is over
    };
    Kind kind = Kind::End;
    PageKind page = PageKind::Other;
    std::size_t form = 0; // index of Page::forms
    std::vector<Typed> typed;
    std::string_view button; // its id; empty: the form's own
    std::chrono::milliseconds wait{0};
    std::string why; // Wait and Stop
};

class Actor {
public:
    // All three outlive it.
    Actor(const Scenario& scenario, const Person& person, UsedCodes& used);

    Act next(const Page& page, int status, const Now& now);

    // What the visit's evidence needs to know of one-time codes.
    bool otpRefused() const { return otpRefused_; }
    std::optional<std::int64_t> otpStepsOff() const { return otpStepsOff_; }
    // Set by an enrolment that was answered: the device of this person from now on.
    const std::optional<EnrolmentKey>& enrolled() const { return enrolled_; }

private:
    Act password(const Page& page, std::size_t form);
    Act oneTimeCode(const Page& page, std::size_t form, const Now& now);
    Act enrolment(const Page& page, std::size_t form, const Now& now);
    // False: `act` says how long to wait.
    bool takeCode(Act& act, const Now& now);
    Authenticator& authenticator();

    const Scenario& scenario_;
    const Person& person_;
    UsedCodes& used_;
    std::optional<Authenticator> authenticator_;
    std::optional<EnrolmentKey> enrolled_, shown_;
    std::string lastCode_;
    int namesSent_ = 0;
    int passwordsSent_ = 0;
    int codesSent_ = 0;
    bool enrolmentSent_ = false;
    bool otpRefused_ = false;
    std::optional<std::int64_t> otpStepsOff_;
};

} // namespace gatehouse::rehearsal
