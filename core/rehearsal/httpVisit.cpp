#include <base/ascii.h>
#include <rehearsal/httpVisit.h>

namespace gatehouse::rehearsal {

namespace {

constexpr std::size_t mostSteps =
    40; // more than any login takes; browsers give up after 20 redirects in a row
constexpr std::chrono::milliseconds recordWithin{2000};

bool isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool isHtml(const http::Response& answer) {
    return startsWithIgnoreCase(answer.headers.view().get("Content-Type"), "text/html");
}

// A browser's, so that gates and providers answer as they would to one.
void addBrowserHeaders(http::Request& request, const http::Url& url) {
    request.headers.add("Host", url.authority());
    request.headers.add("User-Agent",
                        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Gatehouse");
    request.headers.add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    request.headers.add("Accept-Language", "en");
}

} // namespace

HttpVisit::HttpVisit(const HttpDriver::Tools& tools, const Scenario& scenario, const Person& person)
    : tools_(tools), scenario_(scenario), person_(person),
      journey_{diagnosis::Evidence{*tools.arrangement, scenario.as, scenario.url, {}, {}, {}, false, {}},
               {}} {}

Journey HttpVisit::run() {
    Maybe next = Next{"GET", scenario_.url, {}};
    while (next && journey_.evidence.steps.size() < mostSteps) {
        if (!send(*next))
            break;
        next = isRedirect(answer_.status) ? follow(answer_) : submit(answer_);
    }
    journey_.evidence.events = tools_.recorder.takeEvents();
    journey_.page = answer_.body;
    return std::move(journey_);
}

bool HttpVisit::send(const Next& next) {
    exchange::Call call;
    call.purpose = exchange::Call::Purpose::Rehearsal;
    call.route = exchange::Call::Route::Listeners;
    call.url = next.url;
    call.request.method = next.method;
    call.request.target = next.url.target;
    addBrowserHeaders(call.request, next.url);
    if (const std::string cookies = jar_.header(next.url, tools_.clock.now()); !cookies.empty())
        call.request.headers.add("Cookie", cookies);
    if (next.method == "POST") {
        call.request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        call.request.body = next.body;
    }
    const bool seenByEngine = tools_.arrangement->isLabName(next.url.host);
    auto answer = engine::callAndWait(tools_.engine, std::move(call));

    diagnosis::Step step;
    step.method = next.method;
    step.url = at_ = next.url;
    if (seenByEngine) {
        auto seen = tools_.recorder.find(tools_.engine, next.method, next.url.target, recordWithin);
        step.exchange = std::move(seen.own);
        step.children = std::move(seen.children);
    }
    if (answer) {
        answer_ = std::move(*answer);
        jar_.take(at_, answer_.headers, tools_.clock.now());
        step.status = answer_.status;
        step.location = answer_.headers.view().get("Location");
        page_ = isHtml(answer_) ? parsePage(answer_.body) : Page{};
        step.page = page_.facts;
    } else {
        answer_ = {};
        page_ = {};
        step.failure = describe(answer.error());
    }
    journey_.evidence.steps.push_back(std::move(step));
    return answer.has_value();
}

HttpVisit::Maybe HttpVisit::stop(std::string why) {
    journey_.evidence.stoppedBecause = std::move(why);
    return std::nullopt;
}

HttpVisit::Maybe HttpVisit::follow(const http::Response& answer) {
    const auto location = answer.headers.view().find("Location");
    if (!location || location->empty())
        return stop("a redirect without a Location");
    auto url = http::resolve(at_, *location);
    if (!url)
        return stop("a redirect to " + std::string(*location) + ", which is no http address");
    waitBeforeCallback(*url);
    const std::string& method = journey_.evidence.steps.back().method;
    const bool keepsMethod = (answer.status == 307 || answer.status == 308) && method != "GET";
    if (keepsMethod)
        return stop("a redirect that repeats a form");
    return Next{"GET", std::move(*url), {}};
}

void HttpVisit::waitBeforeCallback(const http::Url& next) {
    const bool callback = http::formValue(http::parseForm(next.query()), "code").has_value();
    if (callback && scenario_.with.delayBeforeCallback > 0)
        tools_.clock.wait(std::chrono::seconds(scenario_.with.delayBeforeCallback),
                          "the rehearsal waits between provider and callback");
}

HttpVisit::Maybe HttpVisit::submit(const http::Response& answer) {
    if (page_.forms.empty())
        return std::nullopt;
    if (const Form* form = page_.form("kc-form-login"))
        return passwordPage(*form);
    if (const Form* form = page_.form("kc-otp-login-form"))
        return otpPage(*form);
    if (const Form* form = page_.form("kc-totp-settings-form"))
        return enrolmentPage(*form);
    if (answer.status < 400 && page_.forms.size() >= 1 && page_.forms.front().action.ends_with("/start"))
        return signInPage(page_.forms.front());
    if (page_.facts.pageId.starts_with("login-") && page_.facts.pageId != "login-error")
        return stop(page_.facts.heading.empty() ? page_.facts.title : page_.facts.heading);
    return std::nullopt; // some other page, of the service itself perhaps: the visit is over
}

HttpVisit::Maybe HttpVisit::signInPage(const Form& form) {
    auto url = http::resolve(at_, form.action);
    if (!url)
        return stop("a sign-in page whose form leads nowhere");
    http::Form values;
    for (const Input& input : form.inputs)
        if (!input.name.empty())
            values.emplace_back(input.name, input.value);
    url->target = std::string(url->path()) + "?" + http::formText(values);
    return Next{"GET", std::move(*url), {}};
}

HttpVisit::Maybe HttpVisit::post(const Form& form, const http::Form& values) {
    auto url = http::resolve(at_, form.action);
    if (!url)
        return stop("the form " + form.id + " leads nowhere");
    return Next{"POST", std::move(*url), http::formText(values)};
}

HttpVisit::Maybe HttpVisit::passwordPage(const Form& form) {
    if (scenario_.as.empty() || passwordsSent_ > 0)
        return std::nullopt; // nobody to log in, or refused: the page says why
    ++passwordsSent_;
    http::Form values{{"username", person_.name}};
    if (scenario_.with.password)
        values.emplace_back("password", *scenario_.with.password);
    else if (person_.password != nullptr)
        person_.password->reveal([&](std::string_view bytes) { values.emplace_back("password", bytes); });
    else
        return stop("the lab has no password for " + person_.name);
    values.emplace_back("credentialId", "");
    return post(form, values);
}

Authenticator& HttpVisit::authenticator() {
    if (!authenticator_)
        authenticator_.emplace(person_.otpKey == nullptr ? crypto::SecretString() : person_.otpKey->clone(),
                               person_.otpPolicy, person_.otpWindow, scenario_.with.clockOffset,
                               tools_.usedCodes);
    return *authenticator_;
}

std::string HttpVisit::code() {
    if (scenario_.with.otp)
        return *scenario_.with.otp;
    return authenticator().next(tools_.clock);
}

HttpVisit::Maybe HttpVisit::otpPage(const Form& form) {
    if (codesSent_ > 0) {
        journey_.evidence.otpRefused = true;
        if (!scenario_.with.otp || person_.otpKey != nullptr)
            journey_.evidence.otpStepsOff = authenticator().stepsOff(lastCode_, tools_.clock.now());
        // A code that was used before (by another run or another device) is followed by the next one; a wrong
        // one is not.
        const bool worthAnother = journey_.evidence.otpStepsOff == 0 && codesSent_ < 4 && !scenario_.with.otp;
        if (!worthAnother)
            return std::nullopt;
    }
    if (person_.otpKey == nullptr && !scenario_.with.otp && !authenticator_)
        return stop("the lab has no one-time code key for " + person_.name);
    ++codesSent_;
    lastCode_ = code();
    http::Form values;
    for (const Input& input : form.inputs)
        if (input.type == "hidden" && !input.name.empty())
            values.emplace_back(input.name, input.value);
    values.emplace_back("otp", lastCode_);
    values.emplace_back("login", "");
    journey_.evidence.otpRefused = false;
    journey_.evidence.otpStepsOff.reset();
    return post(form, values);
}

HttpVisit::Maybe HttpVisit::enrolmentPage(const Form& form) {
    const bool mayEnrol = scenario_.with.enrolTotp || person_.enrols;
    if (!mayEnrol || page_.totpSecret.empty() || codesSent_ > 0)
        return std::nullopt; // an action for a person
    // The device registered here is the one used from now on (keycloak.md 2.3: the text's bytes are the key).
    authenticator_.emplace(crypto::SecretString(page_.totpSecret), person_.otpPolicy, person_.otpWindow,
                           scenario_.with.clockOffset, tools_.usedCodes);
    lastCode_ = code();
    http::Form values;
    for (const Input& input : form.inputs)
        if (input.type == "hidden" && !input.name.empty())
            values.emplace_back(input.name, input.value);
    values.emplace_back("totp", lastCode_);
    values.emplace_back("userLabel", "gatehouse");
    ++codesSent_;
    auto next = post(form, values);
    codesSent_ = 0; // an OTP page after enrolment asks for a new code
    return next;
}

} // namespace gatehouse::rehearsal
