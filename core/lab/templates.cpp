#include <lab/storyTemplate.h>
#include <lab/templates.h>

#include <algorithm>
#include <array>

namespace gatehouse::lab {

namespace {

constexpr std::string_view empty = R"(# A lab: single sign-on in front of applications, on one desk.
# `gatehouse new story` prints one that works, with everything explained; `gatehouse explain NAME` tells about a field.
gatehouse: 1                # version of this format
providers: []               # identity providers: an embedded one, or a real Keycloak
gates: []                   # what oauth2-proxy does
ingresses: []               # Ingress objects in Kubernetes' own shape
services: []                # what answers behind them
rehearsals: []              # what must be true: who may go where
)";

constexpr std::array<Template, 2> all = {
    {{"story", "whoami behind oauth2-proxy and Keycloak, with password and TOTP: alice may pass, bob may not",
      storyText},
     {"empty", "the sections of a lab, with nothing in them", empty}}};

void replaceAll(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

// Kubernetes' names are short: whoami of whoami.domain.tld.
std::string serviceName(std::string_view host) {
    std::string name(host.substr(0, host.find('.')));
    return name.empty() || name == "*" ? "service" : name;
}

// keycloak.domain.tld beside whoami.domain.tld; beside a bare name, a name below it.
std::string providerHost(std::string_view host) {
    const auto dot = host.find('.');
    const std::string domain(dot == std::string_view::npos ? host : host.substr(dot + 1));
    return host.starts_with("keycloak.") ? "login." + domain : "keycloak." + domain;
}

} // namespace

std::span<const Template> templates() {
    return all;
}

std::string protectTemplate(const http::Url& url, std::string_view host) {
    std::string text(protectText);
    const std::string provider = providerHost(host);
    replaceAll(text, "@DOMAIN@", std::string_view(provider).substr(provider.find('.') + 1));
    replaceAll(text, "@PROVIDER@", provider);
    replaceAll(text, "@NAME@", serviceName(host));
    replaceAll(text, "@HOST@", host);
    replaceAll(text, "@URL@", url.text());
    return text;
}

} // namespace gatehouse::lab
