#include "fixture.h"

#include <crypto/entropy.h>

#include <cstdio>
#include <cstdlib>

namespace gatehouse::engine::testing {

namespace {

[[noreturn]] void giveUp(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::abort();
}

std::shared_ptr<const crypto::Authority> authority() {
    static const auto made = [] {
        const auto entropy = crypto::systemEntropy();
        const Now now{std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
        return std::make_shared<const crypto::Authority>(crypto::Authority::create(now, *entropy));
    }();
    return made;
}

lab::Listener listener(const char* name, lab::Listener::Kind kind, std::uint16_t publicPort) {
    lab::Listener made;
    made.name = name;
    made.kind = kind;
    made.publicPort = publicPort;
    return made;
}

ingress::Ingress::Input ingressInput(const PlanParts& parts, const lab::ServiceRef& service) {
    lab::IngressObject object;
    object.name = "app";
    object.ingressClassName = "nginx";
    object.annotations = parts.annotations;
    lab::IngressRule rule;
    rule.host = parts.host;
    lab::IngressPath path;
    path.backend = service;
    rule.paths.push_back(path);
    object.rules.push_back(rule);
    ingress::Ingress::Input input;
    input.controller = parts.controller;
    if (parts.https) {
        lab::IngressTls tls;
        tls.hosts = {parts.host};
        tls.secretName = "app-cert";
        object.tls.push_back(tls);
        input.certificateHosts = {parts.host};
    }
    input.ingresses.push_back(object);
    input.servicesWithEndpoints.push_back(service);
    return input;
}

void addProvider(const std::string& providerHost, arrangement::Arrangement& plan) {
    provider::Provider::Input input;
    input.name = "keycloak";
    input.url = *http::parseUrl("https://" + providerHost + "/");
    const crypto::SecretMap none;
    auto made = provider::Provider::make(std::move(input), none, [](FieldId) { return Place{}; });
    if (!made.value)
        giveUp(describe(made.problems.front().error));
    arrangement::ProviderPlan one;
    one.name = "keycloak";
    one.url = (*made.value)->url();
    one.embedded = *made.value;
    plan.providers.push_back(std::move(one));
    plan.tlsHosts.push_back(providerHost);
}

} // namespace

std::shared_ptr<const arrangement::Arrangement> makePlan(const PlanParts& parts) {
    auto plan = std::make_shared<arrangement::Arrangement>();
    const lab::ServiceRef service{"default", "app", 80, ""};
    auto made = ingress::Ingress::make(ingressInput(parts, service), [](FieldId) { return Place{}; });
    if (!made.value)
        giveUp(describe(made.problems.front().error));
    plan->ingress = std::move(*made.value);
    plan->services.push_back({service, "", parts.backend, {}});
    plan->listeners.push_back(listener("http", lab::Listener::Kind::Http, 80));
    if (parts.https) {
        plan->listeners.push_back(listener("https", lab::Listener::Kind::Https, 443));
        plan->tlsHosts.push_back(parts.host);
    }
    if (parts.connectProxy)
        plan->listeners.push_back(listener("proxy", lab::Listener::Kind::Connect, 0));
    plan->trust = parts.trust;
    if (!parts.provider.empty())
        addProvider(parts.provider, *plan);
    if (!parts.external.empty())
        plan->providers.push_back({"elsewhere", *http::parseUrl(parts.external), nullptr, {}, {}});
    return plan;
}

arrangement::Backend backendAt(std::uint16_t port) {
    arrangement::RemoteBackend remote;
    remote.url = *http::parseUrl("http://127.0.0.1:" + std::to_string(port) + "/");
    return remote;
}

std::shared_ptr<const arrangement::Arrangement> makeGatePlan(std::uint16_t upstreamPort,
                                                             const std::vector<std::string>& moreFlags) {
    gate::CommandLineInput input;
    input.arguments = {"--provider=oidc",
                       "--skip-oidc-discovery",
                       "--oidc-issuer-url=http://127.0.0.1:1/",
                       "--login-url=http://127.0.0.1:1/login",
                       "--redeem-url=http://127.0.0.1:1/token",
                       "--oidc-jwks-url=http://127.0.0.1:1/keys",
                       "--client-id=app",
                       "--client-secret=secret",
                       "--cookie-secret=0123456789abcdef",
                       "--email-domain=*",
                       "--http-address=127.0.0.1:0",
                       "--skip-auth-route=.*",
                       "--upstream=http://127.0.0.1:" + std::to_string(upstreamPort) + "/"};
    input.arguments.insert(input.arguments.end(), moreFlags.begin(), moreFlags.end());
    const auto read = gate::readCommandLine(input);
    if (!read.value)
        giveUp(describe(read.problems.front().error));
    auto made = arrangement::compileGate(*read.value);
    if (!made.value)
        giveUp(describe(made.problems.front().error));
    return *made.value;
}

lab::KeyValue annotation(const std::string& name, const std::string& value) {
    return {"nginx.ingress.kubernetes.io/" + name, value, true, {}};
}

std::uint16_t portOfNobody() {
    ScriptedServer gone([](RawSocket&) {});
    return gone.port();
}

Fixture::Fixture(const PlanParts& parts, EngineOptions options) {
    options.authority = authority();
    options.anyFreePort = true;
    auto engine = Engine::start(std::move(options), [this] {
        const std::lock_guard lock(mutex_);
        awake_ = true;
        woken_.notify_all();
    });
    if (!engine)
        giveUp(describe(engine.error()));
    engine_ = std::move(*engine);
    const auto listening = apply(makePlan(parts));
    if (!listening)
        giveUp(describe(listening.error()));
}

Fixture::~Fixture() {
    stop();
}

void Fixture::stop() {
    if (engine_)
        engine_->stop();
    if (engine_)
        collect(); // what ended meanwhile too
    engine_.reset();
}

Result<Listening> Fixture::apply(std::shared_ptr<const arrangement::Arrangement> plan) {
    auto listening = applyAndWait(*engine_, std::move(plan));
    if (listening)
        listening_ = *listening;
    return listening;
}

std::uint16_t Fixture::port(const std::string& name) const {
    for (const Listening::One& one : listening_.listeners)
        if (one.name == name)
            return one.port;
    giveUp("no listener " + name);
}

std::string Fixture::ask(const std::string& request) const {
    RawSocket socket = connect();
    socket.send(request);
    return socket.readResponse(request.starts_with("HEAD"));
}

void Fixture::collect() {
    Batch batch = engine_->take();
    for (exchange::ExchangePtr& exchange : batch.exchanges)
        if (!exchange->live)
            finished_.push_back(std::move(exchange));
}

std::vector<exchange::ExchangePtr> Fixture::records(std::size_t count) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    for (;;) {
        if (!engine_)
            return finished_;
        collect();
        std::unique_lock lock(mutex_);
        const bool more =
            woken_.wait_until(lock, finished_.size() < count ? until : std::chrono::steady_clock::now(),
                              [this] { return awake_; });
        awake_ = false;
        if (!more)
            break;
    }
    collect();
    return finished_;
}

std::string get(const std::string& target, const std::string& fields) {
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n";
}

} // namespace gatehouse::engine::testing
