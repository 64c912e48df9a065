#include <base/ascii.h>
#include <ingress/answers.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::ingress {

namespace {

constexpr int cookieStatuses[] = {200, 201, 204, 206, 301,
                                  302, 303, 304, 307, 308}; // add_header without "always"

PageStyle styleFor(const AnswerContext& context) {
    return {context.model.settings.serverTokens,
            wantsPadding(context.state.request->headers.get("User-Agent"))};
}

// Scheme and host in front of a path (ngx_http_header_filter, absolute_redirect).
std::string absolute(const AnswerContext& context, std::string_view path) {
    const Location* location = context.location;
    if (location != nullptr ? !location->absoluteRedirects : context.model.settings.relativeRedirects)
        return std::string(path);
    std::string out = fmt::format("{}://{}", context.state.scheme, context.state.host);
    const std::string_view port = context.state.serverPort;
    const bool usual = port == (context.state.tls ? "443" : "80");
    if (location != nullptr && location->portInRedirects && !usual)
        out += fmt::format(":{}", port);
    return out.append(path);
}

struct Extra {
    std::string location;
    bool challenge = false; // the auth answer's WWW-Authenticate
    bool named = false;     // from a named location: neither HSTS nor custom-headers
};

exchange::Answer answer(const AnswerContext& context, int status, std::string body, const Extra& extra) {
    exchange::Respond out;
    out.status = status == 494 ? 400 : status; // 494 is nginx's own number for a head that is too large
    out.reason = nginxReason(out.status);
    if (!body.empty())
        out.headers.add("Content-Type", "text/html");
    if (extra.challenge && context.location != nullptr && context.location->auth &&
        !context.location->auth->keepalive)
        for (const http::Header field : context.outcome.response.headers.view())
            if (equalsIgnoreCase(field.name, "WWW-Authenticate")) {
                context.trace.add(&rule::authChallenge, exchange::Outcome::Note, field.value,
                                  context.location->auth->from);
                out.headers.add(field.name, field.value);
            }
    if (status >= 300 && status < 400)
        out.headers.add("Location", extra.location);
    locationFields(context, [&](std::string_view name, std::string_view value, Rule rule, FieldId) {
        if (extra.named && (rule == &rule::hsts || rule == &rule::customHeaders))
            return;
        out.headers.set(name, value);
    });
    if (context.location != nullptr && context.location->auth && carriesAuthCookie(*context.location, status))
        if (const std::string_view cookie = authCookie(*context.location, context.outcome, context.arena);
            !cookie.empty())
            out.headers.add("Set-Cookie", cookie);
    out.body = std::move(body);
    return {std::move(out), {}};
}

exchange::Answer signinAnswer(const AnswerContext& context) {
    const SigninPlan& signin = *context.location->signin;
    Extra extra;
    extra.location = expand(signin.location, context.state, context.arena);
    extra.challenge = true;
    extra.named = true;
    context.trace.add(&rule::signin, exchange::Outcome::Answered, extra.location, signin.from);
    if (extra.location.starts_with('/'))
        extra.location = absolute(context, extra.location);
    return answer(context, 302, page(302, styleFor(context)), extra);
}

// error_page CODE = @custom_upstream-default-backend_CODE: the default backend answers 404; where the
// ConfigMap's own list holds 404 too, its server cannot find the named location and answers 500 (corrections
// 28).
exchange::Answer customErrorAnswer(const AnswerContext& context, int status) {
    const auto& global = context.model.settings.customErrors;
    const int shown = std::find(global.begin(), global.end(), 404) == global.end() ? 404 : 500;
    context.trace.add(&rule::customError, exchange::Outcome::Answered,
                      fmt::format("{} becomes {}", status, shown), context.location->customErrorsFrom);
    Extra extra;
    extra.challenge = status == 401;
    extra.named = true;
    exchange::Answer out = answer(context, shown, page(shown, styleFor(context)), extra);
    if (pageClosesConnection(status)) // decided before the error page was looked for
        std::get<exchange::Respond>(out.what).headers.add("Connection", "close");
    return out;
}

} // namespace

bool originAllowed(const CorsPlan& cors, const State& state) {
    return cors.anyOrigin || (cors.origin && cors.origin->matches(state.request->headers.get("Origin")));
}

std::string_view authCookie(const Location& location, const AuthOutcome& outcome, Arena& arena) {
    if (!outcome.asked || outcome.failed)
        return {};
    if (location.auth->keepalive) { // Lua: only with 200, and of two lines it writes a table's address
        if (outcome.response.status != 200)
            return {};
        if (outcome.response.headers.view().count("Set-Cookie") > 1)
            return "table: 0x7f0000000000";
    }
    return fieldValue(outcome.response.headers.view(), "set_cookie", true, arena);
}

bool carriesAuthCookie(const Location& location, int status) {
    if (!location.auth)
        return false;
    return location.auth->alwaysSetCookie || std::find(std::begin(cookieStatuses), std::end(cookieStatuses),
                                                       status) != std::end(cookieStatuses);
}

exchange::Answer errorAnswer(const AnswerContext& context, int status, Rule why, FieldId from) {
    const Location* location = context.location;
    if (location != nullptr && !location->denied) {
        if (status == 401 && location->signin)
            return signinAnswer(context);
        const auto& errors = location->customErrors;
        if (std::find(errors.begin(), errors.end(), status) != errors.end())
            return customErrorAnswer(context, status);
    }
    context.trace.add(
        why, status == 401 || status == 403 ? exchange::Outcome::Denied : exchange::Outcome::Answered,
        fmt::format("{}", status), from);
    Extra extra;
    extra.challenge = status == 401;
    return answer(context, status, page(status, styleFor(context)), extra);
}

exchange::Answer defaultBackendAnswer(const AnswerContext& context) {
    const auto& global = context.model.settings.customErrors;
    const int shown = std::find(global.begin(), global.end(), 404) == global.end() ? 404 : 500;
    context.trace.add(context.location != nullptr && !context.location->ingress.empty()
                          ? &rule::noPath
                          : &rule::defaultServer,
                      exchange::Outcome::Answered, fmt::format("{}", shown));
    return answer(context, shown, page(shown, styleFor(context)), {});
}

exchange::Answer redirectAnswer(const AnswerContext& context, int status, std::string_view location, Rule why,
                                FieldId from) {
    Extra extra;
    extra.location = location.starts_with('/') ? absolute(context, location) : std::string(location);
    context.trace.add(why, exchange::Outcome::Answered, extra.location, from);
    return answer(context, status, page(status, styleFor(context)), extra);
}

exchange::Answer preflightAnswer(const AnswerContext& context) {
    context.trace.add(&rule::preflight, exchange::Outcome::Answered,
                      context.state.request->headers.get("Origin"), context.location->cors->from);
    exchange::Answer out = answer(context, 204, {}, {});
    std::get<exchange::Respond>(out.what).headers.add("Content-Length",
                                                      "0"); // more_set_headers 'Content-Length: 0'
    return out;
}

} // namespace gatehouse::ingress
