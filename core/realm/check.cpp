#include <base/ascii.h>
#include <realm/check.h>

#include <algorithm>
#include <limits>

namespace gatehouse::realm {

namespace {

// Of choices that are done in part: the values that are.
struct DoneValues {
    Holder holder;
    std::string_view field;
    std::string_view values;
};
constexpr DoneValues doneValues[] = {{Holder::Client, "protocol", "openid-connect"},
                                     {Holder::Client, "clientAuthenticatorType", "client-secret"},
                                     {Holder::ClientScope, "protocol", "openid-connect"},
                                     {Holder::Credential, "type", "password|otp"}};

class Checker {
public:
    Checker(Holder holder, std::string_view owner, Findings& findings)
        : holder_(holder), owner_(owner), findings_(findings) {}

    void entry(std::string_view key, const Node& value) {
        const FieldRow* row = field(holder_, key);
        if (row == nullptr)
            return unknown(key, value);
        if (value.kind() == Node::Kind::Null || notYet(*row, value))
            return;
        type(*row, value);
        if (holder_ == Holder::ProtocolMapper && key == "protocolMapper" && value.isScalar())
            mapper(value);
        if ((key == "attributes" || key == "config") && row->type == FieldType::TextMap && value.isMap())
            for (const auto& [name, each] : value.entries())
                attribute(key, name, *each);
    }

private:
    void unknown(std::string_view key, const Node& value) {
        if (findings_.full())
            return;
        findings_.refuse(unknownField, value,
                         {{"field", std::string(key)},
                          {"holder", std::string(name(holder_))},
                          {"suggestion", suggestion(key, names({}))}});
    }

    // SAML's mappers go with clients that the embedded provider does not serve.
    void mapper(const Node& value) {
        const MapperKind* kind = mapperKind(value.text());
        if ((kind != nullptr && kind->support != Support::NotYet) || value.text().starts_with("saml-"))
            return;
        std::vector<std::string_view> ids;
        for (const MapperKind& each : mapperKinds())
            ids.push_back(each.id);
        const std::string_view nearest = kind == nullptr ? closest(value.text(), ids) : std::string_view{};
        if (nearest.empty())
            findings_.refuse(fieldNotYet, value,
                             {{"name", value.text()},
                              {"holder", std::string(name(holder_))},
                              {"note", "mappers of this kind"}});
        else
            findings_.refuse(notAChoice, value,
                             {{"field", "protocolMapper"},
                              {"value", value.text()},
                              {"expected", "Keycloak's mappers"},
                              {"suggestion", "; did you mean \"" + std::string(nearest) + "\"?"}});
    }

    // Attributes are free: a name of one's own is kept. A name beside a known one is a slip of the pen.
    void attribute(std::string_view map, std::string_view key, const Node& value) {
        const std::string prefix = std::string(map) + ".";
        if (const FieldRow* row = field(holder_, prefix + std::string(key))) {
            if (value.kind() != Node::Kind::Null && !notYet(*row, value))
                type(*row, value);
            return;
        }
        if (findings_.full())
            return;
        const std::string_view nearest = closest(key, names(prefix));
        if (!nearest.empty())
            findings_.warn(unknownKey, value,
                           {{"field", std::string(key)},
                            {"holder", std::string(map) + " of " + std::string(name(holder_))},
                            {"suggestion", "did you mean \"" + std::string(nearest) + "\"?"}});
    }

    std::vector<std::string_view> names(std::string_view prefix) const {
        std::vector<std::string_view> out;
        for (const FieldRow& row : fields())
            if (row.holder == holder_ && row.name.starts_with(prefix) &&
                (!prefix.empty() || row.name.find('.') == std::string_view::npos))
                out.push_back(row.name.substr(prefix.size()));
        return out;
    }

    bool notYet(const FieldRow& row, const Node& value) {
        if (row.support != Support::NotYet || isBuiltIn(row, value, owner_))
            return row.support == Support::NotYet;
        findings_.refuse(fieldNotYet, value,
                         {{"name", std::string(row.name)},
                          {"holder", std::string(name(holder_))},
                          {"note", std::string(row.note)}});
        return true;
    }

    void wrong(const FieldRow& row, const Node& value, std::string_view expected, std::string_view example) {
        findings_.refuse(wrongType, value,
                         {{"field", std::string(row.name)},
                          {"found", std::string(found(value))},
                          {"expected", std::string(expected)},
                          {"example", std::string(row.name) + ": " + std::string(example)}});
    }

    void type(const FieldRow& row, const Node& value) {
        switch (row.type) {
        case FieldType::Text:
            if (!value.isScalar())
                wrong(row, value, "text", row.byDefault.empty() ? "some text" : row.byDefault);
            return;
        case FieldType::Boolean:
            if (!asBool(value))
                wrong(row, value, "true or false", "true");
            return;
        case FieldType::Integer:
        case FieldType::Seconds:
            return integer(row, value);
        case FieldType::TextList:
            if (!value.isList() || !scalars(value))
                wrong(row, value, "a list of texts", "[one, two]");
            return;
        case FieldType::TextMap:
            if (!value.isMap() || !scalars(value))
                wrong(row, value, "a map of texts", "{name: value}");
            return;
        case FieldType::TextListMap:
            if (!value.isMap() || !std::all_of(value.items().begin(), value.items().end(), textOrTexts))
                wrong(row, value, "a map of lists of texts", "{name: [value]}");
            return;
        case FieldType::Choice:
            return choice(row, value);
        case FieldType::Objects:
            if (!value.isList() && !value.isMap())
                wrong(row, value, "a list", "[…]");
            return;
        case FieldType::Secret:
            return; // readSecret's
        }
    }

    static bool scalars(const Node& node) {
        return std::all_of(node.items().begin(), node.items().end(), [](const Node& item) {
            return item.isScalar() || item.kind() == Node::Kind::Null;
        });
    }
    static bool textOrTexts(const Node& node) {
        return node.isScalar() || node.kind() == Node::Kind::Null || (node.isList() && scalars(node));
    }

    // Keycloak stores 32 bits even where it declares 64 (keycloak-admin.md rule 15); times of creation aside.
    void integer(const FieldRow& row, const Node& value) {
        const auto number = asInteger(value);
        if (!number)
            return wrong(row, value,
                         row.type == FieldType::Seconds ? "a number of seconds" : "a whole number",
                         row.byDefault.empty() ? "300" : row.byDefault);
        using Int = std::numeric_limits<std::int32_t>;
        if ((*number > Int::max() || *number < Int::min()) && !row.name.starts_with("created"))
            findings_.refuse(outOfRange, value,
                             {{"field", std::string(row.name)},
                              {"value", value.text()},
                              {"expected", "a number of 32 bits"}});
    }

    void choice(const FieldRow& row, const Node& value) {
        if (!value.isScalar())
            return wrong(row, value, "text", row.byDefault);
        const auto choices = split(row.choices, '|');
        const bool themes = row.name.ends_with("heme"); // a theme may be anybody's own
        if (value.text().empty() || themes)
            return;
        if (std::find(choices.begin(), choices.end(), value.text()) != choices.end())
            return done(row, value);
        const std::string_view nearest = closest(value.text(), choices);
        std::string expected;
        for (const std::string_view each : choices)
            expected.append(expected.empty() ? "" : ", ").append(each);
        findings_.refuse(
            notAChoice, value,
            {{"field", std::string(row.name)},
             {"value", value.text()},
             {"expected", expected},
             {"suggestion", nearest.empty() ? "" : "; did you mean \"" + std::string(nearest) + "\"?"}});
    }

    void done(const FieldRow& row, const Node& value) {
        for (const DoneValues& each : doneValues) {
            const auto values = split(each.values, '|');
            if (each.holder == holder_ && each.field == row.name &&
                std::find(values.begin(), values.end(), value.text()) == values.end())
                findings_.refuse(fieldNotYet, value,
                                 {{"name", std::string(row.name)},
                                  {"holder", std::string(name(holder_))},
                                  {"note", "\"" + value.text() + "\"; " + std::string(row.note)}});
        }
    }

    Holder holder_;
    std::string_view owner_;
    Findings& findings_;
};

} // namespace

bool check(const Node& node, Holder holder, Findings& findings) {
    if (!node.isMap()) {
        findings.refuse(wrongType, node,
                        {{"field", std::string(name(holder))},
                         {"found", std::string(found(node))},
                         {"expected", "a map of fields"},
                         {"example", "{name: value}"}});
        return false;
    }
    const Node& owner = node[holder == Holder::Client ? "clientId" : "realm"];
    Checker checker(holder, owner.isScalar() ? owner.text() : std::string_view{}, findings);
    for (const auto& [key, value] : node.entries())
        checker.entry(key, *value);
    return true;
}

} // namespace gatehouse::realm
