#include <realm/fields.h>
#include <realm/rows.h>

#include <unordered_map>

namespace gatehouse::realm {

namespace {

using Names = std::unordered_map<std::string_view, const FieldRow*>;

std::vector<FieldRow> joined() {
    std::vector<FieldRow> out;
    for (const auto topic : {realmRows(), realmTokenRows(), webAuthnRows(), clientRows(),
                             clientAttributeRows(), mapperRows(), userRows()})
        out.insert(out.end(), topic.begin(), topic.end());
    return out;
}

std::vector<Names> byHolder() {
    std::vector<Names> out(holders);
    for (const FieldRow& row : fields())
        out[static_cast<std::size_t>(row.holder)].emplace(row.name, &row);
    return out;
}

} // namespace

std::span<const FieldRow> fields() {
    static const std::vector<FieldRow> rows = joined();
    return rows;
}

const FieldRow* field(Holder holder, std::string_view name) {
    static const std::vector<Names> names = byHolder();
    const Names& ofHolder = names[static_cast<std::size_t>(holder)];
    const auto found = ofHolder.find(name);
    return found == ofHolder.end() ? nullptr : found->second;
}

std::span<const std::string_view> required(Holder holder) {
    static constexpr std::string_view realm[] = {"realm"}, client[] = {"clientId"},
                                      mapper[] = {"name", "protocolMapper"}, user[] = {"username"},
                                      credential[] = {"type"}, other[] = {"name"};
    switch (holder) {
    case Holder::Realm:
        return realm;
    case Holder::Client:
        return client;
    case Holder::ProtocolMapper:
        return mapper;
    case Holder::User:
        return user;
    case Holder::Credential:
        return credential;
    case Holder::ClientScope:
    case Holder::Group:
    case Holder::Role:
        break;
    }
    return other;
}

std::optional<Holder> heldIn(const FieldRow& row) {
    static constexpr std::pair<std::string_view, Holder> lists[] = {
        {"clients", Holder::Client},           {"protocolMappers", Holder::ProtocolMapper},
        {"clientScopes", Holder::ClientScope}, {"groups", Holder::Group},
        {"subGroups", Holder::Group},          {"users", Holder::User},
        {"credentials", Holder::Credential}};
    if (row.type == FieldType::Objects)
        for (const auto& [list, item] : lists)
            if (list == row.name)
                return item;
    return std::nullopt;
}

std::string_view name(Holder holder) {
    switch (holder) {
    case Holder::Realm:
        return "a realm";
    case Holder::Client:
        return "a client";
    case Holder::ProtocolMapper:
        return "a protocol mapper";
    case Holder::ClientScope:
        return "a client scope";
    case Holder::Group:
        return "a group";
    case Holder::User:
        return "a user";
    case Holder::Credential:
        return "a credential";
    case Holder::Role:
        return "a role";
    }
    return "";
}

} // namespace gatehouse::realm
