#include <http/url.h>

#include <app/labLoader.h>
#include <app/realmKeyFiles.h>
#include <app/userState.h>

namespace gatehouse::app {

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
        printError(pem.error());
        return {};
    }
    return std::move(*pem);
}

void RealmKeyFiles::save(std::string_view realm, std::string_view use, std::string_view pem) {
    if (auto written = writePrivate(fileOf(realm, use), pem); !written)
        printError(written.error());
}

} // namespace gatehouse::app
