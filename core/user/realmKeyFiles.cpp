#include <http/url.h>

#include <user/realmKeyFiles.h>
#include <user/userState.h>

namespace gatehouse::user {

std::filesystem::path RealmKeyFiles::fileOf(std::string_view realm, std::string_view use) const {
    // A realm may be called anything; "." and "/" must not become folders.
    return folder_ / (http::percentEncode(realm, "-_") + '.' + std::string(use) + ".pem");
}

std::string RealmKeyFiles::load(std::string_view realm, std::string_view use) {
    const std::filesystem::path file = fileOf(realm, use);
    if (!std::filesystem::exists(file))
        return {};
    auto pem = readPrivate(file);
    if (!pem) {
        complain_(pem.error());
        return {};
    }
    return std::move(*pem);
}

void RealmKeyFiles::save(std::string_view realm, std::string_view use, std::string_view pem) {
    if (auto written = writePrivate(fileOf(realm, use), pem); !written)
        complain_(written.error());
}

} // namespace gatehouse::user
