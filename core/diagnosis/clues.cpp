#include <base/ascii.h>
#include <diagnosis/clues.h>

#include <algorithm>

namespace gatehouse::diagnosis {

namespace {

bool contains(std::string_view text, std::string_view part) {
    return lower(text).find(lower(part)) != std::string::npos;
}

const exchange::TraceStep* newestIn(const exchange::Exchange& exchange, std::string_view rule) {
    for (auto step = exchange.trace.rbegin(); step != exchange.trace.rend(); ++step)
        if (step->rule->id == rule)
            return &*step;
    return nullptr;
}

bool hostFits(std::string_view pattern, std::string_view host) {
    if (pattern.starts_with("*."))
        return host.size() > pattern.size() - 1 && host.ends_with(pattern.substr(1));
    return pattern.empty() || pattern == host;
}

bool pathFits(const lab::IngressPath& at, std::string_view path) {
    if (at.pathType == lab::PathType::Exact)
        return at.path == path;
    std::string_view prefix = at.path;
    if (prefix.ends_with('/'))
        prefix.remove_suffix(1);
    return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

} // namespace

const Step& lastStep(const Evidence& evidence) {
    static const Step none;
    return evidence.steps.empty() ? none : evidence.steps.back();
}

const exchange::TraceStep* spoke(const Evidence& evidence, std::string_view rule) {
    for (auto step = evidence.steps.rbegin(); step != evidence.steps.rend(); ++step) {
        for (auto child = step->children.rbegin(); child != step->children.rend(); ++child)
            if (const auto* found = newestIn(**child, rule))
                return found;
        if (step->exchange)
            if (const auto* found = newestIn(*step->exchange, rule))
                return found;
    }
    return nullptr;
}

const exchange::Leg* legTo(const Step& step, exchange::Party party) {
    if (!step.exchange)
        return nullptr;
    const auto& attempts = step.exchange->attempts;
    const auto found = std::find_if(attempts.rbegin(), attempts.rend(),
                                    [party](const exchange::Leg& leg) { return leg.to.party == party; });
    return found == attempts.rend() ? nullptr : &*found;
}

exchange::Party answeredBy(const Step& step, const Evidence& evidence) {
    if (step.status == 0)
        return exchange::Party::Engine;
    if (!step.exchange) // outside the lab: only providers and services are asked there
        return std::any_of(
                   evidence.arrangement.providers.begin(), evidence.arrangement.providers.end(),
                   [&](const arrangement::ProviderPlan& plan) { return plan.url.host == step.url.host; })
                   ? exchange::Party::Provider
                   : exchange::Party::Service;
    const auto& attempts = step.exchange->attempts;
    return attempts.empty() ? step.exchange->client.to.party : attempts.back().to.party;
}

bool says(const PageFacts& page, std::string_view text) {
    return contains(page.text, text) ||
           std::any_of(page.messages.begin(), page.messages.end(),
                       [&](const std::string& message) { return contains(message, text); });
}

bool showsForm(const PageFacts& page, std::string_view id) {
    return std::find(page.formIds.begin(), page.formIds.end(), id) != page.formIds.end();
}

std::string callbackParameter(const Evidence& evidence, std::string_view name) {
    for (auto step = evidence.steps.rbegin(); step != evidence.steps.rend(); ++step)
        if (auto value = http::formValue(http::parseForm(step->url.query()), name))
            return *value;
    return {};
}

bool leadsToGate(const arrangement::Arrangement& arrangement, std::string_view host, std::string_view path) {
    const lab::IngressPath* best = nullptr;
    for (const lab::IngressObject& object : arrangement.document->lab().ingresses)
        for (const lab::IngressRule& rule : object.rules) {
            if (!hostFits(rule.host, host))
                continue;
            for (const lab::IngressPath& at : rule.paths)
                if (pathFits(at, path) && (best == nullptr || at.path.size() > best->path.size()))
                    best = &at;
        }
    if (best == nullptr)
        return false;
    const arrangement::Backend* backend = arrangement.backend(best->backend);
    // A real gate behind a URL cannot be told from a service; a path of its own is the best sign there is.
    return backend != nullptr &&
           (std::holds_alternative<arrangement::GateBackend>(*backend) ||
            (std::holds_alternative<arrangement::RemoteBackend>(*backend) && best->path != "/"));
}

} // namespace gatehouse::diagnosis
