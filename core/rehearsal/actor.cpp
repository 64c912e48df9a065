#include <rehearsal/actor.h>

namespace gatehouse::rehearsal {

namespace {

constexpr int mostCodes = 4; // for a key whose codes another device or run has used up

Act stop(PageKind page, std::string why) {
    Act act;
    act.kind = Act::Kind::Stop;
    act.page = page;
    act.why = std::move(why);
    return act;
}

Act over(PageKind page) {
    Act act;
    act.page = page;
    return act;
}

Act submit(PageKind page, std::size_t form, std::string_view button) {
    Act act;
    act.kind = Act::Kind::Submit;
    act.page = page;
    act.form = form;
    act.button = button;
    return act;
}

const std::string& nameOf(const diagnosis::PageFacts& facts) {
    return facts.heading.empty() ? facts.title : facts.heading;
}

} // namespace

Actor::Actor(const Scenario& scenario, const Person& person, UsedCodes& used)
    : scenario_(scenario), person_(person), used_(used) {}

Act Actor::next(const Page& page, int status, const Now& now) {
    const Recognised seen = recognise(page, status);
    switch (seen.kind) {
    case PageKind::SignIn:
        return submit(seen.kind, seen.form, {});
    case PageKind::Password:
        return password(page, seen.form);
    case PageKind::OneTimeCode:
        return oneTimeCode(page, seen.form, now);
    case PageKind::Enrolment:
        return enrolment(page, seen.form, now);
    case PageKind::OfProvider:
        return stop(seen.kind, nameOf(page.facts));
    case PageKind::Refusal:
    case PageKind::Other:
        break;
    }
    return over(seen.kind); // some other page, of the service itself perhaps
}

// Keycloak asks for both, or for one after the other (login-username.ftl, login-password.ftl).
Act Actor::password(const Page& page, std::size_t form) {
    const bool asksName = page.forms[form].field("username") != nullptr;
    const bool asksPassword = page.forms[form].field("password") != nullptr;
    int& sent = asksPassword ? passwordsSent_ : namesSent_;
    if (scenario_.as.empty() || sent > 0)
        return over(PageKind::Password); // nobody to log in, or refused: the page says why
    Act act = submit(PageKind::Password, form, "kc-login");
    if (asksName)
        act.typed.push_back({"username", crypto::SecretString(person_.name)});
    if (asksPassword && scenario_.with.password)
        act.typed.push_back({"password", crypto::SecretString(*scenario_.with.password)});
    else if (asksPassword && person_.password != nullptr)
        act.typed.push_back({"password", person_.password->clone()});
    else if (asksPassword)
        return stop(PageKind::Password, "the lab has no password for " + person_.name);
    ++sent;
    return act;
}

Authenticator& Actor::authenticator() {
    if (!authenticator_)
        authenticator_.emplace(person_.otpKey == nullptr ? crypto::SecretString() : person_.otpKey->clone(),
                               person_.otpPolicy, person_.otpWindow, scenario_.with.clockOffset, used_);
    return *authenticator_;
}

bool Actor::takeCode(Act& act, const Now& now) {
    if (scenario_.with.otp) {
        lastCode_ = *scenario_.with.otp;
        return true;
    }
    Authenticator::Offer offer = authenticator().offer(now);
    if (!offer.code) {
        act.kind = Act::Kind::Wait;
        act.wait = offer.wait;
        act.why = Authenticator::whyWait;
        return false;
    }
    lastCode_ = std::move(*offer.code);
    return true;
}

Act Actor::oneTimeCode(const Page&, std::size_t form, const Now& now) {
    if (codesSent_ > 0 && !otpRefused_) {
        otpRefused_ = true;
        if (!scenario_.with.otp || person_.otpKey != nullptr)
            otpStepsOff_ = authenticator().stepsOff(lastCode_, now);
    }
    if (otpRefused_) {
        // A code that was used before (by another run or another device) is followed by the next one; a wrong
        // one is not.
        const bool worthAnother = otpStepsOff_ == 0 && codesSent_ < mostCodes && !scenario_.with.otp;
        if (!worthAnother)
            return over(PageKind::OneTimeCode);
    }
    if (person_.otpKey == nullptr && !scenario_.with.otp && !authenticator_)
        return stop(PageKind::OneTimeCode, "the lab has no one-time code key for " + person_.name);
    Act act = submit(PageKind::OneTimeCode, form, "kc-login");
    if (!takeCode(act, now))
        return act;
    ++codesSent_;
    otpRefused_ = false;
    otpStepsOff_.reset();
    act.typed.push_back({"otp", crypto::SecretString(lastCode_)});
    return act;
}

Act Actor::enrolment(const Page& page, std::size_t form, const Now& now) {
    const bool mayEnrol = scenario_.with.enrolTotp || person_.enrols;
    if (!mayEnrol || enrolmentSent_)
        return over(PageKind::Enrolment); // an action for a person
    if (!shown_)
        shown_ = enrolmentKey(page, person_.otpPolicy);
    if (!shown_)
        return stop(PageKind::Enrolment, "the page shows no key that can be read");
    // The device registered here is the one used from now on.
    if (!authenticator_)
        authenticator_.emplace(shown_->key.clone(), shown_->policy, person_.otpWindow,
                               scenario_.with.clockOffset, used_);
    Act act = submit(PageKind::Enrolment, form, "saveTOTPBtn");
    if (!takeCode(act, now))
        return act;
    enrolmentSent_ = true;
    codesSent_ = 0; // an OTP page after enrolment asks for a new code
    enrolled_ = EnrolmentKey{shown_->key.clone(), shown_->policy};
    act.typed.push_back({"totp", crypto::SecretString(lastCode_)});
    act.typed.push_back({"userLabel", crypto::SecretString("gatehouse")});
    return act;
}

} // namespace gatehouse::rehearsal
