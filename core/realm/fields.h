// The vocabulary of realms: one row for every form-relevant field of Keycloak 26.7's representations.
//
// Reading, JSON, forms, `explain`, export, `diff` and the reference page are projections of these rows.
#pragma once

#include <base/error.h>
#include <base/node.h>
#include <base/support.h>
#include <realm/realm.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace gatehouse::realm {

enum class Holder : std::uint8_t {
    Realm,
    Client,
    ProtocolMapper,
    ClientScope,
    Group,
    User,
    Credential,
    Role
};
inline constexpr std::size_t holders = 8;
std::string_view name(Holder holder); // in words: "a client"

// Seconds and Integer are whole numbers; Objects are lists or maps of further representations.
enum class FieldType : std::uint8_t {
    Text,
    Boolean,
    Integer,
    Seconds,
    TextList,
    TextMap,
    TextListMap,
    Secret,
    Choice,
    Objects
};

struct FieldRow {
    Holder holder;
    std::string_view name; // "accessTokenLifespan"; attributes as "attributes.pkce.code.challenge.method"
    FieldType type;
    Support support;
    std::string_view label;     // the admin console's own words
    std::string_view section;   // the console's grouping: "Login settings"
    std::string_view help;      // plain words
    std::string_view unit;      // "seconds", ""
    std::string_view byDefault; // as text; "" = empty
    std::string_view whenEmpty; // what empty means
    std::string_view choices;   // "all|external|none" for Choice
    std::string_view note;      // for Partly and NotYet: what is missing
    bool desk = false;          // never leaves the desk (`cluster` otherwise)
    // What of the lab may stand here: "groups", "clients", "scopes", "realm roles", "required actions".
    std::string_view offers = {};
    // What a new object begins with; "*" is its owner's name. Empty: left out.
    std::string_view starts = {};
    // It means something only where that field of the same object has this value ("type", "otp").
    std::string_view whenField = {};
    std::string_view whenValue = {};

    constexpr FieldRow offering(std::string_view what) const {
        FieldRow row = *this;
        row.offers = what;
        return row;
    }
    constexpr FieldRow starting(std::string_view text) const {
        FieldRow row = *this;
        row.starts = text;
        return row;
    }
    constexpr FieldRow onlyWhen(std::string_view field, std::string_view value) const {
        FieldRow row = *this;
        row.whenField = field;
        row.whenValue = value;
        return row;
    }
};

std::span<const FieldRow> fields();
const FieldRow* field(Holder holder, std::string_view name);
// The fields without which there is no such object: {"name", "protocolMapper"} of a mapper.
std::span<const std::string_view> required(Holder holder);
// What a list of Objects holds: clients → Client, subGroups → Group. None: maps and lists without a holder.
std::optional<Holder> heldIn(const FieldRow& row);

// What `protocolMapper` may be, for OpenID Connect. Other ids are somebody's own providers on a real
// Keycloak.
struct MapperKind {
    std::string_view id;    // "oidc-group-membership-mapper"
    std::string_view label; // the admin console's own words
    Support support;
    std::string_view config; // its settings in the console's order: "user.attribute|claim.name|…"
};
std::span<const MapperKind> mapperKinds();
const MapperKind* mapperKind(std::string_view id);

// Reads a realm; problems carry FieldIds through `place`. Unknown fields and NotYet rows that are used are
// problems (NotYet: Refused, code "field-not-yet" with args["name"] the row's name, so that the caller can
// tolerate by name). A NotYet field that says what would hold without it is not used: exports list
// everything.
Realm read(const Node& node, const std::function<Place(FieldId)>& place, std::vector<Problem>& problems);

// Keycloak's own JSON of a realm (for import and Admin REST); secrets are revealed by `secrets`, or written
// as
// "${name}" placeholders when it is null.
std::string toJson(const Realm& realm, const crypto::SecretSource* secrets);
// The ids of the nodes are places in this text, which `placeInJson` turns into lines and columns.
Result<Node> nodeFromJson(std::string_view json, std::string_view file);
Place placeInJson(std::string_view json, std::string_view file, const Node& root, FieldId id);

} // namespace gatehouse::realm
