// The service's answer on its way back (ingress.md 1.6, 2.2; nginx proxy and headers modules).
#include <base/ascii.h>
#include <ingress/answers.h>
#include <ingress/model.h>
#include <ingress/rules.h>

namespace gatehouse::ingress {

namespace {

// proxy_hide_header by default; Date, Connection and framing are the engine's.
constexpr std::string_view hiddenFields[] = {"Server",
                                             "X-Pad",
                                             "X-Accel-Expires",
                                             "X-Accel-Redirect",
                                             "X-Accel-Limit-Rate",
                                             "X-Accel-Buffering",
                                             "X-Accel-Charset"};

void hide(const Model& model, http::HeadersView fields, exchange::EditList& edits) {
    const auto& listed = model.settings.hideHeaders;
    for (const http::Header field : fields) {
        bool gone = false;
        // A cheap look first: most answers have no field that begins like one of them.
        const char first = field.name.empty() ? '\0' : asciiLower(field.name.front());
        if (first == 's' || first == 'x')
            for (const std::string_view name : hiddenFields)
                gone = gone || equalsIgnoreCase(field.name, name);
        if (gone)
            edits.remove(field.name, &rule::hidden);
        for (const std::string& name : listed)
            if (equalsIgnoreCase(field.name, name))
                edits.remove(field.name, &rule::hidden, model.settings.from("hide-headers"));
    }
}

// proxy_redirect FROM TO, for Location and Refresh.
void replaceLocation(const Replacement& replacement, http::HeadersView fields, exchange::EditList& edits) {
    const std::string_view location = fields.get("Location");
    if (location.starts_with(replacement.from))
        edits.set("Location", replacement.to + std::string(location.substr(replacement.from.size())),
                  &rule::replaced, replacement.field);
    const std::string_view refresh = fields.get("Refresh");
    const auto at = refresh.find("url=");
    if (at != std::string_view::npos && refresh.substr(at + 4).starts_with(replacement.from))
        edits.set("Refresh",
                  std::string(refresh.substr(0, at + 4)) + replacement.to +
                      std::string(refresh.substr(at + 4 + replacement.from.size())),
                  &rule::replaced, replacement.field);
}

// One attribute of a cookie; false when it is not the one that is replaced.
bool replaceAttribute(std::string& attribute, std::string_view name, const Replacement& replacement) {
    const std::string_view text = trim(attribute);
    if (!startsWithIgnoreCase(text, name) || text.size() <= name.size() || text[name.size()] != '=')
        return false;
    std::string_view value = text.substr(name.size() + 1);
    const bool domain = name == "domain";
    std::string_view from = replacement.from;
    if (domain) { // a dot in front does not count, nor does case
        if (value.starts_with('.'))
            value.remove_prefix(1);
        if (from.starts_with('.'))
            from.remove_prefix(1);
    }
    if (domain ? !equalsIgnoreCase(value, from) : !value.starts_with(from))
        return false;
    const std::string rest(domain ? std::string_view{} : value.substr(from.size()));
    attribute = " " + std::string(text.substr(0, name.size())) + "=" + replacement.to + rest;
    return true;
}

void replaceCookies(const Location& location, http::HeadersView fields, exchange::EditList& edits) {
    std::vector<std::string> cookies;
    FieldId from;
    bool changed = false;
    for (const http::Header field : fields) {
        if (!equalsIgnoreCase(field.name, "Set-Cookie"))
            continue;
        std::string out;
        for (const std::string_view part : split(field.value, ';')) {
            std::string attribute(part);
            for (const auto& [name, replacement] :
                 {std::pair{std::string_view("domain"), &location.cookieDomain},
                  {"path", &location.cookiePath}})
                if (*replacement && !out.empty() && replaceAttribute(attribute, name, **replacement)) {
                    changed = true;
                    from = (*replacement)->field;
                }
            out += (out.empty() ? "" : ";") + attribute;
        }
        cookies.push_back(std::move(out));
    }
    if (!changed)
        return;
    edits.remove("Set-Cookie", &rule::replaced, from);
    for (const std::string& cookie : cookies)
        edits.add("Set-Cookie", cookie, &rule::replaced, from, true);
}

} // namespace

void Ingress::finish(const Routed& routed, const http::RequestView& request, const Peer&,
                     const AuthOutcome& outcome, const http::ResponseView& upstream,
                     exchange::EditList& edits, exchange::Trace& trace) const {
    const Location* location = routed.location;
    if (location == nullptr)
        return;
    State state = *routed.state;
    state.request = &request;
    Arena arena(256);
    hide(*model_, upstream.headers, edits);
    if (location->locationReplacement)
        replaceLocation(*location->locationReplacement, upstream.headers, edits);
    if (location->cookieDomain || location->cookiePath)
        replaceCookies(*location, upstream.headers, edits);
    const AnswerContext context{*model_, location, state, outcome, arena, trace};
    locationFields(context, [&edits](std::string_view name, std::string_view value, Rule rule, FieldId from) {
        edits.set(name, value, rule, from);
    });
    if (!location->auth || !carriesAuthCookie(*location, upstream.status))
        return;
    if (const std::string_view cookie = authCookie(*location, outcome, arena); !cookie.empty())
        edits.add("Set-Cookie", cookie, &rule::authCookie, location->auth->cookieFrom, true);
}

} // namespace gatehouse::ingress
