#include <gate/planner.h>

#include <fstream>
#include <iterator>
#include <re2/re2.h>

namespace gatehouse::gate {

namespace {

constexpr Message badRegex{"gate-regex", GH_TEXT("core", "error compiling regex /{regex}/: {reason}"),
                           GH_TEXT("core", "Regexes are Go's (RE2): no look-around, no back-references.")};
constexpr Message noSecret{"gate-secret-unknown",
                           GH_TEXT("core", "There is no value for the secret {secret}"),
                           GH_TEXT("core", "Give it by GATEHOUSE_SECRET_… or in the secret store.")};

} // namespace

void Planner::all() {
    cookies();
    provider();
    access();
    server();
    headers();
    pages();
    upstreams();
}

void Planner::add(Problem::Kind kind, const Message& message, std::string_view option,
                  std::map<std::string, std::string> args, std::string technical) {
    args.emplace("option", option);
    const FieldId from = options_.from(option);
    Place where = place_ ? place_(from) : Place{};
    problems_.push_back({kind, Error{&message, std::move(args), std::move(where), std::move(technical)}});
}

void Planner::refuse(const Message& message, std::string_view option, std::map<std::string, std::string> args,
                     std::string technical) {
    add(Problem::Kind::Refused, message, option, std::move(args), std::move(technical));
}

void Planner::warn(const Message& message, std::string_view option, std::map<std::string, std::string> args) {
    add(Problem::Kind::Warning, message, option, std::move(args), {});
}

std::optional<std::string> Planner::fileText(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

std::optional<Planner::SecretValue> Planner::secretValue(std::string_view option, std::string_view fileOption,
                                                         const Message* unreadable) {
    if (const crypto::SecretRef ref = options_.secret(option)) {
        if (const crypto::SecretString* value = secrets_.find(ref.name))
            return SecretValue{value->clone(), false};
        refuse(noSecret, option, {{"secret", ref.name}});
        return std::nullopt;
    }
    const std::string path = fileOption.empty() ? std::string() : options_.text(fileOption);
    if (path.empty())
        return SecretValue{};
    auto text = fileText(path);
    if (!text) {
        refuse(*unreadable, fileOption, {{"file", path}});
        return std::nullopt;
    }
    return SecretValue{crypto::SecretString::take(std::move(*text)), true};
}

std::shared_ptr<const re2::RE2> Planner::pattern(const std::string& text, std::string_view option) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto compiled = std::make_shared<re2::RE2>(text, options);
    if (!compiled->ok()) {
        refuse(badRegex, option, {{"regex", text}, {"reason", compiled->error()}});
        return nullptr;
    }
    return compiled;
}

} // namespace gatehouse::gate
