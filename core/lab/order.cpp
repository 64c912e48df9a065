#include <lab/fields.h>
#include <lab/order.h>
#include <realm/fields.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace gatehouse::lab {

namespace {

using realm::Holder;

bool isNumber(std::string_view step) {
    return !step.empty() && step.find_first_not_of("0123456789") == std::string_view::npos;
}

// The representation inside another one, by the list that it stands in.
std::optional<Holder> inside(std::string_view list) {
    struct Row {
        std::string_view list;
        Holder holder;
    };
    static constexpr Row rows[] = {
        {"clients", Holder::Client},           {"protocolMappers", Holder::ProtocolMapper},
        {"clientScopes", Holder::ClientScope}, {"groups", Holder::Group},
        {"subGroups", Holder::Group},          {"users", Holder::User},
        {"credentials", Holder::Credential},   {"realm", Holder::Role}};
    for (const Row& row : rows)
        if (row.list == list)
            return row.holder;
    return std::nullopt;
}

// The names of a representation, if the steps lead to one.
std::vector<std::string_view> namesOfRealm(std::span<const std::string> steps) {
    std::optional<Holder> holder = Holder::Realm;
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (!isNumber(steps[i]))
            holder = inside(steps[i]);
        else if (i == 0)
            return {};
    if (!steps.empty() && !isNumber(steps.back()))
        return {};
    std::vector<std::string_view> out;
    for (const realm::FieldRow& row : realm::fields())
        if (holder && row.holder == *holder && row.name.find('.') == std::string_view::npos)
            out.push_back(row.name);
    return out;
}

std::vector<std::string_view> namesAt(std::span<const std::string> path) {
    std::string pattern;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const LabFieldRow* named = row(pattern + "/" + path[i]);
        const LabFieldRow* any = row(pattern + "/*");
        if (named == nullptr && any == nullptr)
            return {};
        pattern = named != nullptr ? named->path : any->path;
        if (pattern == "/providers/*/realms/*")
            return namesOfRealm(path.subspan(i + 1));
    }
    std::vector<std::string_view> out;
    for (const LabFieldRow* each : below(pattern))
        out.push_back(each->path.substr(pattern.size() + 1));
    return out;
}

} // namespace

std::size_t placeFor(std::span<const std::string> path, const Node& map, std::string_view key) {
    const std::vector<std::string_view> names = namesAt(path);
    const auto rank = [&](std::string_view name) { return std::find(names.begin(), names.end(), name); };
    const auto own = rank(key);
    if (own == names.end())
        return map.size();
    std::size_t place = 0;
    const auto entries = map.entries();
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (rank(entries[i].first) < own)
            place = i + 1;
    return place;
}

} // namespace gatehouse::lab
