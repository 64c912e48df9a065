#include <base/ascii.h>
#include <gate/optionRows.h>
#include <ingress/ingress.h>

#include <forms/catalogRows.h>
#include <forms/pointer.h>

namespace gatehouse::forms {

namespace {

constexpr std::string_view annotationPrefix = "nginx.ingress.kubernetes.io/";

Kind kindOf(gate::OptionType type) {
    switch (type) {
    case gate::OptionType::TextList:
        return Kind::TextList;
    case gate::OptionType::Boolean:
        return Kind::Boolean;
    case gate::OptionType::Integer:
        return Kind::Integer;
    case gate::OptionType::Secret:
        return Kind::Secret;
    case gate::OptionType::Choice:
        return Kind::Choice;
    case gate::OptionType::Text:
    case gate::OptionType::Duration:
    case gate::OptionType::Url:
    case gate::OptionType::File:
        break;
    }
    return Kind::Text;
}

std::string_view formOf(gate::OptionType type) {
    if (type == gate::OptionType::Duration)
        return "go duration";
    return type == gate::OptionType::Integer ? "go integer" : std::string_view();
}

// Rows of annotations and of the controller's ConfigMap: all values are text.
FieldSpec textRow(const ingress::AnnotationRow& row, std::string table, std::string path, std::string name) {
    FieldSpec out;
    out.row = std::move(table) + std::string(row.name);
    out.path = std::move(path);
    out.name = std::move(name);
    out.kind = row.type == "boolean"  ? Kind::Boolean
               : row.type == "choice" ? Kind::Choice
               : row.type == "code"   ? Kind::Code
                                      : Kind::Text;
    out.label = row.name;
    out.section = row.section;
    out.help = row.help;
    out.unit = row.unit;
    out.byDefault = row.byDefault;
    out.whenEmpty = row.whenEmpty;
    out.note = row.note;
    out.support = row.support;
    out.choices = choicesOf(row.choices, ' ');
    out.otherChoices = true; // variables and values of other versions; the controller says what it takes
    out.asText = true;
    out.vocabulary = true;
    return out;
}

} // namespace

std::vector<Choice> choicesOf(std::string_view joined, char separator) {
    std::vector<Choice> out;
    for (std::string_view each : split(joined, separator)) {
        while (each.ends_with(','))
            each.remove_suffix(1);
        if (!each.empty())
            out.push_back({std::string(each), {}});
    }
    return out;
}

void addOptions(ObjectType& type, const std::string& path) {
    for (const gate::OptionRow& row : gate::options()) {
        if (gate::isProcessOption(row.name))
            continue;
        FieldSpec out;
        out.row = "gate/" + std::string(row.name);
        out.path = child(path, row.name);
        out.name = row.name;
        out.kind = kindOf(row.type);
        out.form = formOf(row.type);
        out.label = row.name;
        out.section = row.section;
        out.help = row.help;
        out.unit = row.unit;
        out.byDefault = row.byDefault;
        out.whenEmpty = row.whenEmpty;
        out.note = row.note;
        out.support = row.support;
        out.choices = choicesOf(row.choices, row.choices.find('|') != std::string_view::npos ? '|' : ' ');
        out.otherChoices = true;
        out.vocabulary = true;
        type.fields.push_back(std::move(out));
    }
}

void addAnnotations(ObjectType& type, const std::string& path) {
    for (const ingress::AnnotationRow& row : ingress::annotations()) {
        std::string name = std::string(annotationPrefix) + std::string(row.name);
        type.fields.push_back(textRow(row, "annotation/", child(path, name), name));
    }
}

void addControllerKeys(ObjectType& type, const std::string& path) {
    for (const ingress::AnnotationRow& row : ingress::configMapKeys())
        type.fields.push_back(textRow(row, "controller/", child(path, row.name), std::string(row.name)));
}

} // namespace gatehouse::forms
