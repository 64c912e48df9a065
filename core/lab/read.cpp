#include <base/ascii.h>
#include <lab/check.h>
#include <lab/forms.h>
#include <lab/read.h>
#include <lab/readIngress.h>
#include <lab/readings.h>
#include <realm/fields.h>
#include <realm/secretField.h>

namespace gatehouse::lab {

namespace {

using realm::Findings;

constexpr Message labVersion{"lab-version",
                             GH_TEXT("core", "this lab is of version {value}; version 1 is known"),
                             GH_TEXT("core", "write `gatehouse: 1`, or take a newer gatehouse")};
constexpr Message runsHow{"runs-how", GH_TEXT("core", "\"runs\" of service {name} says neither gate nor url"),
                          GH_TEXT("core", "write embedded, none, a URL, or {gate: NAME}")};

std::string nameOfFile(std::string_view file) {
    if (const auto slash = file.find_last_of("/\\"); slash != std::string_view::npos)
        file.remove_prefix(slash + 1);
    for (const std::string_view ending : {".yaml", ".yml", ".gatehouse"})
        if (file.size() > ending.size() && file.ends_with(ending))
            file.remove_suffix(ending.size());
    return std::string(file);
}

class Reader {
public:
    Reader(const std::function<Place(FieldId)>& place, std::vector<Problem>& problems)
        : place_(place), problems_(problems), findings_(place, problems) {}

    Lab lab(const Node& root, std::string_view file) {
        check(root, findings_);
        Lab out;
        version(root["gatehouse"]);
        out.name = textOf(root["name"], nameOfFile(file));
        out.listeners =
            root["listeners"].isAbsent() ? storyListeners() : list<Listener>(root["listeners"], listener);
        for (const Node& node : itemsOf(root["providers"]))
            out.providers.push_back(provider(node, out.notYet));
        for (const Node& node : itemsOf(root["gates"]))
            out.gates.push_back(gate(node));
        out.controller = readKeyValues(root["controller"]);
        for (const Node& node : itemsOf(root["ingresses"]))
            out.ingresses.push_back(readIngress(node, findings_));
        for (const Node& node : itemsOf(root["services"]))
            out.services.push_back(service(node));
        out.configMaps = list<ConfigMap>(root["configMaps"], configMap);
        out.trust = list<Trust>(root["trust"], trust);
        out.rehearsals = list<Rehearsal>(root["rehearsals"], rehearsal);
        return out;
    }

private:
    template <class T>
    static std::vector<T> list(const Node& node, T (*read)(const Node&)) {
        std::vector<T> out;
        for (const Node& item : itemsOf(node))
            out.push_back(read(item));
        return out;
    }

    void version(const Node& node) {
        if (const auto number = asInteger(node); number && *number != 1)
            findings_.refuse(labVersion, node, {{"value", node.text()}});
    }

    static std::vector<Listener> storyListeners() {
        using Kind = Listener::Kind;
        return {{"https", Kind::Https, "127.0.0.1", 8443, 443, {}},
                {"http", Kind::Http, "127.0.0.1", 8080, 80, {}},
                {"proxy", Kind::Connect, "127.0.0.1", 8888, 0, {}}};
    }

    static Listener listener(const Node& node) {
        Listener out;
        out.from = node.id();
        out.name = textOf(node["name"]);
        if (asBool(node["connect"]).value_or(false))
            out.kind = Listener::Kind::Connect;
        else if (!asBool(node["tls"]).value_or(out.name != "http"))
            out.kind = Listener::Kind::Http;
        if (const auto address = toAddress(textOf(node["bind"]))) {
            out.bindHost = address->host;
            out.bindPort = address->port;
        }
        out.publicPort = portOf(node["public"], 0);
        return out;
    }

    Provider provider(const Node& node, std::vector<Problem>& notYet) {
        Provider out;
        out.from = node.id();
        out.name = textOf(node["name"]);
        out.url = urlOf(node["url"]);
        out.urlFrom = node["url"].id();
        if (out.url.target.size() > 1 && out.url.target.ends_with('/'))
            out.url.target.pop_back(); // {url}/realms/{realm} has one slash
        const Node& runs = node["runs"];
        out.embedded = !(textOf(runs) == "external" || !runs["external"].isAbsent());
        if (const Node& admin = runs["external"]["admin"]; admin.isMap())
            out.admin =
                AdminAccess{textOf(admin["username"]),
                            realm::readSecret(admin["password"], "password", out.name + "-admin", findings_)};
        for (const Node& each : itemsOf(node["realms"]))
            out.realms.push_back(realmOf(each, out.embedded ? &notYet : nullptr));
        return out;
    }

    // What the embedded provider does not do yet is no reason not to open a lab, and none for a real
    // Keycloak.
    realm::Realm realmOf(const Node& node, std::vector<Problem>* notYet) {
        std::vector<Problem> problems;
        realm::Realm out = realm::read(node, place_, problems);
        for (Problem& problem : problems)
            if (problem.error.what != &realm::fieldNotYet)
                problems_.push_back(std::move(problem));
            else if (notYet != nullptr)
                notYet->push_back(std::move(problem));
        return out;
    }

    GateSpec gate(const Node& node) {
        GateSpec out;
        out.from = node.id();
        out.name = textOf(node["name"]);
        out.namespace_ = textOf(node["namespace"], "default");
        if (node["listen"].isScalar())
            out.listen = textOf(node["listen"]);
        for (const auto& [name, value] : node["options"].entries())
            out.options.push_back(setting(name, *value));
        return out;
    }

    Setting setting(std::string_view name, const Node& node) {
        Setting out;
        out.name = name;
        out.from = node.id();
        out.list = node.isList();
        if (!node["secret"].isAbsent())
            out.secret = realm::readSecret(node, name, name, findings_);
        else if (node.isScalar())
            out.values.push_back(node.text());
        for (const Node& item : itemsOf(node))
            if (item.isScalar())
                out.values.push_back(item.text());
        return out;
    }

    Service service(const Node& node) {
        Service out;
        out.from = node.id();
        out.namespace_ = textOf(node["namespace"], "default");
        out.name = textOf(node["name"]);
        out.port = portOf(node["port"], 80);
        out.portName = textOf(node["portName"]);
        const Node& runs = node["runs"];
        if (runs.isMap())
            return runsAs(runs, std::move(out));
        const std::string text = textOf(runs, "embedded");
        if (text == "none")
            out.runs = RunsNowhere{};
        else if (text != "embedded")
            out.runs = RunsAt{urlOf(runs), false};
        return out;
    }

    Service runsAs(const Node& runs, Service out) {
        if (!runs["gate"].isAbsent())
            out.runs = RunsGate{textOf(runs["gate"])};
        else if (!runs["url"].isAbsent())
            out.runs = RunsAt{urlOf(runs["url"]), asBool(runs["skipCertificateCheck"]).value_or(false)};
        else
            findings_.refuse(runsHow, runs, {{"name", out.name}});
        return out;
    }

    static ConfigMap configMap(const Node& node) {
        return {textOf(node["namespace"], "default"), textOf(node["name"]), readKeyValues(node["data"]),
                node.id()};
    }

    static Trust trust(const Node& node) {
        return {textOf(node["host"]), portOf(node["port"], 443), textOf(node["caFile"]), node.id()};
    }

    static Rehearsal rehearsal(const Node& node) {
        Rehearsal out;
        out.from = node.id();
        out.as = textOf(node["as"]);
        out.url = urlOf(node["url"]);
        out.expect = textOf(node["expect"], "allowed");
        const Node& with = node["with"];
        if (with["password"].isScalar())
            out.with.password = with["password"].text();
        if (with["otp"].isScalar())
            out.with.otp = with["otp"].text();
        out.with.clockOffset = secondsOf(with["clockOffset"]);
        out.with.delayBeforeCallback = secondsOf(with["delayBeforeCallback"]);
        out.with.enrolTotp = asBool(with["enrolTotp"]).value_or(false);
        return out;
    }

    const std::function<Place(FieldId)>& place_;
    std::vector<Problem>& problems_;
    Findings findings_;
};

} // namespace

Lab readLab(const Node& root, std::string_view file, const std::function<Place(FieldId)>& place,
            std::vector<Problem>& problems) {
    return Reader(place, problems).lab(root, file);
}

} // namespace gatehouse::lab
