// What outlives an arrangement: sessions, codes, keys, failed logins, used one-time codes, and what users
// changed (passwords, authenticators, profiles). Beside the arrangement by provider name; engine thread only.
//
// Everything is random per state and kept in memory. Only the realms' RSA keys may come from outside
// (KeyStore), so that tokens stay verifiable over a restart and the 0.1 s of making a key is paid once.
#pragma once

#include <crypto/cipher.h>
#include <crypto/jose.h>
#include <crypto/secretString.h>
#include <crypto/totp.h>
#include <provider/provider.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gatehouse::provider {

using Seconds = std::int64_t; // since 1970

struct OtpDevice {
    std::string id;
    std::string label;
    crypto::SecretString key; // raw bytes
    bool counterBased = false;
    std::int64_t counter = 0; // counterBased: the next one expected
    crypto::OtpPolicy policy;
};

// What an authorization request asked for, checked.
struct AuthRequest {
    std::string clientId;
    std::string redirectUri;       // resolved: where the answer goes
    bool redirectUriGiven = false; // the token request must repeat it
    std::string responseType = "code";
    std::string responseMode; // as asked for; empty: the default of the response type
    std::optional<std::string> scope;
    std::optional<std::string> state;
    std::string nonce;
    std::string prompt;
    std::optional<Seconds> maxAge;
    std::string loginHint;
    std::string codeChallenge;
    std::string codeChallengeMethod;
    std::string acrValues;
    std::string action; // kc_action
};

// One tab of a login under way.
struct AuthSession {
    std::string tabId;
    AuthRequest request;
    Seconds startedAt = 0;
    std::string sessionCode; // the one that the last page carries
    enum class Step : std::uint8_t {
        UsernamePassword,
        Otp,
        RequiredActions,
        Consent
    } step = Step::UsernamePassword;
    std::string userId;            // found, though perhaps not yet signed in
    std::string attemptedUsername; // as typed
    bool rememberMe = false;
    bool reauthentication = false; // of the user of `userId`, whose session lives
    bool timedOut = false;         // rebuilt from the restart cookie: the next page says so
    std::string otpDeviceId;       // chosen or default
    std::string totpSecret;        // shown by the enrolment page: 20 letters and digits
    bool totpWarned = false;       // the arrival warning was shown
    bool verified = false;         // every credential that was asked for is right
    std::vector<std::string> pendingActions;
    std::string currentAction;
    bool applicationInitiated = false;               // currentAction comes from kc_action
    std::string actionStatus;                        // kc_action_status of the answer
    std::map<std::string, std::string> eventDetails; // carried into the next events
};

struct RootAuthSession {
    std::string id;
    Seconds startedAt = 0;
    std::map<std::string, AuthSession> tabs;
};

struct ClientSession {
    std::string clientId;
    Seconds startedAt = 0;
    std::string scope; // as requested
    std::string nonce;
    std::string redirectUri;
    bool bySso = false;         // no page was shown: acr "0"
    std::string refreshTokenId; // newest, for rotation
    int refreshTokenUses = 0;   // of the newest
    Seconds refreshTokenAt = 0;
};

struct UserSession {
    std::string id;
    std::string userId;
    std::string loginUsername;
    std::string ipAddress;
    Seconds startedAt = 0;
    Seconds lastAccess = 0;
    Seconds authTime = 0;
    bool browser = true; // of a browser login: the SSO cookie may name it
    bool rememberMe = false;
    bool offline = false;
    std::string stateChecker;
    std::map<std::string, ClientSession> clients; // by clientId
};

struct Code {
    std::string sessionId;
    std::string clientId;
    Seconds expiresAt = 0;
    std::string redirectUri;
    bool redirectUriGiven = false;
    std::string scope;
    std::string nonce;
    std::string codeChallenge;
    std::string codeChallengeMethod;
};

struct LoginFailures { // keycloak.md 1.14
    int count = 0;
    int secondFactor = 0;
    int temporaryLockouts = 0;
    std::int64_t lastFailureMs = 0;
    Seconds lockedUntil = 0;
};

// What a user changed at run time; the lab stays as it is.
struct UserChanges {
    std::optional<crypto::SecretString> password;
    std::vector<OtpDevice> devices;             // enrolled here
    std::map<std::string, std::string> profile; // email, firstName, lastName
    std::set<std::string> doneActions;
    std::map<std::string, std::int64_t> counters; // of counter-based devices
    bool disabled = false;                        // permanent lock-out
    LoginFailures failures;
};

struct LogoutSession { // between the confirmation page and its answer
    std::string tabId;
    std::string sessionCode;
    std::string clientId;
    std::string redirectUri;
    std::optional<std::string> state;
    Seconds startedAt = 0;
};

// PEM of a realm's keys, kept by the application (files 0600).
class KeyStore {
public:
    virtual ~KeyStore() = default;
    virtual std::string load(std::string_view realm, std::string_view use) = 0; // empty: none yet
    virtual void save(std::string_view realm, std::string_view use, std::string_view pem) = 0;
};

struct RealmKeys {
    crypto::PrivateKey signing;
    std::string signingCertificate; // DER
    crypto::PrivateKey encryption;
    std::string encryptionCertificate;
};

struct RealmState {
    std::map<std::string, RootAuthSession> logins;
    std::map<std::string, UserSession> sessions; // offline ones under "offline:" + id
    std::map<std::string, Code> codes;
    std::map<std::string, LogoutSession> logouts; // by tab
    std::map<std::string, UserChanges> users;     // by user id
    std::map<std::string, Seconds> usedCodes;     // "{device}.{code}" → until when it is refused
    std::map<std::string, Seconds> revoked;       // token id → its expiry
    std::optional<RealmKeys> keys;
    std::string hmacKey; // 64 bytes
    std::string hmacKeyId;
    std::string aesKey; // 32 bytes
    std::string aesKeyId;
};

struct ProviderState {
    std::map<std::string, RealmState, std::less<>> realms;
    std::shared_ptr<KeyStore> keys; // may be null
};

} // namespace gatehouse::provider
