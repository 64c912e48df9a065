#include <base/ascii.h>
#include <base/encoding.h>
#include <gate/headerRules.h>
#include <gate/rules.h>

namespace gatehouse::gate {

namespace {

HeaderRule identity(std::string_view name, Claim claim, FieldId from) {
    HeaderRule out;
    out.name = name;
    out.claim = claim;
    out.rule = rule("gate.identity-header");
    out.from = from;
    return out;
}

HeaderRule token(std::string_view name, Claim claim, std::string_view prefix, FieldId from) {
    HeaderRule out;
    out.name = name;
    out.claim = claim;
    out.prefix = prefix;
    out.secret = true;
    out.rule = rule("gate.token-header");
    out.from = from;
    return out;
}

HeaderRule basic(bool preferEmail, const crypto::SecretString* password, FieldId from) {
    HeaderRule out;
    out.name = "Authorization";
    out.claim = preferEmail ? Claim::Email : Claim::User;
    out.prefix = "Basic ";
    out.basic = true;
    if (password != nullptr)
        out.basicPassword = password->clone();
    out.secret = true;
    out.rule = rule("gate.basic-header");
    out.from = from;
    return out;
}

std::vector<HeaderRule> requestRules(const Options& options, const crypto::SecretString* password) {
    std::vector<HeaderRule> out;
    const bool preferEmail = options.flag("prefer-email-to-user");
    if (options.flag("pass-basic-auth") && password != nullptr && !password->empty())
        out.push_back(basic(preferEmail, password, options.from("basic-auth-password")));
    if (options.flag("pass-basic-auth") || options.flag("pass-user-headers")) {
        const FieldId from = options.from("pass-user-headers");
        out.push_back(identity("X-Forwarded-Groups", Claim::Groups, from));
        out.push_back(identity("X-Forwarded-User", preferEmail ? Claim::Email : Claim::User,
                               preferEmail ? options.from("prefer-email-to-user") : from));
        if (!preferEmail)
            out.push_back(identity("X-Forwarded-Email", Claim::Email, from));
        out.push_back(identity("X-Forwarded-Preferred-Username", Claim::PreferredUsername, from));
    }
    if (options.flag("pass-access-token"))
        out.push_back(
            token("X-Forwarded-Access-Token", Claim::AccessToken, "", options.from("pass-access-token")));
    if (options.flag("pass-authorization-header"))
        out.push_back(
            token("Authorization", Claim::IdToken, "Bearer ", options.from("pass-authorization-header")));
    return out;
}

std::vector<HeaderRule> responseRules(const Options& options, const crypto::SecretString* password) {
    std::vector<HeaderRule> out;
    if (options.flag("set-xauthrequest")) {
        const FieldId from = options.from("set-xauthrequest");
        out.push_back(identity("X-Auth-Request-User", Claim::User, from));
        out.push_back(identity("X-Auth-Request-Email", Claim::Email, from));
        out.push_back(identity("X-Auth-Request-Preferred-Username", Claim::PreferredUsername, from));
        out.push_back(identity("X-Auth-Request-Groups", Claim::Groups, from));
        if (options.flag("pass-access-token"))
            out.push_back(token("X-Auth-Request-Access-Token", Claim::AccessToken, "",
                                options.from("pass-access-token")));
    }
    if (options.flag("set-basic-auth"))
        out.push_back(basic(options.flag("prefer-email-to-user"), password, options.from("set-basic-auth")));
    if (options.flag("set-authorization-header"))
        out.push_back(
            token("Authorization", Claim::IdToken, "Bearer ", options.from("set-authorization-header")));
    return out;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) {
        if (part.empty())
            continue;
        if (!out.empty())
            out += ',';
        out += part;
    }
    return out;
}

std::string claimText(Claim claim, const Session& session) {
    switch (claim) {
    case Claim::User:
        return session.user;
    case Claim::Email:
        return session.email;
    case Claim::Groups:
        return joined(session.groups);
    case Claim::PreferredUsername:
        return session.preferredUsername;
    case Claim::AccessToken:
        return session.accessToken;
    case Claim::IdToken:
        return session.idToken;
    }
    return {};
}

} // namespace

HeaderRules headerRules(const Options& options, const crypto::SecretString* basicPassword) {
    return {requestRules(options, basicPassword), responseRules(options, basicPassword),
            options.flag("skip-auth-strip-headers")};
}

std::string headerValue(const HeaderRule& rule, const Session& session) {
    std::string claim = claimText(rule.claim, session);
    if (claim.empty())
        return claim;
    if (!rule.basic)
        return rule.prefix + claim;
    return rule.basicPassword.reveal(
        [&](std::string_view password) { return rule.prefix + base64(claim + ":" + std::string(password)); });
}

bool sameNormalized(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const char x = a[i] == '_' ? '-' : asciiLower(a[i]);
        const char y = b[i] == '_' ? '-' : asciiLower(b[i]);
        if (x != y)
            return false;
    }
    return true;
}

} // namespace gatehouse::gate
