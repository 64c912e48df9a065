#include <arrangement/arrangement.h>

namespace gatehouse::arrangement {

namespace {

// oauth2-proxy takes http://host:port as well, and :port for every address (pkg/http/server.go).
std::string listenOf(std::string_view address) {
    constexpr std::string_view scheme = "http://";
    if (address.starts_with(scheme))
        address.remove_prefix(scheme.size());
    return (address.starts_with(':') ? "0.0.0.0" : "") + std::string(address);
}

} // namespace

Checked<std::shared_ptr<const Arrangement>> compileGate(const gate::CommandLineOutput& input) {
    Checked<std::shared_ptr<const Arrangement>> checked;
    auto secrets = std::make_shared<crypto::SecretMap>();
    auto out = std::make_shared<Arrangement>();
    for (const auto& [name, value] : input.secrets) {
        secrets->values.emplace(name, crypto::SecretString(value));
        out->secretNames.push_back(name);
    }
    const auto nowhere = [](FieldId) { return Place{}; };
    gate::Options options = gate::Options::read(input.settings, nowhere, checked.problems);
    const std::string listen = listenOf(options.text("http-address"));
    auto made = gate::Gate::make("oauth2-proxy", std::move(options), *secrets, nowhere);
    std::move(made.problems.begin(), made.problems.end(), std::back_inserter(checked.problems));
    if (!made.value || anyRefused(checked.problems))
        return checked;
    out->name = "oauth2-proxy";
    out->gates.push_back({std::move(*made.value), listen, {}});
    out->secrets = std::move(secrets);
    checked.value = std::move(out);
    return checked;
}

} // namespace gatehouse::arrangement
