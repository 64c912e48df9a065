// What every realm of Keycloak 26.7 has from the start (keycloak.md 1.12, keycloak-admin.md section 2). A
// full export lists all of it, and listing it asks for nothing.

#include <base/ascii.h>
#include <realm/builtIns.h>
#include <realm/check.h>

#include <algorithm>
#include <array>

namespace gatehouse::realm {

namespace {

constexpr std::array<std::string_view, 15> scopes = {"role_list",
                                                     "saml_organization",
                                                     "AuthnContextClassRef",
                                                     "profile",
                                                     "email",
                                                     "roles",
                                                     "web-origins",
                                                     "acr",
                                                     "basic",
                                                     "offline_access",
                                                     "address",
                                                     "phone",
                                                     "microprofile-jwt",
                                                     "organization",
                                                     "service_account"};

constexpr std::array<std::string_view, 6> clients = {"account", "account-console",  "admin-cli",
                                                     "broker",  "realm-management", "security-admin-console"};

struct Action {
    std::string_view alias;
    bool enabled;
};
constexpr std::array<Action, 14> actions = {{{"TERMS_AND_CONDITIONS", false},
                                             {"UPDATE_PROFILE", true},
                                             {"VERIFY_EMAIL", true},
                                             {"CONFIGURE_TOTP", true},
                                             {"UPDATE_PASSWORD", true},
                                             {"delete_account", false},
                                             {"UPDATE_EMAIL", false},
                                             {"webauthn-register", true},
                                             {"webauthn-register-passwordless", true},
                                             {"VERIFY_PROFILE", true},
                                             {"delete_credential", true},
                                             {"idp_link", true},
                                             {"CONFIGURE_RECOVERY_AUTHN_CODES", true},
                                             {"update_user_locale", true}}};

template <class Test>
bool every(const Node& list, Test test) {
    return list.isList() && std::all_of(list.items().begin(), list.items().end(), test);
}

bool builtInFlow(const Node& flow) {
    return asBool(flow["builtIn"]).value_or(false);
}

bool builtInAction(const Node& action) {
    const Node& alias = action["alias"];
    const auto found = std::find_if(actions.begin(), actions.end(), [&](const Action& each) {
        return alias.isScalar() && each.alias == alias.text();
    });
    return found != actions.end() && asBool(action["enabled"]).value_or(true) == found->enabled &&
           !asBool(action["defaultAction"]).value_or(false);
}

bool builtInStepConfig(const Node& config) {
    static constexpr std::array<std::string_view, 4> aliases = {
        "browser-conditional-credential", "create unique user config",
        "first-broker-login-conditional-credential", "review profile config"};
    const Node& alias = config["alias"];
    return alias.isScalar() && std::find(aliases.begin(), aliases.end(), alias.text()) != aliases.end();
}

bool offlineAccess(const Node& mapping) {
    return mapping["clientScope"].isScalar() && mapping["clientScope"].text() == "offline_access";
}

// The account console may use account's own roles.
bool accountConsole(const Node& mappings) {
    return mappings.isMap() && mappings.size() == 1 && every(mappings["account"], [](const Node& mapping) {
               return mapping["client"].isScalar() && mapping["client"].text() == "account-console";
           });
}

bool emptyValue(const Node& value) {
    return value.kind() == Node::Kind::Null || (value.isScalar() && value.text().empty()) ||
           (!value.isScalar() && value.size() == 0);
}

// JSON without blanks, for values as small as the defaults of rows.
void compact(const Node& node, std::string& out) {
    if (node.isScalar()) {
        out.append("\"").append(node.text()).append("\"");
    } else if (node.isList()) {
        out += '[';
        for (const Node& item : node.items()) {
            out.append(out.back() == '[' ? "" : ",");
            compact(item, out);
        }
        out += ']';
    } else if (node.isMap()) {
        out += '{';
        for (const auto& [key, value] : node.entries()) {
            out.append(out.back() == '{' ? "" : ",").append("\"").append(key).append("\":");
            compact(*value, out);
        }
        out += '}';
    }
}

bool asByDefault(const FieldRow& row, const Node& value) {
    if (value.isScalar())
        return value.text() == row.byDefault ||
               (row.type == FieldType::Boolean && row.byDefault.empty() && value.text() == "false");
    if (row.byDefault.empty())
        return false;
    std::string text;
    compact(value, text);
    return text == row.byDefault;
}

} // namespace

bool isBuiltInScope(std::string_view name) {
    return std::find(scopes.begin(), scopes.end(), name) != scopes.end();
}

// In the order above; service_account is given out by serviceAccountsEnabled only.
std::span<const std::string_view> builtInDefaultScopes() {
    return std::span(scopes).first(9);
}

std::span<const std::string_view> builtInOptionalScopes() {
    return std::span(scopes).subspan(9, 5);
}

bool isBuiltInClient(std::string_view clientId) {
    return std::find(clients.begin(), clients.end(), clientId) != clients.end();
}

bool isBuiltIn(const FieldRow& row, const Node& value, std::string_view owner) {
    if (emptyValue(value) || asByDefault(row, value))
        return true;
    if (row.holder == Holder::Client)
        return isBuiltInClient(owner);
    if (row.holder != Holder::Realm)
        return false;
    if (row.name == "authenticationFlows")
        return every(value, builtInFlow);
    if (row.name == "authenticatorConfig")
        return every(value, builtInStepConfig);
    if (row.name == "requiredActions")
        return every(value, builtInAction);
    if (row.name == "scopeMappings")
        return every(value, offlineAccess);
    if (row.name == "clientScopeMappings")
        return accountConsole(value);
    if (row.name == "defaultRole")
        return value["name"].isScalar() && value["name"].text() == "default-roles-" + lower(owner);
    return false;
}

} // namespace gatehouse::realm
