// gatehouse.yaml: the fields that lab::fields() marks `desk`, with what names the part that they belong to.

#include <kubernetes/objectSet.h>
#include <lab/fields.h>
#include <lab/writer.h>

#include <algorithm>

namespace gatehouse::kubernetes {

namespace {

// By which an entry of gatehouse.yaml is matched with its object.
constexpr std::string_view identities[] = {"name", "namespace", "port", "portName"};

bool isIdentity(std::string_view pattern) {
    const auto key = pattern.substr(pattern.rfind('/') + 1);
    const bool entry = pattern.starts_with("/gates/*/") || pattern.starts_with("/services/*/") ||
                       pattern.starts_with("/ingresses/*/");
    return entry && std::count(pattern.begin(), pattern.end(), '/') == 3 &&
           std::ranges::find(identities, key) != std::end(identities);
}

// A cluster says itself when an object was made; of the lab's own time only the desk knows.
bool staysOnDesk(const lab::LabFieldRow& row) {
    return row.where == lab::Where::Desk || row.path == "/ingresses/*/creationTimestamp";
}

bool isContainer(const Node& node) {
    return node.isMap() || node.isList();
}

class Projection {
public:
    // Whether something of the desk's own is in it.
    bool project(const Node& node, const std::string& pattern, Node& out) const {
        bool own = false;
        if (node.isList()) {
            std::vector<Node> items;
            for (const Node& item : node.items())
                own |= keep(item, pattern + "/*", items);
            out = Node::list(std::move(items));
            return own;
        }
        MapOf map;
        for (const auto& [key, value] : node.entries()) {
            const lab::LabFieldRow* row = lab::row(pattern + "/" + std::string(key));
            if (row == nullptr)
                continue; // a free map's keys: options, annotations
            Node part;
            if (isContainer(*value) && value->size() > 0 && !lab::below(row->path).empty()) {
                if (project(*value, std::string(row->path), part)) {
                    map.put(std::string(key), std::move(part));
                    own = true;
                }
            } else if (staysOnDesk(*row)) {
                map.put(std::string(key), *value);
                own = true;
            } else if (isIdentity(row->path)) {
                map.put(std::string(key), *value);
            }
        }
        out = map.node();
        return own;
    }

private:
    bool keep(const Node& item, const std::string& pattern, std::vector<Node>& items) const {
        if (!isContainer(item)) {
            const lab::LabFieldRow* row = lab::row(pattern);
            items.push_back(item);
            return row != nullptr && staysOnDesk(*row);
        }
        Node part;
        if (!project(item, pattern, part))
            return false;
        items.push_back(std::move(part));
        return true;
    }
};

// A Service that the set holds no object for is here as a whole.
Node servicesOf(const Job& job) {
    std::vector<Node> out;
    const Node& list = job.document.root()["services"];
    for (std::size_t i = 0; i < job.lab.services.size() && i < list.size(); ++i) {
        Node entry;
        const bool own = Projection().project(list.items()[i], "/services/*", entry);
        const bool foreign = !isOurs(job.lab.services[i], job.options);
        if (foreign && entry["runs"].isAbsent())
            entry = with(entry, "runs", text("embedded"));
        if (own || foreign)
            out.push_back(std::move(entry));
    }
    return Node::list(std::move(out));
}

} // namespace

std::string deskText(const Job& job) {
    Node desk;
    Projection().project(job.document.root(), {}, desk);
    const Node services = servicesOf(job);
    desk = with(desk, "services", services.size() > 0 ? services : Node());
    std::string out =
        "# What the desk knows and no object of a cluster can hold: where it listens, what plays the "
        "services,\n# what is rehearsed. `gatehouse import` and `gatehouse run -f` read it beside "
        "the manifests.\n";
    MapOf all;
    all.put("gatehouse", number(job.lab.version)).put("name", job.lab.name);
    for (auto& [key, value] : entriesOf(desk))
        if (key != "gatehouse" && key != "name")
            all.put(key, std::move(value));
    for (const auto& [key, value] : entriesOf(all.node()))
        out += lab::entryText(key, value, 0, true) + "\n";
    return out;
}

} // namespace gatehouse::kubernetes
