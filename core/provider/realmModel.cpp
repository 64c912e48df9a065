#include <base/ascii.h>
#include <provider/ids.h>
#include <provider/problems.h>
#include <provider/realmModel.h>
#include <realm/otp.h>

#include <algorithm>

namespace gatehouse::provider {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view item) {
    return std::ranges::find(list, item) != list.end();
}

ScopeModel modelOf(const realm::ClientScope& scope, bool inMetadata) {
    const auto attribute = [&scope](const char* name) {
        const auto at = scope.attributes.find(name);
        return at == scope.attributes.end() || at->second != "false";
    };
    return {scope.name, attribute("include.in.token.scope"),
            inMetadata && attribute("include.in.openid.provider.metadata"), scope.protocolMappers};
}

} // namespace

std::string ClientModel::attribute(std::string_view name) const {
    const auto at = data.attributes.find(std::string(name));
    return at == data.attributes.end() ? std::string{} : at->second;
}

RealmModel::RealmModel(realm::Realm data, const crypto::SecretSource& secrets, const Places& place,
                       std::vector<Problem>& problems)
    : data_(std::move(data)) {
    addScopes();
    defaultRoles_[""] = {"offline_access", "uma_authorization", defaultRole()};
    defaultRoles_["account"] = {"manage-account", "manage-account-links", "view-profile"};
    for (auto& client : builtInClients(data_.realm))
        addClient(std::move(client), true, secrets, place, problems);
    for (const auto& client : data_.clients)
        addClient(client, false, secrets, place, problems);
    for (const auto& user : data_.users)
        addUser(user, secrets, place, problems);
    for (const auto& [clientId, client] : clients_) {
        if (!client.data.serviceAccountsEnabled)
            continue;
        realm::User account;
        account.username = "service-account-" + lower(clientId);
        account.realmRoles.push_back(defaultRole());
        addUser(account, secrets, place, problems);
        users_.find(account.username)->second.serviceAccountOf = clientId;
    }
}

void RealmModel::addScopes() {
    for (const auto& builtIn : builtInScopes())
        scopes_.push_back(std::make_unique<ScopeModel>(modelOf(builtIn.scope, builtIn.inMetadata)));
    for (const auto& own : data_.clientScopes) {
        if (own.protocol != "openid-connect")
            continue;
        auto model = std::make_unique<ScopeModel>(modelOf(own, true));
        const auto same =
            std::ranges::find_if(scopes_, [&own](const auto& s) { return s->name == own.name; });
        if (same == scopes_.end())
            scopes_.push_back(std::move(model));
        else
            *same = std::move(model); // the realm's own words win over the built-in scope
    }
}

const ScopeModel* RealmModel::scope(std::string_view name) const {
    const auto at = std::ranges::find_if(scopes_, [name](const auto& s) { return s->name == name; });
    return at == scopes_.end() ? nullptr : at->get();
}

void RealmModel::addClient(realm::Client data, bool builtIn, const crypto::SecretSource& secrets,
                           const Places& place, std::vector<Problem>& problems) {
    ClientModel model;
    model.builtIn = builtIn;
    model.id = data.id.empty() ? derivedUuid({data_.realm, "client", data.clientId}) : data.id;
    if (data.secret && !data.publicClient) {
        if (const auto* secret = secrets.find(data.secret.name))
            model.secret = secret->clone();
        else
            problems.push_back({Problem::Kind::Refused, missingSecret(data.secret.name, place(data.from))});
    }
    const auto defaults = builtInScopes();
    const auto named = [this](const std::vector<std::string>& names, std::vector<const ScopeModel*>& out) {
        for (const auto& name : names)
            if (const auto* found = scope(name))
                out.push_back(found);
    };
    std::vector<std::string> byDefault, optional;
    for (const auto& row : defaults) {
        if (row.byDefault || (row.scope.name == "service_account" && data.serviceAccountsEnabled))
            byDefault.push_back(row.scope.name);
        if (row.optional)
            optional.push_back(row.scope.name);
    }
    byDefault.insert(byDefault.end(), data_.defaultDefaultClientScopes.begin(),
                     data_.defaultDefaultClientScopes.end());
    optional.insert(optional.end(), data_.defaultOptionalClientScopes.begin(),
                    data_.defaultOptionalClientScopes.end());
    named(data.defaultClientScopes.value_or(byDefault), model.defaultScopes);
    named(data.optionalClientScopes.value_or(optional), model.optionalScopes);
    const std::string clientId = data.clientId;
    model.data = std::move(data);
    clients_.insert_or_assign(clientId, std::move(model));
}

void RealmModel::addRole(const std::string& holder, const std::string& role, RoleSet& roles) const {
    if (!roles[holder].insert(role).second)
        return;
    if (holder.empty()) {
        for (const auto& row : data_.roles)
            if (row.name == role) {
                for (const auto& composite : row.composites)
                    addRole("", composite, roles);
                for (const auto& [clientId, names] : row.clientComposites)
                    for (const auto& composite : names)
                        addRole(clientId, composite, roles);
            }
    } else if (const auto* of = client(holder)) {
        if (const auto row = of->data.roles.find(role); row != of->data.roles.end())
            for (const auto& composite : row->second)
                addRole(holder, composite, roles);
    }
}

void RealmModel::joinGroup(std::string_view path, UserModel& user) const {
    const std::vector<realm::Group>* level = &data_.groups;
    std::string joined;
    const auto trimmed = path.starts_with('/') ? path.substr(1) : path;
    for (const auto part : split(trimmed, '/')) {
        const auto at = std::ranges::find_if(*level, [part](const auto& g) { return g.name == part; });
        if (at == level->end())
            return; // arrangement has refused it; a group that is not there has no members
        joined += "/" + at->name;
        for (const auto& role : at->realmRoles)
            addRole("", role, user.roles);
        for (const auto& [holder, names] : at->clientRoles)
            for (const auto& role : names)
                addRole(holder, role, user.roles);
        for (const auto& [name, values] : at->attributes)
            user.inheritedAttributes[name] = values;
        level = &at->subGroups;
    }
    if (!contains(user.groupPaths, joined))
        user.groupPaths.push_back(joined);
}

void RealmModel::addCredential(const realm::Credential& data, UserModel& user,
                               const crypto::SecretSource& secrets, const Places& place,
                               std::vector<Problem>& problems) {
    const auto& ref = data.type == "otp" ? data.secretData : data.value;
    const auto* secret = ref ? secrets.find(ref.name) : nullptr;
    if (ref && secret == nullptr) {
        problems.push_back({Problem::Kind::Refused, missingSecret(ref.name, place(data.from))});
        return;
    }
    if (secret == nullptr)
        return;
    if (data.type == "password") {
        user.password = secret->clone();
        user.passwordTemporary = data.temporary;
    } else if (data.type == "otp") {
        OtpDevice device;
        device.id =
            derivedUuid({data_.realm, "otp", user.data.username, std::to_string(user.devices.size())});
        device.label = data.userLabel;
        device.key = secret->clone();
        device.counterBased = data.subType == "hotp";
        device.policy = realm::otpPolicy(data_, data);
        user.devices.push_back(std::move(device));
    }
}

void RealmModel::addUser(const realm::User& data, const crypto::SecretSource& secrets, const Places& place,
                         std::vector<Problem>& problems) {
    UserModel model;
    model.data = data;
    model.data.username = lower(data.username);
    model.data.email = lower(data.email);
    model.id = data.id.empty() ? derivedUuid({data_.realm, "user", model.data.username}) : data.id;
    // A user that comes with its realm has the roles that are written there and no others; one made on its
    // own by Admin REST is given default-roles-{realm} (measured on 26.7.3: the tokens of both).
    if (contains(data.realmRoles, defaultRole()))
        for (const auto& [holder, names] : defaultRoles_)
            for (const auto& role : names)
                addRole(holder, role, model.roles);
    for (const auto& role : data.realmRoles)
        addRole("", role, model.roles);
    for (const auto& [holder, names] : data.clientRoles)
        for (const auto& role : names)
            addRole(holder, role, model.roles);
    for (const auto& path : data.groups)
        joinGroup(path, model);
    for (const auto& credential : data.credentials)
        addCredential(credential, model, secrets, place, problems);
    const std::string name = model.data.username;
    users_.insert_or_assign(name, std::move(model));
}

const ClientModel* RealmModel::client(std::string_view clientId) const {
    const auto at = clients_.find(clientId);
    return at == clients_.end() ? nullptr : &at->second;
}

const ClientModel* RealmModel::clientById(std::string_view id) const {
    for (const auto& [clientId, model] : clients_)
        if (model.id == id)
            return &model;
    return nullptr;
}

const UserModel* RealmModel::user(std::string_view username) const {
    const std::string name = lower(username);
    if (const auto at = users_.find(name); at != users_.end() && at->second.serviceAccountOf.empty())
        return &at->second;
    if (data_.loginWithEmailAllowed && name.find('@') != std::string::npos)
        for (const auto& [key, model] : users_)
            if (model.data.email == name)
                return &model;
    return nullptr;
}

const UserModel* RealmModel::userById(std::string_view id) const {
    for (const auto& [name, model] : users_)
        if (model.id == id)
            return &model;
    return nullptr;
}

const UserModel* RealmModel::serviceAccount(std::string_view clientId) const {
    for (const auto& [name, model] : users_)
        if (model.serviceAccountOf == clientId && !clientId.empty())
            return &model;
    return nullptr;
}

} // namespace gatehouse::provider
