#include <provider/problems.h>

namespace gatehouse::provider {
namespace {

constexpr Message missingSecretRow{"provider-secret-missing",
                                   GH_TEXT("core", "the secret \"{name}\" has no value"),
                                   GH_TEXT("core", "set it, or let the lab's own parts generate it")};
constexpr Message realmTwiceRow{"provider-realm-twice",
                                GH_TEXT("core", "the realm \"{name}\" stands twice in this provider"),
                                GH_TEXT("core", "give it another name, or join the two")};
constexpr Message noSuchClientRow{"provider-no-such-client",
                                  GH_TEXT("core", "the realm has no client \"{name}\""), ""};
constexpr Message noSuchUserRow{"provider-no-such-user", GH_TEXT("core", "the realm has no user \"{name}\""),
                                ""};
constexpr Message noSuchRealmRow{"provider-no-such-realm",
                                 GH_TEXT("core", "the provider has no realm \"{name}\""), ""};

Error error(const Message& what, std::string_view name, Place where = {}) {
    return {&what, {{"name", std::string(name)}}, std::move(where), {}};
}

} // namespace

Error missingSecret(const std::string& name, Place where) {
    return error(missingSecretRow, name, std::move(where));
}
Error realmTwice(const std::string& name, Place where) {
    return error(realmTwiceRow, name, std::move(where));
}
Error noSuchClient(std::string_view clientId) {
    return error(noSuchClientRow, clientId);
}
Error noSuchUser(std::string_view username) {
    return error(noSuchUserRow, username);
}
Error noSuchRealm(std::string_view realm) {
    return error(noSuchRealmRow, realm);
}

} // namespace gatehouse::provider
