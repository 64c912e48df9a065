#include <base/ascii.h>

#include <algorithm>
#include <app/vocabulary.h>
#include <app/vocabularyRows.h>
#include <array>

namespace gatehouse::app {

namespace {

constexpr std::array<KindName, kinds> names{{{Kind::Option, "option", "oauth2-proxy option"},
                                             {Kind::Annotation, "annotation", "ingress-nginx annotation"},
                                             {Kind::ConfigMapKey, "configmap", "ingress-nginx ConfigMap key"},
                                             {Kind::RealmField, "realm", "Keycloak realm field"},
                                             {Kind::LabField, "lab", "lab field"},
                                             {Kind::Rule, "rule", "rule"},
                                             {Kind::Difference, "difference", "difference from the original"},
                                             {Kind::Verdict, "verdict", "verdict"},
                                             {Kind::Exit, "exit", "door for secrets"}}};

std::vector<Entry> joined() {
    std::vector<Entry> out;
    for (const auto add : {addOptions, addAnnotations, addConfigMapKeys, addRealmFields, addLabFields,
                           addRules, addDifferences, addVerdicts, addExits})
        add(out);
    return out;
}

// What a person may put around a name: --flag, /path/.
std::string_view bare(std::string_view name) {
    while (name.starts_with("-"))
        name.remove_prefix(1);
    while (name.size() > 1 && name.ends_with("/"))
        name.remove_suffix(1);
    return name;
}

bool goesBy(const Entry& entry, std::string_view name) {
    return equalsIgnoreCase(entry.name, name) ||
           std::any_of(entry.alsoAs.begin(), entry.alsoAs.end(),
                       [&](const std::string& other) { return equalsIgnoreCase(other, name); });
}

// Levenshtein's distance of lower-cased names.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t exchanged = corner + (asciiLower(a[i - 1]) == asciiLower(b[j - 1]) ? 0 : 1);
            corner = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, exchanged});
        }
    }
    return row.back();
}

// How far off a name is; a part of the right one ("samesite" of "cookie-samesite") is near.
std::size_t remoteness(std::string_view wanted, std::string_view name) {
    const std::size_t letters = distance(wanted, name);
    const bool part = wanted.size() >= 3 && lower(name).find(lower(wanted)) != std::string::npos;
    return part ? std::min(letters, std::size_t{1} + (name.size() - wanted.size()) / 8) : letters;
}

} // namespace

std::span<const KindName> kindNames() {
    return names;
}

std::string_view words(Kind kind) {
    return names[static_cast<std::size_t>(kind)].words;
}

std::string_view Entry::fact(std::string_view wanted) const {
    for (const auto& [label, value] : facts)
        if (label == wanted)
            return value;
    return {};
}

const std::vector<Entry>& vocabulary() {
    static const std::vector<Entry> entries = joined();
    return entries;
}

std::vector<const Entry*> entriesNamed(std::string_view name) {
    std::vector<const Entry*> out;
    for (const Entry& entry : vocabulary())
        if (goesBy(entry, name) || goesBy(entry, bare(name)))
            out.push_back(&entry);
    return out;
}

std::vector<std::string_view> nearestNames(std::string_view name) {
    const std::string_view wanted = bare(name).substr(0, 80); // a longer one is no name
    const std::size_t farthest = 1 + wanted.size() / 3;
    std::vector<std::pair<std::size_t, std::string_view>> found;
    for (const Entry& entry : vocabulary())
        if (const std::size_t far = remoteness(wanted, entry.name); far <= farthest)
            found.emplace_back(far, entry.name);
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string_view> out;
    for (const auto& [far, near] : found)
        if (out.size() < 3 && std::find(out.begin(), out.end(), near) == out.end())
            out.push_back(near);
    return out;
}

} // namespace gatehouse::app
