#include <base/ascii.h>
#include <realm/otp.h>
#include <rehearsal/loginDriver.h>

#include <algorithm>

namespace gatehouse::rehearsal {

namespace {

void readCredentials(const realm::Realm& realm, const realm::User& user, const crypto::SecretSource& secrets,
                     Person& person) {
    person.otpPolicy = realm::otpPolicy(realm);
    person.otpWindow = realm.otpPolicyLookAheadWindow;
    person.enrols = std::find(user.requiredActions.begin(), user.requiredActions.end(), "CONFIGURE_TOTP") !=
                    user.requiredActions.end();
    for (const realm::Credential& credential : user.credentials) {
        if (credential.type == "password")
            person.password = secrets.find(credential.value.name);
        if (credential.type != "otp")
            continue;
        person.otpKey = secrets.find(credential.secretData.name);
        person.otpPolicy = realm::otpPolicy(realm, credential);
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
