// A realm compiled for serving: what Keycloak's database holds after the realm's representation was imported:
// built-in client scopes and clients, roles, groups with their members' attributes, secrets resolved.
#pragma once

#include <base/error.h>
#include <provider/state.h>
#include <realm/realm.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::provider {

struct ScopeModel {
    std::string name;
    bool inTokenScope = true; // attribute include.in.token.scope
    bool inMetadata = true;   // attribute include.in.openid.provider.metadata
    std::vector<realm::ProtocolMapper> mappers;
};

struct ClientModel {
    realm::Client data;
    std::string id; // UUID
    crypto::SecretString secret;
    bool builtIn = false;
    std::vector<const ScopeModel*> defaultScopes;
    std::vector<const ScopeModel*> optionalScopes;

    std::string attribute(std::string_view name) const;
    bool flag(std::string_view name) const { return attribute(name) == "true"; }
};

// Roles by holder: "" for the realm's, else the client's clientId.
using RoleSet = std::map<std::string, std::set<std::string>>;

struct UserModel {
    realm::User data;
    std::string id;
    std::optional<crypto::SecretString> password;
    bool passwordTemporary = false;
    std::vector<OtpDevice> devices;
    RoleSet roles; // effective
    std::vector<std::string> groupPaths;
    std::map<std::string, std::vector<std::string>> inheritedAttributes; // of the groups
    std::string serviceAccountOf;                                        // clientId
};

class RealmModel {
public:
    using Places = std::function<Place(FieldId)>;
    RealmModel(realm::Realm data, const crypto::SecretSource& secrets, const Places& place,
               std::vector<Problem>& problems);

    const realm::Realm& data() const { return data_; }
    const std::string& name() const { return data_.realm; }
    std::string shownName() const { return data_.displayName.empty() ? data_.realm : data_.displayName; }

    const ClientModel* client(std::string_view clientId) const;
    const ClientModel* clientById(std::string_view id) const;
    const std::map<std::string, ClientModel, std::less<>>& clients() const { return clients_; }
    const UserModel*
    user(std::string_view username) const; // name, or e-mail where the realm allows; case-free
    const UserModel* userById(std::string_view id) const;
    const UserModel* serviceAccount(std::string_view clientId) const;
    const std::vector<std::unique_ptr<ScopeModel>>& scopes() const { return scopes_; }
    std::string defaultRole() const { return "default-roles-" + data_.realm; }

private:
    realm::Realm data_;
    std::vector<std::unique_ptr<ScopeModel>> scopes_;
    std::map<std::string, ClientModel, std::less<>> clients_;
    std::map<std::string, UserModel, std::less<>> users_; // by name
    RoleSet defaultRoles_;

    const ScopeModel* scope(std::string_view name) const;
    void addScopes();
    void addClient(realm::Client data, bool builtIn, const crypto::SecretSource& secrets, const Places& place,
                   std::vector<Problem>& problems);
    void addUser(const realm::User& data, const crypto::SecretSource& secrets, const Places& place,
                 std::vector<Problem>& problems);
    void addCredential(const realm::Credential& data, UserModel& user, const crypto::SecretSource& secrets,
                       const Places& place, std::vector<Problem>& problems);
    void addRole(const std::string& holder, const std::string& role, RoleSet& roles) const;
    void joinGroup(std::string_view path, UserModel& user) const;
};

// The client scopes that every new realm has, in Keycloak's order (keycloak.md 3.3), and the clients.
struct BuiltInScope {
    realm::ClientScope scope;
    bool byDefault = false; // a realm default default scope
    bool optional = false;  // a realm default optional scope
    bool inMetadata = true;
};
std::vector<BuiltInScope> builtInScopes();
std::vector<realm::Client> builtInClients(const std::string& realm);

} // namespace gatehouse::provider
