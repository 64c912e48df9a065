#include <base/ascii.h>
#include <rehearsal/loginDriver.h>

#include <algorithm>

namespace gatehouse::rehearsal {

namespace {

crypto::Hash hashOf(std::string_view algorithm) {
    if (algorithm == "HmacSHA256")
        return crypto::Hash::Sha256;
    if (algorithm == "HmacSHA512")
        return crypto::Hash::Sha512;
    return crypto::Hash::Sha1;
}

void readCredentials(const realm::Realm& realm, const realm::User& user, const crypto::SecretSource& secrets,
                     Person& person) {
    person.otpPolicy = {hashOf(realm.otpPolicyAlgorithm), realm.otpPolicyDigits, realm.otpPolicyPeriod};
    person.otpWindow = realm.otpPolicyLookAheadWindow;
    person.enrols = std::find(user.requiredActions.begin(), user.requiredActions.end(), "CONFIGURE_TOTP") !=
                    user.requiredActions.end();
    for (const realm::Credential& credential : user.credentials) {
        if (credential.type == "password")
            person.password = secrets.find(credential.value.name);
        if (credential.type != "otp")
            continue;
        person.otpKey = secrets.find(credential.secretData.name);
        if (!credential.algorithm.empty())
            person.otpPolicy.hash = hashOf(credential.algorithm);
        if (credential.digits != 0)
            person.otpPolicy.digits = credential.digits;
        if (credential.period != 0)
            person.otpPolicy.period = credential.period;
    }
}

} // namespace

Person personOf(const arrangement::Arrangement& arrangement, const Scenario& scenario) {
    Person person;
    person.name = scenario.as;
    for (const lab::Provider& provider : arrangement.document->lab().providers)
        for (const realm::Realm& realm : provider.realms)
            for (const realm::User& user : realm.users)
                if (user.username == lower(scenario.as))
                    readCredentials(realm, user, *arrangement.secrets, person);
    return person;
}

} // namespace gatehouse::rehearsal
