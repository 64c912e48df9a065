// The rules of this room, one row each: what the trace of a request says, and `explain` repeats.
#pragma once

#include <base/message.h>
#include <exchange/rule.h>

#include <array>
#include <string_view>

namespace gatehouse::provider::rule {

using exchange::RuleRow;

inline constexpr std::array table = std::to_array<RuleRow>({
    {"provider.not-found", GH_TEXT("core", "The provider has no such realm or path."),
     "keycloak-corrections B"},
    {"provider.https-required",
     GH_TEXT("core", "The realm's sslRequired asks for https from this client address."),
     "keycloak.md 2.7, corrections 20"},
    {"provider.realm-disabled", GH_TEXT("core", "The realm is disabled."), "corrections 21"},
    {"provider.metadata", GH_TEXT("core", "Discovery document, keys or realm info."), "keycloak.md 3.2"},
    {"provider.client-unknown", GH_TEXT("core", "The realm has no client with this client_id."),
     "keycloak.md 2.5"},
    {"provider.client-disabled", GH_TEXT("core", "The client is disabled."), "keycloak.md 2.5"},
    {"provider.request-invalid",
     GH_TEXT("core", "A parameter of the request is missing, repeated or malformed."), "corrections 8-19"},
    {"provider.redirect-uri-unregistered",
     GH_TEXT("core", "The redirect_uri is not among the client's valid redirect URIs, compared literally."),
     "corrections 22-28"},
    {"provider.response-type-refused",
     GH_TEXT("core", "The response_type is unknown, or its flow is switched off for the client."),
     "corrections 10"},
    {"provider.scope-unknown",
     GH_TEXT("core", "A requested scope is neither a default nor an optional client scope of the client."),
     "corrections 13"},
    {"provider.pkce-refused",
     GH_TEXT("core", "The code challenge is missing, malformed, or not of the method the client demands."),
     "corrections 15"},
    {"provider.login-required", GH_TEXT("core", "prompt=none, and the user would have to see a page."),
     "OpenID Connect Core 3.1.2.6"},
    {"provider.login-page", GH_TEXT("core", "Nobody is signed in: the login page is shown."),
     "keycloak.md 2.1"},
    {"provider.single-sign-on",
     GH_TEXT("core", "The browser's session at the provider is still good: no page is shown."),
     "keycloak.md 3.9"},
    {"provider.reauthentication",
     GH_TEXT("core",
             "A session is there, and the request asks for a fresh login (prompt, max_age, acr or action)."),
     "keycloak.md 2.1, corrections 31"},
    {"provider.user-unknown", GH_TEXT("core", "No user has this name or e-mail address."),
     "keycloak.md 1.13"},
    {"provider.user-disabled", GH_TEXT("core", "The user is disabled."), "corrections 37"},
    {"provider.user-locked",
     GH_TEXT("core", "Too many failures: the user is locked out, whatever the password."),
     "keycloak.md 1.14"},
    {"provider.password-wrong", GH_TEXT("core", "The password is not the user's."), "keycloak.md 2.1"},
    {"provider.password-right", GH_TEXT("core", "The password is right."), "keycloak.md 2.1"},
    {"provider.otp-page", GH_TEXT("core", "The user has an authenticator: its code is asked for."),
     "keycloak.md 2.2"},
    {"provider.otp-wrong",
     GH_TEXT("core", "The authenticator code fits none of the time steps in the realm's window."),
     "corrections 38"},
    {"provider.otp-used",
     GH_TEXT("core", "The authenticator code is right and was used before: a code counts once."),
     "corrections 38"},
    {"provider.otp-right", GH_TEXT("core", "The authenticator code is right."), "corrections 38"},
    {"provider.required-action", GH_TEXT("core", "The user must do something before the login goes on."),
     "keycloak.md 2.1, corrections 41"},
    {"provider.action-done", GH_TEXT("core", "The user did what was required."), "keycloak.md 2.1"},
    {"provider.login-expired",
     GH_TEXT("core", "The login was begun too long ago or in another browser; it begins again."),
     "corrections 32"},
    {"provider.cookie-missing", GH_TEXT("core", "The browser did not send the cookies of this login."),
     "corrections 34"},
    {"provider.page-expired",
     GH_TEXT("core", "The form belongs to another step of the login than the one that is due."),
     "corrections 33"},
    {"provider.code-issued", GH_TEXT("core", "The login is done; a code goes to the client."),
     "keycloak.md 2.1"},
    {"provider.code-expired", GH_TEXT("core", "The code was exchanged later than accessCodeLifespan allows."),
     "corrections 58"},
    {"provider.code-unknown", GH_TEXT("core", "The code was never issued, or was exchanged before."),
     "corrections 58, 59"},
    {"provider.redirect-uri-differs",
     GH_TEXT("core", "The token request names another redirect_uri than the authorization request."),
     "keycloak.md 3.6"},
    {"provider.pkce-failed", GH_TEXT("core", "The code verifier does not fit the code challenge."),
     "RFC 7636 section 4.6"},
    {"provider.client-secret-wrong", GH_TEXT("core", "The client's secret is wrong or missing."),
     "corrections 56, 57"},
    {"provider.grant-refused", GH_TEXT("core", "The client may not use this grant, or it is unknown."),
     "keycloak.md 3.6"},
    {"provider.token-issued", GH_TEXT("core", "Tokens are issued."), "keycloak.md 3.4"},
    {"provider.refresh-refused", GH_TEXT("core", "The refresh token is no longer good."), "keycloak.md 3.6"},
    {"provider.token-refused", GH_TEXT("core", "The access token is missing, wrong or no longer good."),
     "corrections 71"},
    {"provider.origin-refused", GH_TEXT("core", "The Origin is not among the client's web origins."),
     "corrections 62"},
    {"provider.userinfo", GH_TEXT("core", "The claims of the token's user are given."), "keycloak.md 3.4"},
    {"provider.introspection", GH_TEXT("core", "A token is looked at for a client."), "corrections 69"},
    {"provider.revocation", GH_TEXT("core", "A token is revoked."), "corrections 70"},
    {"provider.logout-confirm",
     GH_TEXT("core", "Without a fitting id_token_hint the user is asked before the logout."),
     "corrections 64"},
    {"provider.logout", GH_TEXT("core", "The session at the provider ends."), "keycloak.md 3.7"},
    {"provider.logout-refused",
     GH_TEXT("core", "The hint or the post_logout_redirect_uri is not accepted; the session lives on."),
     "corrections 64"},
    {"provider.backchannel-logout",
     GH_TEXT("core", "A client of the ended session is told by a back-channel logout token."),
     "corrections 68"},
});

consteval const RuleRow& row(std::string_view id) {
    for (const RuleRow& candidate : table)
        if (candidate.id == id)
            return candidate;
    throw "no such rule";
}

inline constexpr const RuleRow& notFound = row("provider.not-found");
inline constexpr const RuleRow& httpsRequired = row("provider.https-required");
inline constexpr const RuleRow& realmDisabled = row("provider.realm-disabled");
inline constexpr const RuleRow& metadata = row("provider.metadata");
inline constexpr const RuleRow& clientUnknown = row("provider.client-unknown");
inline constexpr const RuleRow& clientDisabled = row("provider.client-disabled");
inline constexpr const RuleRow& requestInvalid = row("provider.request-invalid");
inline constexpr const RuleRow& redirectUriUnregistered = row("provider.redirect-uri-unregistered");
inline constexpr const RuleRow& responseTypeRefused = row("provider.response-type-refused");
inline constexpr const RuleRow& scopeUnknown = row("provider.scope-unknown");
inline constexpr const RuleRow& pkceRefused = row("provider.pkce-refused");
inline constexpr const RuleRow& loginRequired = row("provider.login-required");
inline constexpr const RuleRow& loginPage = row("provider.login-page");
inline constexpr const RuleRow& singleSignOn = row("provider.single-sign-on");
inline constexpr const RuleRow& reauthentication = row("provider.reauthentication");
inline constexpr const RuleRow& userUnknown = row("provider.user-unknown");
inline constexpr const RuleRow& userDisabled = row("provider.user-disabled");
inline constexpr const RuleRow& userLocked = row("provider.user-locked");
inline constexpr const RuleRow& passwordWrong = row("provider.password-wrong");
inline constexpr const RuleRow& passwordRight = row("provider.password-right");
inline constexpr const RuleRow& otpPage = row("provider.otp-page");
inline constexpr const RuleRow& otpWrong = row("provider.otp-wrong");
inline constexpr const RuleRow& otpUsed = row("provider.otp-used");
inline constexpr const RuleRow& otpRight = row("provider.otp-right");
inline constexpr const RuleRow& requiredAction = row("provider.required-action");
inline constexpr const RuleRow& actionDone = row("provider.action-done");
inline constexpr const RuleRow& loginExpired = row("provider.login-expired");
inline constexpr const RuleRow& cookieMissing = row("provider.cookie-missing");
inline constexpr const RuleRow& pageExpired = row("provider.page-expired");
inline constexpr const RuleRow& codeIssued = row("provider.code-issued");
inline constexpr const RuleRow& codeExpired = row("provider.code-expired");
inline constexpr const RuleRow& codeUnknown = row("provider.code-unknown");
inline constexpr const RuleRow& redirectUriDiffers = row("provider.redirect-uri-differs");
inline constexpr const RuleRow& pkceFailed = row("provider.pkce-failed");
inline constexpr const RuleRow& clientSecretWrong = row("provider.client-secret-wrong");
inline constexpr const RuleRow& grantRefused = row("provider.grant-refused");
inline constexpr const RuleRow& tokenIssued = row("provider.token-issued");
inline constexpr const RuleRow& refreshRefused = row("provider.refresh-refused");
inline constexpr const RuleRow& tokenRefused = row("provider.token-refused");
inline constexpr const RuleRow& originRefused = row("provider.origin-refused");
inline constexpr const RuleRow& userinfo = row("provider.userinfo");
inline constexpr const RuleRow& introspection = row("provider.introspection");
inline constexpr const RuleRow& revocation = row("provider.revocation");
inline constexpr const RuleRow& logoutConfirm = row("provider.logout-confirm");
inline constexpr const RuleRow& logout = row("provider.logout");
inline constexpr const RuleRow& logoutRefused = row("provider.logout-refused");
inline constexpr const RuleRow& backchannelLogout = row("provider.backchannel-logout");

} // namespace gatehouse::provider::rule
