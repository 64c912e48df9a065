#include <base/ascii.h>
#include <base/error.h>

#include <algorithm>

namespace gatehouse {

namespace {

// An argument is a name in braces; braces around anything else are text.
bool isArgumentName(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), asciiAlpha);
}

std::string fill(std::string_view pattern, const std::map<std::string, std::string>& args) {
    std::string out;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        out.append(pattern.substr(0, open));
        if (open == std::string_view::npos)
            break;
        pattern.remove_prefix(open);
        const auto close = pattern.find('}');
        const std::string_view name = pattern.substr(1, close == std::string_view::npos ? 0 : close - 1);
        const auto found = isArgumentName(name) ? args.find(std::string(name)) : args.end();
        if (found == args.end()) {
            out.push_back('{');
            pattern.remove_prefix(1);
        } else {
            out.append(found->second);
            pattern.remove_prefix(close + 1);
        }
    }
    return out;
}

} // namespace

std::unexpected<Error> fail(const Message& what, std::map<std::string, std::string> args, Place where,
                            std::string technical) {
    return std::unexpected(Error{&what, std::move(args), std::move(where), std::move(technical)});
}

std::string text(const Error& error) {
    return fill(error.what->text, error.args);
}

std::string hint(const Error& error) {
    return fill(error.what->hint, error.args);
}

std::string describe(const Error& error) {
    std::string out;
    if (!error.where.file.empty()) {
        out += error.where.file;
        if (error.where.line != 0)
            out += ':' + std::to_string(error.where.line) + ':' + std::to_string(error.where.column);
        out += ": ";
    }
    if (!error.where.field.empty())
        out += error.where.field + ": ";
    out += text(error);
    if (!error.technical.empty())
        out += " (" + error.technical + ")";
    return out;
}

bool anyRefused(const std::vector<Problem>& problems) {
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& problem) { return problem.kind == Problem::Kind::Refused; });
}

} // namespace gatehouse
