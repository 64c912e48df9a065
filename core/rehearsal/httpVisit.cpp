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
    : tools_(tools), scenario_(scenario),
      journey_{diagnosis::Evidence{*tools.arrangement, scenario.as, scenario.url, {}, {}, {}, false, {}}, {}},
      actor_(scenario, person, tools.usedCodes) {}

Journey HttpVisit::run() {
    Maybe next = Next{"GET", scenario_.url, {}};
    while (next && journey_.evidence.steps.size() < mostSteps) {
        if (!send(*next))
            break;
        next = isRedirect(answer_.status) ? follow(answer_) : submit(answer_);
    }
    journey_.evidence.events = tools_.recorder.takeEvents();
    journey_.evidence.otpRefused = actor_.otpRefused();
    journey_.evidence.otpStepsOff = actor_.otpStepsOff();
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
    for (;;) {
        const Act act = actor_.next(page_, answer.status, tools_.clock.now());
        switch (act.kind) {
        case Act::Kind::Wait:
            tools_.clock.wait(act.wait, act.why);
            continue;
        case Act::Kind::Stop:
            return stop(act.why);
        case Act::Kind::End:
            return std::nullopt;
        case Act::Kind::Submit:
            const Form& form = page_.forms[act.form];
            return act.page == PageKind::SignIn ? signIn(form) : post(form, act);
        }
    }
}

HttpVisit::Maybe HttpVisit::signIn(const Form& form) {
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

// What a browser would send: hidden fields, what was typed, and the button.
HttpVisit::Maybe HttpVisit::post(const Form& form, const Act& act) {
    auto url = http::resolve(at_, form.action);
    if (!url)
        return stop("the form " + form.id + " leads nowhere");
    http::Form values;
    for (const Input& input : form.inputs)
        if (input.type == "hidden" && !input.name.empty())
            values.emplace_back(input.name, input.value);
    for (const Typed& typed : act.typed)
        typed.value.reveal([&](std::string_view bytes) { values.emplace_back(typed.name, bytes); });
    for (const Input& input : form.inputs)
        if (input.id == act.button && !input.name.empty())
            values.emplace_back(input.name, input.value);
    return Next{"POST", std::move(*url), http::formText(values)};
}

} // namespace gatehouse::rehearsal
