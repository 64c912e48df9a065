#include <engine/portHolder.h>

#include <algorithm>
#include <app/doctor.h>
#include <app/freePort.h>
#include <cstdlib>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <user/systemClock.h>
#include <user/userState.h>

namespace gatehouse::app {

namespace {

namespace fs = std::filesystem;

using State = Finding::State;

// The listeners of `gatehouse new story`.
constexpr std::uint16_t storyPorts[] = {8443, 8080, 8888};
constexpr rlim_t handlesWanted = 1024; // two a proxied request, and a story under load has some hundred

bool onPath(std::string_view program) {
    const char* path = std::getenv("PATH");
    std::string_view rest = path != nullptr ? path : "";
    while (!rest.empty()) {
        const std::string folder(rest.substr(0, rest.find(':')));
        rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
        if (::access((fs::path(folder) / program).c_str(), X_OK) == 0)
            return true;
    }
    return false;
}

Finding stateIsKept() {
    const fs::path folder = user::stateFolder();
    if (auto authority = user::userAuthority(); !authority)
        return {"state", State::Missing, text(authority.error()), hint(authority.error())};
    if (auto seed = user::userSeed(); !seed)
        return {"state", State::Missing, text(seed.error()), hint(seed.error())};
    return {
        "state", State::Well,
        fmt::format("the certificate authority and the seed of generated secrets are in {}", folder.string()),
        ""};
}

Finding authorityIsValid() {
    const auto authority = user::userAuthority();
    if (!authority)
        return {"authority", State::Missing, "there is no certificate authority", hint(authority.error())};
    const auto facts = crypto::certificateFacts((*authority)->certificatePem());
    if (!facts)
        return {"authority", State::Missing, text(facts.error()),
                "gatehouse ca remove --yes; a new one is made"};
    const WallTime now = user::systemNow().wall;
    if (now < facts->notBefore)
        return {"authority", State::Missing,
                "the certificate authority is of the future: this machine's clock is behind",
                "set the clock (timedatectl set-ntp true)"};
    const auto days = std::chrono::duration_cast<std::chrono::hours>(facts->notAfter - now).count() / 24;
    if (days < 1)
        return {"authority", State::Missing, "the certificate authority has expired",
                "gatehouse ca remove --yes; a new one is made"};
    return {"authority", State::Well, fmt::format("the certificate authority is good for {} more days", days),
            ""};
}

Finding portForStory(std::uint16_t port) {
    if (portIsFree("127.0.0.1", port))
        return {"port", State::Well, fmt::format("port {} is free", port), ""};
    const std::string holder = engine::portHolder(port);
    return {"port", State::Advice,
            fmt::format("port {} is held by {}", port, holder.empty() ? "another program" : holder),
            fmt::format("stop it, write another port into the lab ({} is free), or run with --any-port",
                        freePortFrom("127.0.0.1", static_cast<std::uint16_t>(port + 1)))};
}

Finding fileHandles() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= handlesWanted)
        return {"file-handles", State::Well, "a process may open enough files", ""};
    return {"file-handles", State::Advice, fmt::format("a process may open {} files only", limit.rlim_cur),
            fmt::format("ulimit -n {}", handlesWanted)};
}

Finding proxySettings() {
    for (const char* name :
         {"https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"})
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
            return {"proxy", State::Advice,
                    fmt::format("{} is set: curl and browsers ask that proxy for the lab's names", name),
                    "give curl --noproxy '*'; gatehouse itself uses no proxy"};
    return {"proxy", State::Well, "no proxy stands between clients and the lab", ""};
}

Finding curlIsThere() {
    if (onPath("curl"))
        return {"curl", State::Well, "curl is there, for the line that run prints", ""};
    return {"curl", State::Advice, "curl is missing; run prints a line for it",
            "apt-get install curl, or use a browser"};
}

// For labs with a real Keycloak on https; embedded ones need none.
Finding trustedCertificates() {
    for (const char* file : {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                             "/etc/ssl/cert.pem", "/etc/ssl/ca-bundle.pem"})
        if (::access(file, R_OK) == 0)
            return {"public-authorities", State::Well, "the public certificate authorities are there", ""};
    return {"public-authorities", State::Advice,
            "there are no public certificate authorities: a real Keycloak on https is not trusted",
            "apt-get install ca-certificates, or name its authority under trust: in the lab"};
}

} // namespace

std::string_view name(Finding::State state) {
    switch (state) {
    case State::Well:
        return "well";
    case State::Advice:
        return "advice";
    case State::Missing:
        return "missing";
    }
    return "";
}

std::vector<Finding> examine() {
    std::vector<Finding> out{stateIsKept(), authorityIsValid()};
    for (const std::uint16_t port : storyPorts)
        out.push_back(portForStory(port));
    for (const auto look : {fileHandles, proxySettings, curlIsThere, trustedCertificates})
        out.push_back(look());
    return out;
}

bool allWell(const std::vector<Finding>& findings) {
    return std::none_of(findings.begin(), findings.end(),
                        [](const Finding& finding) { return finding.state == State::Missing; });
}

} // namespace gatehouse::app
