// The parts of a lab that stand on their own: listeners, providers, gates, services.

#include <arrangement/compiler.h>
#include <arrangement/secrets.h>

#include <algorithm>
#include <set>

namespace gatehouse::arrangement {

namespace {

constexpr Message listenerTwice{"listener-twice", GH_TEXT("core", "Two listeners are called {name}."),
                                GH_TEXT("core", "Give each listener a name of its own.")};
constexpr Message listenerSamePort{
    "listener-same-port", GH_TEXT("core", "The listener {name} is bound to {address}, as another one is."),
    GH_TEXT("core", "Choose another port, or 0 for any free one.")};
constexpr Message providerTwice{"provider-twice", GH_TEXT("core", "Two providers are called {name}."),
                                GH_TEXT("core", "Give each provider a name of its own.")};
constexpr Message gateTwice{"gate-twice", GH_TEXT("core", "Two gates are called {name}."),
                            GH_TEXT("core", "Give each gate a name of its own.")};
constexpr Message serviceTwice{"service-twice",
                               GH_TEXT("core", "The service {name} port {port} stands twice."),
                               GH_TEXT("core", "Remove one, or give it another port.")};
constexpr Message noSuchGate{
    "no-such-gate", GH_TEXT("core", "The service {service} runs the gate {name}, which this lab lacks."),
    GH_TEXT("core", "Known gates: {known}.")};

std::string bound(const lab::Listener& listener) {
    return listener.bindHost + ":" + std::to_string(listener.bindPort);
}

std::string gateNames(const std::vector<lab::GateSpec>& gates) {
    std::string out;
    for (const lab::GateSpec& gate : gates)
        out += (out.empty() ? "" : ", ") + gate.name;
    return out.empty() ? "none" : out;
}

} // namespace

Compiler::Compiler(std::shared_ptr<const lab::Document> document,
                   std::shared_ptr<const crypto::SecretSource> secrets)
    : document_(std::move(document)), secrets_(std::move(secrets)) {
    for (const SecretNeed& need : secretNeeds(*document_))
        out_->secretNames.push_back(need.name);
}

std::function<Place(FieldId)> Compiler::place() const {
    return [document = document_](FieldId id) { return document->place(id); };
}

void Compiler::report(Problem::Kind kind, const Message& message, std::map<std::string, std::string> args,
                      FieldId from) {
    problems_.push_back({kind, Error{&message, std::move(args), document_->place(from), {}}});
}

void Compiler::take(std::vector<Problem> problems) {
    std::move(problems.begin(), problems.end(), std::back_inserter(problems_));
}

void Compiler::listeners() {
    std::set<std::string> names;
    std::set<std::string> addresses;
    for (lab::Listener listener : lab().listeners) {
        if (!names.insert(listener.name).second)
            report(Problem::Kind::Refused, listenerTwice, {{"name", listener.name}}, listener.from);
        if (listener.bindPort != 0 && !addresses.insert(bound(listener)).second)
            report(Problem::Kind::Refused, listenerSamePort,
                   {{"name", listener.name}, {"address", bound(listener)}}, listener.from);
        out_->listeners.push_back(std::move(listener));
    }
}

void Compiler::providers() {
    std::set<std::string> names;
    for (const lab::Provider& provider : lab().providers) {
        if (!names.insert(provider.name).second)
            report(Problem::Kind::Refused, providerTwice, {{"name", provider.name}}, provider.from);
        ProviderPlan plan{provider.name, provider.url, nullptr, provider.admin, provider.from};
        if (provider.embedded) {
            provider::Provider::Input input;
            input.name = provider.name;
            input.url = provider.url;
            input.realms = provider.realms;
            auto made = provider::Provider::make(std::move(input), *secrets_, place());
            take(std::move(made.problems));
            if (made.value)
                plan.embedded = std::move(*made.value);
            if (provider.url.scheme == "https")
                out_->tlsHosts.push_back(provider.url.host);
        }
        out_->providers.push_back(std::move(plan));
    }
}

void Compiler::gates() {
    std::set<std::string> names;
    for (const lab::GateSpec& spec : lab().gates) {
        if (!names.insert(spec.name).second)
            report(Problem::Kind::Refused, gateTwice, {{"name", spec.name}}, spec.from);
        gate::Options options = gate::Options::read(spec.options, place(), problems_);
        auto made = gate::Gate::make(spec.name, std::move(options), *secrets_, place());
        take(std::move(made.problems));
        GatePlan plan;
        if (made.value)
            plan.gate = std::move(*made.value);
        plan.listen = spec.listen.value_or("");
        plan.from = spec.from;
        out_->gates.push_back(std::move(plan)); // also without a gate: indexes follow the lab's order
    }
}

Backend Compiler::backendOf(const lab::Service& service) {
    if (std::holds_alternative<lab::RunsEmbedded>(service.runs))
        return WhoamiBackend{service.name};
    if (const auto* at = std::get_if<lab::RunsAt>(&service.runs))
        return RemoteBackend{at->url, at->skipCertificateCheck};
    if (const auto* gate = std::get_if<lab::RunsGate>(&service.runs)) {
        const auto& specs = lab().gates;
        const auto found = std::find_if(specs.begin(), specs.end(),
                                        [&](const lab::GateSpec& spec) { return spec.name == gate->gate; });
        if (found != specs.end())
            return GateBackend{static_cast<std::size_t>(found - specs.begin())};
        report(Problem::Kind::Refused, noSuchGate,
               {{"service", service.name}, {"name", gate->gate}, {"known", gateNames(specs)}}, service.from);
    }
    return NoBackend{};
}

void Compiler::services() {
    for (const lab::Service& service : lab().services) {
        lab::ServiceRef ref{service.namespace_, service.name, service.port, {}};
        if (out_->backend(ref) != nullptr)
            report(
                Problem::Kind::Refused, serviceTwice,
                {{"name", service.namespace_ + "/" + service.name}, {"port", std::to_string(service.port)}},
                service.from);
        out_->services.push_back({std::move(ref), service.portName, backendOf(service), service.from});
    }
}

} // namespace gatehouse::arrangement
