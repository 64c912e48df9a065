#include <base/ascii.h>
#include <gate/configFile.h>
#include <gate/goValue.h>
#include <gate/optionRows.h>

#include <algorithm>
#include <fmt/format.h>
#include <toml++/toml.h>

namespace gatehouse::gate {

namespace {

constexpr Message unreadable{
    "config-unreadable",
    GH_TEXT("core", "failed to load config: unable to load config file: While parsing config: {reason}"),
    GH_TEXT("core", "The file is TOML: key = \"text\", key = true, key = [ \"a\", \"b\" ].")};
constexpr Message invalidKey{
    "config-invalid-key",
    GH_TEXT("core", "failed to load config: error unmarshalling config: decoding failed due to the following "
                    "error(s): '' has invalid keys: {key}"),
    GH_TEXT("core", "Keys are the flags with _ for -, lists in the plural (email_domains, upstreams).")};
constexpr Message wrongType{
    "config-wrong-type",
    GH_TEXT("core", "failed to load config: error unmarshalling config: '{key}' cannot be read from {type}"),
    GH_TEXT("core", "`gatehouse explain {option}` says what the option takes.")};

const OptionRow* rowOf(std::string_view key) {
    const std::string wanted = lower(key);
    const auto rows = options();
    const auto found = std::ranges::find_if(
        rows, [&wanted](const OptionRow& row) { return !row.toml.empty() && row.toml == wanted; });
    return found == rows.end() ? nullptr : &*found;
}

// A scalar as the text that a flag would have; nothing for dates and tables.
std::optional<std::string> scalarText(const toml::node& node, OptionType type) {
    if (const auto* text = node.as_string())
        return text->get();
    if (const auto* flag = node.as_boolean())
        return type == OptionType::Boolean ? std::string(flag->get() ? "true" : "false")
                                           : std::string(flag->get() ? "1" : "0");
    if (const auto* number = node.as_integer()) // a bare number is nanoseconds to a duration, as in Go
        return std::to_string(number->get()) + (type == OptionType::Duration ? "ns" : "");
    if (const auto* number = node.as_floating_point())
        return fmt::format("{}", number->get());
    return std::nullopt;
}

bool fits(OptionType type, const std::string& value) {
    switch (type) {
    case OptionType::Boolean: // weak typing: "" is false
        return value.empty() || goBool(value).has_value();
    case OptionType::Integer:
        return value.empty() || goInteger(value).has_value();
    case OptionType::Duration:
        return goDuration(value).has_value();
    default:
        return true;
    }
}

std::optional<std::vector<std::string>> listOf(const toml::node& node) {
    std::vector<std::string> out;
    const toml::array* array = node.as_array();
    if (array == nullptr) { // one text is split at commas, without a thought for quotes
        const auto text = scalarText(node, OptionType::TextList);
        if (!text)
            return std::nullopt;
        if (!text->empty())
            for (const std::string_view part : split(*text, ','))
                out.emplace_back(part);
        return out;
    }
    for (const toml::node& item : *array) {
        auto text = scalarText(item, OptionType::TextList);
        if (!text)
            return std::nullopt;
        out.push_back(std::move(*text));
    }
    return out;
}

std::string typeName(const toml::node& node) {
    if (node.is_table())
        return "a table";
    if (node.is_array())
        return "a list";
    return node.is_string() ? "this text" : "a value of this type";
}

void take(const toml::key& key, const toml::node& node, const std::string& file, ConfigFile& out) {
    const std::string name(key.str());
    const Place where{file, key.source().begin.line, key.source().begin.column, name};
    const OptionRow* row = rowOf(name);
    if (row == nullptr) {
        out.problems.push_back(
            {Problem::Kind::Refused, Error{&invalidKey, {{"key", lower(name)}}, where, {}}});
        return;
    }
    std::optional<std::vector<std::string>> values;
    if (row->type == OptionType::TextList)
        values = listOf(node);
    else if (auto text = scalarText(node, row->type); text && fits(row->type, *text))
        values = std::vector{text->empty() && row->type == OptionType::Boolean   ? std::string("false")
                             : text->empty() && row->type == OptionType::Integer ? std::string("0")
                                                                                 : std::move(*text)};
    if (values)
        out.values[std::string(row->name)] = std::move(*values);
    else
        out.problems.push_back(
            {Problem::Kind::Refused,
             Error{&wrongType,
                   {{"key", lower(name)}, {"option", std::string(row->name)}, {"type", typeName(node)}},
                   where,
                   {}}});
}

} // namespace

ConfigFile readConfigFile(std::string_view text, const std::string& file) {
    ConfigFile out;
    try {
        const toml::table table = toml::parse(text, file);
        for (const auto& [key, node] : table)
            take(key, node, file, out);
    } catch (const toml::parse_error& error) {
        const Place where{file, error.source().begin.line, error.source().begin.column, {}};
        out.problems.push_back(
            {Problem::Kind::Refused,
             Error{&unreadable, {{"reason", std::string(error.description())}}, where, {}}});
    }
    return out;
}

} // namespace gatehouse::gate
