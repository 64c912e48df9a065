// What went wrong at the gate. The embedded gate names its rule; of a real one only its answer can be read,
// and the provider's events where there are some.

#include <diagnosis/clues.h>
#include <diagnosis/detectors.h>

#include <array>

namespace gatehouse::diagnosis {

namespace {

using Found = std::optional<Args>;

bool failedIn(const exchange::TraceStep* step) {
    return step != nullptr &&
           (step->outcome == exchange::Outcome::Denied || step->outcome == exchange::Outcome::Failed);
}

// The visit ended with the gate refusing, by that rule.
template <const char* Rule>
Found refusedBy(const Evidence& evidence) {
    if (lastStep(evidence).status < 400)
        return std::nullopt;
    const exchange::TraceStep* step = spoke(evidence, Rule);
    if (!failedIn(step))
        return std::nullopt;
    return Args{{"detail", std::string(step->detail.empty() ? step->rule->text : step->detail)}};
}

#define GATE_RULE(name, id) constexpr char name[] = id
GATE_RULE(scopeRefused, "gate.scope-refused");
GATE_RULE(wrongSecret, "gate.wrong-client-secret");
GATE_RULE(expiredCode, "gate.expired-code");
GATE_RULE(csrfMissing, "gate.csrf-missing");
GATE_RULE(stateMismatch, "gate.state-mismatch");
GATE_RULE(issuerMismatch, "gate.issuer-mismatch");
GATE_RULE(audience, "gate.audience");
GATE_RULE(emailMissing, "gate.email-missing");
GATE_RULE(emailNotVerified, "gate.email-not-verified");
GATE_RULE(emailNotAllowed, "gate.email-not-allowed");
GATE_RULE(providerUnreachable, "gate.provider-unreachable");
GATE_RULE(discoveryFailed, "gate.discovery-failed");
GATE_RULE(keysFailed, "gate.keys-failed");
GATE_RULE(accessDenied, "gate.access-denied");
#undef GATE_RULE

std::string allowedGroups(const Evidence& evidence) {
    std::string out;
    for (const arrangement::GatePlan& plan : evidence.arrangement.gates)
        for (const std::string& group : plan.gate->options().list("allowed-group"))
            out += (out.empty() ? "" : ", ") + group;
    return out.empty() ? "allowed-group" : out;
}

Found notInGroup(const Evidence& evidence) {
    if (lastStep(evidence).status < 400 || !failedIn(spoke(evidence, "gate.group")))
        return std::nullopt;
    return Args{{"groups", allowedGroups(evidence)}};
}

bool atCallback(const Step& step) {
    return step.url.path().ends_with("/callback");
}

// A real gate says little: the parameters of its callback and the provider's events say more.
Found scopeRefusedAtCallback(const Evidence& evidence) {
    if (!atCallback(lastStep(evidence)) || callbackParameter(evidence, "error") != "invalid_scope")
        return std::nullopt;
    return Args{{"detail", callbackParameter(evidence, "error_description")}};
}

bool providerRecorded(const Evidence& evidence, std::string_view type, std::string_view error) {
    for (const provider::Event& event : evidence.events)
        if (event.type == type && event.error == error)
            return true;
    return false;
}

Found secretRefusedByProvider(const Evidence& evidence) {
    return providerRecorded(evidence, "CODE_TO_TOKEN_ERROR", "invalid_client_credentials") ||
                   providerRecorded(evidence, "CLIENT_LOGIN_ERROR", "invalid_client_credentials")
               ? Found(Args{})
               : std::nullopt;
}

Found codeRefusedByProvider(const Evidence& evidence) {
    return providerRecorded(evidence, "CODE_TO_TOKEN_ERROR", "invalid_code") ||
                   providerRecorded(evidence, "CODE_TO_TOKEN_ERROR", "expired_code")
               ? Found(Args{})
               : std::nullopt;
}

// A gate that the engine only forwards to: no trace of its own.
bool silentGate(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    return last.exchange != nullptr && evidence.arrangement.gates.empty();
}

// oauth2-proxy's answer to a completed login of somebody it does not let in (oauth2-proxy.md 2.4).
Found silentGateForbids(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    const bool refused = silentGate(evidence) && atCallback(last) && last.status == 403 &&
                         callbackParameter(evidence, "error").empty();
    return refused ? Found(Args{{"groups", allowedGroups(evidence)}}) : std::nullopt;
}

Found callbackFailed(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    if (!atCallback(last) || last.status < 400)
        return std::nullopt;
    const std::string error = callbackParameter(evidence, "error_description");
    if (!error.empty())
        return Args{{"detail", error}};
    return Args{
        {"detail", last.page.messages.empty() ? std::to_string(last.status) : last.page.messages.front()}};
}

Found deniedByGate(const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    if (last.status != 403 && last.status != 401)
        return std::nullopt;
    const bool byCheck = !last.children.empty() && last.children.front()->client.status == last.status;
    if (answeredBy(last, evidence) != exchange::Party::Gate && !byCheck)
        return std::nullopt;
    return Args{{"detail", last.page.title}};
}

constexpr std::array detectors{
    Detector{"scope-unknown", refusedBy<scopeRefused>},
    Detector{"scope-unknown", scopeRefusedAtCallback},
    Detector{"wrong-client-secret", refusedBy<wrongSecret>},
    Detector{"wrong-client-secret", secretRefusedByProvider},
    Detector{"code-expired", refusedBy<expiredCode>},
    Detector{"code-expired", codeRefusedByProvider},
    Detector{"csrf-cookie-missing", refusedBy<csrfMissing>},
    Detector{"csrf-cookie-missing", refusedBy<stateMismatch>},
    Detector{"issuer-mismatch", refusedBy<issuerMismatch>},
    Detector{"audience-mismatch", refusedBy<audience>},
    Detector{"email-missing", refusedBy<emailMissing>},
    Detector{"email-not-verified", refusedBy<emailNotVerified>},
    Detector{"user-not-in-group", notInGroup},
    Detector{"email-not-allowed", refusedBy<emailNotAllowed>},
    Detector{"provider-unreachable", refusedBy<providerUnreachable>},
    Detector{"provider-unreachable", refusedBy<discoveryFailed>},
    Detector{"provider-unreachable", refusedBy<keysFailed>},
    Detector{"denied-by-gate", refusedBy<accessDenied>},
    Detector{"user-not-in-group", silentGateForbids},
    Detector{"callback-failed", callbackFailed},
    Detector{"denied-by-gate", deniedByGate},
};

} // namespace

std::span<const Detector> gateDetectors() {
    return detectors;
}

} // namespace gatehouse::diagnosis
