// The lab that a set of manifests is, held against the lab's own rules; problems keep the manifests' places.

#include <base/ascii.h>
#include <kubernetes/messages.h>
#include <kubernetes/reading.h>
#include <lab/writer.h>
#include <realm/pointer.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>

namespace gatehouse::kubernetes {

namespace {

// Entries that gatehouse.yaml adds to, by what names them.
using Keys = std::vector<std::string_view>;

std::string keyOf(const Node& entry, const Keys& keys) {
    std::string out;
    for (const std::string_view key : keys) {
        std::string value = textAt(entry, key);
        if (value.empty() && key == "namespace")
            value = "default";
        if (value.empty() && key == "port")
            value = "80";
        out += value + "/";
    }
    return out;
}

class Assembly {
public:
    Assembly(Reading& reading, std::string name) : reading_(reading), name_(std::move(name)) {}

    Node lab(SecretNames& names) {
        const Workloads workloads = readWorkloads(reading_, names);
        IngressReading ingresses = readIngresses(reading_);
        const std::vector<Node> providers = readProviders(reading_, names, workloads, ingresses.hosts);
        std::vector<Node> gates;
        for (const GateReading& gate : workloads.gates)
            gates.push_back(gate.node);
        const std::vector<Node> services = readServices(reading_, workloads);
        ConfigReading configs = readConfigMaps(reading_, workloads);
        const Node& desk = reading_.objects.desk;
        const std::string name = textAt(desk, "name");
        MapOf out;
        out.put("gatehouse", desk["gatehouse"].isAbsent() ? number(1) : desk["gatehouse"]);
        out.put("name", name.empty() ? name_ : name);
        out.add("listeners", desk["listeners"]);
        out.add("providers", Node::list(providers));
        out.add("gates", merged("gates", std::move(gates), {"name"}, {"listen"}, "options"));
        out.add("controller", configs.controller.isAbsent() ? desk["controller"] : configs.controller);
        out.add("ingresses", merged("ingresses", std::move(ingresses.ingresses), {"namespace", "name"},
                                    {"creationTimestamp"}, "rules"));
        out.add("services",
                merged("services", services, {"namespace", "name", "port"}, {"runs", "portName"}, "runs"));
        out.add("configMaps",
                merged("configMaps", std::move(configs.configMaps), {"namespace", "name"}, {}, "data"));
        for (const char* key : {"trust", "rehearsals"})
            out.add(key, desk[key]);
        unknown(desk, out);
        return out.node(desk.id());
    }

private:
    // What gatehouse.yaml says of an entry is put into it; an entry of its own is taken when it is whole.
    Node merged(std::string_view list, std::vector<Node> entries, const Keys& keys, const Keys& fields,
                std::string_view whole) {
        for (const Node& said : reading_.objects.desk[list].items()) {
            const auto found = std::ranges::find_if(
                entries, [&](const Node& each) { return keyOf(each, keys) == keyOf(said, keys); });
            if (found != entries.end()) {
                for (const std::string_view field : fields)
                    if (!said[field].isAbsent())
                        *found = with(*found, field, said[field]);
            } else if (!said[whole].isAbsent()) {
                entries.push_back(said);
            } else {
                reading_.warn(deskUnmatched, {{"name", textAt(said, "name")}}, said.id());
            }
        }
        return Node::list(std::move(entries));
    }

    // Left for the lab's own reader to refuse, at its place.
    static void unknown(const Node& desk, MapOf& out) {
        static constexpr std::string_view known[] = {"gatehouse",  "name",       "listeners", "providers",
                                                     "gates",      "controller", "ingresses", "services",
                                                     "configMaps", "trust",      "rehearsals"};
        for (auto& [key, value] : entriesOf(desk))
            if (std::ranges::find(known, key) == std::end(known))
                out.put(key, std::move(value));
    }

    Reading& reading_;
    std::string name_;
};

const Node& stepInto(const Node& node, const std::string& step) {
    static const Node absent;
    if (node.isMap())
        return node[step];
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
    return error == std::errc{} && end == step.data() + step.size() && index < node.size()
               ? node.items()[index]
               : absent;
}

// Where in the manifests a field of the lab comes from: its own place, or that of what it stands in.
Place originOf(const Sources& sources, const Node& lab, const std::string& field, bool key) {
    const Node* node = &lab;
    Place out = sources.place(lab.id());
    for (const std::string& step : realm::pointerSteps(field)) {
        node = &stepInto(*node, step);
        if (node->isAbsent())
            break;
        const Place place = key ? sources.keyPlace(node->id()) : sources.place(node->id());
        if (!place.file.empty())
            out = place;
    }
    return out;
}

bool meansTheKey(std::string_view code) {
    return code == "unknown-field" || code == "unknown-key" || code == "field-not-yet";
}

void collectPlaces(const Sources& sources, const Node& node, const std::string& path, Imported& out) {
    if (const Place place = sources.place(node.id()); !place.file.empty())
        out.places.emplace(path, place);
    const auto entries = node.entries();
    for (std::size_t i = 0; i < node.size(); ++i) {
        const std::string step = node.isMap() ? realm::pointerStep(entries[i].first) : std::to_string(i);
        collectPlaces(sources, node.items()[i], path + '/' + step, out);
    }
}

std::string textOf(const Node& lab) {
    std::string out = "# Read from manifests.\n";
    for (const auto& [key, value] : lab.entries()) {
        const bool scalar = value->isScalar();
        out += (scalar ? "" : "\n") + lab::entryText(key, *value, 0, true) + "\n";
    }
    return out;
}

void sortProblems(std::vector<Problem>& problems) {
    std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
        const Place &x = a.error.where, &y = b.error.where;
        return std::tie(a.kind, x.file, x.line, x.column) < std::tie(b.kind, y.file, y.line, y.column);
    });
}

// What Kubernetes refuses the lab refuses too, in other words: the first is enough. A text that is wrong
// throughout says no more after so many.
void oneForEachPlace(std::vector<Problem>& problems) {
    constexpr std::size_t most = 1000;
    std::set<std::tuple<std::string, std::uint32_t, std::uint32_t>> refused;
    std::vector<Problem> out;
    for (Problem& problem : problems) {
        const Place& where = problem.error.where;
        const bool placed = problem.kind == Problem::Kind::Refused && where.line != 0;
        if ((!placed || refused.emplace(where.file, where.line, where.column).second) && out.size() < most)
            out.push_back(std::move(problem));
    }
    problems = std::move(out);
}

// The lab's own rules, told at the manifests' places.
void holdAgainstLab(Reading& reading, const Node& node, const std::string& text) {
    auto parsed = lab::Document::parse(text, "manifests");
    for (Problem& problem : parsed.problems) {
        problem.error.where =
            originOf(reading.sources, node, problem.error.where.field, meansTheKey(problem.error.what->code));
        reading.problems.push_back(std::move(problem));
    }
}

} // namespace

Place Imported::origin(std::string_view field) const {
    for (;;) {
        if (const auto found = places.find(field); found != places.end())
            return found->second;
        if (field.empty())
            return {};
        field = field.substr(0, field.rfind('/'));
    }
}

Checked<Imported> read(const std::vector<SourceFile>& files, const std::string& name) {
    Checked<Imported> checked;
    Imported imported;
    Reading reading(checked.problems, imported.secrets);
    collect(reading, files);
    SecretNames names(reading);
    const Node node = Assembly(reading, name).lab(names);
    const bool something = !node["ingresses"].isAbsent() || !node["gates"].isAbsent() ||
                           !node["providers"].isAbsent() || !node["services"].isAbsent() ||
                           !reading.objects.desk.isAbsent();
    if (!something && !anyRefused(checked.problems))
        reading.refuse(nothingRead, {{"name", name}}, {});
    imported.text = textOf(node);
    collectPlaces(reading.sources, node, {}, imported);
    holdAgainstLab(reading, node, imported.text);
    sortProblems(checked.problems);
    oneForEachPlace(checked.problems);
    if (!anyRefused(checked.problems))
        checked.value = std::move(imported);
    return checked;
}

} // namespace gatehouse::kubernetes
