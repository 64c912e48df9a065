// Deployments of oauth2-proxy as gates: arguments, environment and configuration file in the original's order
// of precedence (flag, environment, file).

#include <base/ascii.h>
#include <gate/configFile.h>
#include <gate/flags.h>
#include <gate/optionRows.h>
#include <gate/options.h>
#include <kubernetes/messages.h>
#include <kubernetes/podText.h>

#include <algorithm>

namespace gatehouse::kubernetes {

namespace {

constexpr std::string_view prefix = "OAUTH2_PROXY_";

std::string baseName(std::string_view path) {
    path = path.substr(0, path.find('@'));
    path = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
    return lower(path.substr(0, path.find(':')));
}

bool runsGate(const Node& container) {
    const std::string image = baseName(textAt(container, "image"));
    const auto& command = container["command"].items();
    return image == "oauth2-proxy" || image == "oauth2_proxy" ||
           (!command.empty() && baseName(command.front().text()) == "oauth2-proxy");
}

bool runsWhoami(const Object& workload) {
    const auto& containers = workload.node["spec"]["template"]["spec"]["containers"].items();
    return std::ranges::any_of(containers, [](const Node& each) {
        return baseName(textAt(each, "image")).find("whoami") != std::string::npos;
    });
}

const gate::OptionRow* rowOfVariable(std::string_view name) {
    const auto rows = gate::options();
    const auto found = std::ranges::find_if(
        rows, [name](const gate::OptionRow& row) { return !name.empty() && row.environment == name; });
    return found == rows.end() ? nullptr : &*found;
}

class GateReader {
public:
    GateReader(Reading& reading, SecretNames& names, const Object& workload, std::set<std::string>& used)
        : reading_(reading), names_(names), workload_(workload), used_(used),
          ours_(isOursByLabel(workload.node)) {}

    GateReading gate(const Node& container) {
        const ContainerText told = containerText(reading_, workload_, container, used_);
        flags(told.arguments);
        for (const Variable& variable : told.environment)
            environment(variable);
        if (!configPath_.empty())
            file(container);
        MapOf options;
        for (Option& option : options_)
            options.put(option.name, option.secret.isAbsent() ? valueOf(option) : option.secret);
        GateReading out;
        out.name = workload_.name;
        out.namespaceName = workload_.namespaceName;
        out.podLabels = workload_.node["spec"]["template"]["metadata"]["labels"];
        out.ports = container["ports"];
        out.from = workload_.node.id();
        const Node& metadata = workload_.node["metadata"];
        out.node = MapOf()
                       .put("name", metadata["name"])
                       .put("namespace", text(workload_.namespaceName, metadata["namespace"].id()))
                       .put("options", options.node(container["args"].id()))
                       .node(workload_.node.id());
        out.issuer = textAt(out.node["options"], "oidc-issuer-url");
        return out;
    }

private:
    enum class Door : std::uint8_t { Flag, Environment, File };
    struct Option {
        std::string name;
        Door door;
        std::vector<std::string> values;
        Node secret; // {secret: NAME}
        FieldId from;
    };

    static Node valueOf(const Option& option) {
        const gate::OptionRow* row = gate::option(option.name);
        if (row != nullptr && row->type == gate::OptionType::TextList) {
            std::vector<Node> items;
            items.reserve(option.values.size());
            for (const std::string& value : option.values)
                items.push_back(text(value, option.from));
            return Node::list(std::move(items), option.from);
        }
        const std::string value = option.values.empty() ? std::string() : option.values.back();
        return Node::scalar(value, value != "true" && value != "false", option.from);
    }

    // The place for an option of this door; null when a stronger door has spoken.
    Option* slot(std::string_view name, Door door, FieldId from) {
        const auto found = std::ranges::find(options_, name, &Option::name);
        if (found == options_.end())
            return &options_.emplace_back(Option{std::string(name), door, {}, {}, from});
        return found->door == door ? &*found : nullptr;
    }

    void put(std::string_view name, Door door, std::vector<std::string> values, FieldId from) {
        const gate::OptionRow* row = gate::option(name);
        Option* option = slot(name, door, from);
        if (option == nullptr || row == nullptr)
            return;
        if (row->type == gate::OptionType::Secret && !values.empty() && !values.back().empty())
            return plainSecret(*option, std::move(values.back()), from);
        if (row->type != gate::OptionType::TextList)
            option->values = {values.empty() ? std::string() : values.back()}; // the last one counts
        else
            std::move(values.begin(), values.end(), std::back_inserter(option->values));
    }

    void plainSecret(Option& option, std::string value, FieldId from) {
        const std::string name = workload_.name + "-" + option.name;
        reading_.warn(secretInPlain,
                      {{"field", option.name}, {"name", name}, {"variable", secretVariable(name)}}, from);
        names_.keep(name, std::move(value));
        option.secret = MapOf().put("secret", text(name, from)).node(from);
    }

    void putSecret(std::string_view name, Door door, const SecretKey& key, FieldId from) {
        const gate::OptionRow* row = gate::option(name);
        if (row == nullptr)
            return;
        if (row->type != gate::OptionType::Secret)
            return fromSecret(name, door, key, from);
        Option* option = slot(name, door, from);
        if (option == nullptr)
            return;
        const std::string labName = names_.name(workload_.namespaceName, key.secret, key.key, ours_);
        option->secret = MapOf().put("secret", text(labName, from)).node(from);
        if (!names_.take(labName, workload_.namespaceName, key.secret, key.key))
            reading_.differ(secretNoValue,
                            {{"field", std::string(name)},
                             {"secret", key.secret},
                             {"key", key.key},
                             {"variable", secretVariable(labName)}},
                            from);
    }

    // The chart keeps the client's id beside its secret; it is none itself.
    void fromSecret(std::string_view name, Door door, const SecretKey& key, FieldId from) {
        auto value = name == "client-id" ? names_.value(workload_.namespaceName, key.secret, key.key)
                                         : std::optional<std::string>();
        if (value)
            return put(name, door, {std::move(*value)}, from);
        reading_.warn(valueElsewhere,
                      {{"field", std::string(name)}, {"source", "Secret " + key.secret + ", key " + key.key}},
                      from);
    }

    // pflag takes the next word where a flag has no = and is no boolean.
    void flags(const std::vector<Argument>& arguments) {
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            const Argument& argument = arguments[i];
            const auto equals = argument.text.find('=');
            std::string_view name = std::string_view(argument.text).substr(0, equals);
            name.remove_prefix(std::min(name.find_first_not_of('-'), name.size()));
            const gate::OptionRow* row = gate::option(name);
            std::vector<std::string> words{argument.text};
            std::optional<SecretKey> secret = argument.secret;
            const bool two = equals == std::string::npos && row != nullptr &&
                             row->type != gate::OptionType::Boolean && i + 1 < arguments.size();
            if (two) {
                ++i;
                words.push_back(arguments[i].text);
                secret = arguments[i].secret;
            }
            if (secret && row != nullptr)
                putSecret(name, Door::Flag, *secret, argument.from);
            else
                flag(words, argument.from);
        }
    }

    void flag(const std::vector<std::string>& words, FieldId from) {
        gate::ParsedFlags parsed = gate::parseFlags(words);
        for (Problem& problem : parsed.problems)
            report(std::move(problem), from);
        for (auto& [name, values] : parsed.values) {
            if (name == "config")
                configPath_ = values.empty() ? std::string() : values.back(), configFrom_ = from;
            else if (name == "alpha-config")
                reading_.warn(alphaConfig, {}, from);
            else if (gate::isProcessOption(name))
                reading_.warn(fieldLeftOut,
                              {{"field", "--" + name},
                               {"holder", "the arguments"},
                               {"reason", "it is a flag of the program, not a setting"}},
                              from);
            else
                put(name, Door::Flag, std::move(values), from);
        }
    }

    // At the manifest's place, and without what stands behind an =.
    void report(Problem problem, FieldId from) {
        for (const char* argument : {"argument", "value"})
            if (const auto found = problem.error.args.find(argument); found != problem.error.args.end())
                found->second = found->second.substr(0, found->second.find('='));
        problem.error.where = reading_.sources.place(from);
        reading_.problems.push_back(std::move(problem));
    }

    void environment(const Variable& variable) {
        const gate::OptionRow* row = rowOfVariable(variable.name);
        if (row != nullptr && variable.secret)
            return putSecret(row->name, Door::Environment, *variable.secret, variable.from);
        if (row == nullptr) {
            if (variable.name.starts_with(prefix) || !variable.secret)
                unread(variable);
            return;
        }
        auto read = gate::readCommandLine({{}, {{variable.name, variable.value}}, {}, {}});
        for (Problem& problem : read.problems)
            report(std::move(problem), variable.from);
        if (!read.value)
            return;
        if (row->type == gate::OptionType::Secret && !variable.value.empty())
            return put(row->name, Door::Environment, {variable.value}, variable.from);
        for (lab::Setting& setting : read.value->settings)
            put(setting.name, Door::Environment, std::move(setting.values), variable.from);
    }

    void unread(const Variable& variable) {
        const bool meant = variable.name.starts_with(prefix);
        Problem problem{meant ? Problem::Kind::Warning : Problem::Kind::Difference,
                        Error{&fieldLeftOut,
                              {{"field", variable.name},
                               {"holder", "the environment"},
                               {"reason", "oauth2-proxy reads no such variable"}},
                              reading_.sources.place(variable.from),
                              {}}};
        reading_.problems.push_back(std::move(problem));
    }

    void file(const Node& container) {
        const auto mounted = mountedText(reading_, workload_, container, configPath_, used_);
        if (!mounted)
            return reading_.warn(valueElsewhere,
                                 {{"field", "--config"}, {"source", "the file " + configPath_}}, configFrom_);
        gate::ConfigFile parsed = gate::readConfigFile(mounted->text, configPath_);
        const Place block = reading_.sources.place(mounted->from);
        for (Problem& problem : parsed.problems) {
            Place& where = problem.error.where; // the text begins in the line below its key and |
            const std::uint32_t line = block.line + where.line;
            where = block;
            where.line = line;
            problem.error.args.erase("value");
            reading_.problems.push_back(std::move(problem));
        }
        for (auto& [name, values] : parsed.values)
            put(name, Door::File, std::move(values), mounted->from);
    }

    Reading& reading_;
    SecretNames& names_;
    const Object& workload_;
    std::set<std::string>& used_;
    bool ours_;
    std::vector<Option> options_;
    std::string configPath_;
    FieldId configFrom_;
};

} // namespace

Workloads readWorkloads(Reading& reading, SecretNames& names) {
    Workloads out;
    for (const Object& workload : reading.objects.workloads) {
        const auto& containers = workload.node["spec"]["template"]["spec"]["containers"].items();
        const auto gate = std::ranges::find_if(containers, runsGate);
        if (gate != containers.end())
            out.gates.push_back(GateReader(reading, names, workload, out.usedConfigMaps).gate(*gate));
        else if (runsWhoami(workload))
            out.whoamis.push_back(&workload);
        else
            out.others.push_back(&workload);
    }
    return out;
}

} // namespace gatehouse::kubernetes
