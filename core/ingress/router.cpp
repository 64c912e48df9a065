#include <base/ascii.h>
#include <ingress/normalise.h>
#include <ingress/router.h>
#include <ingress/rules.h>

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace gatehouse::ingress {

using exchange::Outcome;

Routed Router::route() {
    readFields();
    readHost();
    readForwarded();
    realIp();
    Routed routed;
    routed.state = &state_;
    for (const auto phase : {&Router::requestLine, &Router::serverPhase, &Router::findLocationPhase,
                             &Router::rewritePhase, &Router::accessPhase}) {
        routed.answer = (this->*phase)();
        if (routed.answer)
            break;
    }
    routed.location = location_;
    if (location_ != nullptr) {
        routed.policy = &location_->policy;
        routed.bufferBody = location_->bufferBody;
        routed.bodyLimit = location_->bodyLimit;
    }
    if (!routed.answer && location_->auth && !addressPasses_)
        askAuth(routed);
    state_.request = nullptr;
    return routed;
}

Router::Decided Router::requestLine() {
    const bool spelt = std::all_of(request_.method.begin(), request_.method.end(),
                                   [](char c) { return (c >= 'A' && c <= 'Z') || c == '_' || c == '-'; });
    if (!spelt)
        return errorAnswer(context(), 400, &rule::badMethod);
    const auto normal = normalise(request_.target.starts_with('/') ? request_.target : "/", arena_);
    if (!normal)
        return errorAnswer(context(), 400, &rule::badTarget);
    state_.uri = normal->uri;
    state_.args = normal->args;
    const std::size_t requestLineBytes = request_.method.size() + request_.target.size() + 11;
    if (requestLineBytes > model_.settings.headLine)
        return errorAnswer(context(), 414, &rule::headTooLarge,
                           model_.settings.from("large-client-header-buffers"));
    if (longestLine_ > model_.settings.headLine ||
        headBytes_ > model_.settings.headLine * model_.settings.headLines)
        return errorAnswer(context(), 494, &rule::headTooLarge,
                           model_.settings.from("large-client-header-buffers"));
    if (state_.host.find("..") != std::string_view::npos)
        return errorAnswer(context(), 400, &rule::badHost);
    if (request_.method == "TRACE" || request_.method == "CONNECT")
        return errorAnswer(context(), 405, &rule::badMethod);
    return std::nullopt;
}

bool Router::blocked(const std::vector<BlockedField>& list, std::string_view field) const {
    if (list.empty())
        return false;
    const std::string_view value = request_.headers.get(field);
    return std::any_of(list.begin(), list.end(), [value](const BlockedField& entry) {
        return entry.expression ? entry.expression->matches(value) : equalsIgnoreCase(entry.exact, value);
    });
}

Router::Decided Router::wwwRedirect() {
    std::string_view uri = request_.target;
    if (uri.ends_with('/'))
        uri.remove_suffix(1);
    const bool believed = model_.settings.useForwardedHeaders;
    const std::string url = fmt::format(
        "{}://{}:{}{}", believed && hasForwardedProto_ ? forwardedProto_ : state_.scheme, server_->redirectTo,
        believed && hasForwardedPort_ ? forwardedPort_ : state_.serverPort, uri);
    return redirectAnswer(context(), model_.settings.redirectCode, url, &rule::wwwRedirect,
                          server_->redirectFrom);
}

Router::Decided Router::serverPhase() {
    server_ = &model_.serverFor(state_.host);
    if (blocked(model_.blockedAgents, "User-Agent"))
        return errorAnswer(context(), 403, &rule::blockedAgent, model_.settings.from("block-user-agents"));
    if (blocked(model_.blockedReferers, "Referer"))
        return errorAnswer(context(), 403, &rule::blockedAgent, model_.settings.from("block-referers"));
    if (!server_->redirectTo.empty())
        return wwwRedirect();
    if (server_->forbidden)
        return errorAnswer(context(), 403, &rule::certificateMissing, server_->forbiddenFrom);
    if (!server_->appRoot.empty() && state_.uri == "/")
        return redirectAnswer(context(), 302,
                              fmt::format("{}://{}{}", state_.scheme, state_.httpHost, server_->appRoot),
                              &rule::appRoot, server_->appRootFrom);
    return std::nullopt;
}

std::optional<std::uint64_t> Router::announcedLength() const {
    const std::string_view text = request_.headers.get("Content-Length");
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return length;
}

Router::Decided Router::findLocationPhase() {
    if (state_.uri.starts_with(
            "/_external-auth-")) // internal locations are nobody's business (ingress.md 1.2)
        for (const Location& location : server_->locations)
            if (location.auth && location.auth->internalUri == state_.uri)
                return errorAnswer(context(), 404, &rule::ownPage);
    Regex::Captures captures{};
    const Found found = findLocation(*server_, state_.uri, captures);
    location_ = found.location;
    if (location_ == nullptr)
        return errorAnswer(context(), 404, &rule::noPath);
    trace_.add(location_->kind == Location::Kind::Expression ? &rule::expression : &rule::location,
               Outcome::Matched, location_->path, location_->from);
    if (location_->openedByNoAuth)
        trace_.add(&rule::noAuthLocation, Outcome::Note, location_->path,
                   model_.settings.from("no-auth-locations"));
    if (const auto length = announcedLength();
        length && location_->bodyLimit != 0 && *length > location_->bodyLimit)
        return errorAnswer(context(), 413, &rule::bodyTooLarge, location_->bodyLimitFrom);
    if (found.addSlash) {
        std::string target;
        escapePath(state_.uri, target);
        target += '/';
        if (!state_.args.empty())
            target.append("?").append(state_.args);
        return redirectAnswer(context(), 301, target, &rule::addSlash, location_->from);
    }
    return std::nullopt;
}

Router::Decided Router::toHttps() {
    if (state_.passAccessScheme != "http" || location_->noTlsRedirect)
        return std::nullopt;
    if (!location_->forceSslRedirect && !(location_->sslRedirect && model_.certificateFor(state_.host)))
        return std::nullopt;
    std::string_view uri = request_.target;
    if (!location_->preserveTrailingSlash && uri.ends_with('/'))
        uri.remove_suffix(1);
    const std::string_view host = state_.bestHttpHost.substr(0, state_.bestHttpHost.find(':'));
    return redirectAnswer(context(), model_.settings.redirectCode,
                          fmt::format("https://{}{}{}", host, location_->portInRedirects ? ":443" : "", uri),
                          &rule::toHttps, location_->sslFrom);
}

// rewrite with a whole URL as its target redirects (ngx_http_rewrite_module).
Router::Decided Router::rewriteRedirect() {
    if (!location_->rewrite->expression.matches(state_.uri, &state_.captures))
        return std::nullopt;
    std::string target(expand(location_->rewrite->target, state_, arena_));
    if (!state_.args.empty())
        target.append("?").append(state_.args);
    return redirectAnswer(context(), 302, target, &rule::rewriteRedirect, location_->rewrite->from);
}

// nginx's rewrite module first (denied, CORS, return), then the controller's Lua (https, endpoints).
Router::Decided Router::rewritePhase() {
    if (location_->denied)
        return errorAnswer(context(), 503, &rule::denied, location_->deniedFrom);
    if (location_->cors && request_.method == "OPTIONS" && originAllowed(*location_->cors, state_))
        return preflightAnswer(context());
    if (location_->redirect)
        return redirectAnswer(context(), location_->redirect->code,
                              expand(location_->redirect->url, state_, arena_), &rule::redirect,
                              location_->redirect->from);
    if (location_->rewriteRedirects)
        if (auto redirect = rewriteRedirect())
            return redirect;
    if (auto redirect = toHttps())
        return redirect;
    if (!location_->endpoints)
        return errorAnswer(context(), 503, &rule::noEndpoints, location_->from);
    return std::nullopt;
}

Router::Decided Router::accessPhase() {
    const bool listed = location_->someAllowed || !location_->deniedAddresses.empty();
    if (!listed)
        return std::nullopt;
    const auto address = parseAddress(state_.remoteAddr);
    const bool denied = address && contains(location_->deniedAddresses, *address);
    const bool allowed =
        !denied && (!location_->someAllowed || (address && contains(location_->allowed, *address)));
    const bool matched =
        location_->someAllowed; // without an allow list nginx's module has no opinion on others
    if (location_->satisfyAny && location_->auth) {
        addressPasses_ = allowed && matched;
        if (addressPasses_)
            trace_.add(&rule::addressAllowed, Outcome::Matched, state_.remoteAddr, location_->allowFrom);
        return std::nullopt; // refused or not: authentication decides
    }
    if (allowed)
        return std::nullopt;
    return errorAnswer(context(), 403, &rule::addressDenied,
                       denied ? location_->denyFrom : location_->allowFrom);
}

} // namespace gatehouse::ingress
