#include <base/ascii.h>
#include <gate/configFile.h>
#include <gate/flags.h>
#include <gate/goValue.h>
#include <gate/optionRows.h>

#include <algorithm>

namespace gatehouse::gate {

namespace {

constexpr Message wrongEnvironment{
    "environment-wrong-type",
    GH_TEXT("core",
            "failed to load config: error unmarshalling config: {name} cannot be read from \"{value}\""),
    GH_TEXT("core", "`gatehouse explain {option}` says what the option takes.")};
constexpr Message ignoredEnvironment{"environment-ignored",
                                     GH_TEXT("core", "oauth2-proxy ignores {name} without a word"),
                                     GH_TEXT("core", "It reads {known}.")};

using Values = std::map<std::string, std::vector<std::string>, std::less<>>;

const OptionRow* rowOfEnvironment(std::string_view name) {
    const auto rows = options();
    const auto found =
        std::ranges::find_if(rows, [name](const OptionRow& row) { return row.environment == name; });
    return found == rows.end() || name.empty() ? nullptr : &*found;
}

// The row whose flag, spelled as a variable, is this name: a singular where the plural is read.
const OptionRow* rowMeant(std::string_view name) {
    const std::string_view prefix = "OAUTH2_PROXY_";
    std::string flag = lower(name.substr(std::min(prefix.size(), name.size())));
    std::ranges::replace(flag, '_', '-');
    return option(flag);
}

bool fits(OptionType type, const std::string& value) {
    switch (type) {
    case OptionType::Boolean:
        return goBool(value).has_value();
    case OptionType::Integer:
        return goInteger(value).has_value();
    case OptionType::Duration:
        return goDuration(value).has_value();
    default:
        return true;
    }
}

void takeVariable(const std::string& name, const std::string& value, Values& out,
                  std::vector<Problem>& problems) {
    const Place where{"environment", 0, 0, name};
    const OptionRow* row = rowOfEnvironment(name);
    if (row == nullptr) {
        if (const OptionRow* meant = rowMeant(name); meant != nullptr && !meant->environment.empty())
            problems.push_back(
                {Problem::Kind::Warning, Error{&ignoredEnvironment,
                                               {{"name", name}, {"known", std::string(meant->environment)}},
                                               where,
                                               {}}});
        return;
    }
    if (value.empty()) // an empty variable is none
        return;
    if (!fits(row->type, value)) {
        problems.push_back({Problem::Kind::Refused,
                            Error{&wrongEnvironment,
                                  {{"name", name}, {"option", std::string(row->name)}, {"value", value}},
                                  where,
                                  {}}});
        return;
    }
    std::vector<std::string> values;
    if (row->type != OptionType::TextList)
        values.push_back(value);
    else
        for (const std::string_view part : split(value, ','))
            values.emplace_back(part);
    out[std::string(row->name)] = std::move(values);
}

void addSetting(const OptionRow& row, std::vector<std::string> values, CommandLineOutput& out) {
    lab::Setting setting;
    setting.name = row.name;
    if (row.type == OptionType::Secret && !values.empty() && !values.front().empty()) {
        setting.secret.name = row.name;
        out.secrets.emplace_back(row.name, std::move(values.front()));
    } else {
        setting.values = std::move(values);
        setting.list = row.type == OptionType::TextList;
    }
    out.settings.push_back(std::move(setting));
}

} // namespace

ProcessFlags readProcessFlags(const std::vector<std::string>& arguments) {
    // The original looks for these first and forgives every other flag (main.go: UnknownFlags).
    const ParsedFlags parsed = parseFlags(arguments);
    const auto value = [&parsed](std::string_view name) {
        const auto found = parsed.values.find(name);
        return found == parsed.values.end() ? std::string() : found->second.front();
    };
    ProcessFlags out;
    out.help = parsed.help;
    out.config = value("config");
    out.alphaConfig = value("alpha-config");
    out.convertToAlpha = goBool(value("convert-config-to-alpha")).value_or(false);
    out.configTest = goBool(value("config-test")).value_or(false);
    out.version = goBool(value("version")).value_or(false);
    return out;
}

Checked<CommandLineOutput> readCommandLine(const CommandLineInput& input) {
    Checked<CommandLineOutput> out;
    ParsedFlags flags = parseFlags(input.arguments);
    ConfigFile file = input.tomlFile.empty() && input.toml.empty()
                          ? ConfigFile{}
                          : readConfigFile(input.toml, input.tomlFile);
    Values environment;
    std::vector<Problem> variables;
    for (const auto& [name, value] : input.environment)
        takeVariable(name, value, environment, variables);
    for (auto* problems : {&flags.problems, &variables, &file.problems})
        std::move(problems->begin(), problems->end(), std::back_inserter(out.problems));
    if (anyRefused(out.problems))
        return out;
    CommandLineOutput made;
    for (const OptionRow& row : options()) {
        if (isProcessOption(row.name))
            continue;
        for (Values* source : {&flags.values, &environment, &file.values}) { // flag, environment, file
            const auto found = source->find(row.name);
            if (found == source->end())
                continue;
            addSetting(row, std::move(found->second), made);
            break;
        }
    }
    out.value = std::move(made);
    return out;
}

} // namespace gatehouse::gate
