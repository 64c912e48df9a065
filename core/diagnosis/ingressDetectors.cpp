// Routing, the auth sub-request and the service behind it.

#include <diagnosis/clues.h>
#include <diagnosis/detectors.h>

#include <array>

namespace gatehouse::diagnosis {

namespace {

using Found = std::optional<Args>;
using exchange::Party;

constexpr std::string_view loopRule = "engine.auth-loop";

// The address of the innermost sub-request: where the check was meant to go.
http::Url checkAddress(const Evidence& evidence) {
    for (auto step = evidence.steps.rbegin(); step != evidence.steps.rend(); ++step)
        for (auto child = step->children.rbegin(); child != step->children.rend(); ++child)
            if ((*child)->kind == exchange::Exchange::Kind::AuthSubrequest)
                if (auto url =
                        http::parseUrl((*child)->scheme + "://" + (*child)->authority + (*child)->target))
                    return *url;
    return {};
}

std::string serviceName(const Step& step) {
    const exchange::Leg* leg = legTo(step, Party::Service);
    return leg == nullptr ? step.url.host : leg->to.name;
}

Found unreachable(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    if (last.status != 0)
        return std::nullopt;
    return Args{{"detail", last.failure}};
}

Found authLoop(const Evidence& evidence) {
    if (spoke(evidence, loopRule) == nullptr)
        return std::nullopt;
    const http::Url check = checkAddress(evidence);
    if (!leadsToGate(evidence.arrangement, check.host, check.path()))
        return std::nullopt;
    return Args{{"path", std::string(check.path())}};
}

Found gateNotRouted(const Evidence& evidence) {
    if (spoke(evidence, loopRule) == nullptr)
        return std::nullopt;
    const http::Url check = checkAddress(evidence);
    return Args{{"path", std::string(check.path())}, {"host", check.host}};
}

// The sub-request itself ended in the default backend's 404: nothing routes the gate's path.
Found checkNotRouted(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    if (last.status != 500 || last.children.empty())
        return std::nullopt;
    const exchange::Exchange& check = *last.children.front();
    if (check.kind != exchange::Exchange::Kind::AuthSubrequest || check.client.status != 404)
        return std::nullopt;
    const http::Url at = checkAddress(evidence);
    return Args{{"path", std::string(at.path())}, {"host", at.host}};
}

Found checkFailed(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    if (last.status != 500 || answeredBy(last, evidence) != Party::Ingress)
        return std::nullopt;
    for (const auto& child : last.children) {
        if (child->kind != exchange::Exchange::Kind::AuthSubrequest)
            continue;
        const std::string said =
            child->client.status == 0 ? "no answer" : std::to_string(child->client.status);
        const std::string why = child->attempts.empty() ? "" : child->attempts.back().error;
        return Args{{"detail", why.empty() ? said : said + " (" + why + ")"}};
    }
    return Args{{"detail", "no answer"}};
}

Found signInNotFound(const Evidence& evidence) {
    if (evidence.steps.size() < 2)
        return std::nullopt;
    const Step& last = lastStep(evidence);
    const Step& before = evidence.steps[evidence.steps.size() - 2];
    const bool sentToSignIn = before.status == 302 && answeredBy(before, evidence) == Party::Ingress;
    if (!sentToSignIn || last.status != 404 || answeredBy(last, evidence) == Party::Gate)
        return std::nullopt;
    return Args{};
}

Found serviceDown(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    const exchange::Leg* leg = legTo(last, Party::Service);
    if (leg == nullptr || leg->status != 0 || (last.status != 502 && last.status != 504))
        return std::nullopt;
    return Args{{"service", leg->to.name}, {"detail", leg->error}};
}

Found withoutEndpoints(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    return last.status == 503 && answeredBy(last, evidence) == Party::Ingress ? Found(Args{}) : std::nullopt;
}

Found notServed(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    return last.status == 404 && answeredBy(last, evidence) == Party::Ingress ? Found(Args{}) : std::nullopt;
}

Found redirectLoop(const Evidence& evidence) {
    std::size_t redirects = 0;
    for (const Step& step : evidence.steps)
        redirects += step.status >= 300 && step.status < 400 ? 1 : 0;
    if (lastStep(evidence).status < 300 || lastStep(evidence).status >= 400 || redirects < 10)
        return std::nullopt;
    return Args{{"count", std::to_string(redirects)}};
}

Found unauthorized(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    return last.status == 401 && answeredBy(last, evidence) == Party::Ingress ? Found(Args{}) : std::nullopt;
}

bool atService(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    return last.status != 0 && answeredBy(last, evidence) == Party::Service;
}

Found deniedByService(const Evidence& evidence) {
    const int status = lastStep(evidence).status;
    return atService(evidence) && (status == 401 || status == 403) ? Found(Args{}) : std::nullopt;
}

Found allowed(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    if (!atService(evidence) || last.status >= 500 ||
        (last.status >= 300 && last.status < 400 && !last.location.empty()))
        return std::nullopt;
    return Args{{"service", serviceName(last)}};
}

constexpr std::array detectors{
    Detector{"unreachable", unreachable},
    Detector{"auth-loop", authLoop},
    Detector{"gate-not-routed", gateNotRouted},
    Detector{"gate-not-routed", checkNotRouted},
    Detector{"auth-check-failed", checkFailed},
    Detector{"sign-in-not-found", signInNotFound},
    Detector{"service-down", serviceDown},
    Detector{"service-without-endpoints", withoutEndpoints},
    Detector{"not-served", notServed},
    Detector{"redirect-loop", redirectLoop},
    Detector{"unauthorized", unauthorized},
    Detector{"denied-by-service", deniedByService},
    Detector{"allowed", allowed},
};

} // namespace

std::span<const Detector> ingressDetectors() {
    return detectors;
}

} // namespace gatehouse::diagnosis
