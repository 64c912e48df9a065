#include <base/ascii.h>
#include <lab/fields.h>
#include <lab/schema.h>
#include <realm/fields.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace gatehouse::lab {

namespace {

using Json = nlohmann::ordered_json;
using realm::FieldRow;
using realm::FieldType;
using realm::Holder;

Json reference(std::string_view name) {
    return {{"$ref", "#/$defs/" + std::string(name)}};
}

Json arrayOf(Json items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}

Json mapOf(Json values) {
    return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}

Json choices(std::string_view text) {
    Json out = Json::array();
    for (const std::string_view each : split(text, '|'))
        out.push_back(each);
    return out;
}

// What is said about a field, whatever its type.
void describe(Json& json, std::string_view help, Support support, std::string_view note,
              std::string_view whenEmpty) {
    std::string text(help);
    if (support != Support::Does && !note.empty())
        text += (support == Support::NotYet ? ". Not done yet: " : ". Partly done: ") + std::string(note);
    if (!whenEmpty.empty())
        text += ". Left out: " + std::string(whenEmpty);
    json["description"] = text;
}

void byDefault(Json& json, std::string_view text) {
    if (text.empty() || text.front() == '[' || text.front() == '{')
        return;
    const Node node = Node::scalar(std::string(text));
    const auto type = json.find("type");
    if (type != json.end() && *type == "boolean")
        json["default"] = text == "true";
    else if (type != json.end() && *type == "integer" && asInteger(node))
        json["default"] = *asInteger(node);
    else
        json["default"] = text;
}

// Rows of realm::fields().
class Representations {
public:
    static Json all() {
        Json out = Json::object();
        for (const auto& [holder, name] : definitions)
            out[std::string(name)] = object(holder);
        return out;
    }

private:
    static constexpr std::pair<Holder, std::string_view> definitions[] = {
        {Holder::Realm, "realm"},
        {Holder::Client, "client"},
        {Holder::ProtocolMapper, "protocolMapper"},
        {Holder::ClientScope, "clientScope"},
        {Holder::Group, "group"},
        {Holder::User, "user"},
        {Holder::Credential, "credential"},
        {Holder::Role, "role"}};

    static std::string_view definition(Holder holder) {
        for (const auto& [known, name] : definitions)
            if (known == holder)
                return name;
        return {};
    }

    static Json object(Holder holder) {
        Json out = {{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
        for (const FieldRow& row : realm::fields())
            if (row.holder == holder && row.name.find('.') == std::string_view::npos)
                out["properties"][std::string(row.name)] = field(row);
        for (const std::string_view name : realm::required(holder))
            out["required"].push_back(name);
        return out;
    }

    static Json field(const FieldRow& row) {
        Json out = type(row);
        out["title"] = row.label;
        describe(out, row.help, row.support, row.note, row.whenEmpty);
        byDefault(out, row.byDefault);
        return out;
    }

    static Json type(const FieldRow& row) {
        switch (row.type) {
        case FieldType::Boolean:
            return {{"type", "boolean"}};
        case FieldType::Integer:
        case FieldType::Seconds:
            return {{"type", "integer"}};
        case FieldType::TextList:
            return arrayOf({{"type", "string"}});
        case FieldType::TextMap:
            return texts(row);
        case FieldType::TextListMap:
            return mapOf(arrayOf({{"type", "string"}}));
        case FieldType::Secret:
            return reference("secret");
        case FieldType::Choice:
            if (row.name.ends_with("heme"))
                return {{"type", "string"}, {"examples", choices(row.choices)}};
            return {{"enum", choices(row.choices)}};
        case FieldType::Objects:
            return objects(row);
        case FieldType::Text:
            break;
        }
        return {{"type", "string"}};
    }

    // attributes and config: known names are offered, others are taken.
    static Json texts(const FieldRow& map) {
        Json out = mapOf({{"type", {"string", "boolean", "number"}}});
        const std::string prefix = std::string(map.name) + ".";
        for (const FieldRow& row : realm::fields()) {
            if (row.holder != map.holder || !row.name.starts_with(prefix))
                continue;
            Json entry = {{"type", {"string", "boolean", "number"}}, {"title", row.label}};
            if (row.type == FieldType::Choice)
                entry["examples"] = choices(row.choices);
            describe(entry, row.help, row.support, row.note, row.whenEmpty);
            out["properties"][std::string(row.name.substr(prefix.size()))] = std::move(entry);
        }
        return out;
    }

    static Json objects(const FieldRow& row) {
        if (const auto item = realm::heldIn(row))
            return arrayOf(reference(definition(*item)));
        const auto byOwner = [](Json ofRealm, Json ofClient) {
            return Json{
                {"type", "object"},
                {"properties", {{"realm", std::move(ofRealm)}, {"client", mapOf(std::move(ofClient))}}},
                {"additionalProperties", false}};
        };
        if (row.name == "roles")
            return byOwner(arrayOf(reference("role")), arrayOf(reference("role")));
        if (row.name == "composites")
            return byOwner(arrayOf({{"type", "string"}}), arrayOf({{"type", "string"}}));
        return Json{{"type", {"array", "object"}}};
    }
};

// Rows of lab::fields().
class Labs {
public:
    explicit Labs(const SchemaParts& parts) : parts_(parts) {}

    Json object(std::string_view pattern) const {
        const auto rows = below(pattern);
        if (rows.size() == 1 && rows[0]->path.ends_with("/*"))
            return freeMap(*rows[0]);
        Json out = {{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
        for (const LabFieldRow* row : rows) {
            const std::string key(row->path.substr(pattern.size() + 1));
            out["properties"][key] = field(*row);
            if (row->required)
                out["required"].push_back(key);
        }
        return out;
    }

private:
    // Options, annotations and ConfigMap keys: the tables' names are offered. Others are the business of
    // `check`, which knows more than a schema can say.
    Json freeMap(const LabFieldRow& each) const {
        Json out = mapOf(type(each));
        const auto entries = each.path.starts_with("/gates")        ? parts_.gateOptions
                             : each.path.starts_with("/ingresses")  ? parts_.annotations
                             : each.path.starts_with("/controller") ? parts_.controllerKeys
                                                                    : std::span<const SchemaEntry>();
        const bool option = each.path.starts_with("/gates");
        for (const SchemaEntry& entry : entries) {
            Json& json = out["properties"][std::string(entry.name)] =
                option ? optionType(entry) : textType(entry);
            describe(json, entry.help, entry.support,
                     entry.support == Support::NotYet ? "a lab with it is refused" : "", "");
            if (!entry.byDefault.empty())
                json["default"] = entry.byDefault;
        }
        return out;
    }

    static Json textType(const SchemaEntry& entry) {
        Json out = {{"type", "string"}};
        if (!entry.choices.empty())
            out["examples"] = choices(entry.choices);
        return out;
    }

    static Json optionType(const SchemaEntry& entry) {
        if (entry.secret)
            return reference("secret");
        Json scalar = {{"type", {"string", "boolean", "number"}}};
        if (!entry.choices.empty())
            scalar["examples"] = choices(entry.choices);
        if (!entry.list)
            return scalar;
        return {{"anyOf", Json::array({scalar, arrayOf(scalar)})}};
    }

    Json field(const LabFieldRow& row) const {
        Json out = type(row);
        describe(out, row.help, row.support, row.note, row.whenEmpty);
        byDefault(out, row.byDefault);
        return out;
    }

    Json type(const LabFieldRow& row) const {
        Json any = Json::array();
        for (const std::string_view name : split(row.type, '|'))
            any.push_back(oneType(row, name));
        if (any.size() == 1)
            return any[0];
        return {{"anyOf", std::move(any)}};
    }

    Json oneType(const LabFieldRow& row, std::string_view type) const {
        if (type == "map")
            return object(row.path);
        if (type == "list")
            return arrayOf(field(*lab::row(std::string(row.path) + "/*")));
        if (type == "secret" || type == "realm")
            return reference(type);
        if (type == "choice")
            return {{"enum", choices(row.choices)}};
        if (type == "boolean")
            return {{"type", "boolean"}};
        if (type == "integer" && row.choices == "1")
            return {{"const", 1}};
        if (type == "integer")
            return {{"type", "integer"}};
        if (type == "port")
            return {{"type", "integer"}, {"minimum", 0}, {"maximum", 65535}};
        if (type == "bind")
            return {{"type", {"string", "integer"}}};
        if (type == "url")
            return {{"type", "string"}, {"pattern", "^https?://"}};
        if (type == "name")
            return {{"type", "string"}, {"pattern", "^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$"}};
        if (type == "host")
            return {{"type", "string"}, {"pattern", "^(\\*\\.)?[a-z0-9]([-.a-z0-9]*[a-z0-9])?$"}};
        if (type == "time")
            return {{"type", "string"}, {"format", "date-time"}};
        const bool option = row.path.starts_with("/gates/*/options");
        return option ? Json{{"type", {"string", "boolean", "number"}}} : Json{{"type", "string"}};
    }

    const SchemaParts& parts_;
};

} // namespace

std::string jsonSchema(const SchemaParts& parts) {
    Json out = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                {"title", "Gatehouse lab"},
                {"description", "Identity provider, gate, ingress and services of one arrangement"}};
    out.update(Labs(parts).object(""));
    out["$defs"] = Representations::all();
    out["$defs"]["secret"] = {
        {"type", "object"},
        {"description", "A lab never holds a secret, only its name"},
        {"properties", {{"secret", {{"type", "string"}, {"pattern", "^[A-Za-z0-9._-]+$"}}}}},
        {"required", {"secret"}},
        {"additionalProperties", false}};
    return out.dump(2);
}

} // namespace gatehouse::lab
