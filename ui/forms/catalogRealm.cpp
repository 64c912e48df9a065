#include <base/ascii.h>

#include <algorithm>
#include <forms/catalogRows.h>
#include <forms/pointer.h>

namespace gatehouse::forms {

namespace {

using realm::FieldRow;
using realm::FieldType;
using realm::Holder;

Kind kindOf(const FieldRow& row) {
    switch (row.type) {
    case FieldType::Boolean:
        return Kind::Boolean;
    case FieldType::Integer:
    case FieldType::Seconds:
        return Kind::Integer;
    case FieldType::TextList:
        return Kind::TextList;
    case FieldType::TextMap:
        return Kind::TextMap;
    case FieldType::TextListMap:
        return Kind::TextListMap;
    case FieldType::Secret:
        return Kind::Secret;
    case FieldType::Choice:
        return Kind::Choice;
    case FieldType::Objects:
        return Kind::Source;
    case FieldType::Text:
        break;
    }
    return Kind::Text;
}

std::string rowId(const FieldRow& row) {
    return std::string(realmTypeId(row.holder)) + "/" + std::string(row.name);
}

// Names with a dot are keys of attributes or config, whatever further dots they have.
std::string pathOf(const FieldRow& row) {
    const auto dot = row.name.find('.');
    if (dot == std::string_view::npos)
        return child("", row.name);
    return child(child("", row.name.substr(0, dot)), row.name.substr(dot + 1));
}

std::vector<std::string_view> kindsWith(std::string_view setting) {
    std::vector<std::string_view> out;
    for (const realm::MapperKind& kind : realm::mapperKinds())
        if (const auto settings = split(kind.config, '|');
            std::ranges::find(settings, setting) != settings.end())
            out.push_back(kind.id);
    return out;
}

void depend(FieldSpec& out, const FieldRow& row) {
    if (!row.whenField.empty()) {
        out.whenPath = child("", row.whenField);
        out.whenValues = {row.whenValue};
    } else if (row.holder == Holder::ProtocolMapper && row.name.starts_with("config.")) {
        out.whenPath = "/protocolMapper";
        out.whenValues = kindsWith(row.name.substr(7));
    }
}

std::vector<Choice> mapperChoices() {
    std::vector<Choice> out;
    for (const realm::MapperKind& kind : realm::mapperKinds())
        out.push_back({std::string(kind.id), std::string(kind.label)});
    return out;
}

FieldSpec spec(const FieldRow& row) {
    FieldSpec out;
    out.row = rowId(row);
    out.path = pathOf(row);
    out.name = row.name;
    out.kind = kindOf(row);
    out.form = out.kind == Kind::Integer ? "integer" : std::string_view();
    out.label = row.label;
    out.section = row.section;
    out.help = row.help;
    out.unit = row.unit;
    out.byDefault = row.byDefault;
    out.whenEmpty = row.whenEmpty;
    out.note = row.note;
    out.offers = row.offers;
    out.starts = row.starts;
    out.support = row.support;
    out.choices = choicesOf(row.choices, '|');
    out.otherChoices = row.name.ends_with("heme"); // a theme may be anybody's own
    out.asText = row.name.find('.') != std::string_view::npos || row.type == FieldType::TextMap;
    const auto required = realm::required(row.holder);
    out.required = std::ranges::find(required, row.name) != required.end();
    if (row.offers == "mapper kinds") {
        out.kind = Kind::Choice;
        out.choices = mapperChoices();
        out.otherChoices = true;
    }
    depend(out, row);
    return out;
}

void addCollection(ObjectType& type, const FieldRow& row, std::string path, Holder item) {
    type.collections.push_back({rowId(row), std::move(path), row.label, row.help, row.whenEmpty, row.note,
                                row.support, std::string(realmTypeId(item)), false});
}

struct HolderName {
    Holder holder;
    std::string_view id, label, help;
};
constexpr HolderName holderNames[] = {
    {Holder::Realm, "realm/realm", "Realm", "users, groups and the clients they log in to"},
    {Holder::Client, "realm/client", "Client", "an application that sends its users here"},
    {Holder::ProtocolMapper, "realm/mapper", "Mapper", "what gets into tokens, and from where"},
    {Holder::ClientScope, "realm/scope", "Client scope", "mappers that clients ask for by a word"},
    {Holder::Group, "realm/group", "Group", "users who may do the same"},
    {Holder::User, "realm/user", "User", "somebody who logs in"},
    {Holder::Credential, "realm/credential", "Credential", "a password or an authenticator"},
    {Holder::Role, "realm/role", "Role", "a right by name"}};

const HolderName& nameOf(Holder holder) {
    return *std::ranges::find(holderNames, holder, &HolderName::holder);
}

} // namespace

std::string_view realmTypeId(Holder holder) {
    return nameOf(holder).id;
}

ObjectType realmType(Holder holder) {
    ObjectType out;
    out.id = nameOf(holder).id;
    out.label = nameOf(holder).label;
    out.help = nameOf(holder).help;
    for (const FieldRow& row : realm::fields()) {
        if (row.holder != holder)
            continue;
        if (const auto item = realm::heldIn(row); item && row.support != Support::NotYet)
            addCollection(out, row, pathOf(row), *item);
        else if (holder == Holder::Realm && row.name == "roles")
            addCollection(out, row, "/roles/realm", Holder::Role);
        else
            out.fields.push_back(spec(row));
    }
    for (FieldSpec& field : out.fields)
        field.repeated = std::ranges::count(out.fields, field.label, &FieldSpec::label) > 1;
    if (holder == Holder::Realm)
        out.pages = {{"OTP policy", "OTP Policy"}};
    return out;
}

} // namespace gatehouse::forms
