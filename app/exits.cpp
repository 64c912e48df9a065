#include <base/message.h>

#include <app/exits.h>

namespace gatehouse::app {

namespace {

constexpr ExitRow rows[] = {
    {"exit.secret", GH_TEXT("app", "`gatehouse secret LAB NAME` prints the value of one secret"),
     "whoever types the command, on standard output", "app/commands/secret.cpp"},
    {"exit.totp", GH_TEXT("app", "`gatehouse totp LAB USER` prints a code, with --qr the key itself"),
     "whoever types the command, on standard output", "app/commands/totp.cpp"},
    {"exit.login-form", GH_TEXT("app", "A rehearsal types a user's password into the provider's login page"),
     "the provider of the lab, over TLS", "core/rehearsal/httpVisit.cpp"},
    {"exit.browser-form",
     GH_TEXT("app", "The embedded browser's login types a user's password into the provider's page"),
     "the provider of the lab, over TLS", "ui/browser/typist.cpp"},
    {"exit.code-card", GH_TEXT("app", "The one-time code card shows a code when asked to"),
     "whoever sees the window, and the clipboard for 30 seconds", "ui/browser/totpCard.cpp"},
    {"exit.code-key",
     GH_TEXT("app", "The one-time code card gives a key as QR code or address when asked to"),
     "whoever sees the window, and the clipboard for 30 seconds", "ui/browser/totpCardKeys.cpp"},
    {"exit.one-time-code", GH_TEXT("app", "A rehearsal makes the code that it types; the key stays"),
     "the provider of the lab, over TLS", "core/rehearsal/authenticator.cpp"},
    {"exit.client-authentication",
     GH_TEXT("app", "A gate proves with its client secret who it is when it asks for tokens"),
     "the token endpoint of the gate's provider", "core/gate/tokenFlows.cpp"},
    {"exit.basic-password", GH_TEXT("app", "A gate with basic-auth-password passes it on with each request"),
     "the gate's own upstream", "core/gate/headerRules.cpp"},
    {"exit.realm-json",
     GH_TEXT("app", "A realm is written for a real Keycloak, which has to know its users and clients"),
     "the Keycloak that is provisioned", "core/realm/realmJson.cpp"},
    {"exit.manifests",
     GH_TEXT("app", "`gatehouse export --secret-values` writes the values of secrets into manifests"),
     "secrets.yaml and realm-*.json of the set, for their owner alone (0600)",
     "core/kubernetes/writeParts.cpp"},
    {"exit.user-state",
     GH_TEXT("app", "The seed of generated secrets and the key of the certificate authority are kept"),
     "files of this user alone (0600) in the state folder", "core/user/userState.cpp"},
    {"exit.keyring",
     GH_TEXT("app", "A secret that was typed into the window is kept by the system's keyring"),
     "the keyring of this user", "core/desk/keyring.cpp"},
    {"exit.secret-file",
     GH_TEXT("app", "A secret that was typed into the window is kept in a file that a pass-phrase seals"),
     "a file of this user alone (0600) in the state folder, sealed by AES-256-GCM",
     "core/desk/secretFile.cpp"},
    {"exit.secret-field", GH_TEXT("app", "A form shows or copies the value of a secret when asked to"),
     "whoever sees the window, and the clipboard for 30 seconds", "ui/forms/secretEditor.cpp"},
    {"exit.realm-keys", GH_TEXT("app", "The keys by which embedded realms sign tokens are kept"),
     "files of this user alone (0600) in the state folder", "core/user/realmKeyFiles.cpp"},
};

} // namespace

std::span<const ExitRow> exits() {
    return rows;
}

} // namespace gatehouse::app
