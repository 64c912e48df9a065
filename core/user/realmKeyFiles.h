// The keys by which embedded realms sign tokens, a file each (0600) in the state folder: making one costs a
// tenth of a second, which is paid once a user, and tokens stay verifiable over a restart.
#pragma once

#include <provider/state.h>

#include <filesystem>
#include <user/userState.h>

namespace gatehouse::user {

class RealmKeyFiles : public provider::KeyStore {
public:
    // `complain` hears what cannot be read or written; the realm then has a key for this run only. Called on
    // the engine's thread.
    RealmKeyFiles(std::filesystem::path folder, Complain complain)
        : folder_(std::move(folder)), complain_(std::move(complain)) {}
    std::string load(std::string_view realm, std::string_view use) override;
    void save(std::string_view realm, std::string_view use, std::string_view pem) override;

private:
    std::filesystem::path fileOf(std::string_view realm, std::string_view use) const;

    std::filesystem::path folder_;
    Complain complain_;
};

} // namespace gatehouse::user
