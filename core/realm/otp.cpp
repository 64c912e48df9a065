#include <realm/otp.h>

namespace gatehouse::realm {

namespace {

crypto::Hash hashOf(std::string_view algorithm) {
    if (algorithm == "HmacSHA512")
        return crypto::Hash::Sha512;
    if (algorithm == "HmacSHA256")
        return crypto::Hash::Sha256;
    return crypto::Hash::Sha1;
}

} // namespace

crypto::OtpPolicy otpPolicy(const Realm& realm) {
    return {hashOf(realm.otpPolicyAlgorithm), realm.otpPolicyDigits, realm.otpPolicyPeriod};
}

crypto::OtpPolicy otpPolicy(const Realm& realm, const Credential& device) {
    crypto::OtpPolicy policy = otpPolicy(realm);
    if (!device.algorithm.empty())
        policy.hash = hashOf(device.algorithm);
    if (device.digits > 0)
        policy.digits = device.digits;
    if (device.period > 0)
        policy.period = device.period;
    return policy;
}

} // namespace gatehouse::realm
