// Arrangement: a lab compiled. Everything resolved, checked and immutable, ready to run; shared by the
// engine, the faces and every exchange it decided.
#pragma once

#include <base/error.h>
#include <crypto/secretSource.h>
#include <gate/gate.h>
#include <ingress/ingress.h>
#include <lab/document.h>
#include <provider/provider.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse::arrangement {

struct GateBackend {
    std::size_t gate = 0; // index of Arrangement::gates
};
struct ProviderBackend {
    std::size_t provider = 0;
};
struct WhoamiBackend {
    std::string hostname;
};
struct RemoteBackend {
    http::Url url; // its path is not used: ingress and gate decide on the target
    bool skipCertificateCheck = false;
};
struct NoBackend {}; // known, and without endpoints
using Backend = std::variant<NoBackend, GateBackend, ProviderBackend, WhoamiBackend, RemoteBackend>;

struct ServicePlan {
    lab::ServiceRef ref; // port is always a number here
    std::string portName;
    Backend backend;
    FieldId from;
};

struct GatePlan {
    std::shared_ptr<const gate::Gate> gate;
    std::string listen; // host:port, empty = through services only
    FieldId from;
};

struct ProviderPlan {
    std::string name;
    http::Url url;
    std::shared_ptr<const provider::Provider> embedded; // null: external
    std::optional<lab::AdminAccess> admin;
    FieldId from;
};

struct Arrangement {
    std::shared_ptr<const lab::Document> document;
    std::string name;
    std::vector<lab::Listener> listeners; // public ports filled in
    std::vector<ProviderPlan> providers;
    std::vector<GatePlan> gates;
    std::vector<ServicePlan> services;
    std::shared_ptr<const ingress::Ingress> ingress;
    std::vector<lab::Trust> trust;
    std::vector<std::string> tlsHosts;     // names the engine has leaves for
    std::vector<std::string> notRehearsed; // what a cluster has and this run did not show, in words
    // For the redactor: every secret value of this run.
    std::shared_ptr<const crypto::SecretSource> secrets;
    std::vector<std::string> secretNames;

    const Backend* backend(const lab::ServiceRef& ref) const; // null: no such service
    // A service under its in-cluster name: NAME.NAMESPACE.svc, with or without .cluster.local (Kubernetes'
    // DNS for Services); null for any other name.
    const Backend* clusterBackend(std::string_view host, std::uint16_t port) const;
    // Embedded provider served under this public name and port, or null.
    const ProviderPlan* providerAt(std::string_view host, std::uint16_t port) const;
    bool isLabName(std::string_view host) const; // an ingress host or an embedded provider's
    // The provider elsewhere with exactly this origin (RFC 6454 section 4); null: none has it.
    const ProviderPlan* externalAt(std::string_view scheme, std::string_view host, std::uint16_t port) const;
};

struct CompileOptions {
    std::vector<std::string> tolerate; // names of NotYet rows that may be used all the same
};

// Gathers all problems. Warnings and differences come beside a value.
Checked<std::shared_ptr<const Arrangement>> compile(std::shared_ptr<const lab::Document> document,
                                                    std::shared_ptr<const crypto::SecretSource> secrets,
                                                    const CompileOptions& options);

// An arrangement of one gate with its own listener and upstreams: `gatehouse oauth2-proxy FLAGS`.
Checked<std::shared_ptr<const Arrangement>> compileGate(const gate::CommandLineOutput& input);

} // namespace gatehouse::arrangement
