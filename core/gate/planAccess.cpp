#include <base/ascii.h>
#include <gate/planner.h>

#include <re2/re2.h>

namespace gatehouse::gate {

namespace {

constexpr Message nobody{
    "email-domain-missing",
    GH_TEXT("core",
            "missing setting for email validation: email-domain or authenticated-emails-file required."),
    GH_TEXT("core", "use email-domain=* to authorize all email addresses")};
constexpr Message emailsUnreadable{"authenticated-emails-file",
                                   GH_TEXT("core", "failed opening authenticated-emails-file=\"{file}\""),
                                   GH_TEXT("core", "One address a line.")};
constexpr Message passwordsUnreadable{
    "htpasswd-file", GH_TEXT("core", "could not validate htpasswd: could not open htpasswd file: {file}"),
    GH_TEXT("core", "user:{SHA}… one a line.")};
constexpr Message passwordEntry{
    "htpasswd-entry", GH_TEXT("core", "the entry of {user} in {file} is no SHA entry"),
    GH_TEXT("core", "bcrypt entries are not there yet: `htpasswd -s` makes a SHA entry.")};
constexpr Message badTrustedIp{"trusted-ip",
                               GH_TEXT("core", "trusted_ips[{index}] ({value}) could not be recognized"),
                               GH_TEXT("core", "10.0.0.0/8, with zero host bits, or a single address.")};
constexpr Message trustedIpBehindProxy{
    "trusted-ip-reverse-proxy",
    GH_TEXT("core", "mixing --trusted-ip with --reverse-proxy is a potential security vulnerability: whoever "
                    "reaches the gate can write the header that names the address"),
    GH_TEXT("core", "Protect the gate's port so that only the proxy reaches it, and let the proxy overwrite "
                    "the header.")};
constexpr Message skipBehindIngress{
    "skip-auth-route-external-auth",
    GH_TEXT("core", "Behind external authentication the path that a skip route sees comes from headers which "
                    "a client can send"),
    GH_TEXT("core", "Give public paths an Ingress of their own without the auth annotations.")};

// Lines of a CSV file: first fields, comments and empty lines left out.
std::vector<std::string_view> records(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::string_view line : split(text, '\n')) {
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (!line.empty() && line.front() != '#')
            out.push_back(trim(line));
    }
    return out;
}

} // namespace

void Planner::emailsFile() {
    const std::string path = options_.text("authenticated-emails-file");
    if (path.empty())
        return;
    const auto text = fileText(path);
    if (!text) {
        refuse(emailsUnreadable, "authenticated-emails-file", {{"file", path}});
        return;
    }
    for (const std::string_view line : records(*text)) {
        std::string_view address = trim(line.substr(0, line.find(',')));
        if (address.size() > 1 && address.front() == '"' && address.back() == '"')
            address = address.substr(1, address.size() - 2);
        plan_.access.emails.insert(lower(trim(address)));
    }
}

void Planner::passwordFile() {
    const std::string path = options_.text("htpasswd-file");
    if (path.empty())
        return;
    const auto text = fileText(path);
    if (!text) {
        refuse(passwordsUnreadable, "htpasswd-file", {{"file", path}});
        return;
    }
    for (const std::string_view line : records(*text)) {
        const auto colon = line.find(':');
        const std::string_view user = line.substr(0, colon);
        const std::string_view entry =
            colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
        if (entry.starts_with("{SHA}") && entry.size() > 6)
            plan_.access.passwords.emplace(user, entry.substr(5));
        else
            refuse(passwordEntry, "htpasswd-file", {{"user", std::string(user)}, {"file", path}});
    }
}

void Planner::skipRoutes() {
    for (const std::string& text : options_.list("skip-auth-regex"))
        if (auto compiled = pattern(text, "skip-auth-regex"))
            plan_.access.skipRoutes.push_back(
                {"", false, text, std::move(compiled), options_.from("skip-auth-regex")});
    for (const std::string& text : options_.list("skip-auth-route")) {
        // Split at the first "=" or "!=", negated when "!=" stands anywhere (oauth2-proxy.md 2.5).
        SkipRoute route{"", text.find("!=") != std::string::npos, text, nullptr,
                        options_.from("skip-auth-route")};
        const auto equals = text.find('=');
        std::string path = text;
        if (equals != std::string::npos) {
            const bool bang = equals > 0 && text[equals - 1] == '!';
            for (const char c : text.substr(0, bang ? equals - 1 : equals))
                route.method.push_back(asciiUpper(c));
            path = text.substr(equals + 1);
        }
        route.path = pattern(path, "skip-auth-route");
        if (route.path)
            plan_.access.skipRoutes.push_back(std::move(route));
    }
    const bool authAlone =
        options_.list("upstream").empty() || options_.list("upstream").front().starts_with("static:");
    if (!plan_.access.skipRoutes.empty() && plan_.reverseProxy && authAlone)
        warn(skipBehindIngress, options_.given("skip-auth-route") ? "skip-auth-route" : "skip-auth-regex");
}

void Planner::apiRoutes() {
    for (const std::string& text : options_.list("api-route"))
        if (auto compiled = pattern(text, "api-route"))
            plan_.access.apiRoutes.push_back(std::move(compiled));
}

void Planner::access() {
    AccessPlan& access = plan_.access;
    plan_.reverseProxy = options_.flag("reverse-proxy");
    for (const std::string& domain : options_.list("email-domain")) {
        access.anyEmail = access.anyEmail || domain == "*";
        access.emailDomains.push_back(domain == "*" ? domain : lower(domain));
    }
    emailsFile();
    passwordFile();
    if (access.emailDomains.empty() && options_.text("authenticated-emails-file").empty() &&
        options_.text("htpasswd-file").empty())
        refuse(nobody, "email-domain");
    access.passwordGroups = options_.list("htpasswd-user-group");
    access.preferEmail = options_.flag("prefer-email-to-user");
    skipRoutes();
    apiRoutes();
    access.skipPreflight = options_.flag("skip-auth-preflight");
    access.acceptBearer = options_.flag("skip-jwt-bearer-tokens");
    access.bearerFallback = options_.flag("bearer-token-login-fallback");
    std::size_t index = 0;
    for (const std::string& text : options_.list("trusted-ip")) {
        if (!access.trustedIps.add(text))
            refuse(badTrustedIp, "trusted-ip", {{"index", std::to_string(index)}, {"value", text}});
        ++index;
    }
    if (!access.trustedIps.empty() && plan_.reverseProxy)
        warn(trustedIpBehindProxy, "trusted-ip");
}

} // namespace gatehouse::gate
