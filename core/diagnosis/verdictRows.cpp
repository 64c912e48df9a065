#include <diagnosis/verdict.h>

#include <array>

namespace gatehouse::diagnosis {

namespace {

using enum VerdictOutcome;

constexpr std::array rows{
    VerdictRow{
        Allowed,
        {"allowed", GH_TEXT("core", "{user} reached the service: {service} answered with {status}."), ""}},

    VerdictRow{Denied,
               {"not-signed-in",
                GH_TEXT("core", "Nobody is signed in: the visit ends at the login page of {host}."),
                GH_TEXT("core", "Rehearse with a user (--as USER) to go on.")}},
    VerdictRow{
        Denied,
        {"unauthorized",
         GH_TEXT("core", "The request was refused with 401 and no way to sign in was offered."),
         GH_TEXT("core",
                 "Set auth-signin on the Ingress, so that browsers are sent to the gate's start page.")}},
    VerdictRow{Denied,
               {"wrong-password",
                GH_TEXT("core", "The provider did not accept the user name or password of {user}."),
                GH_TEXT("core", "Compare the password of {user} with the one in the realm; `gatehouse secret "
                                "LAB NAME` shows the lab's.")}},
    VerdictRow{Denied,
               {"authenticator-clock-off",
                GH_TEXT("core", "The one-time code was right, but for another time: the authenticator's "
                                "clock is {seconds} seconds off."),
                GH_TEXT("core", "Set the authenticator's clock by network time; raise the realm's look-ahead "
                                "window only as a last resort.")}},
    VerdictRow{Denied,
               {"otp-used", GH_TEXT("core", "The one-time code had been used before."),
                GH_TEXT("core", "Wait for the next code: Keycloak accepts each once, unless the realm sets "
                                "otpPolicyCodeReusable.")}},
    VerdictRow{Denied,
               {"wrong-otp", GH_TEXT("core", "The provider did not accept the one-time code of {user}."),
                GH_TEXT("core", "Check that the authenticator holds this realm's key, with the realm's "
                                "digits, period and algorithm.")}},
    VerdictRow{Denied,
               {"user-disabled", GH_TEXT("core", "The account of {user} is disabled."),
                GH_TEXT("core", "Enable the user in the realm.")}},
    VerdictRow{
        Denied,
        {"user-locked", GH_TEXT("core", "{user} is locked after too many failed logins."),
         GH_TEXT("core", "Wait for the lock to end, or clear the realm's brute-force record of this user.")}},
    VerdictRow{Denied,
               {"user-not-in-group",
                GH_TEXT("core",
                        "{user} signed in, but is in none of the groups that the gate lets pass ({groups})."),
                GH_TEXT("core", "Add {user} to one of them, or check that the groups claim carries plain "
                                "names (full.path off).")}},
    VerdictRow{
        Denied,
        {"email-not-allowed",
         GH_TEXT("core", "{user} signed in, but the e-mail address is not one that the gate lets pass."),
         GH_TEXT("core", "Look at email-domain and authenticated-emails-file of the gate.")}},
    VerdictRow{Denied,
               {"denied-by-gate", GH_TEXT("core", "The gate refused with {status}: {detail}"),
                GH_TEXT("core", "The gate's decision trace names the rule.")}},
    VerdictRow{
        Denied,
        {"denied-by-service",
         GH_TEXT("core", "{user} passed the gate; the service itself answered {status}."),
         GH_TEXT("core", "Look at the service's own permissions and at the identity headers it received.")}},

    VerdictRow{
        Failed,
        {"auth-loop",
         GH_TEXT("core",
                 "The gate's own path {path} is protected by itself: each check asks for another check."),
         GH_TEXT("core",
                 "Route {path} by an Ingress of its own that has no auth-url and auth-signin annotations.")}},
    VerdictRow{
        Failed,
        {"gate-not-routed",
         GH_TEXT("core",
                 "{path} on {host} does not lead to a gate, so the check asks the protected service again."),
         GH_TEXT(
             "core",
             "Add an Ingress for {path} on {host} to the gate's service, without the auth annotations.")}},
    VerdictRow{Failed,
               {"sign-in-not-found",
                GH_TEXT("core", "The sign-in address {url} answers {status}: no gate is there."),
                GH_TEXT("core", "Route its path to the gate's service by an Ingress of its own.")}},
    VerdictRow{
        Failed,
        {"auth-check-failed",
         GH_TEXT("core", "The ingress could not get a usable answer from auth-url: {detail}"),
         GH_TEXT("core", "Open the auth-url yourself; it must answer 2xx, 401 or 403 within the time-out.")}},
    VerdictRow{Failed,
               {"service-down",
                GH_TEXT("core", "{user} passed the gate, but the service {service} did not answer: {detail}"),
                GH_TEXT("core", "Start the service, or correct its address in the lab.")}},
    VerdictRow{
        Failed,
        {"service-without-endpoints",
         GH_TEXT("core", "The service behind {host} has no endpoints: 503 before anybody was asked."),
         GH_TEXT("core", "Check the Service's name, port and selector; in the lab, what `runs` says.")}},
    VerdictRow{
        Failed,
        {"wrong-client-secret", GH_TEXT("core", "The provider refused the gate's client secret."),
         GH_TEXT("core", "Give the gate the secret of the client's Credentials tab (client-secret).")}},
    VerdictRow{
        Failed,
        {"code-expired",
         GH_TEXT("core", "The authorization code had expired or was used before when the gate redeemed it."),
         GH_TEXT("core", "A slow hop between login and callback, two callbacks with one code, or a very "
                         "short accessCodeLifespan.")}},
    VerdictRow{Failed,
               {"redirect-uri-unregistered",
                GH_TEXT("core", "The provider does not know the gate's redirect URI {uri}."),
                GH_TEXT("core", "Add it to the client's redirectUris, exactly as written here.")}},
    VerdictRow{Failed,
               {"scope-unknown", GH_TEXT("core", "The client lacks a scope that the gate asks for: {detail}"),
                GH_TEXT("core", "Set the gate's scope to openid email profile, or add the client scope "
                                "(allowed-group alone asks for `groups`).")}},
    VerdictRow{Failed,
               {"client-unknown",
                GH_TEXT("core", "The provider does not know the gate's client {client}, or it is disabled."),
                GH_TEXT("core", "Compare client-id with the realm's clients.")}},
    VerdictRow{Failed,
               {"csrf-cookie-missing", GH_TEXT("core", "The callback came without the gate's CSRF cookie."),
                GH_TEXT("core", "Look at cookie-domain, cookie-path, cookie-secure and the host names: start "
                                "and callback must share one.")}},
    VerdictRow{Failed,
               {"issuer-mismatch",
                GH_TEXT("core", "The token's issuer is not the one the gate was told: {detail}"),
                GH_TEXT("core", "oidc-issuer-url must be character for character the issuer of the "
                                "provider's discovery document.")}},
    VerdictRow{
        Failed,
        {"audience-mismatch", GH_TEXT("core", "The token is not meant for the gate's client: {detail}"),
         GH_TEXT("core",
                 "Add an audience mapper to the client, or name the audience in oidc-extra-audience.")}},
    VerdictRow{Failed,
               {"email-missing",
                GH_TEXT("core", "The provider's token carries no e-mail address for {user}."),
                GH_TEXT("core", "Give the user an e-mail address and the client the scope email.")}},
    VerdictRow{
        Failed,
        {"email-not-verified", GH_TEXT("core", "The e-mail address of {user} is not verified."),
         GH_TEXT("core", "Mark it as verified in the realm, or set insecure-oidc-allow-unverified-email.")}},
    VerdictRow{Failed,
               {"provider-unreachable", GH_TEXT("core", "The gate could not reach the provider: {detail}"),
                GH_TEXT("core", "Check oidc-issuer-url, name resolution and certificate trust from the "
                                "gate's place in the network.")}},
    VerdictRow{Failed,
               {"callback-failed",
                GH_TEXT("core", "The gate could not finish the login at its callback: {detail}"),
                GH_TEXT("core", "The gate's decision trace and the provider's events name the cause.")}},
    VerdictRow{
        Failed,
        {"action-needed", GH_TEXT("core", "The provider wants {user} to do something first: {detail}"),
         GH_TEXT("core",
                 "Do it once by hand, or rehearse it (`with: {enrolTotp: true}` for a second factor).")}},
    VerdictRow{Failed,
               {"provider-refused", GH_TEXT("core", "The provider answered {status}: {detail}"),
                GH_TEXT("core", "Look at the realm's events.")}},
    VerdictRow{Failed,
               {"redirect-loop",
                GH_TEXT("core", "The visit was sent in circles: {count} redirects without an end."),
                GH_TEXT("core", "Usually the session cookie is not accepted or not sent: look at "
                                "cookie-secure, cookie-domain and the scheme.")}},
    VerdictRow{Failed,
               {"unreachable", GH_TEXT("core", "{url} did not answer: {detail}"),
                GH_TEXT("core", "Is the listener running, and is this host a name of the lab?")}},
    VerdictRow{Failed,
               {"not-served", GH_TEXT("core", "No rule serves {url}: the default backend answered 404."),
                GH_TEXT("core", "Compare host and path with the ingress rules.")}},
    VerdictRow{Failed,
               {"unknown-page",
                GH_TEXT("core", "The login stopped at a page this driver does not know: {detail}"),
                GH_TEXT("core", "Go on by hand from there.")}},
    VerdictRow{Failed,
               {"unexpected-answer",
                GH_TEXT("core", "{url} answered {status}, which ends the visit before the service."),
                GH_TEXT("core", "The hops above show who answered and why.")}},
};

} // namespace

std::span<const VerdictRow> verdicts() {
    return rows;
}

} // namespace gatehouse::diagnosis
