// The keys by which embedded realms sign tokens, a file each (0600) in the state folder: making one costs a
// tenth of a second, which is paid once a user, and tokens stay verifiable over a restart.
#pragma once

#include <provider/state.h>

#include <filesystem>

namespace gatehouse::app {

class RealmKeyFiles : public provider::KeyStore {
public:
    explicit RealmKeyFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
    // What cannot be read or written is said on standard error; the realm then has a key for this run only.
    std::string load(std::string_view realm, std::string_view use) override;
    void save(std::string_view realm, std::string_view use, std::string_view pem) override;

private:
    std::filesystem::path fileOf(std::string_view realm, std::string_view use) const;

    std::filesystem::path folder_;
};

} // namespace gatehouse::app
