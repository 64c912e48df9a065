// What one-time codes a realm uses, and one device of a user: by one rule for whoever makes codes and whoever
// checks them.
#pragma once

#include <crypto/totp.h>
#include <realm/realm.h>

namespace gatehouse::realm {

// otpPolicyAlgorithm, otpPolicyDigits, otpPolicyPeriod. An algorithm that Keycloak does not know counts as
// HmacSHA1.
crypto::OtpPolicy otpPolicy(const Realm& realm);
// A device has the realm's values where its own are absent (keycloak.md 1.11).
crypto::OtpPolicy otpPolicy(const Realm& realm, const Credential& device);

} // namespace gatehouse::realm
