#include <base/ascii.h>
#include <lab/fields.h>

#include <algorithm>
#include <forms/catalogRows.h>
#include <forms/pointer.h>

namespace gatehouse::forms {

namespace {

using lab::LabFieldRow;

bool has(const LabFieldRow& row, std::string_view type) {
    return std::ranges::any_of(split(row.type, '|'), [type](std::string_view each) { return each == type; });
}

bool isFree(std::string_view pattern) { // a map with names of one's own
    const auto rows = lab::below(pattern);
    return rows.size() == 1 && rows.front()->path.ends_with("/*");
}

std::string rowId(const LabFieldRow& row) {
    return "lab" + std::string(row.path);
}

// Whether a list holds objects, which have forms of their own.
bool holdsObjects(const LabFieldRow& list) {
    const LabFieldRow* item = lab::row(std::string(list.path) + "/*");
    return item != nullptr && (has(*item, "map") || has(*item, "realm"));
}

class Builder {
public:
    Builder(ObjectType& type, std::string_view pattern) : type_(type), root_(pattern) {}

    void all() { members(root_, root_.empty() ? "Lab" : type_.label, nullptr); }

private:
    FieldSpec spec(const LabFieldRow& row, std::string_view section, const LabFieldRow* alternatives) const {
        FieldSpec out;
        out.row = rowId(row);
        out.path = std::string(row.path.substr(root_.size()));
        out.name = lastStep(row.path);
        out.label = row.label;
        out.section = section;
        out.help = row.help;
        out.unit = row.unit;
        out.byDefault = row.byDefault;
        out.whenEmpty = row.whenEmpty;
        out.note = row.note;
        out.offers = row.offers;
        out.starts = row.starts;
        out.support = row.support;
        out.required = row.required;
        out.choices = choicesOf(row.choices, '|');
        if (alternatives != nullptr)
            depend(out, row, *alternatives);
        return out;
    }

    // A field of `runs: {gate: …}` counts where that way is the chosen one; a companion, with the way before
    // it.
    void depend(FieldSpec& out, const LabFieldRow& row, const LabFieldRow& alternatives) const {
        out.whenPath = std::string(alternatives.path.substr(root_.size()));
        const LabFieldRow* way = nullptr;
        for (const LabFieldRow* each : lab::below(alternatives.path)) {
            if (each->alternative)
                way = each;
            if (each == &row || row.path.starts_with(std::string(each->path) + "/"))
                break;
        }
        if (way == nullptr)
            return;
        out.whenValues = {way->path.substr(way->path.rfind('/') + 1)};
        out.shorthand = way == &row && has(alternatives, "url") && has(row, "url");
        out.required = false;
    }

    void members(std::string_view pattern, std::string_view section, const LabFieldRow* alternatives) {
        for (const LabFieldRow* row : lab::below(pattern))
            if (!row->path.ends_with("/*"))
                member(*row, section, alternatives);
    }

    void member(const LabFieldRow& row, std::string_view section, const LabFieldRow* alternatives) {
        if (has(row, "list"))
            return list(row, section);
        if (has(row, "choice") && has(row, "map"))
            return ways(row, section);
        if (has(row, "map") && row.support == Support::NotYet)
            return source(row, section);
        if (has(row, "map"))
            return map(row, section, alternatives);
        FieldSpec out = spec(row, section, alternatives);
        out.kind = has(row, "secret")    ? Kind::Secret
                   : has(row, "boolean") ? Kind::Boolean
                   : has(row, "integer") ? Kind::Integer
                   : has(row, "choice")  ? Kind::Choice
                                         : Kind::Text;
        out.form = out.kind == Kind::Text || out.kind == Kind::Integer ? row.type : std::string_view();
        type_.fields.push_back(std::move(out));
    }

    void source(const LabFieldRow& row, std::string_view section) {
        FieldSpec out = spec(row, section, nullptr);
        out.kind = Kind::Source;
        type_.fields.push_back(std::move(out));
    }

    void list(const LabFieldRow& row, std::string_view section) {
        const LabFieldRow& item = *lab::row(std::string(row.path) + "/*");
        if (has(item, "realm"))
            type_.rows.push_back(rowId(item)); // its fields are Keycloak's
        if (holdsObjects(row))
            return collection(row, has(item, "realm") ? "realm/realm" : rowId(item), false);
        FieldSpec out = spec(row, section, nullptr);
        out.kind = Kind::TextList;
        out.form = item.type;
        type_.rows.push_back(rowId(item));
        type_.fields.push_back(std::move(out));
    }

    void collection(const LabFieldRow& row, std::string item, bool single) {
        type_.collections.push_back({rowId(row), std::string(row.path.substr(root_.size())), row.label,
                                     row.help, row.whenEmpty, row.note, row.support, std::move(item),
                                     single});
    }

    void ways(const LabFieldRow& row, std::string_view section) {
        FieldSpec out = spec(row, section, nullptr);
        out.kind = Kind::Alternatives;
        for (const LabFieldRow* way : lab::below(row.path))
            if (way->alternative)
                out.choices.push_back(
                    {std::string(way->path.substr(way->path.rfind('/') + 1)), std::string(way->label)});
        // "external" is a word and a key: it is chosen once.
        std::vector<Choice> once;
        for (const Choice& choice : out.choices) {
            const auto same = [&choice](const Choice& other) { return other.value == choice.value; };
            const auto known = std::ranges::find_if(once, same);
            if (known == once.end())
                once.push_back(choice);
            else
                known->label = choice.label;
        }
        out.choices = std::move(once);
        type_.fields.push_back(std::move(out));
        members(row.path, section, &row);
    }

    // A map with names of its own is a vocabulary or a table; any other is laid flat into the form.
    void map(const LabFieldRow& row, std::string_view section, const LabFieldRow* alternatives) {
        const std::string path(row.path.substr(root_.size()));
        if (!isFree(row.path)) {
            type_.rows.push_back(rowId(row));
            const bool own = alternatives == nullptr && path.find('/', 1) == std::string::npos;
            return members(row.path, own ? row.label : section, alternatives);
        }
        if (root_.empty())
            return collection(row, rowId(row), true);
        type_.rows.push_back("lab" + std::string(row.path) + "/*");
        type_.rows.push_back("lab" + std::string(row.path) + "/*/*");
        if (lastStep(row.path) == "options") {
            type_.rows.push_back(rowId(row));
            return addOptions(type_, path);
        }
        if (lastStep(row.path) == "annotations")
            addAnnotations(type_, path);
        FieldSpec out = spec(row, row.label, nullptr);
        out.kind = Kind::TextMap;
        out.asText = true;
        type_.fields.push_back(std::move(out));
    }

    ObjectType& type_;
    std::string_view root_;
};

} // namespace

ObjectType labType(std::string_view pattern, std::string id) {
    ObjectType out;
    out.id = std::move(id);
    out.pattern = pattern;
    if (const LabFieldRow* row = lab::row(pattern)) {
        out.label = row->label;
        out.help = row->help;
        out.rows.push_back(rowId(*row));
        if (isFree(pattern)) {
            out.unnamed = true;
            out.rows.push_back("lab" + std::string(pattern) + "/*");
            addControllerKeys(out, "");
            return out;
        }
    } else {
        out.label = "Lab";
        out.help = "the whole arrangement: provider, gate, ingress and services";
    }
    Builder(out, out.pattern).all();
    return out;
}

Node beginningOf(std::string_view pattern) {
    const LabFieldRow* row = lab::row(pattern);
    if (row != nullptr && (!has(*row, "map") || has(*row, "choice"))) {
        if (has(*row, "secret"))
            return Node::map({{"secret", Node::scalar(std::string(row->starts))}});
        if (has(*row, "list"))
            return Node::list({});
        FieldSpec spec;
        spec.kind = has(*row, "integer") || has(*row, "port") ? Kind::Integer : Kind::Text;
        return scalarFor(spec, std::string(row->starts));
    }
    std::vector<std::pair<std::string, Node>> entries;
    for (const LabFieldRow* each : lab::below(pattern))
        if (!each->path.ends_with("/*") && (each->required || !each->starts.empty()) && !each->alternative)
            entries.emplace_back(lastStep(each->path), beginningOf(each->path));
    return Node::map(std::move(entries));
}

} // namespace gatehouse::forms
