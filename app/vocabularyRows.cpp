#include <diagnosis/verdict.h>
#include <engine/engine.h>
#include <gate/gate.h>
#include <ingress/ingress.h>
#include <lab/fields.h>
#include <provider/provider.h>
#include <realm/fields.h>
#include <whoami/whoami.h>

#include <algorithm>
#include <app/exits.h>
#include <app/vocabularyRows.h>

namespace gatehouse::app {

namespace {

constexpr std::string_view annotationPrefix = "nginx.ingress.kubernetes.io/";

void tell(Entry& entry, std::string_view label, std::string_view value) {
    if (!value.empty())
        entry.facts.emplace_back(label, value);
}

// Choices are written with | or , in the tables; an empty one is a choice, too.
std::string spaced(std::string_view choices) {
    std::string out;
    for (const char c : choices)
        out += c == '|' ? std::string(", ") : std::string(1, c);
    return out.starts_with(", ") ? "(empty)" + out : out;
}

std::string_view typeName(gate::OptionType type) {
    using enum gate::OptionType;
    switch (type) {
    case Text:
        return "text";
    case TextList:
        return "list of texts";
    case Boolean:
        return "true or false";
    case Integer:
        return "whole number";
    case Duration:
        return "duration (1h30m)";
    case Secret:
        return "secret, by name: {secret: NAME}";
    case Url:
        return "URL";
    case Choice:
        return "choice";
    case File:
        return "path of a file";
    }
    return "";
}

std::string_view typeName(realm::FieldType type) {
    using enum realm::FieldType;
    switch (type) {
    case Text:
        return "text";
    case Boolean:
        return "true or false";
    case Integer:
        return "whole number";
    case Seconds:
        return "seconds";
    case TextList:
        return "list of texts";
    case TextMap:
        return "map of texts";
    case TextListMap:
        return "map of lists of texts";
    case Secret:
        return "secret, by name: {secret: NAME}";
    case Choice:
        return "choice";
    case Objects:
        return "list or map of further representations";
    }
    return "";
}

std::string_view holderName(realm::Holder holder) { // as a prefix of a field's name
    using enum realm::Holder;
    switch (holder) {
    case Realm:
        return "realm";
    case Client:
        return "client";
    case ProtocolMapper:
        return "mapper";
    case ClientScope:
        return "scope";
    case Group:
        return "group";
    case User:
        return "user";
    case Credential:
        return "credential";
    case Role:
        return "role";
    }
    return "";
}

Entry ofIngress(Kind kind, const ingress::AnnotationRow& row) {
    Entry entry{kind, row.name, {}, row.help, {}};
    tell(entry, "support", name(row.support));
    tell(entry, "type", row.type);
    tell(entry, "default", row.byDefault);
    tell(entry, "unit", row.unit);
    tell(entry, "choices", spaced(row.choices));
    tell(entry, "when empty", row.whenEmpty);
    tell(entry, "note", row.note);
    tell(entry, "section", row.section);
    tell(entry, "source",
         kind == Kind::Annotation ? "ingress-nginx controller 1.15.1, annotations"
                                  : "ingress-nginx controller 1.15.1, ConfigMap");
    return entry;
}

void addDifferencesOf(std::span<const exchange::DifferenceRow> rows, std::vector<Entry>& out) {
    for (const exchange::DifferenceRow& row : rows) {
        Entry entry{Kind::Difference, row.id, {}, row.here, {}};
        tell(entry, "original", row.original);
        tell(entry, "reason", row.reason);
        out.push_back(std::move(entry));
    }
}

// "/listeners/*/bind" as a person would say it: listeners.bind, and bind alone.
std::vector<std::string> spokenPaths(std::string_view path) {
    std::string dotted;
    std::string last;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view step = path.substr(0, path.find('/'));
        path.remove_prefix(step.size());
        if (step == "*")
            continue;
        dotted += (dotted.empty() ? "" : ".") + std::string(step);
        last = step;
    }
    return {dotted, last};
}

} // namespace

void addOptions(std::vector<Entry>& out) {
    for (const gate::OptionRow& row : gate::options()) {
        Entry entry{Kind::Option, row.name, {}, row.help, {}};
        for (const std::string_view other : {row.toml, row.environment})
            if (!other.empty())
                entry.alsoAs.emplace_back(other);
        tell(entry, "support", name(row.support));
        tell(entry, "type", typeName(row.type));
        tell(entry, "default", row.byDefault);
        tell(entry, "unit", row.unit);
        tell(entry, "choices", spaced(row.choices));
        tell(entry, "when empty", row.whenEmpty);
        tell(entry, "note", row.note);
        tell(entry, "section", row.section);
        tell(entry, "source", "oauth2-proxy 7.15");
        out.push_back(std::move(entry));
    }
}

void addAnnotations(std::vector<Entry>& out) {
    for (const ingress::AnnotationRow& row : ingress::annotations()) {
        out.push_back(ofIngress(Kind::Annotation, row));
        out.back().alsoAs.push_back(std::string(annotationPrefix) + std::string(row.name));
    }
}

void addConfigMapKeys(std::vector<Entry>& out) {
    for (const ingress::AnnotationRow& row : ingress::configMapKeys())
        out.push_back(ofIngress(Kind::ConfigMapKey, row));
}

void addRealmFields(std::vector<Entry>& out) {
    for (const realm::FieldRow& row : realm::fields()) {
        Entry entry{Kind::RealmField, row.name, {}, row.help, {}};
        entry.alsoAs.push_back(std::string(holderName(row.holder)) + '.' + std::string(row.name));
        tell(entry, "of", name(row.holder));
        tell(entry, "support", name(row.support));
        tell(entry, "type", typeName(row.type));
        tell(entry, "default", row.byDefault);
        tell(entry, "unit", row.unit);
        tell(entry, "choices", spaced(row.choices));
        tell(entry, "when empty", row.whenEmpty);
        tell(entry, "note", row.note);
        tell(entry, "section", row.section);
        tell(entry, "in the console", row.label);
        tell(entry, "stays", row.desk ? "on the desk" : "");
        tell(entry, "source", "Keycloak 26.7");
        out.push_back(std::move(entry));
    }
}

void addLabFields(std::vector<Entry>& out) {
    for (const lab::LabFieldRow& row : lab::fields()) {
        Entry entry{Kind::LabField, row.path, spokenPaths(row.path), row.help, {}};
        tell(entry, "support", name(row.support));
        tell(entry, "type", spaced(row.type));
        tell(entry, "required", row.required ? "yes" : "");
        tell(entry, "default", row.byDefault);
        tell(entry, "choices", spaced(row.choices));
        tell(entry, "when empty", row.whenEmpty);
        tell(entry, "note", row.note);
        tell(entry, "goes to", row.where == lab::Where::Cluster ? "the cluster" : "the desk only");
        tell(entry, "source", "this program's lab format");
        out.push_back(std::move(entry));
    }
}

void addRules(std::vector<Entry>& out) {
    for (const auto rows : {gate::rules(), ingress::rules(), provider::rules(), engine::rules()})
        for (const exchange::RuleRow& row : rows) {
            Entry entry{Kind::Rule, row.id, {}, row.text, {}};
            tell(entry, "source", row.source);
            out.push_back(std::move(entry));
        }
}

void addDifferences(std::vector<Entry>& out) {
    for (const auto rows :
         {gate::differences(), ingress::differences(), provider::differences(), whoami::differences()})
        addDifferencesOf(rows, out);
}

void addVerdicts(std::vector<Entry>& out) {
    for (const diagnosis::VerdictRow& row : diagnosis::verdicts()) {
        Entry entry{Kind::Verdict, row.message.code, {}, row.message.text, {}};
        tell(entry, "outcome", name(row.outcome));
        tell(entry, "hint", row.message.hint);
        out.push_back(std::move(entry));
    }
}

void addExits(std::vector<Entry>& out) {
    for (const ExitRow& row : exits()) {
        Entry entry{Kind::Exit, row.door, {}, row.what, {}};
        tell(entry, "to whom", row.toWhom);
        tell(entry, "source", row.code);
        out.push_back(std::move(entry));
    }
}

} // namespace gatehouse::app
