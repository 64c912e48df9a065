#include <base/ascii.h>
#include <ingress/answers.h>
#include <ingress/model.h>
#include <ingress/normalise.h>
#include <ingress/router.h>
#include <ingress/rules.h>

#include <algorithm>
#include <fmt/format.h>

namespace gatehouse::ingress {

using exchange::Outcome;

Ingress::Ingress(std::unique_ptr<const Model> model) : model_(std::move(model)) {}
Ingress::~Ingress() = default;

Checked<std::shared_ptr<const Ingress>> Ingress::make(Input input,
                                                      const std::function<Place(FieldId)>& place) {
    Checked<std::shared_ptr<const Ingress>> out;
    out.value = std::make_shared<const Ingress>(compileModel(std::move(input), place, out.problems));
    return out;
}

Routed Ingress::route(const http::RequestView& request, const Peer& peer, Arena& arena,
                      exchange::Trace& trace) const {
    return Router(*model_, request, peer, arena, trace).route();
}

namespace {

bool headTooLarge(const http::ResponseView& response, std::size_t limit) {
    std::size_t size = 15 + response.reason.size() + 4; // "HTTP/1.1 200 …\r\n", blank line
    for (const http::Header field : response.headers)
        size += field.name.size() + field.value.size() + 4;
    return size > limit;
}

// auth-response-headers: lines that come before the location's own.
void copyAuthFields(const AnswerContext& context, exchange::EditList& edits) {
    const AuthPlan& auth = *context.location->auth;
    for (const ResponseField& field : auth.responseFields) {
        const std::string_view value =
            context.outcome.asked && !context.outcome.failed && !auth.keepalive
                ? fieldValue(context.outcome.response.headers.view(), field.variableName, true, context.arena)
                : std::string_view{};
        if (!value.empty() && field.repeated)
            edits.add(field.name, value, &rule::authResponseHeader, auth.responseFieldsFrom);
        else if (!value.empty())
            edits.set(field.name, value, &rule::authResponseHeader, auth.responseFieldsFrom);
        else if (!field.repeated && context.state.request->headers.has(field.name))
            edits.remove(field.name, &rule::authResponseHeader, auth.responseFieldsFrom);
    }
}

// rewrite "(?i)PATH" TARGET break: the decoded path is searched, and what comes out is escaped again.
std::string upstreamTarget(const AnswerContext& context) {
    const Location& location = *context.location;
    State state = context.state;
    if (!location.rewrite || !location.rewrite->expression.matches(state.uri, &state.captures))
        return std::string(state.request->target);
    std::string out;
    escapePath(expand(location.rewrite->target, state, context.arena), out);
    if (!state.args.empty())
        out.append("?").append(state.args);
    context.trace.add(&rule::rewrite, Outcome::Matched, out, location.rewrite->from);
    return out;
}

exchange::Answer forwardAnswer(const Model& model, const AnswerContext& context) {
    const Location& location = *context.location;
    if (location.defaultBackend)
        return defaultBackendAnswer(context);
    exchange::Forward out{location.upstream, upstreamTarget(context), exchange::EditList(context.arena),
                          exchange::EditList(context.arena)};
    dropInvalidNames(model, context.state, out.requestEdits);
    if (location.auth)
        copyAuthFields(context, out.requestEdits);
    applyFields(location.upstreamFields, context.state, out.requestEdits, context.arena);
    context.trace.add(&rule::forward, Outcome::Matched, model.services[location.upstream].name,
                      location.from);
    return {std::move(out), {}};
}

} // namespace

exchange::Answer Ingress::conclude(const Routed& routed, const http::RequestView& request, const Peer&,
                                   const AuthOutcome& outcome, Arena& arena, exchange::Trace& trace) const {
    State state = *routed.state;
    state.request = &request;
    const AnswerContext context{*model_, routed.location, state, outcome, arena, trace};
    if (routed.answer)
        return *routed.answer;
    const Location& location = *routed.location;
    if (!outcome.asked)
        return forwardAnswer(*model_, context);
    const AuthPlan& auth = *location.auth;
    const int status = outcome.response.status;
    if (outcome.failed)
        return errorAnswer(context, 500, &rule::unexpected, auth.from);
    if (headTooLarge(outcome.response.view(), location.policy.headLimit)) {
        const AuthOutcome lost{true, true, {}};
        return errorAnswer({*model_, routed.location, state, lost, arena, trace}, 500,
                           &rule::authHeadTooLarge, auth.from);
    }
    if (status == 401)
        return errorAnswer(context, 401, &rule::unauthorized, auth.from);
    if (status == 403)
        return errorAnswer(context, 403, &rule::forbidden, auth.from);
    const bool lost = auth.keepalive && (status != 200 || auth.responseFields.size() > 1);
    if (status < 200 || status > 299 || lost)
        return errorAnswer(context, 500, &rule::unexpected, auth.from);
    trace.add(&rule::passed, Outcome::Matched, fmt::format_int(status).c_str(), auth.from);
    return forwardAnswer(*model_, context);
}

std::optional<exchange::Answer> Ingress::intercept(const Routed& routed, const http::RequestView& request,
                                                   const Peer&, const AuthOutcome& outcome,
                                                   int upstreamStatus, Arena& arena,
                                                   exchange::Trace& trace) const {
    const Location* location = routed.location;
    if (location == nullptr || !location->interceptErrors || upstreamStatus < 300)
        return std::nullopt;
    const bool listed = (upstreamStatus == 401 && location->signin) ||
                        std::find(location->customErrors.begin(), location->customErrors.end(),
                                  upstreamStatus) != location->customErrors.end();
    if (!listed)
        return std::nullopt;
    State state = *routed.state;
    state.request = &request;
    return errorAnswer({*model_, location, state, outcome, arena, trace}, upstreamStatus, &rule::customError,
                       location->customErrorsFrom);
}

exchange::Answer Ingress::refuse(const Routed& routed, const http::RequestView& request, const Peer&,
                                 const AuthOutcome& outcome, int status, Arena& arena,
                                 exchange::Trace& trace) const {
    State state = *routed.state;
    state.request = &request;
    return errorAnswer({*model_, routed.location, state, outcome, arena, trace}, status,
                       status == 413 ? &rule::bodyTooLarge : &rule::ownPage);
}

bool Ingress::serves(std::string_view host) const {
    return &model_->serverFor(host) != &model_->servers[model_->defaultServer] ||
           model_->servers[model_->defaultServer].locations.size() > 1 ||
           !model_->servers[model_->defaultServer].locations.front().ingress.empty();
}

std::vector<std::string> Ingress::hosts() const {
    return model_->hosts;
}

HeadLimits Ingress::headLimits() const {
    return {model_->settings.headLine, model_->settings.headLines};
}

const lab::ServiceRef& Ingress::service(std::size_t upstream) const {
    return model_->services[upstream];
}

} // namespace gatehouse::ingress
