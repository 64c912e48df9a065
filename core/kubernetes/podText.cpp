#include <kubernetes/messages.h>
#include <kubernetes/podText.h>

#include <algorithm>

namespace gatehouse::kubernetes {

namespace {

bool isOptional(const Node& reference) {
    return textAt(reference, "optional") == "true";
}

class Resolver {
public:
    Resolver(Reading& reading, const Object& workload, std::set<std::string>& used)
        : reading_(reading), workload_(workload), used_(used) {}

    std::vector<Variable> environment(const Node& container) {
        for (const Node& each : container["envFrom"].items())
            from(each);
        for (const Node& each : container["env"].items())
            variable(each);
        return std::move(variables_);
    }

    // tryReadVariableName of k8s.io/kubernetes/third_party/forked/golang/expansion. An unknown name stays as
    // it is written.
    std::string expanded(std::string_view text, const Variable** secret) const {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '$' || i + 1 == text.size()) {
                out += text[i];
                continue;
            }
            if (text[i + 1] == '$') {
                out += '$';
                ++i;
                continue;
            }
            const auto end = text[i + 1] == '(' ? text.find(')', i) : std::string_view::npos;
            const Variable* known =
                end == std::string_view::npos ? nullptr : find(text.substr(i + 2, end - i - 2));
            if (known == nullptr) {
                out += '$';
                continue;
            }
            if (known->secret)
                *secret = known;
            else
                out += known->value;
            i = end;
        }
        return out;
    }

    void use(std::vector<Variable> variables) { variables_ = std::move(variables); }

private:
    const Variable* find(std::string_view name) const {
        const auto found = std::find_if(variables_.rbegin(), variables_.rend(),
                                        [name](const Variable& each) { return each.name == name; });
        return found == variables_.rend() ? nullptr : &*found;
    }

    void elsewhere(const Node& reference, const std::string& field, const std::string& source) {
        if (!isOptional(reference))
            reading_.warn(valueElsewhere, {{"field", field}, {"source", source}}, reference.id());
    }

    const Node* dataOf(const std::string& name) {
        const Object* map = objectNamed(reading_.objects.configMaps, workload_.namespaceName, name);
        if (map == nullptr)
            return nullptr;
        used_.insert(map->shown());
        return &map->node["data"];
    }

    void from(const Node& entry) {
        const std::string prefix = textAt(entry, "prefix");
        if (const Node& map = entry["configMapRef"]; map.isMap()) {
            const Node* data = dataOf(textAt(map, "name"));
            if (data == nullptr)
                return elsewhere(map, "the environment", "ConfigMap " + textAt(map, "name"));
            for (const auto& [key, value] : data->entries())
                variables_.push_back({prefix + std::string(key), value->text(), std::nullopt, value->id()});
        }
        if (const Node& secret = entry["secretRef"]; secret.isMap()) {
            const std::string name = textAt(secret, "name");
            const Object* object = objectNamed(reading_.objects.secrets, workload_.namespaceName, name);
            if (object == nullptr)
                return elsewhere(secret, "the environment", "Secret " + name);
            for (const std::string_view part : {"data", "stringData"})
                for (const auto& [key, value] : object->node[part].entries())
                    variables_.push_back(
                        {prefix + std::string(key), {}, SecretKey{name, std::string(key)}, value->id()});
        }
    }

    void variable(const Node& entry) {
        Variable out{textAt(entry, "name"), {}, std::nullopt, entry["value"].id()};
        const Node& source = entry["valueFrom"];
        if (source.isAbsent()) {
            const Variable* secret = nullptr;
            out.value = expanded(textAt(entry, "value"), &secret);
            if (secret != nullptr)
                out.secret = secret->secret;
            if (!out.from)
                out.from = entry.id();
            variables_.push_back(std::move(out));
            return;
        }
        out.from = source.id();
        if (const Node& key = source["secretKeyRef"]; key.isMap()) {
            out.secret = SecretKey{textAt(key, "name"), textAt(key, "key")};
        } else if (const Node& of = source["configMapKeyRef"]; of.isMap()) {
            const Node* data = dataOf(textAt(of, "name"));
            const Node& value = data == nullptr ? of["none"] : (*data)[textAt(of, "key")];
            if (!value.isScalar())
                return elsewhere(of, out.name,
                                 "ConfigMap " + textAt(of, "name") + ", key " + textAt(of, "key"));
            out.value = value.text();
        } else {
            return elsewhere(source, out.name, "the pod itself");
        }
        variables_.push_back(std::move(out));
    }

    Reading& reading_;
    const Object& workload_;
    std::set<std::string>& used_;
    std::vector<Variable> variables_;
};

// The key of a ConfigMap volume that appears at this path below its mount.
std::string keyAt(const Node& source, const std::string& path) {
    if (!source["items"].isList())
        return path;
    for (const Node& item : source["items"].items())
        if (textAt(item, "path") == path)
            return textAt(item, "key");
    return {};
}

} // namespace

ContainerText containerText(Reading& reading, const Object& workload, const Node& container,
                            std::set<std::string>& used) {
    Resolver resolver(reading, workload, used);
    ContainerText out;
    out.environment = resolver.environment(container);
    resolver.use(out.environment);
    const auto& command = container["command"].items();
    std::vector<Node> words(command.begin() + (command.empty() ? 0 : 1), command.end());
    words.insert(words.end(), container["args"].items().begin(), container["args"].items().end());
    for (const Node& word : words) {
        const Variable* secret = nullptr;
        Argument argument{resolver.expanded(word.text(), &secret), std::nullopt, word.id()};
        if (secret != nullptr)
            argument.secret = secret->secret;
        out.arguments.push_back(std::move(argument));
    }
    return out;
}

std::optional<MountedText> mountedText(Reading& reading, const Object& workload, const Node& container,
                                       const std::string& path, std::set<std::string>& used) {
    for (const Node& mount : container["volumeMounts"].items()) {
        std::string at = textAt(mount, "mountPath");
        while (at.size() > 1 && at.ends_with('/'))
            at.pop_back();
        const std::string sub = textAt(mount, "subPath");
        std::string rest;
        if (path == at)
            rest = sub;
        else if (path.starts_with(at + "/"))
            rest = (sub.empty() ? "" : sub + "/") + path.substr(at.size() + 1);
        else
            continue;
        for (const Node& volume : workload.node["spec"]["template"]["spec"]["volumes"].items()) {
            const Node& source = volume["configMap"];
            if (textAt(volume, "name") != textAt(mount, "name") || !source.isMap())
                continue;
            const Object* map =
                objectNamed(reading.objects.configMaps, workload.namespaceName, textAt(source, "name"));
            if (map == nullptr)
                continue;
            used.insert(map->shown());
            const Node& value = map->node["data"][keyAt(source, rest)];
            if (value.isScalar())
                return MountedText{value.text(), value.id()};
        }
    }
    return std::nullopt;
}

} // namespace gatehouse::kubernetes
