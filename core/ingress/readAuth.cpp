// External authentication (annotations/authreq/main.go): here a bad value may leave an Ingress unprotected.
#include <base/ascii.h>
#include <ingress/goText.h>
#include <ingress/plan.h>
#include <ingress/validators.h>

#include <algorithm>

namespace gatehouse::ingress {

namespace {

constexpr std::string_view badCharacters = "it has characters that are not allowed";

class AuthReader {
public:
    AuthReader(const PlanReader& reader, ExternalAuth& out) : r_(reader), out_(out) {}

    // Each says whether reading may go on; if not, the block is dropped (open), denied or the Ingress falls.
    enum class Step : std::uint8_t { On, Open, Denied, Fallen };

    Step url();
    Step method();
    Step optional();
    Step cache();
    Step responseHeaders();
    Step setHeaders();
    Step redirectAndCookie();
    void withoutUrl();

private:
    template <class T>
    Step open(std::string_view name, const Read<T>& read, std::string_view reason) {
        r_.read.findings().warn(
            message::failsOpen,
            {{"name", std::string(name)}, {"value", read.raw}, {"reason", std::string(reason)}}, read.from);
        return Step::Open;
    }
    template <class T>
    Step deny(std::string_view name, const Read<T>& read, std::string reason) {
        r_.deny(name, read.raw, read.from, std::move(reason));
        return Step::Denied;
    }

    const PlanReader& r_;
    ExternalAuth& out_;
};

AuthReader::Step AuthReader::url() {
    const auto read = r_.read.text("auth-url", valid::urlWithVariables);
    if (read.reading == Reading::Missing) {
        withoutUrl();
        return Step::Open;
    }
    if (read.reading == Reading::Empty) {
        r_.read.findings().warn(message::emptyAuthUrl, {}, read.from);
        return Step::Open;
    }
    if (read.invalid()) {
        r_.fallen("auth-url", read.raw, read.from);
        return Step::Fallen;
    }
    GoUrl url;
    if (const std::string_view why = whyNoUrl(read.value, url); !why.empty())
        return deny("auth-url", read, std::string(why));
    out_.url = read.value;
    out_.host = url.hostname();
    out_.urlFrom = read.from;
    return Step::On;
}

void AuthReader::withoutUrl() {
    for (const std::string_view name : {"auth-signin", "auth-response-headers"}) {
        const auto read = r_.read.text(name, valid::anything);
        if (read.has() && r_.settings.globalAuth.url.empty())
            r_.read.findings().warn(message::signinWithoutAuth, {{"name", std::string(name)}}, read.from);
    }
}

AuthReader::Step AuthReader::method() {
    const auto read = r_.read.text("auth-method", valid::method);
    if (read.invalid())
        return deny("auth-method", read, "it is no method");
    out_.method = read.value;
    out_.methodFrom = read.from;
    return Step::On;
}

AuthReader::Step AuthReader::optional() {
    const auto signin = r_.read.text("auth-signin", valid::urlWithVariables);
    if (signin.invalid())
        r_.read.ignored("auth-signin", signin, badCharacters, "the plain 401 page");
    out_.signin = signin.value;
    out_.signinFrom = signin.from;
    const auto param = r_.read.text("auth-signin-redirect-param", valid::url);
    if (param.invalid())
        r_.read.ignored("auth-signin-redirect-param", param, badCharacters, "rd");
    out_.signinParam = param.value;
    const auto key = r_.read.text("auth-cache-key", valid::nginxVariable);
    if (key.invalid())
        r_.read.ignored("auth-cache-key", key, badCharacters, "no cache");
    out_.cacheKey = key.value;
    out_.cacheKeyFrom = key.from;
    return Step::On;
}

AuthReader::Step AuthReader::cache() {
    const auto read = r_.read.text("auth-cache-duration", valid::extended);
    if (read.invalid())
        return open("auth-cache-duration", read, badCharacters);
    for (const std::string_view part : split(read.value, ','))
        if (!goTrim(part).empty() && !valid::cacheDuration(goTrim(part)))
            return deny("auth-cache-duration", read, "it is no list of statuses and times");
    return Step::On;
}

AuthReader::Step AuthReader::responseHeaders() {
    const auto read = r_.read.text("auth-response-headers", valid::headerList);
    if (read.invalid())
        return deny("auth-response-headers", read, "it is no list of field names");
    for (const std::string_view part : split(read.value, ',')) {
        const std::string_view header = goTrim(part);
        if (header.empty())
            continue;
        if (!valid::headerName(header))
            return deny("auth-response-headers", read, "it is no list of field names");
        out_.responseHeaders.emplace_back(header);
    }
    out_.responseHeadersFrom = read.from;
    return Step::On;
}

AuthReader::Step AuthReader::setHeaders() {
    const auto read = r_.read.text("auth-proxy-set-headers", valid::basic);
    if (read.invalid())
        r_.read.ignored("auth-proxy-set-headers", read, badCharacters, "nothing added");
    if (!read.has())
        return Step::On;
    const auto parts = split(read.value, '/');
    if (parts.size() > 2)
        return deny("auth-proxy-set-headers", read, "it is neither a name nor namespace/name");
    if (parts.size() == 2 && parts[0] != r_.read.object().namespace_ && !r_.settings.allowCrossNamespace)
        return deny("auth-proxy-set-headers", read, "it names another namespace");
    const lab::ConfigMap* map = parts.size() == 2 ? r_.maps.find(read.value) : nullptr;
    if (map == nullptr)
        return deny("auth-proxy-set-headers", read,
                    parts.size() == 2 ? "there is no such ConfigMap"
                                      : "a name without its namespace is never found");
    for (const lab::KeyValue& entry : map->data)
        if (!valid::headerName(entry.key))
            return deny("auth-proxy-set-headers", read, entry.key + " is no field name");
    for (const lab::KeyValue& entry : map->data)
        out_.setHeaders.emplace_back(entry.key, entry.value);
    std::sort(out_.setHeaders.begin(), out_.setHeaders.end());
    out_.setHeadersFrom = read.from;
    return Step::On;
}

AuthReader::Step AuthReader::redirectAndCookie() {
    const auto redirect = r_.read.text("auth-request-redirect", valid::url);
    if (redirect.invalid())
        return open("auth-request-redirect", redirect,
                    "only letters, digits and -._~/:,?&= are allowed, nginx variables are not");
    out_.requestRedirect = redirect.value;
    out_.requestRedirectFrom = redirect.from;
    const auto cookie = r_.read.boolean("auth-always-set-cookie");
    if (cookie.invalid())
        return open("auth-always-set-cookie", cookie, "it is neither true nor false");
    out_.alwaysSetCookie = cookie.value;
    out_.cookieFrom = cookie.from;
    return Step::On;
}

// auth-keepalive works without HTTP/2 and with a fixed host only; there it changes what passes.
void keepalive(const PlanReader& r, ExternalAuth& auth) {
    const auto connections = r.read.integer("auth-keepalive");
    auth.keepaliveSharesVariables = r.read.flag("auth-keepalive-share-vars", false);
    if (connections.given() && !connections.has())
        r.read.ignored("auth-keepalive", connections, "it is no whole number", "0");
    if (connections.value <= 0)
        return;
    std::string_view why;
    if (auth.host.find('$') != std::string::npos)
        why = "auth-url has a variable in its host";
    else if (r.read.number("auth-keepalive-requests", 1000) <= 0 ||
             r.read.number("auth-keepalive-timeout", 60) <= 0)
        why = "auth-keepalive-requests or -timeout is not greater than zero";
    else if (r.settings.useHttp2)
        why = "use-http2 is on";
    if (!why.empty()) {
        r.read.ignored("auth-keepalive", connections, why, "0");
        return;
    }
    auth.keepalive = true;
    r.read.findings().warn(message::keepaliveAuth, {}, connections.from);
}

} // namespace

Fate PlanReader::externalAuth() const {
    using Step = AuthReader::Step;
    ExternalAuth auth;
    AuthReader reader(*this, auth);
    constexpr Step (AuthReader::* steps[])() = {&AuthReader::url,
                                                &AuthReader::method,
                                                &AuthReader::optional,
                                                &AuthReader::cache,
                                                &AuthReader::responseHeaders,
                                                &AuthReader::setHeaders,
                                                &AuthReader::redirectAndCookie};
    for (const auto step : steps) {
        const Step result = (reader.*step)();
        if (result == Step::Fallen)
            return Fate::Fallen;
        if (result != Step::On)
            return Fate::Stands;
    }
    keepalive(*this, auth);
    plan.auth = std::move(auth);
    return Fate::Stands;
}

} // namespace gatehouse::ingress
