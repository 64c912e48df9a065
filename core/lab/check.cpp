#include <base/ascii.h>
#include <http/url.h>
#include <lab/check.h>
#include <lab/forms.h>
#include <lab/scalars.h>

#include <algorithm>

namespace gatehouse::lab {

namespace {

using realm::Findings;

// A scalar type's words for a person, and its test.
struct Form {
    std::string_view type;
    std::string_view expected;
    std::string_view example;
    bool (*fits)(const Node&);
};

constexpr Form forms[] = {
    {"text", "text", "some text", [](const Node&) { return true; }},
    {"integer", "a whole number", "120", [](const Node& node) { return asInteger(node).has_value(); }},
    {"boolean", "true or false", "true", [](const Node& node) { return asBool(node).has_value(); }},
    {"url", "a URL with http:// or https://", "https://whoami.domain.tld/",
     [](const Node& node) { return http::parseUrl(node.text()).has_value(); }},
    {"name", "a name of lower-case letters, digits and dashes", "whoami",
     [](const Node& node) { return isName(node.text()); }},
    {"host", "a host name in lower case", "whoami.domain.tld",
     [](const Node& node) { return isHost(node.text()); }},
    {"port", "a port from 0 to 65535", "443",
     [](const Node& node) { return toPort(node.text()).has_value(); }},
    {"bind", "an address as host:port", "127.0.0.1:8443",
     [](const Node& node) { return toAddress(node.text()).has_value(); }},
    {"time", "a time as RFC 3339 has it", "2026-01-31T12:00:00Z",
     [](const Node& node) { return isTime(node.text()); }},
};

bool has(const LabFieldRow& row, std::string_view type) {
    const auto types = split(row.type, '|');
    return std::find(types.begin(), types.end(), type) != types.end();
}

std::string_view lastStep(std::string_view pattern) {
    return pattern.substr(pattern.rfind('/') + 1);
}

class Checker {
public:
    explicit Checker(Findings& findings) : findings_(findings) {}

    // `name`: what a person calls it: the key, or the list that it stands in.
    void value(const Node& node, const LabFieldRow& row, std::string_view name) {
        if (findings_.full())
            return;
        if (row.support == Support::NotYet)
            return findings_.refuse(realm::fieldNotYet, node,
                                    {{"name", std::string(lastStep(row.path))},
                                     {"holder", "a lab"},
                                     {"note", std::string(row.note)}});
        if (node.isMap() && has(row, "map"))
            return members(node, row.path, name);
        if (node.isList() && has(row, "list"))
            return items(node, row, name);
        const bool option = has(row, "text") && has(row, "secret");
        const bool secret = has(row, "secret") && !node.isList() && !(option && node["secret"].isAbsent());
        if ((secret && !(option && node.isScalar())) || has(row, "realm"))
            return; // their readers say more
        if (!node.isScalar())
            return wrongKind(node, row, name);
        scalar(node, row, name);
    }

    void members(const Node& node, std::string_view pattern, std::string_view name) {
        const auto rows = below(pattern);
        const bool free = rows.size() == 1 && rows[0]->path.ends_with("/*");
        for (const auto& [key, value] : node.entries())
            if (free)
                entry(key, *value, *rows[0]);
            else
                member(key, *value, rows, name);
        for (const LabFieldRow* each : rows)
            if (each->required && nothing(node[lastStep(each->path)]))
                missing(node, *each, name);
    }

private:
    static bool nothing(const Node& node) {
        return node.isAbsent() || node.kind() == Node::Kind::Null || (node.isScalar() && node.text().empty());
    }

    void member(std::string_view key, const Node& value, const std::vector<const LabFieldRow*>& rows,
                std::string_view holder) {
        std::vector<std::string_view> known;
        for (const LabFieldRow* each : rows) {
            known.push_back(lastStep(each->path));
            if (known.back() != key)
                continue;
            if (value.kind() != Node::Kind::Null)
                this->value(value, *each, key);
            return;
        }
        if (!findings_.full())
            findings_.refuse(realm::unknownField, value,
                             {{"field", std::string(key)},
                              {"holder", std::string(holder)},
                              {"suggestion", realm::suggestion(key, known)}});
    }

    // One key of a free map (options, annotations, …). Null says nothing, and is as wrong as a list.
    void entry(std::string_view key, const Node& node, const LabFieldRow& row) {
        value(node, row, key);
        const bool option = has(row, "secret");
        if (node.isScalar() && !node.quoted() && !option && !readsAsText(node.text()))
            findings_.warn(unquotedText, node,
                           {{"field", std::string(key)},
                            {"found", std::string(realm::found(node))},
                            {"value", node.text()}});
    }

    void items(const Node& node, const LabFieldRow& row, std::string_view name) {
        const LabFieldRow* each = lab::row(std::string(row.path) + "/*");
        const std::string entry = "an entry of " + std::string(name);
        for (const Node& item : node.items())
            value(item, *each, entry);
    }

    void missing(const Node& node, const LabFieldRow& row, std::string_view holder) {
        findings_.refuse(realm::missingField, node,
                         {{"field", std::string(lastStep(row.path))},
                          {"holder", holder.empty() ? "the lab" : std::string(holder)},
                          {"expected", expected(row)}});
    }

    void wrongKind(const Node& node, const LabFieldRow& row, std::string_view name) {
        findings_.refuse(realm::wrongType, node,
                         {{"field", std::string(name)},
                          {"found", std::string(realm::found(node))},
                          {"expected", expected(row)},
                          {"example", example(row, name)}});
    }

    void scalar(const Node& node, const LabFieldRow& row, std::string_view name) {
        const auto choices = row.choices.empty() ? std::vector<std::string_view>{} : split(row.choices, '|');
        if (std::find(choices.begin(), choices.end(), node.text()) != choices.end())
            return;
        const Form* form = nullptr;
        for (const Form& each : forms)
            if (has(row, each.type)) {
                if (each.fits(node))
                    return;
                form = &each;
            }
        if (form == nullptr && !has(row, "choice"))
            return wrongKind(node, row, name);
        const bool likelyChoice = form == nullptr || node.text().find("://") == std::string::npos;
        if (!choices.empty() && likelyChoice)
            return noChoice(node, row, name, choices);
        findings_.refuse(wrongForm, node,
                         {{"field", std::string(name)},
                          {"value", shown(node.text())},
                          {"expected", std::string(form->expected)},
                          {"example", std::string(form->example)}});
    }

    // Not what stands before an @: it may be a password.
    static std::string shown(const std::string& text) {
        const auto at = text.rfind('@');
        return at == std::string::npos ? text : "…" + text.substr(at);
    }

    void noChoice(const Node& node, const LabFieldRow& row, std::string_view name,
                  std::span<const std::string_view> choices) {
        const std::string_view nearest = realm::closest(node.text(), choices);
        findings_.refuse(
            realm::notAChoice, node,
            {{"field", std::string(name)},
             {"value", node.text()},
             {"expected", expected(row)},
             {"suggestion", nearest.empty() ? "" : "; did you mean \"" + std::string(nearest) + "\"?"}});
    }

    static std::string expected(const LabFieldRow& row) {
        std::string out;
        const auto add = [&](std::string_view words) {
            out.append(out.empty() ? "" : ", or ").append(words);
        };
        for (const std::string_view choice :
             row.choices.empty() ? std::vector<std::string_view>{} : split(row.choices, '|'))
            add(choice);
        for (const Form& form : forms)
            if (has(row, form.type) && row.choices != "1")
                add(form.expected);
        if (has(row, "list"))
            add("a list");
        if (has(row, "map"))
            add(mapWords(row));
        if (has(row, "secret"))
            add("the name of a secret, as in {secret: name}");
        if (has(row, "realm"))
            add("a map of fields");
        return out;
    }

    // "{gate: …}, {url: …}": the doors of a map.
    static std::string mapWords(const LabFieldRow& row) {
        if (!has(row, "choice"))
            return "a map";
        std::string out;
        for (const LabFieldRow* each : below(row.path))
            out.append(out.empty() ? "{" : ", {").append(lastStep(each->path)).append(": …}");
        return out;
    }

    static std::string example(const LabFieldRow& row, std::string_view name) {
        std::string value = "{…}";
        for (const Form& form : forms)
            if (has(row, form.type))
                value = form.example;
        if (has(row, "list"))
            value = "[…]";
        if (has(row, "choice"))
            value = row.byDefault;
        return std::string(name) + ": " + value;
    }

    Findings& findings_;
};

} // namespace

void check(const Node& root, realm::Findings& findings) {
    Checker checker(findings);
    if (root.isMap())
        return checker.members(root, "", "the lab");
    findings.refuse(realm::wrongType, root,
                    {{"field", "the lab"},
                     {"found", std::string(realm::found(root))},
                     {"expected", "a map that begins with `gatehouse: 1`"},
                     {"example", "gatehouse: 1"}});
}

} // namespace gatehouse::lab
