#include <base/ascii.h>
#include <gate/redirect.h>
#include <gate/rules.h>
#include <gate/turn.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::gate {

namespace {

constexpr std::string_view html = "text/html; charset=utf-8";
constexpr std::string_view text = "text/plain; charset=utf-8";

// A header's value on an answer: Go turns line ends into blanks; other control characters go the same way
// here.
std::string safeValue(std::string out) {
    std::ranges::replace_if(
        out, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; }, ' ');
    return out;
}

} // namespace

// Headers stand in alphabetical order, as Go writes them.
Answer respond(Turn& turn, int status, std::string_view contentType, std::string body) {
    if (turn.noStore) {
        turn.headers.emplace_back("Cache-Control", "no-cache, no-store, must-revalidate, max-age=0");
        turn.headers.emplace_back("Expires", "Thu, 01 Jan 1970 00:00:00 UTC");
        turn.headers.emplace_back("X-Accel-Expires", "0");
    }
    if (!contentType.empty())
        turn.headers.emplace_back("Content-Type", contentType);
    for (const std::string& line : turn.setCookies)
        turn.headers.emplace_back("Set-Cookie", line);
    std::ranges::stable_sort(turn.headers, {}, [](const auto& header) { return header.first; });
    exchange::Respond out;
    out.status = status;
    for (auto& [name, value] : turn.headers)
        out.headers.add(name, safeValue(std::move(value)));
    const bool bodiless = status < 200 || status == 204 || status == 304;
    if (!bodiless)
        out.body = std::move(body);
    return Answer{std::move(out), {}};
}

Answer plainError(Turn& turn, int status) {
    turn.headers.emplace_back("X-Content-Type-Options", "nosniff");
    return respond(turn, status, text, std::string(http::reasonPhrase(status)) + "\n");
}

Answer emptyJson(Turn& turn, int status) {
    return respond(turn, status, "application/json", "{}");
}

Answer redirectTo(Turn& turn, std::string_view target, int status) {
    const std::string location = redirectLocation(target, turn.request.path());
    turn.headers.emplace_back("Location", location);
    const std::string_view method = turn.request.method;
    std::string body;
    if (method == "GET")
        body = fmt::format("<a href=\"{}\">{}</a>.\n\n", htmlEscape(location), http::reasonPhrase(status));
    return respond(turn, status, method == "GET" || method == "HEAD" ? html : std::string_view{},
                   std::move(body));
}

Result<std::string> appTarget(Turn& turn) {
    auto form = requestForm(turn);
    if (!form)
        return std::unexpected(std::move(form.error()));
    RedirectSources from;
    const std::string rd = http::formValue(*form, "rd").value_or(std::string());
    from.rd = rd;
    from.authRequest = turn.request.headers.get("X-Auth-Request-Redirect");
    from.forwarded = turn.trusted && turn.request.host() != turn.host;
    from.forwardedProto = turn.proto;
    from.forwardedHost = turn.host;
    from.uri = turn.uri;
    from.requestUri = turn.request.target;
    std::vector<std::string> rejected;
    std::string target = appRedirect(from, turn.plan.prefix, turn.plan.whitelist, rejected);
    for (const std::string& why : rejected)
        turn.note(rule("gate.redirect-rejected"), exchange::Outcome::Note, why,
                  turn.plan.options.from("whitelist-domain"));
    return target;
}

Answer errorAnswer(Turn& turn, int status, std::string_view appError, std::string_view message) {
    ErrorPage page;
    page.status = status;
    const auto target = appTarget(turn);
    page.redirect = target ? *target : std::string();
    if (page.redirect.empty() || page.redirect == turn.plan.prefix + "/sign_in")
        page.redirect = "/";
    page.requestId = turn.requestId();
    page.appError = appError;
    page.message = message;
    return respond(turn, status, html, errorPage(turn.plan.pages, page));
}

void addNoStore(Turn& turn) {
    turn.noStore = true;
}

Answer signInAnswer(Turn& turn, int status) {
    addNoStore(turn);
    clearSession(turn);
    turn.note(rule("gate.sign-in-page"), exchange::Outcome::Answered, fmt::format("status {}", status));
    auto target = appTarget(turn);
    if (!target)
        return errorAnswer(turn, status, target.error().technical);
    if (*target == turn.plan.prefix + "/sign_in")
        *target = "/";
    return respond(turn, status, html, signInPage(turn.plan.pages, *target, status));
}

} // namespace gatehouse::gate
