// What a container is told: its arguments and environment, with $(NAME) and references resolved.
#pragma once

#include <kubernetes/reading.h>

#include <optional>

namespace gatehouse::kubernetes {

// A reference into a Secret.
struct SecretKey {
    std::string secret;
    std::string key;
};

struct Variable {
    std::string name;
    std::string value;               // when it is no secret
    std::optional<SecretKey> secret; // where its value lies
    FieldId from;
};

struct Argument {
    std::string text;                // expanded
    std::optional<SecretKey> secret; // --option=$(NAME) of a variable that is a secret: text is "--option="
    FieldId from;
};

struct ContainerText {
    std::vector<Variable> environment;
    std::vector<Argument> arguments;
};

// Problems: what lies in objects that are not here. `used` collects the ConfigMaps that were read.
ContainerText containerText(Reading& reading, const Object& workload, const Node& container,
                            std::set<std::string>& used);

// The text of a file that is mounted into the container, by its path.
struct MountedText {
    std::string text;
    FieldId from;
};
std::optional<MountedText> mountedText(Reading& reading, const Object& workload, const Node& container,
                                       const std::string& path, std::set<std::string>& used);

} // namespace gatehouse::kubernetes
