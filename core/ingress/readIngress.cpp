// One Ingress as a whole (annotations/annotations.go Extract, controller/store): served, fallen or denied.
#include <base/ascii.h>
#include <ingress/goText.h>
#include <ingress/ingress.h>
#include <ingress/nearest.h>
#include <ingress/objectChecks.h>
#include <ingress/plan.h>
#include <ingress/validators.h>

#include <algorithm>

namespace gatehouse::ingress {

const lab::ConfigMap* ConfigMaps::find(std::string_view key) const {
    const auto at = std::find_if(maps.begin(), maps.end(), [key](const lab::ConfigMap& map) {
        return key == map.namespace_ + "/" + map.name;
    });
    return at == maps.end() ? nullptr : &*at;
}

Fate PlanReader::fallen(std::string_view name, const std::string& raw, FieldId from) const {
    read.findings().warn(message::ingressDropped,
                         {{"name", std::string(name)},
                          {"value", raw},
                          {"reason", "it has characters or words that are not allowed there"}},
                         from);
    return Fate::Fallen;
}

void PlanReader::deny(std::string_view name, const std::string& raw, FieldId from, std::string reason) const {
    read.findings().warn(message::denied, {{"name", std::string(name)}, {"value", raw}, {"reason", reason}},
                         from);
    if (plan.denied)
        return;
    plan.denied = std::move(reason);
    plan.deniedFrom = from;
}

Fate PlanReader::foreign() const {
    const auto type = read.text("auth-type", valid::anything);
    if (type.has()) {
        // The controller's expression is basic|digest without anchors (corrections 20).
        if (type.value.find("basic") == std::string::npos && type.value.find("digest") == std::string::npos)
            return fallen("auth-type", type.raw, type.from);
        deny("auth-type", type.raw, type.from, "the Secret with the passwords is not there");
    }
    const auto certificate = read.text("auth-tls-secret", valid::basic);
    if (certificate.has()) {
        read.findings().warn(message::hostForbidden,
                             {{"name", "auth-tls-secret"},
                              {"value", certificate.raw},
                              {"reason", "the Secret with the authority is not there"}},
                             certificate.from);
        plan.certificateError = "the Secret is not there";
        plan.certificateFrom = certificate.from;
    }
    for (const std::string_view name : {"limit-rps", "limit-rpm", "limit-connections"})
        if (const auto limit = read.integer(name); limit.invalid())
            return fallen(name, limit.raw, limit.from);
    return Fate::Stands;
}

namespace {

constexpr std::string_view snippets[] = {"auth-snippet", "configuration-snippet", "server-snippet",
                                         "stream-snippet", "modsecurity-snippet"};

// The names alone: unknown, foreign, not built, too risky. False: the controller does not serve the object.
bool namesStand(const lab::IngressObject& object, const Settings& settings, Findings& findings) {
    bool stands = true;
    for (const lab::KeyValue& entry : object.annotations) {
        const std::string_view key = entry.key;
        const auto slash = key.find('/');
        const std::string_view name = slash == std::string_view::npos ? key : key.substr(slash + 1);
        if (!key.starts_with(annotationPrefix)) {
            if (annotation(name) != nullptr)
                findings.warn(message::annotationForeign, {{"name", entry.key}, {"short", std::string(name)}},
                              entry.from);
            continue;
        }
        const AnnotationRow* row = annotation(name);
        if (row == nullptr) {
            findings.warn(message::annotationUnknown,
                          {{"name", std::string(name)}, {"nearest", nearest(name, annotations())}},
                          entry.from);
            continue;
        }
        const Risk risk = riskOf(name);
        if (risk > settings.riskLevel) {
            findings.warn(message::tooRisky,
                          {{"name", std::string(name)},
                           {"risk", std::string(ingress::name(risk))},
                           {"level", settings.riskLevelText}},
                          entry.from);
            stands = false;
        } else if (row->support == Support::NotYet) {
            findings.refuse(message::annotationNotYet,
                            {{"name", std::string(name)}, {"note", std::string(row->note)}}, entry.from);
        } else if (std::find(std::begin(snippets), std::end(snippets), name) != std::end(snippets) &&
                   settings.allowSnippets) {
            findings.refuse(message::annotationNotYet,
                            {{"name", std::string(name)}, {"note", "nginx directives are not run here."}},
                            entry.from);
        }
    }
    return stands;
}

bool blockedWord(const lab::IngressObject& object, const Settings& settings, Findings& findings) {
    if (settings.wordBlocklist.empty())
        return false;
    for (const lab::KeyValue& entry : object.annotations) {
        if (!std::string_view(entry.key).starts_with(annotationPrefix))
            continue;
        for (const std::string_view part : split(goTrim(settings.wordBlocklist), ',')) {
            const std::string_view word = goTrim(part);
            if (entry.value.find(word) == std::string::npos)
                continue;
            findings.warn(message::blockedWord, {{"name", entry.key}, {"word", std::string(word)}},
                          entry.from);
            return true;
        }
    }
    return false;
}

} // namespace

std::optional<IngressPlan> readIngress(const lab::IngressObject& object, const Settings& settings,
                                       const ConfigMaps& maps, Findings& findings) {
    IngressPlan plan;
    plan.object = &object;
    plan.key = object.namespace_ + "/" + object.name;
    const bool named = namesStand(object, settings, findings);
    const bool whole = objectStands(object, findings);
    if (!named || !whole || blockedWord(object, settings, findings))
        return std::nullopt;
    const AnnotationReader read(object, findings);
    const PlanReader reader{read, settings, maps, plan};
    // Every part is read, so that all problems are said at once.
    Fate fate = Fate::Stands;
    for (const auto part : {&PlanReader::externalAuth, &PlanReader::redirects, &PlanReader::rewrites,
                            &PlanReader::cors, &PlanReader::answers, &PlanReader::proxy,
                            &PlanReader::addresses, &PlanReader::routing, &PlanReader::foreign})
        if ((reader.*part)() == Fate::Fallen)
            fate = Fate::Fallen;
    webhookChecks(object, settings, findings);
    if (fate == Fate::Fallen)
        return std::nullopt;
    return plan;
}

} // namespace gatehouse::ingress
