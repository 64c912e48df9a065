// Lab: one arrangement of provider, gate, ingress and services as a person wrote it. Values only; `Document`
// keeps the text they came from. The format is shown in full by `gatehouse new story`.
#pragma once

#include <base/error.h>
#include <base/node.h>
#include <crypto/secretSource.h>
#include <http/url.h>
#include <realm/realm.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gatehouse::lab {

using crypto::SecretRef;

struct Listener {
    enum class Kind : std::uint8_t { Https, Http, Connect };
    std::string name;
    Kind kind = Kind::Https; // by name "https"/"http", by `tls:`, or `connect: true`
    std::string bindHost = "127.0.0.1";
    std::uint16_t bindPort = 0;   // 0 = any free one
    std::uint16_t publicPort = 0; // what clients and redirects see; 0 = the bound one
    FieldId from;
};

struct AdminAccess {
    std::string username;
    SecretRef password;
};

struct Provider {
    std::string name;
    http::Url url; // the issuer is {url}/realms/{realm}
    bool embedded = true;
    std::optional<AdminAccess> admin; // external: how to provision and read events
    std::vector<realm::Realm> realms;
    FieldId from;
    FieldId urlFrom;
};

// One option of a gate: a scalar, a list, or a secret by name. Whether an option wants a secret is the gate's
// to know and to insist on. Flags, environment and TOML arrive in this shape too.
struct Setting {
    std::string name;
    std::vector<std::string> values; // scalars have one
    SecretRef secret;                // then `values` is empty
    bool list = false;               // written as a list
    FieldId from;
};

struct GateSpec {
    std::string name;
    std::string namespace_ = "default";
    std::optional<std::string> listen; // host:port on the desk; none: reached through the ingress only
    std::vector<Setting> options;
    FieldId from;
};

struct KeyValue { // annotations and ConfigMap keys: text, in order
    std::string key;
    std::string value;
    bool quoted = true; // a plain true or 5 in a manifest is a finding
    FieldId from;
};

struct ServiceRef {
    std::string namespace_ = "default";
    std::string name;
    std::uint16_t port = 0; // number, or 0 with portName
    std::string portName;
    friend bool operator==(const ServiceRef&, const ServiceRef&) = default;
};

enum class PathType : std::uint8_t { Prefix, Exact, ImplementationSpecific };

struct IngressPath {
    std::string path = "/";
    PathType pathType = PathType::Prefix;
    ServiceRef backend; // namespace = the Ingress's
    FieldId from;
};

struct IngressRule {
    std::string host; // "" = any
    std::vector<IngressPath> paths;
    FieldId from;
};

struct IngressTls {
    std::vector<std::string> hosts;
    std::string secretName;
    FieldId from;
};

struct IngressObject {
    std::string namespace_ = "default";
    std::string name;
    std::string creationTimestamp; // RFC 3339; empty = with the set, then the name decides
    std::string ingressClassName;
    std::vector<KeyValue> annotations;
    std::vector<IngressTls> tls;
    std::vector<IngressRule> rules;
    std::optional<ServiceRef> defaultBackend;
    FieldId from;
};

struct RunsEmbedded {}; // whoami
struct RunsGate {
    std::string gate;
};
struct RunsAt {
    http::Url url;
    bool skipCertificateCheck = false;
};
struct RunsNowhere {}; // a service without endpoints: 503, as in a cluster

struct Service {
    std::string namespace_ = "default";
    std::string name;
    std::uint16_t port = 80;
    std::string portName;
    std::variant<RunsEmbedded, RunsGate, RunsAt, RunsNowhere> runs;
    FieldId from;
};

// ConfigMaps and other objects that annotations name (auth-proxy-set-headers, custom-headers, basic-auth
// Secrets).
struct ConfigMap {
    std::string namespace_ = "default";
    std::string name;
    std::vector<KeyValue> data;
    FieldId from;
};

// What is done differently from the person's ordinary login (rehearsals `with:`).
struct With {
    std::optional<std::string> password; // a wrong one, in plain: it is no secret
    std::optional<std::string> otp;      // a wrong code
    int clockOffset = 0;                 // seconds the authenticator's clock is off
    int delayBeforeCallback = 0;         // seconds between provider and callback (expired code)
    bool enrolTotp = false;              // expect the enrolment page and pass it
};

struct Rehearsal {
    std::string as; // user name; empty: nobody logs in
    http::Url url;
    std::string expect = "allowed"; // an outcome (allowed, denied, failed) or a verdict code
    With with;
    FieldId from;
};

struct Trust { // servers outside the lab that the browser and calls may reach
    std::string host;
    std::uint16_t port = 443;
    std::string caFile;
    FieldId from;
};

struct Lab {
    int version = 1;
    std::string name; // from the file's name unless `name:` says otherwise
    std::vector<Listener> listeners;
    std::vector<Provider> providers;
    std::vector<GateSpec> gates;
    std::vector<KeyValue> controller; // the ingress-nginx ConfigMap
    std::vector<IngressObject> ingresses;
    std::vector<Service> services;
    std::vector<ConfigMap> configMaps;
    std::vector<Trust> trust;
    std::vector<Rehearsal> rehearsals;
    // Fields of embedded realms that the product does not do yet: Refused, code "field-not-yet", args "name".
    // A lab with them opens; compile refuses them unless tolerated by name.
    std::vector<Problem> notYet;
};

} // namespace gatehouse::lab
