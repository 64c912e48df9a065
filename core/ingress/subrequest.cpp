// The request to auth-url (ingress.md 1.3).
#include <base/ascii.h>
#include <ingress/router.h>
#include <ingress/rules.h>

#include <charconv>

namespace gatehouse::ingress {

namespace {

// proxy_pass with variables: nginx takes the URL apart anew for every request. False: it cannot, and answers
// 500.
bool takeApart(std::string_view text, std::string_view internalUri, http::Url& url) {
    const bool secure = startsWithIgnoreCase(text, "https://");
    if (!secure && !startsWithIgnoreCase(text, "http://"))
        return false;
    text.remove_prefix(secure ? 8 : 7);
    url.scheme = secure ? "https" : "http";
    const auto end = text.find_first_of("/?");
    std::string_view host = text.substr(0, end);
    const auto colon = host.rfind(':');
    if (colon != std::string_view::npos && !host.ends_with(']')) {
        const std::string_view port = host.substr(colon + 1);
        unsigned value = 0;
        const auto [last, error] = std::from_chars(port.data(), port.data() + port.size(), value);
        if (error != std::errc{} || last != port.data() + port.size() || value == 0 || value > 65535)
            return false;
        url.port = static_cast<std::uint16_t>(value);
        url.portWritten = true;
        host = host.substr(0, colon);
    } else {
        url.port = secure ? 443 : 80;
    }
    if (host.empty())
        return false;
    if (host.starts_with('['))
        host = host.substr(1, host.size() - 2);
    url.host = lower(host);
    if (end == std::string_view::npos)
        url.target = internalUri;
    else if (text[end] == '?')
        url.target.assign("/").append(text.substr(end));
    else
        url.target = text.substr(end);
    return true;
}

} // namespace

void applyFields(const std::vector<FieldTemplate>& fields, const State& state, exchange::EditList& edits,
                 Arena& arena) {
    const http::HeadersView original = state.request->headers;
    for (const FieldTemplate& field : fields) {
        const std::string_view value =
            field.value.isLiteral() ? field.value.literal() : expand(field.value, state, arena);
        if (!value.empty() && field.repeated)
            edits.add(field.name, value, field.rule, field.from);
        else if (!value.empty())
            edits.set(field.name, value, field.rule, field.from);
        else if (!field.repeated && original.has(field.name))
            edits.remove(field.name, field.rule, field.from);
    }
}

void dropInvalidNames(const Model& model, const State& state, exchange::EditList& edits) {
    if (!state.invalidNames)
        return;
    for (const http::Header field : state.request->headers)
        if (!validName(field.name, model.settings))
            edits.remove(field.name, &rule::droppedName);
}

void Router::askAuth(Routed& routed) {
    const AuthPlan& auth = *location_->auth;
    Subrequest sub{auth.method, {}, exchange::EditList(arena_)};
    State inner = state_; // in the sub-request $uri is its own name and there are no $args
    inner.uri = auth.internalUri;
    inner.args = {};
    const std::string_view url = expand(auth.url, inner, arena_);
    sub.unaskable = !takeApart(url, auth.internalUri, sub.url);
    dropInvalidNames(model_, inner, sub.edits);
    applyFields(auth.fields, inner, sub.edits, arena_);
    sub.http10 = auth.http10;
    sub.keepalive = auth.keepalive;
    trace_.add(&rule::ask, exchange::Outcome::Matched, url, auth.from);
    routed.subrequest.emplace(std::move(sub));
}

} // namespace gatehouse::ingress
