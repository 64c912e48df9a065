// LoginDriver: how a scenario is acted out. The HTTP driver is here; the browser's lives in ui.
#pragma once

#include <crypto/secretString.h>
#include <diagnosis/evidence.h>
#include <rehearsal/authenticator.h>
#include <rehearsal/clock.h>
#include <rehearsal/scenario.h>

#include <functional>
#include <string>

namespace gatehouse::rehearsal {

// What the person acted has in their head and pocket.
struct Person {
    std::string name;
    const crypto::SecretString* password = nullptr;
    const crypto::SecretString* otpKey = nullptr; // none yet: enrolment makes one
    crypto::OtpPolicy otpPolicy;
    int otpWindow = 1;
    bool enrols =
        false; // the lab says that this user sets up an authenticator at the first login (CONFIGURE_TOTP)
};

struct Journey {
    diagnosis::Evidence evidence;
    std::string page; // body of the last answer
};

class LoginDriver {
public:
    virtual ~LoginDriver() = default;
    virtual Journey drive(const Scenario& scenario, const Person& person) = 0;
};

// From the realm that has the user: password and otp credentials, the realm's OTP policy.
Person personOf(const arrangement::Arrangement& arrangement, const Scenario& scenario);

} // namespace gatehouse::rehearsal
